using System.Globalization;
using Planner.Domain;
using Planner.Domain.BreakEvens;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>How the axes of break-evens are named, and how their figures are written.</summary>
public static class AxisWords
{
    /// <summary>What a list of axes calls it.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="optionName">The option that it belongs to; null where nothing else could be meant.</param>
    public static string Name(string axis, string? optionName = null) => axis switch
    {
        BreakEvenAxes.TokensPerMonth => AnswerTexts.AxisTokens,
        BreakEvenAxes.Utilization => OfOption(AnswerTexts.AxisUtilization, AnswerTexts.AxisUtilizationOf, optionName),
        BreakEvenAxes.OutputTokens => AnswerTexts.AxisOutputTokens,
        BreakEvenAxes.ApiPrice => OfOption(AnswerTexts.AxisApiPrice, AnswerTexts.AxisApiPriceOf, optionName),
        BreakEvenAxes.InstancePrice => OfOption(AnswerTexts.AxisInstancePrice, AnswerTexts.AxisInstancePriceOf, optionName),
        BreakEvenAxes.Throughput => OfOption(AnswerTexts.AxisThroughput, AnswerTexts.AxisThroughputOf, optionName),
        _ => AnswerTexts.AxisRequests,
    };

    /// <summary>What it counts, with its unit; prices in USD.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="optionName">The option that it belongs to; null where nothing else could be meant.</param>
    public static string Title(string axis, string? optionName) => (axis switch
    {
        BreakEvenAxes.ApiPrice => AnswerTexts.AxisInUsdPerMTokens,
        BreakEvenAxes.InstancePrice => AnswerTexts.AxisInUsdPerHour,
        BreakEvenAxes.Throughput => AnswerTexts.AxisInTokensPerSecond,
        _ => "{0}",
    }).With(Name(axis, optionName));

    /// <summary>How charts write its figures.</summary>
    public static ChartUnit Unit(string axis) => axis switch
    {
        BreakEvenAxes.Utilization => ChartUnit.Percent,
        BreakEvenAxes.ApiPrice or BreakEvenAxes.InstancePrice => ChartUnit.Rate,
        _ => ChartUnit.Count,
    };

    /// <summary>A point at a glance: "10.89 M", "$1.634", "63 %".</summary>
    public static string Short(string axis, double point, DisplayCurrency currency) => Unit(axis) switch
    {
        ChartUnit.Percent => Format.Percent(point),
        ChartUnit.Rate => Format.Rate(point, currency),
        _ => Wording.Count(point),
    };

    /// <summary>A point with what it counts, as a label: "10.89 M requests".</summary>
    public static string Label(string axis, double point, DisplayCurrency currency) => (axis switch
    {
        BreakEvenAxes.RequestsPerMonth => AnswerTexts.PointRequests,
        BreakEvenAxes.TokensPerMonth or BreakEvenAxes.OutputTokens => AnswerTexts.PointTokens,
        BreakEvenAxes.Throughput => AnswerTexts.PointTokensPerSecond,
        _ => "{0}",
    }).With(Short(axis, point, currency));

    /// <summary>A point in a sentence: "10.89 M requests a month", "$1.634 a million tokens".</summary>
    public static string InSentence(string axis, double point, DisplayCurrency currency) => (axis switch
    {
        BreakEvenAxes.RequestsPerMonth => AnswerTexts.PointRequestsAMonth,
        BreakEvenAxes.TokensPerMonth => AnswerTexts.PointTokensAMonth,
        BreakEvenAxes.OutputTokens => AnswerTexts.PointTokensARequest,
        BreakEvenAxes.Utilization => AnswerTexts.PointUtilization,
        BreakEvenAxes.ApiPrice => AnswerTexts.PointPerMTokens,
        BreakEvenAxes.InstancePrice => AnswerTexts.PointAnHour,
        _ => AnswerTexts.PointTokensPerSecond,
    }).With(Short(axis, point, currency));

    /// <summary>A point as a table has it: "10,890,240", "$1.633536", "63.02 %".</summary>
    public static string Exact(string axis, double point, DisplayCurrency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return Unit(axis) switch
        {
            ChartUnit.Percent => (point * 100).ToString("#,0.##", CultureInfo.CurrentCulture) + " %",
            ChartUnit.Rate => currency.With((point * (double)currency.UnitsPerUsd).ToString("#,0.00####", CultureInfo.CurrentCulture)),
            _ => point >= 1000 ? point.ToString("N0", CultureInfo.CurrentCulture) : Format.Count(point),
        };
    }

    /// <summary>What costs are shown by.</summary>
    public static string Noun(string axis) => axis switch
    {
        BreakEvenAxes.Utilization => AnswerTexts.NounUtilization,
        BreakEvenAxes.OutputTokens => AnswerTexts.NounOutputLength,
        BreakEvenAxes.ApiPrice => AnswerTexts.NounApiPrice,
        BreakEvenAxes.InstancePrice => AnswerTexts.NounInstancePrice,
        BreakEvenAxes.Throughput => AnswerTexts.NounThroughput,
        _ => AnswerTexts.NounVolume,
    };

    private static string OfOption(string name, string nameOf, string? optionName) => optionName is null ? name : nameOf.With(optionName);
}
