using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A list of rows with prices: their history, what other sources say, and what the catalog was on another day.</summary>
/// <typeparam name="TRow">A row as stored.</typeparam>
/// <typeparam name="TEntry">A row as it is read.</typeparam>
/// <typeparam name="TEdit">What the user enters for one.</typeparam>
/// <typeparam name="TPrices">Prices of a row.</typeparam>
/// <typeparam name="TRevision">Prices of a row from a day on.</typeparam>
/// <typeparam name="TQuote">What another source says of a row.</typeparam>
public abstract class PricedList<TRow, TEntry, TEdit, TPrices, TRevision, TQuote>(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
    : CatalogList<TRow, TEntry, TEdit>(contexts, time)
    where TRow : CatalogRow where TEntry : CatalogEntry where TEdit : CatalogEdit where TPrices : class where TRevision : Revision where TQuote : Quote
{
    /// <summary>Prices of a row over time, those that applied, the latest first; empty where there is no such row.</summary>
    public async Task<IReadOnlyList<PriceHistoryEntry<TPrices>>> HistoryAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var context = await OpenAsync(cancellationToken);
        var revisions = await context.Set<TRevision>().AsNoTracking().Where(revision => revision.Key == key).ToListAsync(cancellationToken);
        return [.. Applied(revisions).Reverse().Select(Entry)];
    }

    /// <summary>What the feeds say of a row, those included that agree, by feed; empty where none but its source lists it.</summary>
    public async Task<IReadOnlyList<SourceQuote<TPrices>>> QuotesAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var context = await OpenAsync(cancellationToken);
        var quotes = await context.Set<TQuote>().AsNoTracking().Where(quote => quote.Key == key).OrderBy(quote => quote.FeedId).ToListAsync(cancellationToken);
        return [.. quotes.Select(ReadQuote)];
    }

    protected static SourceQuote<TPrices> ReadQuote(TQuote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        return new(
            quote.FeedId, Read(quote.PricesJson), quote.AsOf, quote.FetchedAtUtc,
            quote.DatedJson is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<DatedQuote<TPrices>>>(quote.DatedJson, ScenarioJson.Options)!);
    }

    protected override string ValuesPath => "prices";

    /// <summary>The prices that apply.</summary>
    protected abstract TPrices PricesOf(TRow row);

    protected abstract TRevision NewRevision(string key, string pricesJson, string source);

    /// <summary>The row as it is read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="quotes">What feeds say of it besides its source.</param>
    /// <param name="thatDay">What applied on the day that is asked for; null for what applies today.</param>
    protected abstract TEntry ToEntry(TRow row, IReadOnlyList<TQuote> quotes, PriceHistoryEntry<TPrices>? thatDay);

    /// <summary>Where a row stood whose prices are those of another day.</summary>
    protected RowState StateOf(TRow row, PriceHistoryEntry<TPrices>? thatDay) => thatDay is null
        ? StateOf(row)
        : StateOf(row) with { UserPrices = thatDay.Source == Origins.User, AgeDays = Math.Max(0, Today.DayNumber - thatDay.EffectiveFrom.DayNumber) };

    /// <summary>Source of the prices of another day, and since when they applied.</summary>
    protected static Provenance ProvenanceOf(PriceHistoryEntry<TPrices> thatDay)
    {
        ArgumentNullException.ThrowIfNull(thatDay);
        return new(thatDay.Source, null, thatDay.EffectiveFrom);
    }

    protected override string ValuesOf(TRow row) => JsonSerializer.Serialize(PricesOf(row), ScenarioJson.Options);

    protected override void Record(PlannerDbContext context, TRow row)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(row);
        var revision = NewRevision(row.Key, ValuesOf(row), row.OverrideJson is null ? row.Source : Origins.User);
        (revision.EffectiveFrom, revision.RecordedUtc) = (Today, Now);
        context.Add(revision);
    }

    /// <summary>Rows that a query asks for: those of its day are the ones that had a price by then and were not retired.</summary>
    protected static IQueryable<TRow> RowsOf(PlannerDbContext context, CatalogQuery query)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(query);
        var rows = Narrow(context.Set<TRow>().AsNoTracking(), query);
        // One walk along the index for all rows; Any would look into it for each.
        return query.AsOf is { } day ? rows.Where(row => context.Set<TRevision>().Where(revision => revision.EffectiveFrom <= day).Select(revision => revision.Key).Contains(row.Key)) : rows;
    }

    protected override async Task<IReadOnlyList<TEntry>> ToEntriesAsync(PlannerDbContext context, IReadOnlyList<TRow> rows, DateOnly? asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(rows);
        var keys = rows.Select(row => row.Key).ToList();
        var quotes = (await context.Set<TQuote>().AsNoTracking().Where(quote => keys.Contains(quote.Key)).OrderBy(quote => quote.FeedId).ToListAsync(cancellationToken)).ToLookup(quote => quote.Key);
        if (asOf is not { } day)
            return [.. rows.Select(row => ToEntry(row, [.. quotes[row.Key]], null))];
        var revisions = await context.Set<TRevision>().AsNoTracking().Where(revision => keys.Contains(revision.Key) && revision.EffectiveFrom <= day).ToListAsync(cancellationToken);
        var thatDay = revisions.GroupBy(revision => revision.Key).ToDictionary(group => group.Key, group => Entry(Applied(group).Last()));
        return [.. rows.Select(row => ToEntry(row, [], thatDay.GetValueOrDefault(row.Key)))];
    }

    /// <summary>Codes of a feed's warnings.</summary>
    protected static IReadOnlyList<string> ReadCodes(string? json) => json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<string>>(json, ScenarioJson.Options)!;

    /// <summary>Prices that applied, the earliest first: what is fetched or shipped while the user's price stands does not, until it is given up, which leaves a revision of its own.</summary>
    private static IEnumerable<TRevision> Applied(IEnumerable<TRevision> revisions)
    {
        var isUsers = false;
        foreach (var revision in revisions.OrderBy(revision => revision.EffectiveFrom).ThenBy(revision => revision.Id))
        {
            // What the user does holds from the day on which it is recorded, what is shipped from the day that it states.
            var isByHand = revision.FeedRunId is null && revision.EffectiveFrom == DateOnly.FromDateTime(revision.RecordedUtc);
            isUsers = isByHand ? revision.Source == Origins.User : isUsers;
            if (isByHand || !isUsers)
                yield return revision;
        }
    }

    private static PriceHistoryEntry<TPrices> Entry(TRevision revision) => new(
        revision.EffectiveFrom, Read(revision.PricesJson), revision.Source, revision.RecordedUtc, revision.FetchedAtUtc, revision.FeedRunId);

    private static TPrices Read(string json) => JsonSerializer.Deserialize<TPrices>(json, ScenarioJson.Options)!;
}

/// <summary>What a feed says of a row.</summary>
/// <typeparam name="TPrices">Prices of the row.</typeparam>
/// <param name="FeedId">The feed.</param>
/// <param name="Prices">Its prices.</param>
/// <param name="AsOf">Day on which they held.</param>
/// <param name="FetchedAtUtc">When it was fetched.</param>
/// <param name="Dated">Prices of earlier and later days, the earliest first; empty where it knows today's only.</param>
public sealed record SourceQuote<TPrices>(string FeedId, TPrices Prices, DateOnly AsOf, DateTime FetchedAtUtc, IReadOnlyList<DatedQuote<TPrices>> Dated);

/// <summary>Prices that a feed states for some days.</summary>
/// <typeparam name="TPrices">Prices of the row.</typeparam>
/// <param name="From">First day; null where they always held.</param>
/// <param name="To">First day on which they no longer hold; null where no end is known.</param>
/// <param name="Prices">The prices.</param>
public sealed record DatedQuote<TPrices>(DateOnly? From, DateOnly? To, TPrices Prices);
