using Planner.Domain.Planning;
using Planner.Web.Components.Instances;
using Planner.Web.Components.Prices;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Alerts;

/// <summary>A decision and what moved it, in words.</summary>
internal static class DecisionWords
{
    /// <summary>An answer: "Fleet at $7,200 a month".</summary>
    public static string Of(DecisionAnswer answer) => answer switch
    {
        { Fault: { } fault } => fault,
        { OptionName: { } name } => $"{name} at {Format.MoneyHeadline(answer.MonthlyUsd)} a month",
        _ => "no option can serve it",
    };

    /// <summary>A crossing: "1.2 M requests a month".</summary>
    public static string BreakEven(double? requests) => requests is null ? "none" : $"{Format.Count(requests)} requests a month";

    /// <summary>True where the crossing is another than it was.</summary>
    public static bool BreakEvenMoved(DecisionAnswer before, DecisionAnswer after) => after.Fault is null && before.BreakEvenRequests != after.BreakEvenRequests;

    /// <summary>What a row's price is called: "input, per M tokens".</summary>
    public static string Field(string field)
    {
        var dot = field.IndexOf("].", StringComparison.Ordinal);
        if (dot > 0)
            return $"{Field(field[(dot + 2)..])}, above {field["tiers[".Length..dot]} tokens";
        return field switch
        {
            "inputUsdPerM" => "input, per M tokens",
            "outputUsdPerM" => "output, per M tokens",
            "cacheReadUsdPerM" => "cache read, per M tokens",
            "cacheWriteUsdPerM" => "cache write, per M tokens",
            "batchInputUsdPerM" => "batch input, per M tokens",
            "batchOutputUsdPerM" => "batch output, per M tokens",
            "onDemandUsd" => "on demand, an hour",
            "spotUsd" => "spot, an hour",
            "reserved1YUsd" => "1 year, an hour",
            "reserved3YUsd" => "3 years, an hour",
            _ => field,
        };
    }

    /// <summary>A price, also one that is not known.</summary>
    public static string Price(decimal? usd) => usd is null ? "unknown" : Format.Rate(usd);

    /// <summary>What a row alone does: "alone it moves a month by up to $300 and changes the cheapest option".</summary>
    public static string Effect(DecisionCause cause) => cause.EffectUsd switch
    {
        null => "alone it makes a cost known or unknown",
        { } usd => $"alone it moves a month by up to {Format.MoneyHeadline(usd)}{(cause.Flips ? " and changes the cheapest option" : "")}",
    };

    /// <summary>What a row is, where it is no price.</summary>
    public static string Kind(string kind) => kind switch
    {
        DecisionCauseKinds.Model => "facts of the model changed",
        DecisionCauseKinds.Gpu => "facts of the GPU changed",
        DecisionCauseKinds.Engine => "facts of the engine changed",
        DecisionCauseKinds.Measurement => "your measurements correct modelled rates otherwise",
        _ => "facts other than its prices changed",
    };

    /// <summary>The page of a row, with the row open.</summary>
    public static string Address(DecisionCause cause) => cause.Kind switch
    {
        DecisionCauseKinds.PriceSheet => new PriceGridState { Row = cause.Key }.Write(),
        DecisionCauseKinds.Instance => new InstanceGridState { Row = cause.Key }.Write(),
        DecisionCauseKinds.Measurement => "/measurements",
        _ => "/models",
    };
}
