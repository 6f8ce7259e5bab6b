using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>A price list as its mapping reads it.</summary>
/// <param name="Reading">What it holds, or why it is refused as a whole.</param>
/// <param name="Lines">Its first rows.</param>
/// <param name="Discounted">Public prices less a discount of the list.</param>
public sealed record MappedReading(FeedReading<PriceFeedRow> Reading, IReadOnlyList<MappedLine> Lines, IReadOnlyList<DiscountedPrice> Discounted)
{
    /// <summary>A file that was not accepted.</summary>
    internal static MappedReading Refuse(string reason) => new(FeedReading<PriceFeedRow>.Refuse(reason), [], []);
}

/// <summary>A row of a price list as it is read.</summary>
/// <param name="Number">Its line in a table, its place in a list of JSON; from 1.</param>
/// <param name="Seller">Who sells it; empty where that cannot be told.</param>
/// <param name="Model">The model; empty where the row is of all models of its seller, or where it cannot be told.</param>
/// <param name="Prices">Its prices per million tokens, less its discount, and public ones for those that it leaves out; none where it has a discount only.</param>
/// <param name="Discount">Share taken off, 0 to 1; null for none.</param>
/// <param name="Fault">Why it is refused; null where it is read.</param>
public sealed record MappedLine(int Number, string Seller, string Model, TokenPrices Prices, decimal? Discount, string? Fault)
{
    /// <summary>Names of the prices that the row leaves out and that are public, such as <c>cacheReadUsdPerM</c>.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>A public price less a discount.</summary>
/// <param name="Public">What it is taken off.</param>
/// <param name="Discount">Share taken off, 0 to 1.</param>
/// <param name="Prices">What is left.</param>
public sealed record DiscountedPrice(PublicPrice Public, decimal Discount, TokenPrices Prices);
