using Planner.Domain.Catalogs;

namespace Planner.Domain.Planning;

/// <summary>The part of an answer that a decision rests on.</summary>
/// <param name="OptionId">The cheapest feasible option; null where there is none.</param>
/// <param name="OptionName">Its name; null likewise.</param>
/// <param name="MonthlyUsd">Its ongoing cost, USD a month; null likewise.</param>
/// <param name="BreakEvenRequests">The crossing that is compared, requests a month, ongoing and capacity checked; null where there is none.</param>
/// <param name="Fault">Why there is no answer, as a sentence; null where there is one.</param>
public sealed record DecisionAnswer(string? OptionId, string? OptionName, decimal? MonthlyUsd, double? BreakEvenRequests, string? Fault = null)
{
    internal static DecisionAnswer Of(Result result, double? crossing)
    {
        var cheapest = result.Options.FirstOrDefault(option => option.Id == result.Verdict.CheapestOptionId);
        return new DecisionAnswer(cheapest?.Id, cheapest?.Name, cheapest?.OngoingMonthlyUsd, crossing);
    }
}

/// <summary>A catalog row that moved an answer.</summary>
/// <param name="Kind">One of <see cref="DecisionCauseKinds"/>.</param>
/// <param name="Key">Key of the row; empty for the measurements.</param>
/// <param name="Prices">Its prices that changed; empty where other facts did.</param>
/// <param name="Source">Where the new values come from; null for the measurements.</param>
/// <param name="Flips">True where this row alone makes another option the cheapest, or leaves no answer.</param>
/// <param name="EffectUsd">The largest change that it alone makes in an option's ongoing month, USD, never negative; null where it makes a cost known or unknown.</param>
public sealed record DecisionCause(string Kind, string Key, IReadOnlyList<PriceMove> Prices, Provenance? Source, bool Flips, decimal? EffectUsd);

/// <summary>The values of <see cref="DecisionCause.Kind"/>.</summary>
public static class DecisionCauseKinds
{
    /// <summary>A price sheet of an API.</summary>
    public const string PriceSheet = "priceSheet";

    /// <summary>A machine.</summary>
    public const string Instance = "instance";

    /// <summary>A model's facts.</summary>
    public const string Model = "model";

    /// <summary>A GPU's facts.</summary>
    public const string Gpu = "gpu";

    /// <summary>An engine's facts.</summary>
    public const string Engine = "engine";

    /// <summary>The user's own measurements.</summary>
    public const string Measurement = "measurement";
}

/// <summary>The values of <see cref="DecisionChange.Reasons"/>.</summary>
public static class DecisionReasons
{
    /// <summary>Another option is the cheapest, or none is any more.</summary>
    public const string CheapestOption = "cheapestOption";

    /// <summary>The month of the cheapest option costs more or less by more than the threshold.</summary>
    public const string MonthlyCost = "monthlyCost";

    /// <summary>A crossing appeared, went away, or moved by more than the threshold.</summary>
    public const string BreakEven = "breakEven";

    /// <summary>An option whose month was known has no known cost any more.</summary>
    public const string UnknownCost = "unknownCost";

    /// <summary>The scenario cannot be evaluated any more.</summary>
    public const string NoAnswer = "noAnswer";
}

/// <summary>What other catalog rows make of a saved answer.</summary>
/// <param name="Before">The answer as saved.</param>
/// <param name="After">The answer with the other rows.</param>
/// <param name="Reasons">Of <see cref="DecisionReasons"/> those that hold; empty where the answer stands.</param>
/// <param name="Causes">The rows that moved it, the strongest first; empty where none did.</param>
public sealed record DecisionChange(DecisionAnswer Before, DecisionAnswer After, IReadOnlyList<string> Reasons, IReadOnlyList<DecisionCause> Causes)
{
    /// <summary>Names of options whose month was known and is not any more.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}
