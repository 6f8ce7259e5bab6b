using Planner.Domain.Portfolios;
using Planner.Web.Comparisons;
using Planner.Web.Components.Charts;

namespace Planner.Web.Reports.Workbooks;

/// <summary>A portfolio as a workbook: totals are sums of the rows above them.</summary>
public static class PortfolioWorkbook
{
    public static byte[] Write(PortfolioAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return WorkbookFile.Write(ComparisonTexts.PortfolioHeading, [Scenarios(answer), Kinds(answer), Months(answer.Totals)]);
    }

    private static SheetCell Total(PortfolioSum sum) => SheetCell.Header(sum is { Usd: not null, IsAtLeast: true } ? WorkbooksTexts.TotalAtLeast : WorkbooksTexts.Total);

    private static Sheet Scenarios(PortfolioAnswer answer)
    {
        var sheet = new Sheet(WorkbooksTexts.SheetPortfolio, 36, 9, 30, 14, 16, 16, 16, 10, 16, 16, 60);
        sheet.Add(new SheetCell(CellStyle.Title, ComparisonTexts.PortfolioHeading));
        sheet.Add(SheetCell.Muted(ComparisonTexts.FrozenFigures));
        sheet.FrozenRows = sheet.Add(SheetCell.Headers(
            WorkbooksTexts.Scenario, WorkbooksTexts.Version, WorkbooksTexts.Option, WorkbooksTexts.CanItServe, WorkbooksTexts.MonthUsd, WorkbooksTexts.FirstMonthUsd, WorkbooksTexts.FirstYearUsd, WorkbooksTexts.Months, WorkbooksTexts.OverMonthsUsd, WorkbooksTexts.PresentCostUsd, WorkbooksTexts.WhyNot));
        var first = sheet.Next;
        foreach (var (item, scenario) in answer.Totals.Items.Zip(answer.Scenarios))
        {
            sheet.Add(
                item.Name, SheetCell.Whole(scenario.Version), item.OptionName ?? WorkbooksTexts.None, PortfolioWords.Serves(scenario.CanServe), SheetCell.Money((double?)item.MonthlyUsd), SheetCell.Money((double?)item.FirstMonthUsd),
                SheetCell.Money((double?)item.YearUsd), SheetCell.Whole(item.HorizonMonths), SheetCell.Money((double?)item.HorizonUsd), SheetCell.Money((double?)item.PresentCostUsd),
                SheetCell.Wrapped(string.Join(" ", item.Reasons.Append(item.HorizonReason).OfType<string>().Distinct())));
        }

        var totals = answer.Totals;
        var last = sheet.Next - 1;
        if (last >= first)
        {
            sheet.Add(
                Total(totals.Monthly), SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, Sum(4, totals.Monthly), Sum(5, totals.FirstMonth), Sum(6, totals.Year),
                SheetCell.Empty, Sum(8, totals.Horizon), Sum(9, totals.PresentCost), SheetCell.Wrapped(PortfolioWords.Missing(totals.Monthly, totals.Horizon)));
        }

        return sheet;

        // A sum of empty cells would be 0.
        SheetCell Sum(int column, PortfolioSum sum) => sum.Usd is null ? SheetCell.Header(WorkbooksTexts.NotKnown) : SheetCell.Total((double?)sum.Usd, $"SUM({Sheet.Letter(column)}{first}:{Sheet.Letter(column)}{last})");
    }

    private static Sheet Kinds(PortfolioAnswer answer)
    {
        var kinds = answer.Totals.Groups.Where(group => group.MonthlyUsd != 0).ToList();
        var groups = kinds.ConvertAll(group => group.Group);
        var sheet = new Sheet(WorkbooksTexts.SheetKinds, [36, 30, .. groups.Select(_ => 16.0), 16]);
        sheet.FrozenRows = sheet.Add([SheetCell.Header(WorkbooksTexts.Scenario), SheetCell.Header(WorkbooksTexts.Option), .. groups.Select(group => SheetCell.Header(WorkbooksTexts.KindUsd.With(LedgerGroupNames.Of(group)))), SheetCell.Header(WorkbooksTexts.Sum)]);
        var first = sheet.Next;
        foreach (var scenario in answer.Scenarios.Where(scenario => scenario.Shown is { OngoingMonthlyUsd: not null }))
        {
            var (shown, row) = (scenario.Shown!, sheet.Next);
            sheet.Add(
            [
                scenario.Name, shown.Name, .. groups.Select(group => SheetCell.Money((double)shown.Groups.Where(part => part.Group == group).Sum(part => part.MonthlyUsd))),
                // Without a kind the sum would be of its own cell.
                groups.Count == 0 ? SheetCell.Money((double)shown.OngoingMonthlyUsd!) : SheetCell.Money((double)shown.OngoingMonthlyUsd!, $"SUM(C{row}:{Sheet.Letter(groups.Count + 1)}{row})"),
            ]);
        }

        var last = sheet.Next - 1;
        if (last >= first)
        {
            sheet.Add(
            [
                Total(answer.Totals.Monthly), SheetCell.Empty, .. kinds.Select((group, i) => Sum(i + 2, group.MonthlyUsd)), Sum(groups.Count + 2, answer.Totals.Monthly.Usd ?? 0),
            ]);
        }

        return sheet;

        SheetCell Sum(int column, decimal usd) => SheetCell.Total((double)usd, $"SUM({Sheet.Letter(column)}{first}:{Sheet.Letter(column)}{last})");
    }

    private static Sheet Months(Portfolio totals)
    {
        var sheet = new Sheet(WorkbooksTexts.Months, 12, 16, 16, 60);
        sheet.FrozenRows = sheet.Add(SheetCell.Headers(WorkbooksTexts.Month, WorkbooksTexts.CostUsd, WorkbooksTexts.CashUsd, WorkbooksTexts.WhatIsMissing));
        var first = sheet.Next;
        foreach (var month in totals.Months)
            sheet.Add(month.Month, SheetCell.Money((double?)month.Cost.Usd), SheetCell.Money((double?)month.Cash.Usd), SheetCell.Wrapped(PortfolioWords.Of(month)));
        var last = sheet.Next - 1;
        if (last >= first)
            sheet.Add(Total(totals.Months.Select(month => month.Cost).FirstOrDefault(cost => cost.IsAtLeast) ?? totals.Months[0].Cost), Sum("B", totals.Months.Sum(month => month.Cost.Usd ?? 0)), Sum("C", totals.Months.Sum(month => month.Cash.Usd ?? 0)));
        return sheet;

        SheetCell Sum(string column, decimal usd) => SheetCell.Total((double)usd, $"SUM({column}{first}:{column}{last})");
    }
}
