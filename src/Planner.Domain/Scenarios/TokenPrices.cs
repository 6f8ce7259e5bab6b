using System.Globalization;
using System.Text.Json.Serialization;
using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>Kinds of tokens that are priced apart, in the order in which their prices are listed.</summary>
public enum TokenKind
{
    /// <summary>Prompt tokens.</summary>
    Input,

    /// <summary>Generated tokens.</summary>
    Output,

    /// <summary>Prompt tokens read from the cache.</summary>
    CacheRead,

    /// <summary>Prompt tokens written to the cache.</summary>
    CacheWrite,

    /// <summary>Prompt tokens of batch requests.</summary>
    BatchInput,

    /// <summary>Generated tokens of batch requests.</summary>
    BatchOutput,
}

/// <summary>A price for each kind of tokens: what a sheet and each of its tiers name.</summary>
public abstract record PricesByKind : DocumentNode
{
    /// <summary>The kinds, in the order in which their prices are listed.</summary>
    public static IReadOnlyList<TokenKind> Kinds { get; } = Enum.GetValues<TokenKind>();

    /// <summary>Prompt tokens, USD per million.</summary>
    public decimal? InputUsdPerM { get; init; }

    /// <summary>Generated tokens, USD per million.</summary>
    public decimal? OutputUsdPerM { get; init; }

    /// <summary>Prompt tokens read from the cache, USD per million.</summary>
    public decimal? CacheReadUsdPerM { get; init; }

    /// <summary>Prompt tokens written to the cache, USD per million; the input price applies where null.</summary>
    public decimal? CacheWriteUsdPerM { get; init; }

    /// <summary>Prompt tokens of batch requests, USD per million.</summary>
    public decimal? BatchInputUsdPerM { get; init; }

    /// <summary>Generated tokens of batch requests, USD per million.</summary>
    public decimal? BatchOutputUsdPerM { get; init; }

    /// <summary>True where no price is known; a sheet's tiers do not count.</summary>
    [JsonIgnore]
    public bool IsEmpty => Kinds.All(kind => Of(kind) is null);

    /// <summary>The price of a kind of tokens.</summary>
    public decimal? Of(TokenKind kind) => kind switch
    {
        TokenKind.Input => InputUsdPerM,
        TokenKind.Output => OutputUsdPerM,
        TokenKind.CacheRead => CacheReadUsdPerM,
        TokenKind.CacheWrite => CacheWriteUsdPerM,
        TokenKind.BatchInput => BatchInputUsdPerM,
        _ => BatchOutputUsdPerM,
    };

    /// <summary>What the document calls the price of a kind of tokens.</summary>
    public static string NameOf(TokenKind kind) => kind switch
    {
        TokenKind.Input => "inputUsdPerM",
        TokenKind.Output => "outputUsdPerM",
        TokenKind.CacheRead => "cacheReadUsdPerM",
        TokenKind.CacheWrite => "cacheWriteUsdPerM",
        TokenKind.BatchInput => "batchInputUsdPerM",
        _ => "batchOutputUsdPerM",
    };

    /// <summary>True for tokens that the model generates.</summary>
    public static bool IsOutput(TokenKind kind) => kind is TokenKind.Output or TokenKind.BatchOutput;
}

/// <summary>Prices per million tokens. A price that is null is unknown, never free.</summary>
public sealed record TokenPrices : PricesByKind
{
    /// <summary>Prices that reprice a whole request once its prompt is longer than a limit, by rising limit.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<PriceTier> Tiers { get; init; } = [];

    /// <summary>Every price by its name, its tiers' included.</summary>
    public IEnumerable<NamedPrice> Named() =>
    [
        .. Kinds.Select(kind => new NamedPrice(NameOf(kind), Of(kind), IsOutput(kind))),
        .. Tiers.SelectMany(tier => Kinds.Select(kind => new NamedPrice(
            string.Create(CultureInfo.InvariantCulture, $"tiers[{tier.AboveTokens:0.############################}].{NameOf(kind)}"), tier.Of(kind), IsOutput(kind)))),
    ];
}

/// <summary>Prices of requests whose prompt is longer than <see cref="AboveTokens"/>. A price that is null stays that of the base; batch and cache write prices do so only where the tier leaves the price they depend on.</summary>
public sealed record PriceTier : PricesByKind
{
    /// <summary>Prompt length above which this tier reprices the whole request, tokens.</summary>
    [JsonPropertyOrder(-1)]
    public decimal AboveTokens { get; init; }
}

/// <summary>Prices of all kinds at once.</summary>
public static class PricesByKindExtensions
{
    /// <summary>The same with one price as given.</summary>
    public static T With<T>(this T prices, TokenKind kind, decimal? usd)
        where T : PricesByKind
    {
        ArgumentNullException.ThrowIfNull(prices);
        return prices.Each((other, was) => other == kind ? usd : was);
    }

    /// <summary>The same with each price as worked out from what it is; the tiers of a sheet stay as they are.</summary>
    public static T Each<T>(this T prices, Func<TokenKind, decimal?, decimal?> price)
        where T : PricesByKind
    {
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(price);
        return (T)(prices with
        {
            InputUsdPerM = price(TokenKind.Input, prices.InputUsdPerM),
            OutputUsdPerM = price(TokenKind.Output, prices.OutputUsdPerM),
            CacheReadUsdPerM = price(TokenKind.CacheRead, prices.CacheReadUsdPerM),
            CacheWriteUsdPerM = price(TokenKind.CacheWrite, prices.CacheWriteUsdPerM),
            BatchInputUsdPerM = price(TokenKind.BatchInput, prices.BatchInputUsdPerM),
            BatchOutputUsdPerM = price(TokenKind.BatchOutput, prices.BatchOutputUsdPerM),
        });
    }

    /// <summary>The same with each price of a sheet and of its tiers as worked out from what it is.</summary>
    public static TokenPrices EachWithTiers(this TokenPrices prices, Func<TokenKind, decimal?, decimal?> price)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return prices.Each(price) with { Tiers = [.. prices.Tiers.Select(tier => tier.Each(price))] };
    }
}
