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
    public static string Name(string axis) => axis switch
    {
        BreakEvenAxes.TokensPerMonth => "Tokens a month",
        BreakEvenAxes.Utilization => "Utilization of a fleet",
        BreakEvenAxes.OutputTokens => "Output tokens a request",
        BreakEvenAxes.ApiPrice => "API price",
        BreakEvenAxes.InstancePrice => "Instance price",
        BreakEvenAxes.Throughput => "Throughput of a replica",
        _ => "Requests a month",
    };

    /// <summary>What it counts, with its unit; prices in USD.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="optionName">The option that it belongs to; null where nothing else could be meant.</param>
    public static string Title(string axis, string? optionName) => Name(axis) + (optionName is null ? "" : $" of {optionName}") + axis switch
    {
        BreakEvenAxes.ApiPrice => ", USD a million tokens",
        BreakEvenAxes.InstancePrice => ", USD an hour",
        BreakEvenAxes.Throughput => ", tokens/s",
        _ => "",
    };

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
    public static string Label(string axis, double point, DisplayCurrency currency) => $"{Short(axis, point, currency)}{Counted(axis)}";

    /// <summary>A point in a sentence: "10.89 M requests a month", "$1.634 a million tokens".</summary>
    public static string InSentence(string axis, double point, DisplayCurrency currency) => Label(axis, point, currency) + axis switch
    {
        BreakEvenAxes.RequestsPerMonth or BreakEvenAxes.TokensPerMonth => " a month",
        BreakEvenAxes.OutputTokens => " a request",
        BreakEvenAxes.Utilization => " utilization",
        BreakEvenAxes.ApiPrice => " a million tokens",
        BreakEvenAxes.InstancePrice => " an hour",
        _ => "",
    };

    /// <summary>A point as a table has it: "10,890,240", "$1.633536", "63.02 %".</summary>
    public static string Exact(string axis, double point, DisplayCurrency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return Unit(axis) switch
        {
            ChartUnit.Percent => (point * 100).ToString("#,0.##", CultureInfo.CurrentCulture) + " %",
            ChartUnit.Rate => currency.Symbol + (point * (double)currency.UnitsPerUsd).ToString("#,0.00####", CultureInfo.CurrentCulture),
            _ => point >= 1000 ? point.ToString("N0", CultureInfo.CurrentCulture) : Format.Count(point),
        };
    }

    /// <summary>What costs are shown by.</summary>
    public static string Noun(string axis) => axis switch
    {
        BreakEvenAxes.Utilization => "utilization",
        BreakEvenAxes.OutputTokens => "output length",
        BreakEvenAxes.ApiPrice => "API price",
        BreakEvenAxes.InstancePrice => "instance price",
        BreakEvenAxes.Throughput => "throughput",
        _ => "volume",
    };

    private static string Counted(string axis) => axis switch
    {
        BreakEvenAxes.RequestsPerMonth => " requests",
        BreakEvenAxes.TokensPerMonth or BreakEvenAxes.OutputTokens => " tokens",
        BreakEvenAxes.Throughput => " tokens/s",
        _ => "",
    };
}
