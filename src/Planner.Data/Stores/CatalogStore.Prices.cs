using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

public sealed partial class CatalogStore
{
    /// <summary>A page of price sheets.</summary>
    public async Task<Page<PriceEntry>> PricesAsync(PriceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Narrow(context.Prices.AsNoTracking(), query);
        if (query.Sellers.Count > 0)
            rows = rows.Where(row => query.Sellers.Contains(row.Seller));
        if (query.Mode is not null)
            rows = rows.Where(row => row.Mode == query.Mode);
        foreach (var pattern in LikePatterns.Of(query.Text))
        {
            rows = rows.Where(row =>
                EF.Functions.Like(row.Key, pattern, LikePatterns.Escape) || EF.Functions.Like(row.Name, pattern, LikePatterns.Escape)
                || EF.Functions.Like(row.Seller, pattern, LikePatterns.Escape));
        }

        var (page, total) = await PageAsync(Sort(rows, query.SortBy, query.Descending), query, cancellationToken);
        return new Page<PriceEntry>([.. page.Select(ToEntry)], total);
    }

    /// <summary>A price sheet, retired or not; null where there is none.</summary>
    public async Task<PriceEntry?> PriceAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Prices.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken) is { } row ? ToEntry(row) : null;
    }

    /// <summary>Sellers of current price sheets by name.</summary>
    public async Task<IReadOnlyList<Facet>> SellersAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Prices.Where(row => row.RetiredUtc == null).GroupBy(row => row.Seller).OrderBy(group => group.Key)
            .Select(group => new Facet(group.Key, group.Count())).ToListAsync(cancellationToken);
    }

    /// <summary>Prices of a sheet over time, the latest first; empty where there is no such sheet.</summary>
    public async Task<IReadOnlyList<PriceHistoryEntry>> PriceHistoryAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var revisions = await context.PriceRevisions.AsNoTracking().Where(revision => revision.PriceKey == key)
            .OrderByDescending(revision => revision.EffectiveFrom).ThenByDescending(revision => revision.Id).ToListAsync(cancellationToken);
        return [.. revisions.Select(revision => new PriceHistoryEntry(
            revision.EffectiveFrom, PriceRowPrices.ReadPrices(revision.PricesJson), revision.Source, revision.RecordedUtc, revision.FetchedAtUtc,
            revision.FeedRunId))];
    }

    /// <summary>Adds a price sheet of the user's own.</summary>
    public Task<SaveOutcome> AddPriceAsync(PriceEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        edit = Trimmed(edit);
        var row = new PriceRow
        {
            Key = edit.Key,
            Origin = Origins.User,
            Source = Origins.User,
            AsOf = Today,
            Seller = edit.Seller,
            Name = edit.Name,
            Mode = edit.Mode,
            ContextTokens = edit.ContextTokens,
            DeprecatedFrom = edit.DeprecatedFrom,
        };
        SetUserPrices(row, PriceRowPrices.WritePrices(edit.Prices), edit.Note);
        return AddAsync(row, CatalogRules.Check(edit), context => context.PriceRevisions.Add(Revision(edit.Key, edit.Prices, Origins.User)), cancellationToken);
    }

    /// <summary>Sets the user's prices and note, which then win over the feed's as a whole.</summary>
    /// <remarks>Of a row that the user added, the other fields change too; of another row they must be as stored.</remarks>
    public Task<SaveOutcome> EditPriceAsync(PriceEdit edit, int expectedVersion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        edit = Trimmed(edit);
        var problems = CatalogRules.Check(edit);
        return EditAsync<PriceRow>(edit.Key, expectedVersion, (context, row) =>
        {
            IReadOnlyList<Problem> all = row.Origin == Origins.User ? problems : [.. problems, .. FeedFieldProblems(row, edit)];
            if (all.Count > 0)
                return all;
            var before = PriceRowPrices.WritePrices(row.EffectivePrices());
            (row.Seller, row.Name, row.Mode) = (edit.Seller, edit.Name, edit.Mode);
            (row.ContextTokens, row.DeprecatedFrom) = (edit.ContextTokens, edit.DeprecatedFrom);
            if (row.Origin == Origins.User)
                row.AsOf = Today;
            SetUserPrices(row, PriceRowPrices.WritePrices(edit.Prices), edit.Note);
            if (row.OverrideJson != before)
                context.PriceRevisions.Add(Revision(row.Key, edit.Prices, Origins.User));
            return [];
        }, cancellationToken);
    }

    /// <summary>Drops the user's prices: the feed's apply again.</summary>
    public Task<SaveOutcome> ClearPriceOverrideAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        EditAsync<PriceRow>(key, expectedVersion, (context, row) =>
        {
            var overridden = row.OverrideJson is not null;
            var problems = ClearUserPrices(row);
            if (overridden && problems.Count == 0)
                context.PriceRevisions.Add(Revision(row.Key, row.FeedPrices(), row.Source));
            return problems;
        }, cancellationToken);

    /// <summary>Takes a price sheet out of the pickers. Scenarios that name it keep its last price.</summary>
    public Task<SaveOutcome> RetirePriceAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        RetireAsync<PriceRow>(key, expectedVersion, retired: true, cancellationToken);

    /// <summary>Undoes a retirement.</summary>
    public Task<SaveOutcome> RestorePriceAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        RetireAsync<PriceRow>(key, expectedVersion, retired: false, cancellationToken);

    private static IEnumerable<Problem> FeedFieldProblems(PriceRow row, PriceEdit edit)
    {
        var message = Texts.CatalogFeedField.With(row.Source);
        if (row.Seller != edit.Seller)
            yield return new Problem("seller", message);
        if (row.Name != edit.Name)
            yield return new Problem("name", message);
        if (row.Mode != edit.Mode)
            yield return new Problem("mode", message);
        if (row.ContextTokens != edit.ContextTokens)
            yield return new Problem("contextTokens", message);
        if (row.DeprecatedFrom != edit.DeprecatedFrom)
            yield return new Problem("deprecatedFrom", message);
    }

    private static PriceEdit Trimmed(PriceEdit edit) => edit with
    {
        Key = Trimmed(edit.Key),
        Seller = Trimmed(edit.Seller),
        Name = Trimmed(edit.Name),
        Mode = Trimmed(edit.Mode),
        Prices = edit.Prices ?? new TokenPrices(),
    };

    private PriceRevision Revision(string key, TokenPrices prices, string source) => new()
    {
        PriceKey = key,
        EffectiveFrom = Today,
        PricesJson = PriceRowPrices.WritePrices(prices),
        Source = source,
        RecordedUtc = Now,
    };

    private PriceEntry ToEntry(PriceRow row) =>
        new(row.ToSheet(), row.Mode, row.Origin == Origins.User ? null : row.FeedPrices(), ReadCodes(row.WarningsJson), StateOf(row));

    private static IQueryable<PriceRow> Sort(IQueryable<PriceRow> rows, PriceSort column, bool descending) => column switch
    {
        PriceSort.Key => Sort(rows, row => row.Key, descending),
        PriceSort.Seller => Sort(rows, row => row.Seller, descending),
        PriceSort.Mode => Sort(rows, row => row.Mode, descending),
        PriceSort.Context => Sort(rows, row => row.ContextTokens, descending),
        PriceSort.Source => Sort(rows, row => row.OverrideJson == null ? row.Source : Origins.User, descending),
        PriceSort.AsOf => Sort(rows, row => row.AsOf, descending),
        PriceSort.Input => Sort(rows, row => row.OverrideJson == null ? row.InputNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.inputUsdPerM"), descending),
        PriceSort.Output => Sort(rows, row => row.OverrideJson == null ? row.OutputNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.outputUsdPerM"), descending),
        PriceSort.CacheRead => Sort(rows, row => row.OverrideJson == null ? row.CacheReadNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.cacheReadUsdPerM"), descending),
        PriceSort.CacheWrite => Sort(rows, row => row.OverrideJson == null ? row.CacheWriteNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.cacheWriteUsdPerM"), descending),
        PriceSort.BatchInput => Sort(rows, row => row.OverrideJson == null ? row.BatchInputNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.batchInputUsdPerM"), descending),
        PriceSort.BatchOutput => Sort(rows, row => row.OverrideJson == null ? row.BatchOutputNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.batchOutputUsdPerM"), descending),
        _ => Sort(rows, row => row.Name, descending),
    };
}
