using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A question to the rows that feeds held back.</summary>
public sealed record QuarantineQuery
{
    /// <summary>The feed; null for all.</summary>
    public string? FeedId { get; init; }

    /// <summary>Words that must all occur in the key or the reason; null for all rows.</summary>
    public string? Text { get; init; }

    /// <summary>True for rows that somebody decided about, false for those still open, null for both.</summary>
    public bool? Decided { get; init; }

    /// <summary>Rows to leave out at the front, 0 or more.</summary>
    public int Skip { get; init; }

    /// <summary>Rows to give, 1 to 1,000.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A price of a row that is held back.</summary>
/// <param name="Field">Which one, such as <c>inputUsdPerM</c> or <c>onDemandUsd</c>.</param>
/// <param name="StatedUsd">What the feed states; null where it states none.</param>
/// <param name="CatalogUsd">What applies in the catalog; null where it has none.</param>
public sealed record HeldPrice(string Field, decimal? StatedUsd, decimal? CatalogUsd);

/// <summary>A row that is held back, beside what the catalog has of it.</summary>
/// <param name="FeedId">The feed.</param>
/// <param name="SourceKey">Its key in the feed.</param>
/// <param name="Reason">Why it is held back, as a sentence.</param>
/// <param name="FirstSeenUtc">When a run first held it back.</param>
/// <param name="LastSeenUtc">When a run last did.</param>
/// <param name="Decision">One of <see cref="QuarantineDecisions"/>; null while it is open.</param>
/// <param name="DecidedUtc">When that was decided; null while it is open.</param>
/// <param name="IsReadable">False where it could not be read: then nobody knows its prices, and it cannot be accepted.</param>
/// <param name="IsInstance">True for a machine, false for a price sheet.</param>
/// <param name="CatalogKey">Key of the catalog's row of the same offer; null where there is none.</param>
/// <param name="CatalogSource">Source of what applies there; null where there is none.</param>
/// <param name="Prices">Prices that the feed or the catalog has, USD per million tokens or USD an hour.</param>
public sealed record HeldRow(
    string FeedId, string SourceKey, string Reason, DateTime FirstSeenUtc, DateTime LastSeenUtc, string? Decision, DateTime? DecidedUtc, bool IsReadable, bool IsInstance,
    string? CatalogKey, string? CatalogSource, IReadOnlyList<HeldPrice> Prices);

/// <summary>Rows that feeds held back and what was decided about them. Accepting is <see cref="FeedImporter.AcceptAsync"/>'s, as it publishes. Safe to share.</summary>
public sealed class QuarantineStore(IDbContextFactory<PlannerDbContext> contexts, PriceFeeds feeds, TimeProvider time)
{
    /// <summary>A page of rows, those that a run met last first.</summary>
    public async Task<Page<HeldRow>> PageAsync(QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Quarantine.AsNoTracking();
        if (query.FeedId is { } feed)
            rows = rows.Where(row => row.FeedId == feed);
        if (query.Decided is { } decided)
            rows = rows.Where(row => row.Decision != null == decided);
        foreach (var pattern in LikePatterns.Of(query.Text))
            rows = rows.Where(row => LikePatterns.Matches(row.SourceKey, pattern) || LikePatterns.Matches(row.Reason, pattern));
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(row => row.LastSeenUtc).ThenBy(row => row.FeedId).ThenBy(row => row.SourceKey)
            .Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, 1_000)).ToListAsync(cancellationToken);
        return new Page<HeldRow>(await CompareAsync(context, page, cancellationToken), total);
    }

    /// <summary>A row; null where none was ever held back under that key.</summary>
    public async Task<HeldRow?> FindAsync(string feedId, string sourceKey, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Quarantine.AsNoTracking().SingleOrDefaultAsync(row => row.FeedId == feedId && row.SourceKey == sourceKey, cancellationToken) is { } row
            ? (await CompareAsync(context, [row], cancellationToken))[0]
            : null;
    }

    /// <summary>Rows that nobody has decided about, by feed.</summary>
    public async Task<IReadOnlyDictionary<string, int>> OpenAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Quarantine.Where(row => row.Decision == null).GroupBy(row => row.FeedId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    private const int MostNamed = 20;

    /// <summary>Rejects rows, ignores them for good, or takes that back. What was accepted is published and stays as it is.</summary>
    /// <param name="feedId">The feed.</param>
    /// <param name="sourceKeys">Keys of the rows in it.</param>
    /// <param name="decision"><see cref="QuarantineDecisions.Rejected"/> or <see cref="QuarantineDecisions.Ignored"/>; null to ask about them again.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The number of rows that it concerned.</returns>
    public async Task<int> DecideAsync(string feedId, IReadOnlyCollection<string> sourceKeys, string? decision, CancellationToken cancellationToken = default)
    {
        if (decision is not (null or QuarantineDecisions.Rejected or QuarantineDecisions.Ignored))
            throw new ArgumentException("Only a rejection, or that a row is ignored, is decided here.", nameof(decision));
        DateTime? now = decision is null ? null : time.GetUtcNow().UtcDateTime;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var decided = await context.Quarantine.Where(row => row.FeedId == feedId && sourceKeys.Contains(row.SourceKey) && row.Decision != QuarantineDecisions.Accepted)
            .ExecuteUpdateAsync(row => row.SetProperty(held => held.Decision, decision).SetProperty(held => held.DecidedUtc, now), cancellationToken);
        var action = decision switch
        {
            null => AuditActions.HeldRowReopened,
            QuarantineDecisions.Rejected => AuditActions.HeldRowRejected,
            _ => AuditActions.HeldRowIgnored,
        };
        await context.CommitNotedAsync(transaction, time, decided > 0, action, $"feeds/{feedId}", Named(sourceKeys), cancellationToken);
        return decided;
    }

    private static string Named(IReadOnlyCollection<string> keys)
    {
        var named = string.Join(", ", keys.Take(MostNamed));
        return keys.Count > MostNamed ? Language.Stored(() => Texts.AuditMore.With(named, keys.Count - MostNamed)) : named;
    }

    private async Task<IReadOnlyList<HeldRow>> CompareAsync(PlannerDbContext context, IReadOnlyList<QuarantineRow> rows, CancellationToken cancellationToken)
    {
        var stated = rows.Select(row => Stated(row)).ToList();
        var sourceKeys = rows.Select(row => row.SourceKey).ToList();
        var keys = stated.OfType<IFeedRow>().Select(row => row.Key).ToList();
        var sheets = await context.Prices.AsNoTracking().Where(row => sourceKeys.Contains(row.SourceKey!) || keys.Contains(row.Key)).ToListAsync(cancellationToken);
        var machines = await context.Instances.AsNoTracking().Where(row => sourceKeys.Contains(row.SourceKey!) || keys.Contains(row.Key)).ToListAsync(cancellationToken);
        return [.. rows.Zip(stated, (row, feedRow) => Compare(row, feedRow, sheets, machines))];
    }

    private HeldRow Compare(QuarantineRow row, IFeedRow? stated, List<PriceRow> sheets, List<InstanceRow> machines)
    {
        var isInstance = feeds.Find(row.FeedId)?.Content is not (null or PriceContent);
        CatalogRow? found = isInstance ? Same(row, stated, machines) : Same(row, stated, sheets);
        IReadOnlyList<HeldPrice> prices = isInstance
            ? Beside(stated is InstanceFeedRow machine ? machine.Prices.Named() : null, found is InstanceRow known ? known.EffectivePrices().Named() : null)
            : Beside(stated is PriceFeedRow sheet ? sheet.Prices.Named() : null, found is PriceRow listed ? listed.EffectivePrices().Named() : null);
        return new HeldRow(
            row.FeedId, row.SourceKey, row.Reason, row.FirstSeenUtc, row.LastSeenUtc, row.Decision, row.DecidedUtc, stated is not null, isInstance, found?.Key,
            found?.EffectiveProvenance().Source, prices);
    }

    /// <summary>The row as it was stated; null where it could not be read.</summary>
    private IFeedRow? Stated(QuarantineRow row) => (row.RowJson, feeds.Find(row.FeedId)?.Content) switch
    {
        ({ } json, PriceContent) => JsonSerializer.Deserialize<PriceFeedRow>(json, ScenarioJson.Options),
        ({ } json, InstanceContent) => JsonSerializer.Deserialize<InstanceFeedRow>(json, ScenarioJson.Options),
        _ => null,
    };

    private static TRow? Same<TRow>(QuarantineRow row, IFeedRow? stated, List<TRow> rows) where TRow : CatalogRow =>
        rows.Find(other => other.Source == row.FeedId && other.SourceKey == row.SourceKey) ?? rows.Find(other => other.Key == stated?.Key);

    /// <summary>The prices that one of two knows; none of a side that is null.</summary>
    private static List<HeldPrice> Beside(IEnumerable<NamedPrice>? stated, IEnumerable<NamedPrice>? catalog)
    {
        var beside = (catalog ?? []).ToDictionary(price => price.Name, price => price.Usd, StringComparer.Ordinal);
        var prices = new List<HeldPrice>();
        foreach (var price in stated ?? [])
        {
            beside.Remove(price.Name, out var known);
            prices.Add(new HeldPrice(price.Name, price.Usd, known));
        }

        prices.AddRange(beside.Select(price => new HeldPrice(price.Key, null, price.Value)));
        return [.. prices.Where(price => price.StatedUsd is not null || price.CatalogUsd is not null)];
    }
}
