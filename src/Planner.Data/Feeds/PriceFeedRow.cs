using System.Text.Json.Serialization;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>One model's prices as a feed states them, before anybody judged them: a price may be 0, negative or absurd.</summary>
/// <param name="SourceKey">The row's key in the feed.</param>
/// <param name="Key">Key for the catalog, <c>seller:model</c>; unique within the reading.</param>
/// <param name="Seller">Who sells it, in lower case.</param>
/// <param name="Name">The model's name as sold.</param>
/// <param name="Mode">What is sold, one of <see cref="FeedModes"/>.</param>
/// <param name="Prices">Prices per million tokens, 8 decimal places; null where the feed has none.</param>
/// <param name="ContextTokens">Longest prompt, tokens; null where unknown.</param>
/// <param name="DeprecatedFrom">Day from which the vendor no longer serves it; null where none is announced.</param>
/// <param name="OtherUnit">A unit other than tokens that the row is priced in, such as <c>second</c>; null for none.</param>
/// <param name="HasRangePrices">The row states prices by ranges of the prompt's length in a form that is not read.</param>
/// <param name="ReasoningUsdPerM">Price of reasoning tokens where the feed states one apart.</param>
public sealed record PriceFeedRow(
    string SourceKey, string Key, string Seller, string Name, string Mode, TokenPrices Prices, int? ContextTokens, DateOnly? DeprecatedFrom,
    string? OtherUnit, bool HasRangePrices, decimal? ReasoningUsdPerM) : IFeedRow
{
    string IFeedRow.Owner => Seller;

    /// <summary>What held before and what is announced, the earliest first, where the feed says since when; empty where it knows today's prices only.</summary>
    public IReadOnlyList<DatedPrices> Dated { get; init; } = [];

    /// <summary>True where the prices are a discount off public ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDiscounted { get; init; }

    /// <summary>True where an own list leaves some of the prices out, so that they are public ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPartlyPublic { get; init; }
}

/// <summary>Prices of a model between two days.</summary>
/// <param name="From">First day; null where they always held.</param>
/// <param name="To">First day on which they no longer hold; null where no end is known.</param>
/// <param name="Prices">Prices per million tokens.</param>
public sealed record DatedPrices(DateOnly? From, DateOnly? To, TokenPrices Prices);

/// <summary>The kinds of models that are priced by tokens and that a workload of prompts or texts can use.</summary>
public static class FeedModes
{
    public const string Chat = "chat";
    public const string Completion = "completion";
    public const string Responses = "responses";
    public const string Embedding = "embedding";

    /// <summary>
    /// Reranking is left out: most of its prices are per query, and no scenario asks for it. Speech, pictures and video have prices per token too,
    /// but not of text.
    /// </summary>
    public static bool IsTokenPriced(string mode) => mode is Chat or Completion or Responses or Embedding;
}
