using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>Compares a feed of machines with the instances.</summary>
/// <param name="feed">The feed.</param>
/// <param name="context">What it is compared with.</param>
/// <param name="memoryGbByGpu">Memory of one GPU in the catalog, GB, by its key.</param>
internal sealed class InstanceReconciler(FeedOptions feed, ReconcileContext<InstanceRow> context, IReadOnlyDictionary<string, decimal> memoryGbByGpu)
    : Reconciler<InstanceFeedRow, InstanceRow, HourlyPrices>(feed, context)
{
    protected override IReadOnlyList<FeedVerdict<HourlyPrices>> Judge(IReadOnlyList<InstanceFeedRow> rows, Func<InstanceFeedRow, bool> isAccepted) =>
        InstanceSanity.Judge(rows, memoryGbByGpu, isAccepted);

    protected override InstanceRow ToRow(InstanceFeedRow row, string key, InstanceRow? stored, HourlyPrices prices, string? warningsJson)
    {
        var published = new InstanceRow
        {
            Key = key,
            Origin = Feed.Id,
            Source = Feed.Id,
            Cloud = stored?.Cloud ?? row.Cloud,
            Type = stored?.Type ?? row.Type,
            Region = stored?.Region ?? row.Region,
            // What a feed calls its GPUs is ambiguous; what was shipped was looked up by hand.
            Gpu = stored?.Gpu ?? row.Gpu,
            GpuCount = row.GpuCount,
            GpuMemoryGb = memoryGbByGpu.TryGetValue(stored?.Gpu ?? row.Gpu, out var memory) ? memory : row.GpuMemoryGb ?? stored?.GpuMemoryGb ?? 0,
            Vcpus = row.Vcpus ?? stored?.Vcpus,
            MemoryGb = row.MemoryGb ?? stored?.MemoryGb,
            ZonesJson = row.Zones is null ? null : Write(row.Zones),
            InterruptionShare = row.InterruptionShare ?? stored?.InterruptionShare,
            WarningsJson = warningsJson,
        };
        published.SetFeedPrices(prices);
        return published;
    }

    protected override HourlyPrices PricesOf(InstanceRow row) => row.FeedPrices();

    protected override bool HasPrice(InstanceRow row) => row.OnDemandNanos is not null || row.SpotNanos is not null;

    protected override string? WarningsOf(InstanceRow row) => row.WarningsJson;

    protected override IReadOnlyList<PriceChange> ChangesOf(string key, HourlyPrices before, HourlyPrices after) => PriceChange.Between(key, before.Named(), after.Named());

    protected override Revision NewRevision(string key, string pricesJson) => new InstanceRevision { Key = key, PricesJson = pricesJson, Source = Feed.Id };

    protected override Quote NewQuote(string key, string pricesJson) => new InstanceQuote { FeedId = Feed.Id, Key = key, PricesJson = pricesJson };
}
