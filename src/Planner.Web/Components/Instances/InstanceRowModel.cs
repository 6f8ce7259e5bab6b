using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Instances;

/// <summary>A row of the instance grid. Prices are USD an hour for the whole machine, memory is GB.</summary>
public sealed record InstanceRowModel(
    string Key, string Type, string Cloud, string Region, string Gpu, string GpuCount, string GpuMemory, string TotalMemory, string OnDemand, string Spot,
    string Reserved1Y, string Reserved3Y, string GpuHour, SourceModel Source, IReadOnlyList<Flag> Flags, bool Retired)
{
    /// <param name="entry">The row.</param>
    /// <param name="asOf">The day whose prices it has; null for today.</param>
    public static InstanceRowModel From(InstanceEntry entry, DateOnly? asOf = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (instance, prices) = (entry.Instance, entry.Instance.Prices);
        return new(
            instance.Key, instance.Type, instance.Cloud, instance.Region, instance.Gpu, Format.Number(instance.GpuCount), Format.Number(instance.GpuMemoryGb),
            Format.Number(instance.GpuMemoryGb * instance.GpuCount), Format.Rate(prices.OnDemandUsd), Format.Rate(prices.SpotUsd),
            Format.Rate(prices.Reserved1YUsd), Format.Rate(prices.Reserved3YUsd), Format.Rate(UsdPerGpuHour(instance)),
            asOf is { } day ? SourceModel.ThatDay(instance.Provenance, entry.State, day) : SourceModel.From(instance.Provenance, entry.State), InstanceMarks.Of(entry), entry.State.Retired);
    }

    /// <summary>On-demand price of one GPU for an hour, USD; null where there is no on-demand price.</summary>
    public static decimal? UsdPerGpuHour(Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Prices.OnDemandUsd / instance.GpuCount;
    }
}
