using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>What a feed's file is about: how it is read, and which list of the catalog it is compared with.</summary>
public abstract record FeedContent
{
    /// <summary>True where what the file says depends on the day, so that the same file may bring other prices tomorrow.</summary>
    public bool IsDated { get; init; }

    /// <summary>Reads a file and compares it with the catalog.</summary>
    internal abstract Task<FeedComparison> CompareAsync(PlannerDbContext context, FeedOptions feed, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken);

    /// <summary>Compares one row that was held back and is accepted now.</summary>
    /// <param name="context">The database.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="rowJson">The row as it was held back.</param>
    /// <param name="terms">What to compare with.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal abstract Task<FeedComparison> AcceptAsync(PlannerDbContext context, FeedOptions feed, string rowJson, CompareTerms terms, CancellationToken cancellationToken);

    /// <summary>The rows of the list that the file's content stands in.</summary>
    internal abstract Task ConfirmAsync(PlannerDbContext context, string feedId, IReadOnlyList<string> heldBack, DateOnly asOf, DateTime fetchedUtc, CancellationToken cancellationToken);

    /// <summary>Notes that rows of a feed, and its quotes, hold as of another day.</summary>
    private protected static async Task ConfirmAsync<TRow, TQuote>(
        PlannerDbContext context, string feedId, IReadOnlyList<string> heldBack, DateOnly asOf, DateTime fetchedUtc, CancellationToken cancellationToken)
        where TRow : CatalogRow where TQuote : Quote
    {
        await context.Set<TRow>().Where(row => row.Origin == feedId && row.RetiredBy != feedId && !EF.Parameter(heldBack).Contains(row.SourceKey!))
            .ExecuteUpdateAsync(row => row.SetProperty(price => price.AsOf, asOf).SetProperty(price => price.FetchedAtUtc, fetchedUtc), cancellationToken);
        await context.Set<TQuote>().Where(quote => quote.FeedId == feedId)
            .ExecuteUpdateAsync(quote => quote.SetProperty(price => price.AsOf, asOf).SetProperty(price => price.FetchedAtUtc, fetchedUtc), cancellationToken);
    }

    private protected static async Task<ReconcileContext<TRow>> ContextAsync<TRow>(
        PlannerDbContext context, FeedOptions feed, CompareTerms terms, DateOnly? sourceDate, CancellationToken cancellationToken) where TRow : CatalogRow
    {
        var accepted = await context.Quarantine.AsNoTracking().Where(row => row.FeedId == feed.Id && (row.Decision == QuarantineDecisions.Accepted || row.SourceKey == terms.Accepting) && row.RowJson != null)
            .ToDictionaryAsync(row => row.SourceKey, row => row.RowJson!, cancellationToken);
        var catalog = await context.Set<TRow>().AsNoTracking().ToListAsync(cancellationToken);
        return new ReconcileContext<TRow>(catalog, accepted, terms.Ranks, sourceDate is { } date && date <= terms.Today ? date : terms.Today, terms.FetchedUtc);
    }

    private protected static FeedReading<TRow> Only<TRow>(string rowJson) => new(null, 1, [JsonSerializer.Deserialize<TRow>(rowJson, ScenarioJson.Options)!], [], new Dictionary<string, int>(), []);
}

/// <summary>What a file is compared on.</summary>
/// <param name="Today">The day.</param>
/// <param name="FetchedUtc">When the file came.</param>
/// <param name="Ranks">Ranks of the feeds.</param>
internal sealed record CompareTerms(DateOnly Today, DateTime FetchedUtc, IReadOnlyDictionary<string, int> Ranks)
{
    /// <summary>Where a feed is served; null for none.</summary>
    public required Func<string, string?> UrlOf { get; init; }

    /// <summary>The row that somebody accepts with this comparison; null for none.</summary>
    public string? Accepting { get; init; }
}

/// <summary>A file compared with the catalog.</summary>
/// <param name="Refusal">Why the file is refused, as a sentence; null where it was read, and then everything else is filled.</param>
/// <param name="RowsRead">Rows that it lists.</param>
/// <param name="SourceDate">Day that it gives for its data; null for none.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="PricedBefore">Current rows with a price that the feed published itself; what was shipped, it need not list.</param>
internal sealed record FeedComparison(string? Refusal, int RowsRead, DateOnly? SourceDate, FeedChanges? Changes, int PricedBefore)
{
    /// <summary>True where the file is meant to list a part of the feed's rows only, so that nothing is missing from it.</summary>
    public bool IsPart { get; init; }

