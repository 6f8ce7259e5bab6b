using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>A file beside what a mapping makes of it. Nothing of it is stored.</summary>
/// <param name="File">Its columns and first rows.</param>
/// <param name="Mapping">What its columns are taken to mean.</param>
/// <param name="Read">What comes out; refused as a whole where the mapping does not fit.</param>
public sealed record PriceListPreview(PriceListFile File, PriceMapping Mapping, MappedReading Read)
{
    /// <summary>Most rows that may fail to read; a file with more of them is not a list that its mapping fits, and all would be kept with the run.</summary>
    public const int MaxRefused = 1_000;

    /// <summary>What would come of each price sheet that is read.</summary>
    public IReadOnlyList<PriceListEffect> Effects { get; init; } = [];

    /// <summary>Price sheets that would be published.</summary>
    public int Publishable => Effects.Count(effect => effect.HeldBack is null);

    /// <summary>Why nothing of it can be published; null where something can.</summary>
    public string? Refusal => File.Refusal ?? Read.Reading.Refusal ?? (
        Read.Reading.Refused.Count > MaxRefused ? FeedTexts.ListUnread.With(Read.Reading.Refused.Count, MaxRefused)
        : Effects.Any(effect => effect.HasPrice) ? null
        : FeedTexts.ListWithoutPrices);
}

/// <summary>What would come of a price sheet of a list if its file were published.</summary>
/// <param name="Key">Key of the sheet.</param>
/// <param name="HeldBack">Why it would be held back, as a sentence; null where it would be published.</param>
/// <param name="Warnings">Codes of what is odd about it (<see cref="PriceWarnings"/>).</param>
/// <param name="HasPrice">Whether it would be published with a price that can be counted with.</param>
/// <param name="Standing">What the catalog has of it; null where the sheet would be new.</param>
public sealed record PriceListEffect(string Key, string? HeldBack, IReadOnlyList<string> Warnings, bool HasPrice, StandingPrice? Standing);

/// <summary>A price sheet in force.</summary>
/// <param name="Source">Where its prices come from.</param>
/// <param name="Prices">Its prices per million tokens, as the source states them.</param>
public sealed record StandingPrice(string Source, TokenPrices Prices);
