using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>One way to serve the workload.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ApiOption), OptionKinds.Api)]
[JsonDerivedType(typeof(SelfHostOption), OptionKinds.SelfHost)]
[JsonDerivedType(typeof(HybridOption), OptionKinds.Hybrid)]
public abstract record Option : DocumentNode
{
    /// <summary>Identifier within the scenario: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>The option's name, 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>The document's word for the kind of option.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}

/// <summary>The document's words for the kinds of options.</summary>
public static class OptionKinds
{
    /// <summary>A hosted API, paid per token.</summary>
    public const string Api = "api";

    /// <summary>A fleet of instances that one runs oneself.</summary>
    public const string SelfHost = "selfHost";

    /// <summary>A mix of other options.</summary>
    public const string Hybrid = "hybrid";
}

/// <summary>A hosted API, paid per token.</summary>
public sealed record ApiOption : Option
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => OptionKinds.Api;

    /// <summary>Key of a price sheet in the catalog; null where <see cref="Price"/> is given.</summary>
    public string? PriceKey { get; init; }

    /// <summary>The user's own price; wins over the catalog's. Null where the catalog's applies.</summary>
    public TokenPrices? Price { get; init; }

    /// <summary>Enterprise discount on the usage, 0 to 1; 0.1 is 10 %.</summary>
    public decimal DiscountShare { get; init; }

    /// <summary>Fixed charge a month besides usage (provisioned throughput, platform fee), USD.</summary>
    public decimal CommittedMonthlyUsd { get; init; }

    /// <summary>Tokens that this vendor's tokenizer makes of one token of the workload, 0.1 to 10.</summary>
    public decimal TokenFactor { get; init; } = 1m;

    /// <summary>Price of batch ÷ normal price that the user assumes where the sheet has no batch price, 0 to 1; null for no assumption.</summary>
    public decimal? AssumedBatchPriceShare { get; init; }

    /// <summary>What the vendor lets one account send; null where no limit is known.</summary>
    public RateLimits? Limits { get; init; }

    /// <summary>Its latency as measured; null where nobody measured it.</summary>
    public ApiLatency? Latency { get; init; }

    /// <summary>A promise to spend at least so much a month; null for none.</summary>
    public SpendCommitment? Commitment { get; init; }

    /// <summary>Cloud credits at the start, USD, 0 to 10¹²: they pay the first bills, so they lower cash and not the cost of a month.</summary>
    public decimal CreditsUsd { get; init; }

    /// <summary>Throughput bought by the hour; null where every token is paid for by itself.</summary>
    public ProvisionedThroughput? Provisioned { get; init; }

    /// <summary>Prices that the vendor has announced for later months, in any order; they need the scenario's start month.</summary>
    public IReadOnlyList<AnnouncedPrice> PriceChanges { get; init; } = [];

    /// <summary>The price changes that count: its own, or those that its price sheet announces where it has neither these nor a price of its own.</summary>
    /// <param name="sheet">Its price sheet; null for none.</param>
    internal IReadOnlyList<AnnouncedPrice> ChangesWith(Catalogs.PriceSheet? sheet) => Price is null && PriceChanges.Count == 0 ? sheet?.Announced ?? [] : PriceChanges;

    /// <summary>The same with the catalog's prices as its own, so that they can be set; as it is where it has its own, or the catalog has none.</summary>
    /// <param name="catalog">The catalog rows.</param>
    public ApiOption WithOwnPrice(Catalogs.CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Price is null && PriceKey is { } key && catalog.Prices.GetValueOrDefault(key) is { } sheet ? this with { Price = sheet.Prices } : this;
    }
}
