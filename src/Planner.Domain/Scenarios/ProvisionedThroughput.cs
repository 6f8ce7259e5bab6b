namespace Planner.Domain.Scenarios;

/// <summary>Throughput units that are paid by the hour all month, used or not: Azure's PTU, Bedrock's model units, Vertex's GSU.</summary>
public sealed record ProvisionedThroughput : DocumentNode
{
    /// <summary>Price of a unit, USD an hour, above 0 to 100,000.</summary>
    public decimal UsdPerUnitHour { get; init; }

    /// <summary>What a unit serves, tokens/s on <see cref="Basis"/> as the vendor counts tokens; 0.01 to 10⁸.</summary>
    public decimal TokensPerSecondPerUnit { get; init; }

    /// <summary>Which tokens are counted: <c>total</c> or <c>output</c>.</summary>
    public string Basis { get; init; } = ThroughputBases.Total;

    /// <summary>Units bought, 1 to 100,000; null for enough to carry the busiest hour.</summary>
    public int? Units { get; init; }

    /// <summary>True where tokens above the units' capacity of an hour go at token prices; the units must then be stated.</summary>
    public bool SpillToTokens { get; init; }
}
