using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;

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
        var gone = changes.RetiredKeys;
        var quotes = await context.PriceQuotes.AsNoTracking().Where(quote => gone.Contains(quote.Key) && quote.FeedId != listId).ToListAsync(cancellationToken);
        var leading = quotes.GroupBy(quote => quote.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(quote => terms.Ranks.GetValueOrDefault(quote.FeedId)).ThenByDescending(quote => quote.AsOf).First(), StringComparer.Ordinal);
        var keys = leading.Keys.ToList();
        var rows = await context.Prices.AsNoTracking().Where(row => keys.Contains(row.Key)).ToListAsync(cancellationToken);
        var (revisions, differences) = (changes.Revisions.ToList(), changes.Changes.ToList());
        var changed = changes.Changed;
        foreach (var row in rows)
        {
            var quote = leading[row.Key];
            var prices = PriceRowPrices.ReadPrices(quote.PricesJson);
            var found = PriceFields.Changes(row.Key, PriceFields.Of(row.FeedPrices()), PriceFields.Of(prices));
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
            (row.Source, row.SourceUrl, row.SourceKey) = (quote.FeedId, terms.UrlOf(quote.FeedId), quote.SourceKey);
            (row.AsOf, row.FetchedAtUtc, row.WarningsJson) = (quote.AsOf, quote.FetchedAtUtc, null);
        }

        return changes with
        {
            Rows = [.. changes.Rows, .. rows],
            RetiredKeys = [.. gone.Where(key => !leading.ContainsKey(key))],
            Revisions = revisions,
            Changes = differences,
            Changed = changed,
        };
    }
}
