using Planner.Domain.Planning;

namespace Planner.Domain.Versions;

/// <summary>How two stored answers differ; all lists are empty where they say the same.</summary>
/// <param name="Verdict">The two verdicts where another option is the cheapest, or none; null where it is the same.</param>
/// <param name="Options">Options that both have and whose figures differ, in the later order.</param>
/// <param name="BreakEven">Break-even points in requests a month, capacity checked, that moved, came or went.</param>
/// <param name="NewFindings">Checks that only the later answer has.</param>
/// <param name="GoneFindings">Checks that only the earlier answer has.</param>
public sealed record AnswerChanges(
    VerdictChange? Verdict, IReadOnlyList<OptionChange> Options, IReadOnlyList<CrossingChange> BreakEven, IReadOnlyList<Check> NewFindings, IReadOnlyList<Check> GoneFindings)
{
    /// <summary>True where no figure and no finding differs.</summary>
    public bool IsEmpty => Verdict is null && Options.Count + BreakEven.Count + NewFindings.Count + GoneFindings.Count == 0;
}

/// <summary>Another option is the cheapest.</summary>
/// <param name="Old">The earlier cheapest option; its id is null where there was none.</param>
/// <param name="New">The later one, likewise.</param>
public sealed record VerdictChange(DecisionAnswer Old, DecisionAnswer New);

/// <summary>Figures of an option that differ.</summary>
/// <param name="Id">The option's id.</param>
/// <param name="Name">Its later name.</param>
/// <param name="OldFeasible">Whether it could serve the workload.</param>
/// <param name="NewFeasible">Whether it can.</param>
/// <param name="Figures">The figures; empty where only its feasibility differs.</param>
public sealed record OptionChange(string Id, string Name, bool OldFeasible, bool NewFeasible, IReadOnlyList<FigureChange> Figures);

/// <summary>A figure that differs.</summary>
/// <param name="Figure">One of <see cref="AnswerFigures"/>.</param>
/// <param name="Old">Before, in the figure's unit; null for unknown.</param>
/// <param name="New">After, likewise.</param>
public sealed record FigureChange(string Figure, double? Old, double? New)
{
    /// <summary>New − old, in the figure's unit; null where either is unknown.</summary>
    public double? Difference => New - Old;

    /// <summary>(New − old) ÷ |old|; 0.08 is 8 %. Null where either is unknown or the old one is 0.</summary>
    public double? Share => Old is 0 or null ? null : Difference / Math.Abs(Old.Value);
}

/// <summary>The values of <see cref="FigureChange.Figure"/>.</summary>
public static class AnswerFigures
{
    /// <summary>Ongoing cost, USD a month.</summary>
    public const string OngoingMonthlyUsd = "ongoingMonthlyUsd";

    /// <summary>Cost of the first month, USD.</summary>
    public const string FirstMonthUsd = "firstMonthUsd";

    /// <summary>Net present value of the cash paid over the horizon, as a cost, USD.</summary>
    public const string PresentCostUsd = "presentCostUsd";

    /// <summary>Ongoing cost per million tokens, USD.</summary>
    public const string UsdPerMillionTokens = "usdPerMillionTokens";

    /// <summary>Most requests a month that the fleet carries.</summary>
    public const string CapacityRequests = "capacityRequestsPerMonth";

    /// <summary>Instances of the fleet.</summary>
    public const string Instances = "instances";
}

/// <summary>A break-even point that is not where it was.</summary>
/// <param name="FirstMonth">True where one-off costs count.</param>
/// <param name="FromOptionId">Cheapest below; null where none can serve it.</param>
/// <param name="ToOptionId">Cheapest above; null where none can serve it.</param>
/// <param name="Old">Where it was, requests a month; null where there was none.</param>
/// <param name="New">Where it is, requests a month; null where there is none.</param>
public sealed record CrossingChange(bool FirstMonth, string? FromOptionId, string? ToOptionId, double? Old, double? New);
