using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>Compares a feed of API prices with the price sheets.</summary>
internal sealed class PriceReconciler(FeedOptions feed, ReconcileContext<PriceRow> context) : Reconciler<PriceFeedRow, PriceRow, TokenPrices>(feed, context)
{
    protected override IReadOnlyList<FeedVerdict<TokenPrices>> Judge(IReadOnlyList<PriceFeedRow> rows, Func<PriceFeedRow, bool> isAccepted) =>
        [.. rows.Select(row => PriceSanity.Judge(row, isAccepted(row)))];

    protected override PriceRow ToRow(PriceFeedRow row, string key, PriceRow? stored, TokenPrices prices, string? warningsJson)
    {
        var published = new PriceRow
        {
            Key = key,
            Origin = Feed.Id,
            Source = Feed.Id,
            // The shipped catalog writes names as the vendors do; the feed has identifiers only.
            Seller = stored?.Seller ?? row.Seller,
            Name = stored?.Name ?? row.Name,
            Mode = row.Mode,
            ContextTokens = row.ContextTokens ?? stored?.ContextTokens,
            // An agreement says nothing of the day on which the vendor ends a model.
            DeprecatedFrom = Feed.IsOwnList ? stored?.DeprecatedFrom : row.DeprecatedFrom,
            WarningsJson = warningsJson,
        };
        published.SetFeedPrices(prices);
        return published;
    }

    protected override TokenPrices PricesOf(PriceRow row) => row.FeedPrices();

    protected override bool HasPrice(PriceRow row) => row.InputNanos is not null;

    protected override string? WarningsOf(PriceRow row) => row.WarningsJson;

    protected override IReadOnlyList<PriceChange> ChangesOf(string key, TokenPrices before, TokenPrices after) => PriceChange.Between(key, before.Named(), after.Named());

    protected override Revision NewRevision(string key, string pricesJson) => new PriceRevision { Key = key, PricesJson = pricesJson, Source = Feed.Id };

    protected override Quote NewQuote(string key, string pricesJson) => new PriceQuote { FeedId = Feed.Id, Key = key, PricesJson = pricesJson };

    protected override string? DatedJson(PriceFeedRow row) => row.Dated.Count == 0 ? null : Write(row.Dated);
}
