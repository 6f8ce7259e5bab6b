using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Prices;

/// <summary>What applies where a tier leaves a price open.</summary>
public enum OpenTier
{
    /// <summary>The sheet's own price.</summary>
    Base,

    /// <summary>The tier's input price, or the sheet's own where the tier has none.</summary>
    Input,

    /// <summary>Nothing: it is unknown.</summary>
    Unknown,
}

/// <summary>One of the prices of a sheet and of its tiers.</summary>
/// <param name="Kind">The tokens that it is for.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Noun">What it is called within a sentence.</param>
public sealed record PriceField(TokenKind Kind, string Label, string Noun)
{
    /// <summary>Its name in the document.</summary>
    public string Name => PricesByKind.NameOf(Kind);

    /// <summary>What applies where a tier leaves it open.</summary>
    public OpenTier Open => Kind switch
    {
        TokenKind.CacheWrite => OpenTier.Input,
        TokenKind.BatchInput or TokenKind.BatchOutput => OpenTier.Unknown,
        _ => OpenTier.Base,
    };

    public static IReadOnlyList<PriceField> All => [.. PricesByKind.Kinds.Select(Of)];

    public static PriceField Of(TokenKind kind) => kind switch
    {
        TokenKind.Input => new(kind, PricesTexts.Input, PricesTexts.InputNoun),
        TokenKind.Output => new(kind, PricesTexts.Output, PricesTexts.OutputNoun),
        TokenKind.CacheRead => new(kind, PricesTexts.CacheRead, PricesTexts.CacheReadNoun),
        TokenKind.CacheWrite => new(kind, PricesTexts.CacheWrite, PricesTexts.CacheWriteNoun),
        TokenKind.BatchInput => new(kind, PricesTexts.BatchInput, PricesTexts.BatchInputNoun),
        _ => new(kind, PricesTexts.BatchOutput, PricesTexts.BatchOutputNoun),
    };

    /// <summary>What a field of a feed's run is called on screen, such as <c>tiers[272000].inputUsdPerM</c>: "Input above 272,000 tokens".</summary>
    public static string LabelOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var tail = name[(name.LastIndexOf('.') + 1)..];
        var label = All.FirstOrDefault(field => field.Name == tail)?.Label ?? name;
        return name.StartsWith("tiers[", StringComparison.Ordinal) && name.IndexOf(']', StringComparison.Ordinal) is > 6 and var end && decimal.TryParse(
            name.AsSpan(6, end - 6), System.Globalization.CultureInfo.InvariantCulture, out var limit)
            ? PricesTexts.LabelAbove.With(label, Shared.Format.Number(limit))
            : label;
    }
}
