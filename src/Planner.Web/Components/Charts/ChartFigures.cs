using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>Figures of a chart's table, and what may be handed to its drawing.</summary>
internal static class ChartFigures
{
    // Beyond this decimals, which figures are written from, overflow; amounts of money still have to be exchanged.
    private const double Largest = 1e27;
    private const double LargestAmount = 1e22;

    /// <summary>A figure in its unit; unknown where it is null or no number.</summary>
    /// <param name="value">The figure; amounts are in USD.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="start">The month at 0, for months alone; a part of a month counts to the month it lies in.</param>
    /// <param name="currency">The currency in which amounts are written; USD where not given.</param>
    public static string Write(double? value, ChartUnit unit, DateOnly? start = null, DisplayCurrency? currency = null) => value is not { } figure || !double.IsFinite(figure)
        ? Format.Unknown
        : unit switch
        {
            ChartUnit.Percent => Format.Percent(figure),
            ChartUnit.Month when start is { } first => Format.Month(first.AddMonths((int)Math.Floor(figure))),
            ChartUnit.Usd => Math.Abs(figure) < LargestAmount ? Format.Money((decimal)figure, currency ?? DisplayCurrency.Usd) : Format.Unknown,
            ChartUnit.Rate => Format.Rate(figure, currency ?? DisplayCurrency.Usd),
            _ => Math.Abs(figure) < Largest ? Format.Number(Math.Round((decimal)figure, 3)) : Format.Count(figure),
        };

    /// <summary>A figure as it is drawn: amounts, which are given in USD, exchanged.</summary>
    public static double In(DisplayCurrency currency, ChartUnit unit, double value) =>
        unit is ChartUnit.Usd or ChartUnit.Rate ? value * (double)currency.UnitsPerUsd : value;

    /// <summary>A title that names USD, naming the currency drawn.</summary>
    public static string In(DisplayCurrency currency, string title) => title.Replace(DisplayCurrency.Usd.Code, currency.Code, StringComparison.Ordinal);

    /// <summary>How the drawing writes amounts, {0} being the figure; null where the dollar's sign stands before it.</summary>
    public static string? Amounts(DisplayCurrency currency) => currency.Pattern is var pattern && pattern == "${0}" ? null : pattern;

    /// <summary>JSON has no NaN and no infinity.</summary>
    public static double? Finite(double? value) => value is { } figure && double.IsFinite(figure) ? figure : null;
}
