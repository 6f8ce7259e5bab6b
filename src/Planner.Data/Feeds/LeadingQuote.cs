using Planner.Data.Entities;

namespace Planner.Data.Feeds;

/// <summary>Whose word on a price sheet goes first.</summary>
internal static class LeadingQuote
{
    /// <summary>What several sources say of one sheet, the one first whose price stands where it comes to these.</summary>
    /// <param name="quotes">What they say.</param>
    /// <param name="ranks">Ranks of the feeds; a source that is none comes last.</param>
    internal static IOrderedEnumerable<PriceQuote> Leading(this IEnumerable<PriceQuote> quotes, IReadOnlyDictionary<string, int> ranks) =>
        quotes.OrderByDescending(quote => ranks.GetValueOrDefault(quote.FeedId)).ThenByDescending(quote => quote.AsOf);
}