    public static FeedComparison Refuse(string reason) => new(reason, 0, null, null, 0);
}

/// <summary>Prices of APIs.</summary>
public abstract record PriceContent : FeedContent
{
    internal override async Task<FeedComparison> CompareAsync(PlannerDbContext context, FeedOptions feed, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(context, file, terms, cancellationToken);
        if (reading.Refusal is { } refusal)
            return FeedComparison.Refuse(refusal);
        var compared = await ContextAsync<PriceRow>(context, feed, terms, reading.SourceDate, cancellationToken);
        var changes = await SettleAsync(context, feed, new PriceReconciler(feed, compared).Reconcile(reading, isWhole: !reading.IsPart), terms, cancellationToken);
        return new FeedComparison(
            null, reading.RowsRead, reading.SourceDate > terms.Today ? null : reading.SourceDate, changes,
            compared.Catalog.Count(row => row.Origin == feed.Id && row.RetiredUtc is null && row.InputNanos is not null))
        {
            IsPart = reading.IsPart,
        };
    }

    internal override async Task<FeedComparison> AcceptAsync(PlannerDbContext context, FeedOptions feed, string rowJson, CompareTerms terms, CancellationToken cancellationToken) =>
        new(null, 1, null, new PriceReconciler(feed, await ContextAsync<PriceRow>(context, feed, terms, null, cancellationToken)).Reconcile(Only<PriceFeedRow>(rowJson), isWhole: false), 0);

    internal override Task ConfirmAsync(PlannerDbContext context, string feedId, IReadOnlyList<string> heldBack, DateOnly asOf, DateTime fetchedUtc, CancellationToken cancellationToken) =>
        ConfirmAsync<PriceRow, PriceQuote>(context, feedId, heldBack, asOf, fetchedUtc, cancellationToken);

    private protected abstract Task<FeedReading<PriceFeedRow>> ReadAsync(PlannerDbContext context, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken);

    /// <summary>What else follows from what a file changes.</summary>
    private protected virtual Task<FeedChanges> SettleAsync(PlannerDbContext context, FeedOptions feed, FeedChanges changes, CompareTerms terms, CancellationToken cancellationToken) =>
        Task.FromResult(changes);
}

/// <summary>Prices of APIs that are published for all.</summary>
/// <param name="Read">Reads a file; the day tells which dated prices are today's.</param>
public sealed record PublicPriceContent(Func<ReadOnlyMemory<byte>, DateOnly, FeedReading<PriceFeedRow>> Read) : PriceContent
{
    private protected override Task<FeedReading<PriceFeedRow>> ReadAsync(PlannerDbContext context, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken) =>
        Task.FromResult(Read(file, terms.Today));
}

/// <summary>Prices of APIs as somebody's own list has them.</summary>
/// <param name="Mapping">What its columns mean.</param>
public sealed record OwnPriceContent(PriceMapping Mapping) : PriceContent
{
    private protected override async Task<FeedReading<PriceFeedRow>> ReadAsync(PlannerDbContext context, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken)
    {
        var reading = MappedPriceReader.Read(file, Mapping, terms.Today, await PublicPrice.AllAsync(context, terms.Ranks, cancellationToken)).Reading;
        if (reading.Refused.Count > PriceListPreview.MaxRefused)
            return FeedReading<PriceFeedRow>.Refuse(FeedTexts.ListUnread.With(reading.Refused.Count, PriceListPreview.MaxRefused));
        var keys = reading.Rows.Select(row => row.Key).ToList();
        var modes = await context.Prices.Where(row => EF.Parameter(keys).Contains(row.Key)).ToDictionaryAsync(row => row.Key, row => row.Mode, cancellationToken);
        // A list does not say what is sold; the catalog knows it of the rows that it has, and the name tells it of others.
        return reading with { Rows = [.. reading.Rows.Select(row => modes.TryGetValue(row.Key, out var mode) ? row with { Mode = mode } : row)] };
    }

