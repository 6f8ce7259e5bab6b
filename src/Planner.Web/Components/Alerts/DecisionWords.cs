using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
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
        { OptionName: { } name } => AlertsTexts.AnswerOf.With(name, Format.MoneyHeadline(answer.MonthlyUsd)),
        _ => AlertsTexts.AnswerNone,
    };

    /// <summary>A crossing: "1.2 M requests a month".</summary>
    public static string BreakEven(double? requests) => requests is null ? AlertsTexts.BreakEvenNone : AlertsTexts.BreakEvenAt.With(Format.Count(requests));

    /// <summary>True where the crossing is another than it was.</summary>
    public static bool BreakEvenMoved(DecisionAnswer before, DecisionAnswer after) => after.Fault is null && before.BreakEvenRequests != after.BreakEvenRequests;

    /// <summary>What a row's price is called: "input, per M tokens".</summary>
    public static string Field(string field)
    {
        var dot = field.IndexOf("].", StringComparison.Ordinal);
        if (dot > 0)
            return AlertsTexts.FieldAbove.With(Field(field[(dot + 2)..]), field["tiers[".Length..dot]);
        if (PriceField.All.FirstOrDefault(price => price.Name == field) is { } known)
            return AlertsTexts.FieldPerM.With(known.Noun);
        return PurchaseKinds.Rented.FirstOrDefault(kind => HourlyPrices.NameOf(kind) == field) is { } way ? AlertsTexts.FieldAnHour.With(PurchaseWords.Within(way)) : field;
    }

    /// <summary>A price, also one that is not known.</summary>
    public static string Price(decimal? usd) => usd is null ? AlertsTexts.PriceUnknown : Format.Rate(usd);

    /// <summary>What a row alone does: "alone it moves a month by up to $300 and changes the cheapest option".</summary>
    public static string Effect(DecisionCause cause) => cause.EffectUsd switch
    {
        null => AlertsTexts.EffectKnown,
        { } usd => (cause.Flips ? AlertsTexts.EffectFlips : AlertsTexts.EffectMoves).With(Format.MoneyHeadline(usd)),
    };

    /// <summary>What a row is, where it is no price.</summary>
    public static string Kind(string kind) => kind switch
    {
        DecisionCauseKinds.Model => AlertsTexts.KindModel,
        DecisionCauseKinds.Gpu => AlertsTexts.KindGpu,
        DecisionCauseKinds.Engine => AlertsTexts.KindEngine,
        DecisionCauseKinds.Measurement => AlertsTexts.KindMeasurement,
        _ => AlertsTexts.KindOther,
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
