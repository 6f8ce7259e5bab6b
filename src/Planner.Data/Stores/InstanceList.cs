using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>The instances.</summary>
public sealed class InstanceList(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
    : PricedList<InstanceRow, InstanceEntry, InstanceEdit, HourlyPrices, InstanceRevision, InstanceQuote>(contexts, time)
{
    /// <summary>A page of instances.</summary>
    public async Task<Page<InstanceEntry>> PageAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await OpenAsync(cancellationToken);
        var rows = RowsOf(context, query);
        if (query.Clouds.Count > 0)
            rows = rows.Where(row => query.Clouds.Contains(row.Cloud));
        if (query.Gpus.Count > 0)
            rows = rows.Where(row => query.Gpus.Contains(row.Gpu));
        foreach (var pattern in LikePatterns.Of(query.Text))
        {
            rows = rows.Where(row =>
                LikePatterns.Matches(row.Key, pattern) || LikePatterns.Matches(row.Type, pattern)
                || LikePatterns.Matches(row.Gpu, pattern));
        }

        return await PageAsync(context, Sort(rows, query.SortBy, query.Descending), query, cancellationToken);
    }

    /// <summary>Clouds of current instances by name.</summary>
    public async Task<IReadOnlyList<Facet>> CloudsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await OpenAsync(cancellationToken);
        return await context.Instances.Where(row => row.RetiredUtc == null).GroupBy(row => row.Cloud).OrderBy(group => group.Key)
            .Select(group => new Facet(group.Key, group.Count())).ToListAsync(cancellationToken);
    }

    protected override InstanceEdit Trimmed(InstanceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return edit with
        {
            Key = Trimmed(edit.Key),
            Cloud = Trimmed(edit.Cloud),
            Type = Trimmed(edit.Type),
            Region = Trimmed(edit.Region),
            Gpu = Trimmed(edit.Gpu),
            Prices = edit.Prices ?? new HourlyPrices(null, null, null, null),
        };
    }

    protected override IReadOnlyList<Problem> Check(InstanceEdit edit) => CatalogRules.Check(edit);

    protected override IEnumerable<Problem> SourceFieldProblems(InstanceRow row, InstanceEdit edit)
    {
        var message = Texts.CatalogFeedField.With(row.Source);
        if (row.Cloud != edit.Cloud)
            yield return new Problem("cloud", message);
        if (row.Type != edit.Type)
            yield return new Problem("type", message);
        if (row.Region != edit.Region)
            yield return new Problem("region", message);
        if (row.Gpu != edit.Gpu)
            yield return new Problem("gpu", message);
        if (row.GpuCount != edit.GpuCount)
            yield return new Problem("gpuCount", message);
        if (row.GpuMemoryGb != edit.GpuMemoryGb)
            yield return new Problem("gpuMemoryGb", message);
        if (row.Vcpus != edit.Vcpus)
            yield return new Problem("vcpus", message);
        if (row.MemoryGb != edit.MemoryGb)
            yield return new Problem("memoryGb", message);
    }

    protected override InstanceRow NewRow(InstanceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return new()
        {
            Key = edit.Key,
            Origin = Origins.User,
            Source = Origins.User,
            Cloud = edit.Cloud,
            Type = edit.Type,
            Region = edit.Region,
            Gpu = edit.Gpu,
        };
    }

    protected override void Apply(InstanceRow row, InstanceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(edit);
        (row.Cloud, row.Type, row.Region) = (edit.Cloud, edit.Type, edit.Region);
        (row.Gpu, row.GpuCount, row.GpuMemoryGb) = (edit.Gpu, edit.GpuCount, edit.GpuMemoryGb);
        (row.Vcpus, row.MemoryGb) = (edit.Vcpus, edit.MemoryGb);
        SetOverride(row, JsonSerializer.Serialize(edit.Prices, ScenarioJson.Options), edit.Note);
    }

    protected override HourlyPrices PricesOf(InstanceRow row) => row.EffectivePrices();

    private protected override IEnumerable<NamedPrice> NamedPrices(InstanceRow row) => row.EffectivePrices().Named();

    private protected override IEnumerable<NamedValue> NamedValues(InstanceRow row) => NamedValue.Of(JsonSerializer.SerializeToNode(
        new { row.Cloud, row.Type, row.Region, row.Gpu, row.GpuCount, row.GpuMemoryGb, row.Vcpus, row.MemoryGb }, ScenarioJson.Options)!);

    protected override InstanceRevision NewRevision(string key, string pricesJson, string source) => new() { Key = key, PricesJson = pricesJson, Source = source };

    protected override InstanceEntry ToEntry(InstanceRow row, IReadOnlyList<InstanceQuote> quotes, PriceHistoryEntry<HourlyPrices>? thatDay)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(quotes);
        var instance = row.ToInstance(quotes);
        var entry = new InstanceEntry(
            thatDay is null ? instance : instance with { Prices = thatDay.Prices, Provenance = ProvenanceOf(thatDay), OtherQuotes = [] }, row.Origin == Origins.User ? null : row.FeedPrices(), StateOf(row, thatDay));
        return thatDay is not null ? entry : entry with
        {
            Warnings = ReadCodes(row.WarningsJson),
            Zones = row.ZonesJson is null ? null : JsonSerializer.Deserialize<SpotZones>(row.ZonesJson, ScenarioJson.Options),
            InterruptionShare = row.InterruptionShare,
        };
    }

    private static IQueryable<InstanceRow> Sort(IQueryable<InstanceRow> rows, InstanceSort column, bool descending) => column switch
    {
        InstanceSort.Cloud => Sort(rows, row => row.Cloud, descending),
        InstanceSort.Type => Sort(rows, row => row.Type, descending),
        InstanceSort.Region => Sort(rows, row => row.Region, descending),
        InstanceSort.Gpu => Sort(rows, row => row.Gpu, descending),
        InstanceSort.GpuCount => Sort(rows, row => row.GpuCount, descending),
        InstanceSort.GpuMemory => Sort(rows, row => row.GpuMemoryGb, descending),
        InstanceSort.Source => Sort(rows, row => row.OverrideJson == null ? row.Source : Origins.User, descending),
        InstanceSort.AsOf => Sort(rows, row => row.AsOf, descending),
        InstanceSort.OnDemand => Sort(rows, row => row.OverrideJson == null ? row.OnDemandNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.onDemandUsd"), descending),
        InstanceSort.Spot => Sort(rows, row => row.OverrideJson == null ? row.SpotNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.spotUsd"), descending),
        InstanceSort.Reserved1Y => Sort(rows, row => row.OverrideJson == null ? row.Reserved1YNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.reserved1YUsd"), descending),
        InstanceSort.Reserved3Y => Sort(rows, row => row.OverrideJson == null ? row.Reserved3YNanos / 1e9
            : SqlJson.Number(row.OverrideJson, "$.reserved3YUsd"), descending),
        _ => Sort(rows, row => row.Key, descending),
    };
}