    private protected override Task<FeedChanges> SettleAsync(PlannerDbContext context, FeedOptions feed, FeedChanges changes, CompareTerms terms, CancellationToken cancellationToken) =>
        HandBack.ApplyAsync(context, feed.Id, changes, terms, cancellationToken);
}

/// <summary>Machines by the hour.</summary>
/// <param name="Read">Reads a file; the day tells which dated prices are today's.</param>
public sealed record InstanceContent(Func<ReadOnlyMemory<byte>, DateOnly, FeedReading<InstanceFeedRow>> Read) : FeedContent
{
    internal override async Task<FeedComparison> CompareAsync(PlannerDbContext context, FeedOptions feed, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken)
    {
        var reading = Read(file, terms.Today);
        if (reading.Refusal is { } refusal)
            return FeedComparison.Refuse(refusal);
        var compared = await ContextAsync<InstanceRow>(context, feed, terms, reading.SourceDate, cancellationToken);
        var changes = new InstanceReconciler(feed, compared, await GpusAsync(context, cancellationToken)).Reconcile(reading);
        return new FeedComparison(
            null, reading.RowsRead, reading.SourceDate > terms.Today ? null : reading.SourceDate, changes,
            compared.Catalog.Count(row => row.Origin == feed.Id && row.RetiredUtc is null && (row.OnDemandNanos is not null || row.SpotNanos is not null)));
    }

    internal override async Task<FeedComparison> AcceptAsync(PlannerDbContext context, FeedOptions feed, string rowJson, CompareTerms terms, CancellationToken cancellationToken)
    {
        var compared = await ContextAsync<InstanceRow>(context, feed, terms, null, cancellationToken);
        return new FeedComparison(null, 1, null, new InstanceReconciler(feed, compared, await GpusAsync(context, cancellationToken)).Reconcile(Only<InstanceFeedRow>(rowJson), isWhole: false), 0);
    }

    internal override Task ConfirmAsync(PlannerDbContext context, string feedId, IReadOnlyList<string> heldBack, DateOnly asOf, DateTime fetchedUtc, CancellationToken cancellationToken) =>
        ConfirmAsync<InstanceRow, InstanceQuote>(context, feedId, heldBack, asOf, fetchedUtc, cancellationToken);

    private static async Task<Dictionary<string, decimal>> GpusAsync(PlannerDbContext context, CancellationToken cancellationToken) =>
        (await context.Gpus.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(row => row.Key, row => row.Effective().MemoryGb);
}

/// <summary>How often spot machines are reclaimed; it names no prices, and says something of instances that others list.</summary>
public sealed record InterruptionContent : FeedContent
{
    internal override async Task<FeedComparison> CompareAsync(PlannerDbContext context, FeedOptions feed, ReadOnlyMemory<byte> file, CompareTerms terms, CancellationToken cancellationToken)
    {
        var reading = SpotAdvisorReader.Read(file);
        if (reading.Refusal is { } refusal)
            return FeedComparison.Refuse(refusal);
        var known = (await context.Instances.AsNoTracking().Where(row => row.Cloud == SpotAdvisorReader.Cloud).Select(row => row.Key).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var shares = reading.Rows.Select(row => new InterruptionShare($"{SpotAdvisorReader.Cloud}:{row.Type}:{row.Region}", row.InterruptionShare)).Where(share => known.Contains(share.Key)).ToList();
        return new FeedComparison(
            null, reading.RowsRead, null,
            new FeedChanges(typeof(InstanceRow), [], [], [], [], [], [.. reading.Refused.Select(row => new HeldBackRow(row.Key, row.Reason, null))], 0, 0, 0, 0, 0) { Interruptions = shares }, 0);
    }

    internal override Task<FeedComparison> AcceptAsync(PlannerDbContext context, FeedOptions feed, string rowJson, CompareTerms terms, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A row of this feed that is held back could not be read.");

    internal override Task ConfirmAsync(PlannerDbContext context, string feedId, IReadOnlyList<string> heldBack, DateOnly asOf, DateTime fetchedUtc, CancellationToken cancellationToken) => Task.CompletedTask;
}
