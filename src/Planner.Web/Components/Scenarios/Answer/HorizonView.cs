using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>What the options cost over the horizon, and what a switch to each brings.</summary>
/// <param name="Faces">Cost and cash, summed up month by month; empty where nothing is redrawn.</param>
/// <param name="Rows">The options with their sums; those without a known cost say why.</param>
/// <param name="Switch">The switches; null where there is none.</param>
/// <param name="Start">The month at the charts' left end; null without a start month.</param>
/// <param name="Notes">What a reader should know beside the figures.</param>
public sealed record HorizonView(
    IReadOnlyList<HorizonFace> Faces, IReadOnlyList<HorizonRow> Rows, SwitchView? Switch, DateOnly? Start, IReadOnlyList<string> Notes)
{
    /// <summary>The currency in which amounts are shown.</summary>
    public DisplayCurrency Currency { get; init; } = DisplayCurrency.Usd;

    /// <summary>Head and rows of the cash-flow table for a file: invariant, unrounded, USD.</summary>
    public IReadOnlyList<IReadOnlyList<string>> File { get; init; } = [];

    internal static HorizonView Of(Scenario scenario, CatalogSnapshot catalog, IReadOnlyList<OptionView> options, bool sound, string? older)
    {
        if (!sound)
        {
            return new HorizonView([], [], null, scenario.FirstDay, older is null ? [] : [older]);
        }

        var byId = options.ToDictionary(option => option.Id);
        var result = Engine.Horizon(scenario, catalog);
        var rows = result.Options.Select(option => new HorizonRow(byId[option.Id], option)).ToList();
        return new HorizonView(
            [HorizonFace.Of(rows, result.Months, false), HorizonFace.Of(rows, result.Months, true)], rows, SwitchView.Of(rows, result), scenario.FirstDay,
            [.. NotesOf(result, rows)])
        {
            Currency = DisplayCurrency.Of(scenario),
            File = [["Option", "Month", "Date", "Requests", "Cost USD", "Cash USD", "of which one-off USD", "of which capital USD"], .. rows.SelectMany(row => row.Horizon.Months.Select(month => FileRow(row, month)))],
        };
    }

    private static IReadOnlyList<string> FileRow(HorizonRow row, HorizonMonth month) =>
    [
        row.Option.Name, Format.Invariant((decimal)month.Month), month.Date ?? "", Format.Invariant(month.Requests), Format.Invariant(month.CostUsd), Format.Invariant(month.CashUsd),
        Format.Invariant(month.OneOffUsd), Format.Invariant(month.CapitalUsd),
    ];

    private static IEnumerable<string> NotesOf(HorizonResult result, List<HorizonRow> rows)
    {
        foreach (var row in rows.Where(row => !row.Horizon.Feasible))
        {
            yield return $"{row.Option.Name}: {row.Horizon.Reasons[0]}";
        }

        if (result.Baseline is { } baseline)
        {
            yield return baseline.Assumption;
        }
    }
}

/// <summary>An option with its months and sums.</summary>
/// <param name="Option">The option.</param>
/// <param name="Horizon">What the engine found.</param>
public sealed record HorizonRow(OptionView Option, OptionHorizon Horizon);

/// <summary>The options' sums month by month, in one view.</summary>
/// <param name="Cash">True for cash, false for cost.</param>
/// <param name="Title">The finding.</param>
/// <param name="Description">The finding in a sentence.</param>
/// <param name="Series">A line an option.</param>
public sealed record HorizonFace(bool Cash, string Title, string Description, IReadOnlyList<ChartSeries> Series)
{
    internal static HorizonFace Of(IReadOnlyList<HorizonRow> rows, int months, bool cash)
    {
        var best = rows.Where(row => row.Horizon is { Feasible: true, Totals: not null }).MinBy(row => Sum(row.Horizon.Totals!, cash));
        var title = best is null
            ? Texts.HorizonNobody.With(months)
            : (cash ? Texts.HorizonLeastCash : Texts.HorizonLeastCost).With(months, best.Option.Name, Format.MoneyHeadline(Sum(best.Horizon.Totals!, cash), best.Option.Currency));
        return new HorizonFace(
            cash, title, $"{title}. {Texts.HorizonAlone}",
            [.. rows.Where(row => row.Horizon.Months.Count > 0).Select(row => new ChartSeries(row.Option.Name, row.Option.Style.Hue.Fill, row.Option.Style.Dash, Points(row.Horizon.Months, cash)) { Marker = ChartMarker.None })]);
    }

    private static decimal Sum(HorizonTotals totals, bool cash) => cash ? totals.HorizonCashUsd : totals.HorizonUsd;

    /// <summary>What is paid once stands as a step at the beginning of its month; the rest of a month comes evenly.</summary>
    private static List<(double X, double Y)> Points(IReadOnlyList<HorizonMonth> months, bool cash)
    {
        var points = new List<(double X, double Y)> { (0, 0) };
        var sum = 0m;
        foreach (var month in months)
        {
            var once = month.OneOffUsd + (cash ? Math.Max(0, month.CapitalUsd) : 0);
            if (once > 0)
            {
                points.Add((month.Month, (double)(sum + once)));
            }

            sum += cash ? month.CashUsd : month.CostUsd;
            points.Add((month.Month + 1, (double)sum));
        }

        return points;
    }
}

