using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>What is published for all of a price sheet, whoever's price stands in the catalog.</summary>
/// <param name="Key">Key of the sheet.</param>
/// <param name="Seller">Who sells it, as its key has it.</param>
/// <param name="Name">The model's name as sold.</param>
/// <param name="Mode">What is sold, one of <see cref="FeedModes"/>.</param>
/// <param name="Prices">Prices per million tokens.</param>
/// <param name="Source">Who says so.</param>
/// <param name="AsOf">Day on which they held.</param>
public sealed record PublicPrice(string Key, string Seller, string Name, string Mode, TokenPrices Prices, string Source, DateOnly AsOf)
{
    /// <summary>The sheets in force whose input has a public price. Where an own list leads, it is the best of what the feeds say beside it.</summary>
    internal static async Task<IReadOnlyList<PublicPrice>> AllAsync(PlannerDbContext context, IReadOnlyDictionary<string, int> ranks, CancellationToken cancellationToken)
    {
        var rows = await context.Prices.AsNoTracking().Where(row => row.Origin != Origins.User && row.RetiredUtc == null).OrderBy(row => row.Key).ToListAsync(cancellationToken);
        var quotes = (await context.PriceQuotes.AsNoTracking().ToListAsync(cancellationToken)).Where(quote => ranks.GetValueOrDefault(quote.FeedId) < PriceFeeds.OwnRank).ToLookup(quote => quote.Key, StringComparer.Ordinal);
        return [.. rows.Select(Of).OfType<PublicPrice>().Where(price => price.Prices.InputUsdPerM is not null && FeedModes.IsTokenPriced(price.Mode))];

        PublicPrice? Of(PriceRow row)
        {
            var seller = row.Key[..Math.Max(0, row.Key.IndexOf(':', StringComparison.Ordinal))];
            if (!KnownFeeds.IsOwnList(row.Origin))
                return new(row.Key, seller, row.Name, row.Mode, row.FeedPrices(), row.Source, row.AsOf);
            return quotes[row.Key].Leading(ranks).FirstOrDefault() is { } quote
                ? new(row.Key, seller, row.Name, row.Mode, PriceRowPrices.ReadPrices(quote.PricesJson), quote.FeedId, quote.AsOf)
                : null;
        }
    }

    /// <summary>The prices less a discount.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="share">Share taken off, 0 to 1.</param>
    internal static TokenPrices Less(TokenPrices prices, decimal share) =>
        prices.EachWithTiers((_, usd) => usd is { } known ? Math.Round(known * (1 - share), FeedPrice.DecimalPlaces) : null);
}
