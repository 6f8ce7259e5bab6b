using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>What becomes of rows that an own price list no longer has: what another source says of them stands again; without any, they are retired.</summary>
internal static class HandBack
{
    /// <summary>Hands back what would be retired and somebody else knows a price of.</summary>
    /// <param name="context">The database.</param>
    /// <param name="listId">The own list.</param>
    /// <param name="changes">What its file, or its removal, changes.</param>
    /// <param name="terms">What it was compared on.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static async Task<FeedChanges> ApplyAsync(PlannerDbContext context, string listId, FeedChanges changes, CompareTerms terms, CancellationToken cancellationToken)
    {
        // As one parameter each: a list may have more rows than a statement of SQLite takes parameters.
        var gone = changes.RetiredKeys;
        var quotes = await context.PriceQuotes.AsNoTracking().Where(quote => EF.Parameter(gone).Contains(quote.Key) && quote.FeedId != listId).ToListAsync(cancellationToken);
        var leading = quotes.GroupBy(quote => quote.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Leading(terms.Ranks).First(), StringComparer.Ordinal);
        var rows = await context.Prices.AsNoTracking().Where(row => EF.Parameter(gone).Contains(row.Key)).ToListAsync(cancellationToken);
        var back = rows.FindAll(row => leading.ContainsKey(row.Key));
        var (revisions, differences) = (changes.Revisions.ToList(), changes.Changes.ToList());
        var changed = changes.Changed;
        foreach (var row in back)
        {
            var quote = leading[row.Key];
            var prices = PriceRowPrices.ReadPrices(quote.PricesJson);
            var found = PriceChange.Between(row.Key, row.FeedPrices().Named(), prices.Named());
            differences.AddRange(found);
            changed += found.Count > 0 ? 1 : 0;
            revisions.Add(new PriceRevision
            {
                Key = row.Key,
                PricesJson = quote.PricesJson,
                Source = quote.FeedId,
                EffectiveFrom = terms.Today,
                RecordedUtc = terms.FetchedUtc,
                FetchedAtUtc = quote.FetchedAtUtc,
            });
            row.SetFeedPrices(prices);
            // A source that is no feed is the one that the product shipped the row with.
            row.Origin = terms.Ranks.ContainsKey(quote.FeedId) ? quote.FeedId : Origins.Seed;
            (row.Source, row.SourceUrl, row.SourceKey) = (quote.FeedId, terms.UrlOf(quote.FeedId) ?? quote.SourceUrl, quote.SourceKey);
            (row.AsOf, row.FetchedAtUtc, row.WarningsJson) = (quote.AsOf, quote.FetchedAtUtc, quote.WarningsJson);
        }

        return changes with
        {
            Rows = [.. changes.Rows, .. back],
            // What the user retired without anybody else knowing a price of it stays as it is.
            RetiredKeys = [.. rows.Where(row => row.RetiredUtc is null && !leading.ContainsKey(row.Key)).Select(row => row.Key)],
            Revisions = revisions,
            Changes = differences,
            Changed = changed,
            HandedBack = back.Count,
            // What stands again is no second opinion, and what was shipped is older than that; only prices of other days are said nowhere else.
            Ended = [.. quotes.Where(quote => quote.DatedJson is null && (leading[quote.Key] == quote || !terms.Ranks.ContainsKey(quote.FeedId)))],
        };
    }
}
