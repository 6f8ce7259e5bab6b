namespace Planner.Data.Feeds;

/// <summary>A row of any feed.</summary>
public interface IFeedRow
{
    /// <summary>Its key in the feed.</summary>
    string SourceKey { get; }

    /// <summary>Its key for the catalog.</summary>
    string Key { get; }

    /// <summary>Who sells it or rents it out.</summary>
    string Owner { get; }
}

/// <summary>What is to become of a feed's row.</summary>
/// <typeparam name="TPrices">Prices of the list that it belongs to.</typeparam>
/// <param name="Quarantine">Why the row is held back; null where it is published.</param>
/// <param name="Prices">The prices to publish; a price that is null is unknown.</param>
/// <param name="IsUnavailable">The feed names no price that could be counted with, or another unit: published without it.</param>
/// <param name="Warnings">Codes of what is odd.</param>
public sealed record FeedVerdict<TPrices>(string? Quarantine, TPrices Prices, bool IsUnavailable, IReadOnlyList<string> Warnings);
