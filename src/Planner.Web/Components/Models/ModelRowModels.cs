using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>Where a shipped fact comes from. Facts of a chip or of weights do not age as prices do, so there is no badge.</summary>
/// <param name="Name">The source.</param>
/// <param name="Url">Its address; null where there is none that a link may lead to.</param>
/// <param name="AsOf">Day on which it was read.</param>
public sealed record FactSource(string Name, string? Url, string AsOf)
{
    public static FactSource From(Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(provenance);
        return new(provenance.Source, SourceModel.LinkOf(provenance.Url), Format.Day(provenance.AsOf));
    }
}

/// <summary>A row of the model grid. Numbers stay numbers, so that the grid sorts them.</summary>
public sealed record ModelRowModel(
    string Key, string Name, string Kind, decimal ParametersB, decimal ActiveParametersB, int? Layers, int? HiddenSize, int? KvHeads, int? HeadDim,
    int ContextTokens, string License, string? HuggingFaceId, FactSource Source)
{
    public static ModelRowModel From(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var shape = model.Architecture;
        return new(
            model.Key, model.Name, model.Kind, model.ParametersB, model.ActiveParametersB, shape?.Layers, shape?.HiddenSize, shape?.KvHeads, shape?.HeadDim,
            model.ContextTokens, model.License, model.HuggingFaceId, FactSource.From(model.Provenance));
    }
}

/// <summary>A row of the GPU grid.</summary>
public sealed record GpuRowModel(
    string Key, string Name, string Vendor, decimal MemoryGb, decimal BandwidthGbPerSecond, decimal? Bf16Tflops, decimal? Fp8Tflops, decimal? PowerWatts,
    FactSource Source)
{
    public static GpuRowModel From(Gpu gpu)
    {
        ArgumentNullException.ThrowIfNull(gpu);
        return new(
            gpu.Key, gpu.Name, gpu.Vendor, gpu.MemoryGb, gpu.BandwidthGbPerSecond, gpu.Bf16Tflops, gpu.Fp8Tflops, gpu.PowerWatts,
            FactSource.From(gpu.Provenance));
    }
}
