namespace Planner.Data.Entities;

/// <summary>A GPU or accelerator, as shipped.</summary>
public sealed class GpuRow
{
    public required string Key { get; set; }

    public required string Name { get; set; }

    public required string Vendor { get; set; }

    public decimal MemoryGb { get; set; }

    public decimal BandwidthGbPerSecond { get; set; }

    public decimal? Bf16Tflops { get; set; }

    public decimal? Fp8Tflops { get; set; }

    public decimal? PowerWatts { get; set; }

    public required string Source { get; set; }

    public string? SourceUrl { get; set; }

    public DateOnly AsOf { get; set; }
}
