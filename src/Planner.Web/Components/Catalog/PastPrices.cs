using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Catalog;

/// <summary>A cell of a table of prices.</summary>
/// <param name="Text">The price.</param>
/// <param name="Changed">True where the one it is compared with is another.</param>
public sealed record HistoryCell(string Text, bool Changed);

/// <summary>A line of such a table; cells in the order of its fields.</summary>
public sealed record HistoryLine(string From, string Source, long? FeedRunId, IReadOnlyList<HistoryCell> Cells);

/// <summary>A price of a list.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Get">Reads it.</param>
public sealed record PastField<TPrices>(string Name, string Label, Func<TPrices, decimal?> Get);

/// <summary>Prices of a row over time and by source, as the drawer shows them.</summary>
/// <param name="Unit">Unit of the prices.</param>
/// <param name="Heads">What the prices are called.</param>
/// <param name="History">What applied, the latest first; what changed is marked.</param>
/// <param name="Opinions">What applies, then what other feeds say; what differs is marked. Empty where nobody else says anything.</param>
/// <param name="Announced">Prices of later months.</param>
/// <param name="Tracks">A chart for each price that anybody knows.</param>
public sealed record PastModel(
    string Unit, IReadOnlyList<string> Heads, IReadOnlyList<HistoryLine> History, IReadOnlyList<HistoryLine> Opinions, IReadOnlyList<HistoryLine> Announced, IReadOnlyList<PriceTracks> Tracks);

/// <summary>What is known of a row’s prices over time and by source.</summary>
/// <typeparam name="TPrices">Prices of the row.</typeparam>
/// <param name="Source">Whose prices apply.</param>
/// <param name="AsOf">Day on which they held.</param>
/// <param name="Applies">The prices that apply.</param>
/// <param name="History">What applied, the latest first.</param>
/// <param name="Quotes">What the feeds say.</param>
public sealed record PastPrices<TPrices>(
    string Source, DateOnly AsOf, TPrices Applies, IReadOnlyList<PriceHistoryEntry<TPrices>> History, IReadOnlyList<SourceQuote<TPrices>> Quotes) where TPrices : class
{
    private const int Tail = 30;

    /// <summary>Prices from later days on, the earliest first.</summary>
    public IReadOnlyList<(DateOnly From, TPrices Prices)> Announced { get; init; } = [];

    /// <summary>Who announces them.</summary>
    public string? AnnouncedBy { get; init; }

    /// <summary>The day up to which today’s prices are drawn.</summary>
    public required DateOnly Today { get; init; }

    private IEnumerable<SourceQuote<TPrices>> Others => Quotes.Where(quote => quote.FeedId != Source);

    /// <param name="unit">Unit of the prices.</param>
    /// <param name="fields">The prices to show.</param>
    public PastModel ToModel(string unit, IReadOnlyList<PastField<TPrices>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        IReadOnlyList<HistoryLine> others =
            [.. Others.Select(quote => Line(Format.Day(quote.AsOf), quote.FeedId, null, fields, quote.Prices, Applies, (one, other) => one is not null && other is not null && one != other))];
        return new(
            unit, [.. fields.Select(field => field.Label)],
            [
                .. History.Select((entry, index) => Line(
                    Format.Day(entry.EffectiveFrom), NameOf(entry.Source), entry.FeedRunId, fields, entry.Prices, index + 1 < History.Count ? History[index + 1].Prices : null, (one, other) => one != other)),
            ],
            others.Count == 0 ? [] : [Line(Format.Day(AsOf), CatalogTexts.SourceApplies.With(NameOf(Source)), null, fields, Applies, null, (_, _) => false), .. others],
            [.. Announced.Select(later => Line(Format.Day(later.From), AnnouncedBy ?? Format.Unknown, null, fields, later.Prices, Applies, (one, other) => one != other))],
            [.. fields.Select(TracksOf).Where(tracks => tracks.Tracks.Count > 0)]);
    }

    private static HistoryLine Line(
        string day, string source, long? run, IReadOnlyList<PastField<TPrices>> fields, TPrices prices, TPrices? against, Func<decimal?, decimal?, bool> differs) =>
        new(day, source, run, [.. fields.Select(field => new HistoryCell(Format.Rate(field.Get(prices)), against is not null && differs(field.Get(prices), field.Get(against))))]);

    private static string NameOf(string source) => source == Origins.User ? CatalogTexts.You : source;

    private PriceTracks TracksOf(PastField<TPrices> field)
    {
        var tracks = new List<PriceTrack> { new(NameOf(Source), TrackKind.Own, OwnSteps(field)), new(CatalogTexts.TrackAnnounced, TrackKind.Announced, LaterSteps(field)) };
        tracks.AddRange(Others.Select(quote => new PriceTrack(quote.FeedId, TrackKind.Other, Joined(OtherSteps(field, quote)))));
        return new PriceTracks(field.Name, field.Label, Today, [.. tracks.Where(track => track.Steps.Count > 0)]);
    }

    /// <summary>Of several prices of one day the last one recorded held.</summary>
    private List<TrackStep> OwnSteps(PastField<TPrices> field)
    {
        var days = History.Where(entry => entry.EffectiveFrom <= Today).DistinctBy(entry => entry.EffectiveFrom).OrderBy(entry => entry.EffectiveFrom).ToList();
        return Joined(days.Select((entry, index) => (entry.EffectiveFrom, index + 1 < days.Count ? days[index + 1].EffectiveFrom : Today, field.Get(entry.Prices))));
    }

    private List<TrackStep> LaterSteps(PastField<TPrices> field)
    {
        if (Announced.Count == 0)
            return [];
        var now = (Today, Announced[0].From, field.Get(Applies));
        return Joined(Announced.Select((later, index) => (later.From, index + 1 < Announced.Count ? Announced[index + 1].From : later.From.AddDays(Tail), field.Get(later.Prices))).Prepend(now));
    }

    /// <summary>What a feed without dates says is a point: nobody knows since when it holds.</summary>
    private IEnumerable<(DateOnly From, DateOnly To, decimal? Usd)> OtherSteps(PastField<TPrices> field, SourceQuote<TPrices> quote)
    {
        if (quote.Dated.Count == 0)
            return [(quote.AsOf, quote.AsOf, field.Get(quote.Prices))];
        var first = History.Select(entry => entry.EffectiveFrom).Append(quote.AsOf).Min();
        return quote.Dated.Select(dated => (From: dated.From ?? first, To: Earlier(dated.To ?? Today, Today), Usd: field.Get(dated.Prices))).Where(step => step.From <= step.To);
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    /// <summary>Steps with a price, those of one price in a row taken together.</summary>
    private static List<TrackStep> Joined(IEnumerable<(DateOnly From, DateOnly To, decimal? Usd)> steps)
    {
        var joined = new List<TrackStep>();
        foreach (var (from, to, usd) in steps.OrderBy(step => step.From))
        {
            if (usd is not { } price)
                continue;
            if (joined.Count > 0 && joined[^1] is var last && last.Usd == price && last.To == from)
                joined[^1] = last with { To = to };
            else
                joined.Add(new TrackStep(from, to, price));
        }

        return joined;
    }
}
