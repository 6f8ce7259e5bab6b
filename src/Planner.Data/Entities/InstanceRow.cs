namespace Planner.Data.Entities;

/// <summary>A rentable machine. Feed-side prices are nano-dollars an hour for the whole machine; null is unknown or not offered.</summary>
public sealed class InstanceRow : CatalogRow
{
    public required string Cloud { get; set; }

    public required string Type { get; set; }

    public required string Region { get; set; }

    public required string Gpu { get; set; }

    public int GpuCount { get; set; }

    public decimal GpuMemoryGb { get; set; }

    public int? Vcpus { get; set; }

    public decimal? MemoryGb { get; set; }

    public long? OnDemandNanos { get; set; }

    public long? SpotNanos { get; set; }

    public long? Reserved1YNanos { get; set; }

    public long? Reserved3YNanos { get; set; }

    /// <summary>Spot prices of the region's zones (<see cref="Feeds.SpotZones"/>); null where the source has none or one figure only.</summary>
    public string? ZonesJson { get; set; }

    /// <summary>Share of spot machines reclaimed within a month, 0 to 1, the upper end of the source's band; null where unknown.</summary>
    public decimal? InterruptionShare { get; set; }

    /// <summary>Codes of the feed's warnings as a JSON array; null for none.</summary>
    public string? WarningsJson { get; set; }
}
