namespace Planner.Data.Entities;

/// <summary>What a feed last said of a row whose prices are another source's: the second opinion. The owner leaves one too where it knows prices of other days.</summary>
public abstract class Quote
{
    public required string FeedId { get; set; }

    /// <summary>Key of the row.</summary>
    public required string Key { get; set; }

    /// <summary>The row's key in the feed; null where it is not known.</summary>
    public string? SourceKey { get; set; }

    /// <summary>Address of a source that is no feed; null for any other.</summary>
    public string? SourceUrl { get; set; }

    /// <summary>Codes of warnings about the prices as a JSON array; null for none.</summary>
    public string? WarningsJson { get; set; }

    /// <summary>The prices, written as in <see cref="Revision.PricesJson"/>.</summary>
    public required string PricesJson { get; set; }

    /// <summary>Prices of earlier and later days (<see cref="Feeds.DatedPrices"/>); null where the feed knows today's only.</summary>
    public string? DatedJson { get; set; }

    /// <summary>Day on which they held.</summary>
    public DateOnly AsOf { get; set; }

    public DateTime FetchedAtUtc { get; set; }
}

/// <summary>What a feed last said of a price sheet.</summary>
public sealed class PriceQuote : Quote;

/// <summary>What a feed last said of an instance.</summary>
public sealed class InstanceQuote : Quote;
