using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;

namespace Planner.Web.Api;

/// <summary>An instance of the catalog.</summary>
/// <param name="Id">Its id in addresses: the key.</param>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Cloud">Who rents it out.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region or zone of the price.</param>
/// <param name="Gpu">Key of its GPUs.</param>
/// <param name="GpuCount">Number of GPUs.</param>
/// <param name="GpuMemoryGb">Memory of one GPU, GB.</param>
/// <param name="Vcpus">Virtual CPUs; null where unknown.</param>
/// <param name="MemoryGb">Main memory, GB; null where unknown.</param>
/// <param name="Prices">The prices that apply, USD an hour for the whole machine; null where there is no such offer or it is unknown.</param>
/// <param name="Provenance">Source and date of those prices.</param>
/// <param name="FeedPrices">The feed's prices; null where the user added the row.</param>
/// <param name="Warnings">Codes of the feed's warnings.</param>
/// <param name="Zones">Spot prices of the region's zones; null where there are none or one figure only.</param>
/// <param name="InterruptionShare">Share of spot machines reclaimed within a month, 0 to 1, the upper end of the source's band; null where unknown.</param>
/// <param name="OtherQuotes">What other sources say, where they disagree.</param>
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record InstanceItem(
    string Id, string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal GpuMemoryGb, int? Vcpus, decimal? MemoryGb,
    HourlyPrices Prices, Provenance Provenance, HourlyPrices? FeedPrices, IReadOnlyList<string> Warnings, SpotZones? Zones, decimal? InterruptionShare,
    IReadOnlyList<OtherHourlyQuote> OtherQuotes, RowState State)
{
    public static InstanceItem From(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = entry.Instance;
        return new InstanceItem(
            row.Key, row.Key, row.Cloud, row.Type, row.Region, row.Gpu, row.GpuCount, row.GpuMemoryGb, row.Vcpus, row.MemoryGb, row.Prices, row.Provenance,
            entry.FeedPrices, entry.Warnings, entry.Zones, entry.InterruptionShare, row.OtherQuotes, entry.State);
    }
}

/// <summary>Instances.</summary>
public static class CatalogInstancesApi
{
    private static readonly CatalogEndpoints<InstanceEntry, InstanceEdit, InstanceEdit, InstanceItem> Rows = new(
        new CatalogWords("instances", "Instance", "an instance", "prices", "the feed's", ApiTexts.InstanceUnknown), catalog => catalog.Instances,
        JsonDocuments.Read<InstanceEdit>, InstanceItem.From);

    public static RouteGroupBuilder MapCatalogInstances(this RouteGroupBuilder api)
    {
        var instances = Rows.Map(api);
        instances.MapGet("", ListAsync).WithName("listInstances").WithSummary("Instances: search, sort, filter, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        PricedEndpoints.Map<InstanceEntry, HourlyPrices>(
            instances, "Instance", Rows.Unknown, (catalog, key, token) => catalog.Instances.FindAsync(key, token), catalog => catalog.Instances.HistoryAsync, catalog => catalog.Instances.QuotesAsync);
        return api;
    }

    private static async Task<Results<Ok<Page<InstanceItem>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "cloud")] string[]? clouds, [FromQuery(Name = "gpu")] string[]? gpus,
        [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyUserPrices")] QueryValue<bool>? onlyUserPrices,
        [FromQuery(Name = "asOf")] string? asOf, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var asked = new InstanceQuery
        {
            Text = query.ReadSearch(),
            Clouds = clouds ?? [],
            Gpus = gpus ?? [],
            IncludeRetired = query.ReadFlag("includeRetired", includeRetired),
            OnlyUserPrices = query.ReadFlag("onlyUserPrices", onlyUserPrices),
            AsOf = query.ReadDay("asOf", asOf),
            SortBy = query.ReadSort(InstanceSort.Key),
            Descending = query.ReadDescending(),
            Skip = query.ReadSkip(),
            Take = query.ReadTake(),
        };
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var page = await catalog.Instances.PageAsync(asked, cancellationToken);
        return TypedResults.Ok(new Page<InstanceItem>([.. page.Items.Select(InstanceItem.From)], page.Total));
    }
}
