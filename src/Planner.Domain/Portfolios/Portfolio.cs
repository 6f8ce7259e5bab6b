using System.Globalization;

namespace Planner.Domain.Portfolios;

/// <summary>Totals over several stored answers, one option of each. All amounts are USD, whatever currency a scenario is shown in.</summary>
/// <param name="Items">One an entry, in their order.</param>
/// <param name="Monthly">Recurring cost of a month, as stored.</param>
/// <param name="FirstMonth">Recurring cost and one-off cost, as stored.</param>
/// <param name="Year">Cost of the first twelve months of each.</param>
/// <param name="Horizon">Cost of all months of each; horizons may differ in length.</param>
/// <param name="PresentCost">Net present value of the cash of all months, as a cost, each at its own discount rate.</param>
/// <param name="Groups">The known recurring and one-off cost by kind; the recurring parts add up to <paramref name="Monthly"/>.</param>
/// <param name="Months">Twelve calendar months from the earliest start month on; empty where no entry has months.</param>
public sealed record Portfolio(
    IReadOnlyList<PortfolioItem> Items, PortfolioSum Monthly, PortfolioSum FirstMonth, PortfolioSum Year, PortfolioSum Horizon, PortfolioSum PresentCost,
    IReadOnlyList<CostGroup> Groups, IReadOnlyList<PortfolioMonth> Months)
{
    /// <summary>Calendar months that are listed.</summary>
    public const int CalendarMonths = 12;

    /// <summary>Adds stored answers up.</summary>
    /// <param name="entries">One a scenario; a scenario that stands twice counts twice, so callers refuse that.</param>
    public static Portfolio Of(IReadOnlyList<PortfolioEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        IReadOnlyList<PortfolioItem> items = [.. entries.Select(PortfolioItem.Of)];
        return new Portfolio(
            items,
            PortfolioSum.Of(items.Select(item => (item.MonthlyUsd, item.Feasible))),
            PortfolioSum.Of(items.Select(item => (item.FirstMonthUsd, item.Feasible))),
            PortfolioSum.Of(items.Select(item => (item.YearUsd, item.HorizonFeasible))),
            PortfolioSum.Of(items.Select(item => (item.HorizonUsd, item.HorizonFeasible))),
            PortfolioSum.Of(items.Select(item => (item.PresentCostUsd, item.HorizonFeasible))),
            CostGroup.Of(entries.SelectMany(entry => entry.Chosen is { OngoingMonthlyUsd: not null } chosen ? chosen.Ledger : [])),
            [.. MonthsOf(entries)]);
    }

    private static IEnumerable<PortfolioMonth> MonthsOf(IReadOnlyList<PortfolioEntry> entries)
    {
        if (entries.Where(entry => entry.ChosenHorizon is { Totals: not null }).Min(entry => entry.Start) is not { } first)
            yield break;
        for (var i = 0; i < CalendarMonths; i++)
            yield return PortfolioMonth.Of(entries, first.AddMonths(i));
    }
}

