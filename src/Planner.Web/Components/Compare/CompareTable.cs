using System.Globalization;
using Planner.Domain;
using Planner.Web.Comparisons;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Reports;
using Planner.Web.Components.Shared;
using Planner.Web.Components.Versions;

namespace Planner.Web.Components.Compare;

/// <summary>A figure of one version.</summary>
/// <param name="Text">The figure as shown.</param>
/// <param name="Detail">What a reader should know beside it; null for nothing.</param>
/// <param name="Difference">How far it is from the base, in words; null where that has no measure, or there is none.</param>
/// <param name="Differs">True where it is not what the base has.</param>
public sealed record CompareCell(string Text, string? Detail = null, string? Difference = null, bool Differs = false)
{
    /// <summary>How the option is drawn that it tells of; null for none.</summary>
    public OptionStyle? Style { get; init; }

    /// <summary>True where the version has no such option.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>True for words, which are not set like figures.</summary>
    public bool IsWords { get; init; }
}

/// <summary>A figure of all versions.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Cells">One a version.</param>
public sealed record CompareRow(string Label, IReadOnlyList<CompareCell> Cells)
{
    /// <summary>True where the versions are not alike in it.</summary>
    public bool Differs => Cells.Any(cell => cell.Differs);
}

/// <summary>Figures that belong together.</summary>
/// <param name="Title">What they tell of.</param>
/// <param name="Rows">The figures.</param>
public sealed record CompareSection(string Title, IReadOnlyList<CompareRow> Rows);

/// <summary>Versions side by side, held against one of them.</summary>
/// <param name="Sections">The figures.</param>
/// <param name="CurrencyNote">In which currency amounts stand.</param>
public sealed record CompareTable(IReadOnlyList<CompareSection> Sections, string CurrencyNote)
{
    /// <summary>Puts versions side by side.</summary>
    /// <param name="scenarios">At least one.</param>
    /// <param name="origin">Place of the base.</param>
    /// <param name="today">The day on which it is read.</param>
    public static CompareTable Of(IReadOnlyList<ComparedScenario> scenarios, int origin, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        return new CompareWriter(scenarios, origin, today).Write();
    }
}

/// <summary>Writes the rows of one comparison.</summary>
internal sealed class CompareWriter(IReadOnlyList<ComparedScenario> scenarios, int origin, DateOnly today)
{
    // Differences need one currency.
    private readonly DisplayCurrency _common = ComparedScenario.CurrencyOf(scenarios);

    public CompareTable Write() => new([Answer(), Shown(), Every(), .. Inputs(), Stored()], Note());

    private string Note()
    {
        if (scenarios.Any(scenario => scenario.Currency != _common))
            return ComparisonTexts.OwnCurrencies;
        return _common.IsUsd ? ComparisonTexts.OneCurrency.With(_common.Code) : ComparisonTexts.AtStoredRate.With(_common.Code, Format.Number(_common.UnitsPerUsd));
    }

    private CompareSection Answer() => new(CompareTexts.Answer,
    [
        Words(CompareTexts.Verdict, scenario => scenario.Verdict.Sentence),
        new(CompareTexts.CheapestOption, Marked(scenario => scenario.Cheapest, CompareTexts.None)),
        Money(CompareTexts.Saving, scenario => scenario.Verdict.MonthlySavingUsd, scenario => scenario.Verdict.MonthlySavingUsd is null ? CompareTexts.SavingUnknown : CompareTexts.SavingAgainst),
        Crossing(CompareTexts.BreakEvenStanding, scenario => scenario.BreakEven),
        Crossing(CompareTexts.BreakEvenChecked, scenario => scenario.BreakEvenWithinCapacity),
    ]);

    private CompareSection Shown() => new(CompareTexts.TheOptionShown,
    [
        new(CompareTexts.Option, Marked(scenario => scenario.Shown, CompareTexts.NoneServes)),
        Money(CompareTexts.AMonth, scenario => scenario.Shown?.OngoingMonthlyUsd, scenario => scenario.Shown is { } shown ? Because(shown) : null),
        Money(CompareTexts.FirstMonth, scenario => scenario.Shown?.FirstMonthUsd, scenario => scenario.Shown?.UnknownBecause),
        Money(CompareTexts.OverHorizon, scenario => scenario.Shown?.HorizonUsd, Months),
        Money(CompareTexts.PresentCost, scenario => scenario.Shown?.PresentCostUsd, Months),
        Rate(CompareTexts.PerThousand, scenario => scenario.Shown?.UsdPerThousandRequests),
        Rate(CompareTexts.PerMillion, scenario => scenario.Shown?.UsdPerMillionTokens),
        Words(CompareTexts.CanItServe, scenario => Serves(scenario.Shown)),
        Share(CompareTexts.Utilization, scenario => scenario.Shown?.Utilization),
        Words(CompareTexts.PricesHeldOn, scenario => scenario.Shown is not { } shown ? Format.Unknown : shown.PricesAsOf is { } day ? $"{Format.Day(day)}, {Freshness.Words(today.DayNumber - day.DayNumber)}" : CompareTexts.NoCatalogPrices),
    ]);

