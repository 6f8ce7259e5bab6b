using System.Globalization;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Comparisons;

/// <summary>A portfolio as a table. The first column says what a row is: a scenario, the total, a kind of cost or a calendar month; amounts are USD, empty where not known.</summary>
public static class PortfolioCsv
{
    private static readonly string[] Head =
    [
        "row", "name", "scenarioId", "version", "option", "feasible", "monthlyUsd", "oneOffUsd", "firstMonthUsd", "firstYearUsd", "horizonMonths", "horizonUsd", "presentCostUsd", "calendarMonthUsd",
        "calendarMonthCashUsd", "unknown", "reasons",
    ];

    public static string Write(PortfolioAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Csv.Write(Rows(answer));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(PortfolioAnswer answer)
    {
        var totals = answer.Totals;
        yield return Head;
        foreach (var (item, scenario) in totals.Items.Zip(answer.Scenarios))
        {
            yield return Row(
                ("row", "scenario"), ("name", item.Name), ("scenarioId", item.Id), ("version", Whole(scenario.Version)), ("option", item.OptionName ?? ""), ("feasible", scenario.CanServe switch { true => "true", false => "false", null => "" }),
                ("monthlyUsd", Format.Invariant(item.MonthlyUsd)), ("oneOffUsd", Format.Invariant(item.FirstMonthUsd - item.MonthlyUsd)), ("firstMonthUsd", Format.Invariant(item.FirstMonthUsd)),
                ("firstYearUsd", Format.Invariant(item.YearUsd)), ("horizonMonths", item.HorizonMonths is { } months ? Whole(months) : ""), ("horizonUsd", Format.Invariant(item.HorizonUsd)),
                ("presentCostUsd", Format.Invariant(item.PresentCostUsd)), ("reasons", string.Join(" ", item.Reasons.Append(item.HorizonReason).OfType<string>().Distinct())));
        }

        yield return Row(
            ("row", "total"), ("monthlyUsd", Format.Invariant(totals.Monthly.Usd)), ("firstMonthUsd", Format.Invariant(totals.FirstMonth.Usd)), ("firstYearUsd", Format.Invariant(totals.Year.Usd)),
            ("horizonUsd", Format.Invariant(totals.Horizon.Usd)), ("presentCostUsd", Format.Invariant(totals.PresentCost.Usd)), ("unknown", Whole(totals.Monthly.Unknown)));
        foreach (var group in totals.Groups)
            yield return Row(("row", "kind"), ("name", LedgerGroupNames.Of(group.Group)), ("monthlyUsd", Format.Invariant(group.MonthlyUsd)), ("oneOffUsd", Format.Invariant(group.OneOffUsd)), ("firstMonthUsd", Format.Invariant(group.MonthlyUsd + group.OneOffUsd)));
        foreach (var month in totals.Months)
            yield return Row(("row", "month"), ("name", month.Month), ("calendarMonthUsd", Format.Invariant(month.Cost.Usd)), ("calendarMonthCashUsd", Format.Invariant(month.Cash.Usd)), ("unknown", Whole(month.Cost.Unknown)));
    }

    private static string[] Row(params (string Column, string Text)[] cells) => [.. Head.Select(column => cells.FirstOrDefault(cell => cell.Column == column).Text ?? "")];

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
