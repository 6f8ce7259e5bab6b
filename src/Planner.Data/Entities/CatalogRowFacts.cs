using System.Text.Json;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Entities;

/// <summary>Rows of instances, models and GPUs as the domain reads them.</summary>
public static class CatalogRowFacts
{
    /// <summary>The feed-side prices of an instance.</summary>
    public static HourlyPrices FeedPrices(this InstanceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new HourlyPrices(
            Nanos.ToUsd(row.OnDemandNanos), Nanos.ToUsd(row.SpotNanos), Nanos.ToUsd(row.Reserved1YNanos), Nanos.ToUsd(row.Reserved3YNanos));
    }

    /// <summary>Writes the feed-side prices of an instance and leaves the user's alone.</summary>
    public static void SetFeedPrices(this InstanceRow row, HourlyPrices prices)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(prices);
        row.OnDemandNanos = Nanos.FromUsd(prices.OnDemandUsd);
        row.SpotNanos = Nanos.FromUsd(prices.SpotUsd);
        row.Reserved1YNanos = Nanos.FromUsd(prices.Reserved1YUsd);
        row.Reserved3YNanos = Nanos.FromUsd(prices.Reserved3YUsd);
    }

    /// <summary>The prices that apply: the user's where there are any, else the feed's.</summary>
    public static HourlyPrices EffectivePrices(this InstanceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.UserPricesJson is null ? row.FeedPrices() : JsonSerializer.Deserialize<HourlyPrices>(row.UserPricesJson, ScenarioJson.Options)!;
    }

    /// <summary>The instance as the engine reads it, with the prices that apply.</summary>
    public static Instance ToInstance(this InstanceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new Instance(
            row.Key, row.Cloud, row.Type, row.Region, row.Gpu, row.GpuCount, row.GpuMemoryGb, row.Vcpus, row.MemoryGb, row.EffectivePrices(),
            row.EffectiveProvenance());
    }

    /// <summary>The model as the engine reads it.</summary>
    public static LanguageModel ToModel(this ModelRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new LanguageModel(
            row.Key, row.Name, row.HuggingFaceId, row.Kind, row.ParametersB, row.ActiveParametersB, row.Layers, row.HiddenSize, row.KvHeads, row.HeadDim,
            row.ContextTokens, row.License, new Provenance(row.Source, row.SourceUrl, row.AsOf));
    }

    /// <summary>The GPU as the engine reads it.</summary>
    public static Gpu ToGpu(this GpuRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new Gpu(
            row.Key, row.Name, row.Vendor, row.MemoryGb, row.BandwidthGbPerSecond, row.Bf16Tflops, row.Fp8Tflops, row.PowerWatts,
            new Provenance(row.Source, row.SourceUrl, row.AsOf));
    }
}