    /// <summary>Options of the same id and kind stand in one row.</summary>
    private CompareSection Every() => new(CompareTexts.EveryOption,
    [
        .. scenarios.SelectMany(scenario => scenario.Options).DistinctBy(option => (option.Kind, option.Id)).Select(option =>
        {
            var found = scenarios.Select(scenario => scenario.Options.FirstOrDefault(other => other.Kind == option.Kind && other.Id == option.Id)).ToList();
            return new CompareRow(option.Name,
            [
                .. Amounts([.. found.Select(other => other?.OngoingMonthlyUsd)], i => found[i] is { } other ? Join(other.Name == option.Name ? null : other.Name, Because(other)) : null)
                    .Select((cell, i) => found[i] is { } other
                        ? cell with { Style = scenarios[i].StyleOf(other) }
                        : new CompareCell(CompareTexts.NotAnOption, Differs: found[origin] is not null) { IsAbsent = true }),
            ]);
        }),
    ]);

    private IEnumerable<CompareSection> Inputs()
    {
        foreach (var (place, title) in ((int, string)[])[(0, ReportsTexts.Workload), (1, ReportsTexts.Plan)])
        {
            var groups = scenarios.Select(scenario => scenario.Inputs.ElementAtOrDefault(place)?.Rows ?? []).ToList();
            List<CompareRow> rows = place == 0
                ?
                [
                    Count(ReportsTexts.RequestsPerMonth, scenario => scenario.Workload.RequestsPerMonth), Count(ReportsTexts.InputTokens, scenario => scenario.Workload.InputTokens),
                    Count(ReportsTexts.OutputTokens, scenario => scenario.Workload.OutputTokens),
                ]
                : [];
            foreach (var label in groups.SelectMany(group => group.Select(row => row.Label)).Distinct().Except(rows.Select(row => row.Label)).ToList())
                rows.Add(new CompareRow(label, Texts([.. groups.Select(group => Told(group, label))])));
            yield return new CompareSection(title, rows);
        }
    }

    private CompareSection Stored() => new(CompareTexts.Stored,
    [
        Words(CompareTexts.Version, scenario => scenario.Version == scenario.CurrentVersion ? CompareTexts.VersionCurrent.With(scenario.Version) : CompareTexts.VersionOf.With(scenario.Version, scenario.CurrentVersion)),
        Words(CompareTexts.Saved, scenario => Format.Moment(scenario.SavedUtc)),
        Words(CompareTexts.Engine, scenario => scenario.EngineVersion),
    ]);

    private static string Told(IReadOnlyList<Assumption> group, string label) =>
        group.Where(row => row.Label == label).Select(row => row.Note is null ? row.Value : $"{row.Value}; {row.Note}").ToList() is { Count: > 0 } said ? string.Join("; ", said) : CompareTexts.None;

    private static string? Because(ComparedOption option) => option.UnknownBecause ?? (option.Feasible ? null : option.Reasons is [var first, ..] ? first : CompareTexts.CannotServe);

    private static string? Months(ComparedScenario scenario) =>
        scenario.HorizonReason ?? (scenario.Shown is { HorizonUsd: not null } shown ? (shown.HorizonFeasible ? CompareTexts.Months : CompareTexts.MonthsNotAll).With(scenario.HorizonMonths) : scenario.Shown?.UnknownBecause);

