using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>One machine's prices as a feed states them, before anybody judged them: a price may be 0, negative or absurd.</summary>
/// <param name="SourceKey">The row's key in the feed.</param>
/// <param name="Key">Key for the catalog, <c>cloud:type:region</c>; unique within the reading.</param>
/// <param name="Cloud">Who rents it out, in lower case.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region of the price; zones of a region are taken together.</param>
/// <param name="Gpu">Key of its GPUs in the catalog.</param>
/// <param name="GpuCount">Number of GPUs, at least 1.</param>
/// <param name="GpuMemoryGb">Memory of one GPU as the feed states it, GB; null where it states none or what it states means something else.</param>
/// <param name="Vcpus">Virtual CPUs; null where unknown.</param>
/// <param name="MemoryGb">Main memory, GB; null where unknown.</param>
/// <param name="Prices">USD an hour for the whole machine; null where the feed has none.</param>
public sealed record InstanceFeedRow(
    string SourceKey, string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal? GpuMemoryGb, int? Vcpus, decimal? MemoryGb, HourlyPrices Prices) : IFeedRow
{
    string IFeedRow.Owner => Cloud;

    /// <summary>Spot prices of the region's zones; null where the feed has none or one figure only.</summary>
    public SpotZones? Zones { get; init; }

    /// <summary>Share of spot machines reclaimed within a month, 0 to 1, as the band's upper end; null where unknown.</summary>
    public decimal? InterruptionShare { get; init; }
}

/// <summary>Spot prices of one machine in the zones of a region, USD an hour. The price of the row is their median.</summary>
/// <param name="Count">Zones with a price.</param>
/// <param name="LowestUsd">The lowest.</param>
/// <param name="HighestUsd">The highest.</param>
public sealed record SpotZones(int Count, decimal LowestUsd, decimal HighestUsd);
