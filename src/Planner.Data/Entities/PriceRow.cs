namespace Planner.Data.Entities;

/// <summary>A price sheet of the catalog. Feed-side prices are nano-dollars per million tokens; null is unknown.</summary>
public sealed class PriceRow : CatalogRow
{
    public required string Seller { get; set; }

    public required string Name { get; set; }

    /// <summary>What is sold: <c>chat</c>, <c>embedding</c>, <c>completion</c>, ….</summary>
    public required string Mode { get; set; }

    public int? ContextTokens { get; set; }

    public DateOnly? DeprecatedFrom { get; set; }

    public long? InputNanos { get; set; }

    public long? OutputNanos { get; set; }

    public long? CacheReadNanos { get; set; }

    public long? CacheWriteNanos { get; set; }

    public long? BatchInputNanos { get; set; }

    public long? BatchOutputNanos { get; set; }

    /// <summary>Tiers above a prompt length, as the scenario document writes them; null for none.</summary>
    public string? TiersJson { get; set; }

    /// <summary>Codes of the feed's warnings as a JSON array; null for none.</summary>
    public string? WarningsJson { get; set; }
}