    private static string Serves(ComparedOption? option) => option switch
    {
        null => Format.Unknown,
        { Feasible: true, Capacity: { } capacity } => CompareTexts.ServesCarrying.With(Wording.Count(capacity.TokensPerSecond), Wording.Count(capacity.RequiredTokensPerSecond)),
        { Feasible: true } => CompareTexts.Yes,
        { CanServe: null } => CompareTexts.ServesNotKnown.With(option.UnknownBecause),
        { Capacity: { } capacity } when capacity.TokensPerSecond < capacity.RequiredTokensPerSecond =>
            CompareTexts.ServesShort.With(Wording.Count(capacity.RequiredTokensPerSecond - capacity.TokensPerSecond), Wording.Count(capacity.RequiredTokensPerSecond)),
        _ => CompareTexts.ServesNot.With(Because(option)),
    };

    private List<CompareCell> Marked(Func<ComparedScenario, ComparedOption?> find, string none)
    {
        var found = scenarios.Select(find).ToList();
        return [.. Texts([.. found.Select(option => option?.Name ?? none)]).Select((cell, i) => found[i] is { } option ? cell with { Style = scenarios[i].StyleOf(option) } : cell)];
    }

    private CompareRow Words(string label, Func<ComparedScenario, string> say) => new(label, Texts([.. scenarios.Select(say)]));

    private List<CompareCell> Texts(IReadOnlyList<string> texts) => [.. texts.Select(text => new CompareCell(text, Differs: text != texts[origin]) { IsWords = true })];

    private CompareRow Money(string label, Func<ComparedScenario, decimal?> amount, Func<ComparedScenario, string?> detail) =>
        new(label, Amounts([.. scenarios.Select(amount)], i => detail(scenarios[i])));

    private List<CompareCell> Amounts(IReadOnlyList<decimal?> amounts, Func<int, string?> detail) =>
        [.. amounts.Select((usd, i) => new CompareCell(Format.Money(usd, scenarios[i].Currency), detail(i), Apart(usd, amounts[origin]), usd != amounts[origin]))];

    private CompareRow Crossing(string label, Func<ComparedScenario, ComparedBreakEven?> find)
    {
        var found = scenarios.Select(find).ToList();
        var points = found.ConvertAll(crossing => crossing?.RequestsPerMonth);
        return new(label, [.. found.Select((crossing, i) => new CompareCell(
            crossing is null ? Format.Unknown : crossing.RequestsPerMonth is { } point ? CompareTexts.RequestsAMonth.With(Format.Count(point)) : CompareTexts.None, crossing?.Sentence, ApartShare(points[i], points[origin]),
            crossing?.RequestsPerMonth != found[origin]?.RequestsPerMonth || crossing is null != found[origin] is null))]);
    }

    private CompareRow Rate(string label, Func<ComparedScenario, double?> rate)
    {
        var rates = scenarios.Select(rate).ToList();
        return new(label, [.. rates.Select((usd, i) => new CompareCell(Format.Rate(usd, scenarios[i].Currency), null, ApartShare(usd, rates[origin]), usd != rates[origin]))]);
    }

    private CompareRow Count(string label, Func<ComparedScenario, decimal> count)
    {
        var counts = scenarios.Select(count).ToList();
        return new(label, [.. counts.Select((number, i) => new CompareCell(Format.Number(number), null, ApartShare((double)number, (double)counts[origin]), number != counts[origin]))]);
    }

    private CompareRow Share(string label, Func<ComparedScenario, double?> share)
    {
        var shares = scenarios.Select(share).ToList();
        return new(label, [.. shares.Select(part => new CompareCell(Format.Percent(part), null, Points(part, shares[origin]), Format.Percent(part) != Format.Percent(shares[origin])))]);
    }

    /// <summary>How far two shares are apart: "+12.5 points". A share of a share would be taken for it.</summary>
    private static string? Points(double? share, double? from) =>
        (share - from) * 100 is { } points && Math.Abs(points) >= 0.05 ? CompareTexts.Points.With($"{(points < 0 ? "−" : "+")}{Math.Abs(points).ToString("#,0.#", CultureInfo.CurrentCulture)}") : null;

    private string? Apart(decimal? usd, decimal? from) =>
        usd is { } amount && from is { } other && amount != other ? Join($"{(amount < other ? "−" : "+")}{Format.Money(Math.Abs(amount - other), _common)}", ApartShare((double)amount, (double)other)) : null;

    private static string? ApartShare(double? amount, double? from) =>
        amount is { } one && from is { } other && one != other && other != 0 ? InputWords.Share((one - other) / Math.Abs(other)) : null;

    private static string? Join(string? first, string? second) => (first, second) switch
    {
        (null, _) => second,
        (_, null) => first,
        _ => string.Create(CultureInfo.CurrentCulture, $"{first}, {second}"),
    };
}
