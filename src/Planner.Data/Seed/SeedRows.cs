using Planner.Data.Entities;

namespace Planner.Data.Seed;

/// <summary>Rows of the read-only catalogs, made of the shipped ones.</summary>
internal static class SeedRows
{
    internal static ModelRow Model(SeedModel row, string url) => new()
    {
        Key = row.Key,
        Name = row.Name,
        HuggingFaceId = row.HuggingFaceId,
        Kind = row.Kind,
        ParametersB = row.ParametersB,
        ActiveParametersB = row.ActiveParametersB,
        Layers = row.Layers,
        HiddenSize = row.HiddenSize,
        KvHeads = row.KvHeads,
        HeadDim = row.HeadDim,
        ContextTokens = row.ContextTokens,
        License = row.License,
        Source = row.Source,
        SourceUrl = url,
        AsOf = row.AsOf,
    };

    internal static GpuRow Gpu(SeedGpu row, string url) => new()
    {
        Key = row.Key,
        Name = row.Name,
        Vendor = row.Vendor,
        MemoryGb = row.MemoryGb,
        BandwidthGbPerSecond = row.BandwidthGbPerSecond,
        Bf16Tflops = row.Bf16Tflops,
        Fp8Tflops = row.Fp8Tflops,
        PowerWatts = row.PowerWatts,
        Source = row.Source,
        SourceUrl = url,
        AsOf = row.AsOf,
    };
}