/// <summary>One scenario of a portfolio.</summary>
/// <param name="Id">The scenario's id.</param>
/// <param name="Name">The scenario's name.</param>
/// <param name="OptionId">The option that counts; null where there is none.</param>
/// <param name="OptionName">Its name.</param>
/// <param name="OptionKind">The document's word for its kind.</param>
/// <param name="IsCheapest">True where it is the cheapest option of the stored verdict.</param>
/// <param name="Feasible">False where it cannot serve the workload, or where there is none.</param>
/// <param name="Reasons">Why it is not feasible or not known; empty where it is both.</param>
/// <param name="MonthlyUsd">Recurring cost of a month, USD; null where not known.</param>
/// <param name="FirstMonthUsd">Recurring and one-off cost, USD; null where not known.</param>
/// <param name="HorizonFeasible">False where it cannot serve every month of the horizon, or where they are not known.</param>
/// <param name="HorizonMonths">Length of its horizon, months; null where not known.</param>
/// <param name="YearUsd">Cost of its first twelve months, USD; null where not known.</param>
/// <param name="HorizonUsd">Cost of all its months, USD; null where not known.</param>
/// <param name="PresentCostUsd">Net present value of its cash as a cost, USD; null where not known.</param>
/// <param name="HorizonReason">Why its months are not known, are no calendar months, or cannot all be served; null where nothing is to be said of them.</param>
public sealed record PortfolioItem(
    string Id, string Name, string? OptionId, string? OptionName, string? OptionKind, bool IsCheapest, bool Feasible, IReadOnlyList<string> Reasons,
    decimal? MonthlyUsd, decimal? FirstMonthUsd, bool HorizonFeasible, int? HorizonMonths, decimal? YearUsd, decimal? HorizonUsd, decimal? PresentCostUsd, string? HorizonReason)
{
    internal static PortfolioItem Of(PortfolioEntry entry)
    {
        var (chosen, months) = (entry.Chosen, entry.ChosenHorizon);
        IReadOnlyList<string> reasons = chosen switch
        {
            null when entry.OptionId is { } id => [PortfolioTexts.OptionGone.With(id)],
            null => [PortfolioTexts.NoWinner],
            { OngoingMonthlyUsd: null, Reasons.Count: 0 } => [PortfolioTexts.CostUnknown],
            _ => chosen.Reasons,
        };
        var reason = months switch
        {
            { Totals: null, Reasons: [var first, ..] } => first,
            { Totals: not null } when entry.Start is null => PortfolioTexts.NoStartMonth,
            { Totals: not null } => months.Reasons is [var first, ..] ? first : null,
            _ => entry.HorizonReason ?? (reasons is [var first, ..] ? first : PortfolioTexts.NoHorizon),
        };
        return new PortfolioItem(
            entry.Id, entry.Name, chosen?.Id, chosen?.Name, chosen?.Kind, chosen is not null && chosen.Id == entry.Result.Verdict.CheapestOptionId, chosen is { Feasible: true }, reasons,
            chosen?.OngoingMonthlyUsd, chosen?.FirstMonthUsd, months is { Feasible: true }, months?.Totals is null ? null : entry.Horizon!.Months,
            months?.Totals?.YearOneUsd, months?.Totals?.HorizonUsd, months?.Totals?.PresentCostUsd, reason);
    }
}

/// <summary>A calendar month of a portfolio.</summary>
/// <param name="Month">The month as yyyy-MM.</param>
/// <param name="Cost">Cost of the scenarios that run in it.</param>
/// <param name="Cash">Cash that they pay in it.</param>
/// <param name="NotBegun">Scenarios that begin later; they cost nothing yet, and are not among the unknown ones.</param>
public sealed record PortfolioMonth(string Month, PortfolioSum Cost, PortfolioSum Cash, int NotBegun)
{
    internal static PortfolioMonth Of(IReadOnlyList<PortfolioEntry> entries, DateOnly month)
    {
        // Nobody knows when one without a start month begins, so its cost is unknown in every month.
        var begun = entries.Where(entry => entry.Start is not { } start || start <= month).ToList();
        return new PortfolioMonth(
            month.ToString("yyyy-MM", CultureInfo.InvariantCulture), PortfolioSum.Of(begun.Select(entry => Figure(entry, month, cash: false))),
            PortfolioSum.Of(begun.Select(entry => Figure(entry, month, cash: true))), entries.Count - begun.Count);
    }

    private static (decimal? Usd, bool Feasible) Figure(PortfolioEntry entry, DateOnly month, bool cash)
    {
        if (entry is not { Start: { } start, ChosenHorizon: { } horizon })
            return (null, false);
        var index = ((month.Year - start.Year) * 12) + month.Month - start.Month;
        return index < horizon.Months.Count ? (cash ? horizon.Months[index].CashUsd : horizon.Months[index].CostUsd, horizon.Feasible) : (null, false);
    }
}
