using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>The price sheets, with their history.</summary>
public sealed class PriceList(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
    : PricedList<PriceRow, PriceEntry, PriceEdit, TokenPrices, PriceRevision, PriceQuote>(contexts, time)
{
    /// <summary>A page of price sheets.</summary>
    public async Task<Page<PriceEntry>> PageAsync(PriceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await OpenAsync(cancellationToken);
        var rows = RowsOf(context, query);
        if (query.Sellers.Count > 0)
            rows = rows.Where(row => query.Sellers.Contains(row.Seller));
        if (query.Mode is not null)
            rows = rows.Where(row => row.Mode == query.Mode);
        foreach (var pattern in LikePatterns.Of(query.Text))
        {
            rows = rows.Where(row =>
                LikePatterns.Matches(row.Key, pattern) || LikePatterns.Matches(row.Name, pattern)
                || LikePatterns.Matches(row.Seller, pattern));
        }

        return await PageAsync(context, Sort(rows, query.SortBy, query.Descending), query, cancellationToken);
    }

    /// <summary>Sellers of current price sheets by name.</summary>
    public async Task<IReadOnlyList<Facet>> SellersAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await OpenAsync(cancellationToken);
        return await context.Prices.Where(row => row.RetiredUtc == null).GroupBy(row => row.Seller).OrderBy(group => group.Key)
            .Select(group => new Facet(group.Key, group.Count())).ToListAsync(cancellationToken);
    }

    protected override PriceEdit Trimmed(PriceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return edit with
        {
            Key = Trimmed(edit.Key),
            Seller = Trimmed(edit.Seller),
            Name = Trimmed(edit.Name),
            Mode = Trimmed(edit.Mode),
            Prices = edit.Prices ?? new TokenPrices(),
        };
    }

    protected override IReadOnlyList<Problem> Check(PriceEdit edit) => CatalogRules.Check(edit);

    protected override IEnumerable<Problem> SourceFieldProblems(PriceRow row, PriceEdit edit)
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

    protected override PriceRow NewRow(PriceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return new() { Key = edit.Key, Origin = Origins.User, Source = Origins.User, Seller = edit.Seller, Name = edit.Name, Mode = edit.Mode };
    }

    protected override void Apply(PriceRow row, PriceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(edit);
        (row.Seller, row.Name, row.Mode) = (edit.Seller, edit.Name, edit.Mode);
        (row.ContextTokens, row.DeprecatedFrom) = (edit.ContextTokens, edit.DeprecatedFrom);
        SetOverride(row, PriceRowPrices.WritePrices(edit.Prices), edit.Note);
    }

    protected override TokenPrices PricesOf(PriceRow row) => row.EffectivePrices();

    private protected override IEnumerable<NamedPrice> NamedPrices(PriceRow row) => row.EffectivePrices().Named();

    private protected override IEnumerable<NamedValue> NamedValues(PriceRow row) =>
        NamedValue.Of(JsonSerializer.SerializeToNode(new { row.Seller, row.Name, row.Mode, row.ContextTokens, row.DeprecatedFrom }, ScenarioJson.Options)!);

    protected override PriceRevision NewRevision(string key, string pricesJson, string source) => new() { Key = key, PricesJson = pricesJson, Source = source };

    protected override PriceEntry ToEntry(PriceRow row, IReadOnlyList<PriceQuote> quotes, PriceHistoryEntry<TokenPrices>? thatDay)
    {
        ArgumentNullException.ThrowIfNull(row);
        var sheet = row.ToSheet(quotes, Today);
        return new(
            thatDay is null ? sheet : sheet with { Prices = thatDay.Prices, Provenance = ProvenanceOf(thatDay), Announced = [], OtherQuotes = [] }, row.Mode,
            row.Origin == Origins.User ? null : row.FeedPrices(), thatDay is null ? ReadCodes(row.WarningsJson) : [], StateOf(row, thatDay))
        {
            AnnouncedBy = row.Announcer(quotes, Today)?.FeedId,
        };
    }

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
