using Planner.Domain.Costs;

namespace Planner.Domain.Actuals;

/// <summary>What is compared month by month.</summary>
public static class ActualMeasures
{
    /// <summary>Recurring cost, USD; one-off work is left out of plan and actual.</summary>
    public const string Cost = "cost";

    /// <summary>Prompt tokens.</summary>
    public const string InputTokens = "inputTokens";

    /// <summary>Generated tokens, reasoning included.</summary>
    public const string OutputTokens = "outputTokens";

    /// <summary>Cost ÷ prompt and generated tokens, USD per million.</summary>
    public const string UsdPerMillionTokens = "usdPerMillionTokens";

    /// <summary>Tokens served ÷ tokens that the paid instance hours could serve at the SLO, a share.</summary>
    public const string Utilization = "utilization";

    /// <summary>Hours of GPUs: instance hours × GPUs of an instance.</summary>
    public const string GpuHours = "gpuHours";

    /// <summary>95th percentile of the time to first token, seconds.</summary>
    public const string TtftP95 = "ttftP95";

    /// <summary>95th percentile of the time between tokens, seconds.</summary>
    public const string ItlP95 = "itlP95";

    /// <summary>All of them, in the order of tables.</summary>
    public static IReadOnlyList<string> All { get; } = [Cost, InputTokens, OutputTokens, UsdPerMillionTokens, Utilization, GpuHours, TtftP95, ItlP95];

    /// <summary>The unit of a measure.</summary>
    public static string UnitOf(string measure) => measure switch
    {
        Cost => "USD/month",
        UsdPerMillionTokens => "USD/M tokens",
        Utilization => "share",
        GpuHours => "GPU-hours/month",
        TtftP95 or ItlP95 => "s",
        _ => "tokens/month",
    };
}

/// <summary>A figure with its working, or why it is not known.</summary>
/// <param name="Value">The figure; null where <paramref name="Unknown"/> says why.</param>
/// <param name="Unknown">Why it is not known, a sentence; null where it is.</param>
/// <param name="Formula">The formula in symbols; its names are those of <paramref name="Operands"/>. Empty where nothing is known.</param>
/// <param name="Operands">The formula's inputs in order.</param>
public sealed record ActualFigure(double? Value, string? Unknown, string Formula, IReadOnlyList<Operand> Operands)
{
    // Beyond this an amount is no one's, and leaves what a decimal holds.
    private const double Largest = 1e24;

    /// <summary>True where it is only known to be above <see cref="Value"/>: the metrics count no longer times apart.</summary>
    public bool IsAbove { get; init; }

    /// <summary>True where the source states it of a part of what it covers only, such as days that are billed already.</summary>
    public bool IsPart { get; init; }

    /// <summary>True where it is the plan's own figure, so that there is nothing to compare.</summary>
    public bool IsPlanned { get; init; }

    internal static ActualFigure Of(double value, string formula, params ReadOnlySpan<Operand> operands) =>
        Math.Abs(value) < Largest ? new(value, null, formula, [.. operands]) : Not(ActualTexts.Beyond);

    internal static ActualFigure Not(string reason) => new(null, reason, "", []);

    /// <summary>Both a plan's and an actual's cost of a million tokens.</summary>
    internal static ActualFigure PerMillion(ActualFigure cost, ActualFigure input, ActualFigure output) => (cost.Value, input.Value, output.Value) switch
    {
        (null, _, _) => Not(cost.Unknown!),
        (_, null, _) => Not(input.Unknown!),
        (_, _, null) => Not(output.Unknown!),
        ({ } usd, { } prompt, { } generated) when prompt + generated > 0 => Of(
            usd * 1e6 / (prompt + generated), "cost × 10⁶ ÷ (input + output)", new Operand("cost", usd, "USD", ActualTexts.SourceRow), new Operand("input", prompt, "tokens", ActualTexts.SourceRow),
            new Operand("output", generated, "tokens", ActualTexts.SourceRow)),
        _ => Not(ActualTexts.NoTokens),
    };
}

/// <summary>Plan and actual of one measure in a month.</summary>
/// <param name="Measure">One of <see cref="ActualMeasures"/>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Plan">What was planned.</param>
/// <param name="Actual">What was measured, scaled to the whole month where a part of it was.</param>
public sealed record MonthComparison(string Measure, string Unit, ActualFigure Plan, ActualFigure Actual)
{
    /// <summary>Forecast error: (actual − plan) ÷ plan; 0.1 is 10 % above the plan. Null where one of them is unknown, the plan is 0, or the actual is only known to be above a bound or is the plan's own.</summary>
    public double? ErrorShare => Plan.Value is { } plan and not 0 && Actual is { Value: { } actual, IsAbove: false, IsPlanned: false } && double.IsFinite((actual - plan) / plan) ? (actual - plan) / plan : null;
}

/// <summary>How much of a month a source covers.</summary>
/// <param name="Source">What the source is called.</param>
/// <param name="Covered">How much of the month is covered, at least 0.</param>
/// <param name="Of">How much there is, above 0; at least <paramref name="Covered"/>.</param>
/// <param name="Unit"><c>days</c> or <c>hours</c>.</param>
public sealed record SourceCoverage(string Source, double Covered, double Of, string Unit)
{
    /// <summary>Share of a month from which on it counts as covered: a restart of an engine, or of the app, leaves short gaps.</summary>
    public const double Enough = 0.99;

    /// <summary>True where the month counts as covered.</summary>
    public bool IsWhole => Covered >= Enough * Of;
}

/// <summary>A calendar month of an option.</summary>
/// <param name="Month">The month as yyyy-MM, UTC.</param>
/// <param name="Coverage">What each source covers of it; empty where none does.</param>
/// <param name="Figures">One comparison a measure, in the order of <see cref="ActualMeasures.All"/>.</param>
/// <param name="AsPlannedUsd">Part of the actual cost that is as planned, not measured, USD: owned and reserved instances, further lines, people. Null where the cost is unknown.</param>
public sealed record ActualMonth(string Month, IReadOnlyList<SourceCoverage> Coverage, IReadOnlyList<MonthComparison> Figures, double? AsPlannedUsd)
{
    /// <summary>True where every source covers the whole month, so that nothing of it was scaled by more than a short gap.</summary>
    public bool IsWhole => Coverage.Count > 0 && Coverage.All(source => source.IsWhole);

    /// <summary>A measure of the month.</summary>
    public MonthComparison this[string measure] => Figures.First(figure => figure.Measure == measure);
}

/// <summary>How far the plan was from what happened, on the mean.</summary>
/// <param name="Measure">One of <see cref="ActualMeasures"/>.</param>
/// <param name="Share">Mean of the months' errors without their signs (MAPE); null below <see cref="FewestMonths"/> months.</param>
/// <param name="Months">Whole months whose error is known.</param>
public sealed record MeanError(string Measure, double? Share, int Months)
{
    /// <summary>Fewest months of which a mean error is told.</summary>
    public const int FewestMonths = 3;
}