/// <summary>Moves from what is in place.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Description">The finding in a sentence.</param>
/// <param name="Series">The cash saved up to each month, a line an option.</param>
/// <param name="Paybacks">Where a line is at 0 for good.</param>
/// <param name="Moves">The moves in words.</param>
public sealed record SwitchView(string Title, string Description, IReadOnlyList<ChartSeries> Series, IReadOnlyList<ChartCrossing> Paybacks, IReadOnlyList<SwitchRow> Moves)
{
    internal static SwitchView? Of(IReadOnlyList<HorizonRow> rows, HorizonResult result)
    {
        var moves = rows.Where(row => row.Horizon.Switching is not null).Select(row => SwitchRow.Of(row, result)).ToList();
        if (moves.Count == 0)
        {
            return null;
        }

        var best = moves.MaxBy(move => move.Switching.PresentValueUsd)!;
        // A stated start month may be a bad one while another pays.
        var later = moves.Where(move => ValueAtBest(move) > 0).MaxBy(ValueAtBest);
        var title = best.Switching.PresentValueUsd > 0 ? Texts.SwitchBest.With(best.Option.Name, Amount(best), result.Months)
            : later is { Switching: { BestStartMonth: { } month } found }
                ? Texts.SwitchOtherMonth.With(MonthOf(best.Switching, best.Switching.StartMonth), later.Option.Name, MonthOf(found, month), Format.MoneyHeadline(found.PresentValuesUsd[month], later.Option.Currency), result.Months)
            : Texts.SwitchNone.With(result.Months);
        return new SwitchView(
            title, $"{title}. {best.Sentences[^1]}",
            [.. moves.Select(move => new ChartSeries(move.Option.Name, move.Option.Style.Hue.Fill, move.Option.Style.Dash, Points(move.Switching.Months)) { Marker = ChartMarker.None })],
            [.. moves.Where(move => move.Switching.Payback is { Elapsed: > 0 }).Select(move => new ChartCrossing(move.Switching.Payback!.Elapsed, 0, Texts.PaidBackIn.With(MonthOf(move.Switching, move.Switching.Payback.Index))))],
            moves);
    }

    /// <summary>What is paid once stands as a step at the beginning of its month; the rest of a month comes evenly.</summary>
    private static List<(double X, double Y)> Points(IReadOnlyList<SwitchMonth> months)
    {
        var points = new List<(double X, double Y)> { (0, 0) };
        foreach (var month in months)
        {
            if (month.UpfrontUsd > 0)
            {
                points.Add((month.Month, points[^1].Y - (double)month.UpfrontUsd));
            }

            points.Add((month.Month + 1, (double)month.CumulativeCashUsd));
        }

        return points;
    }

    private static decimal ValueAtBest(SwitchRow move) => move.Switching.BestStartMonth is { } month ? move.Switching.PresentValuesUsd[month] ?? 0 : 0;

    /// <summary>A month's date; its number where there is no start month.</summary>
    internal static string MonthOf(Switching switching, int month) => switching.Months[month].Date ?? Texts.MonthNumber.With(month);

    internal static string Amount(SwitchRow move) => Format.MoneyHeadline(Math.Abs(move.Switching.PresentValueUsd), move.Option.Currency);
}

/// <summary>A move to an option, in words.</summary>
/// <param name="Option">The option.</param>
/// <param name="Switching">What the engine found.</param>
/// <param name="Sentences">What it brings, when to start, when it is paid back.</param>
public sealed record SwitchRow(OptionView Option, Switching Switching, IReadOnlyList<string> Sentences)
{
    internal static SwitchRow Of(HorizonRow row, HorizonResult result)
    {
        var move = new SwitchRow(row.Option, row.Horizon.Switching!, []);
        return move with { Sentences = [.. Say(move, result)] };
    }

    private static IEnumerable<string> Say(SwitchRow move, HorizonResult result)
    {
        var found = move.Switching;
        var start = SwitchView.MonthOf(found, found.StartMonth);
        yield return (found.PresentValueUsd >= 0 ? Texts.SwitchSaves : Texts.SwitchLoses).With(start, SwitchView.Amount(move), result.Months, Format.Percent(result.DiscountRatePerYear));
        var later = found.PresentValuesUsd.Skip(found.StartMonth + 1).Where(value => value is not null).ToList();
        yield return found.BestStartMonth is not { } best ? later.Count > 0 && later.TrueForAll(value => value > found.PresentValueUsd) ? Texts.SwitchNeverLater : Texts.SwitchNever
            : best == found.StartMonth ? Texts.SwitchStartsBest
            : Texts.SwitchBetter.With(SwitchView.MonthOf(found, best), Format.MoneyHeadline(found.PresentValuesUsd[best], move.Option.Currency));
        yield return found.Rate.AnnualRate is { } rate ? Texts.SwitchRate.With(Format.Percent(rate)) : found.Rate.Reason!;
        yield return found.Payback is not { } payback ? Texts.SwitchNotPaidBack
            : payback.Elapsed == 0 ? Texts.SwitchNothingToPayBack
            : payback.Elapsed - found.StartMonth <= 1 ? Texts.SwitchPaidBackAtOnce.With(payback.Elapsed - found.StartMonth)
            : Texts.SwitchPaidBack.With(SwitchView.MonthOf(found, payback.Index), payback.Elapsed - found.StartMonth);
    }
}
