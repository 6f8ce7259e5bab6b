using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

public sealed partial class CatalogStore
{
    /// <summary>A page of instances.</summary>
    public async Task<Page<InstanceEntry>> InstancesAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Narrow(context.Instances.AsNoTracking(), query);
        if (query.Clouds.Count > 0)
            rows = rows.Where(row => query.Clouds.Contains(row.Cloud));
        if (query.Gpus.Count > 0)
            rows = rows.Where(row => query.Gpus.Contains(row.Gpu));
        foreach (var pattern in LikePatterns.Of(query.Text))
        {
            rows = rows.Where(row =>
                EF.Functions.Like(row.Key, pattern, LikePatterns.Escape) || EF.Functions.Like(row.Type, pattern, LikePatterns.Escape)
                || EF.Functions.Like(row.Gpu, pattern, LikePatterns.Escape));
        }

        var (page, total) = await PageAsync(Sort(rows, query.SortBy, query.Descending), query, cancellationToken);
        return new Page<InstanceEntry>([.. page.Select(ToEntry)], total);
    }

    /// <summary>An instance, retired or not; null where there is none.</summary>
    public async Task<InstanceEntry?> InstanceAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Instances.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken) is { } row ? ToEntry(row) : null;
    }

    /// <summary>Clouds of current instances by name.</summary>
    public async Task<IReadOnlyList<Facet>> CloudsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Instances.Where(row => row.RetiredUtc == null).GroupBy(row => row.Cloud).OrderBy(group => group.Key)
            .Select(group => new Facet(group.Key, group.Count())).ToListAsync(cancellationToken);
    }

    /// <summary>Adds an instance of the user's own.</summary>
    public Task<SaveOutcome> AddInstanceAsync(InstanceEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        edit = Trimmed(edit);
        var row = new InstanceRow
        {
            Key = edit.Key,
            Origin = Origins.User,
            Source = Origins.User,
            AsOf = Today,
            Cloud = edit.Cloud,
            Type = edit.Type,
            Region = edit.Region,
            Gpu = edit.Gpu,
        };
        SetFacts(row, edit);
        SetUserPrices(row, JsonSerializer.Serialize(edit.Prices, ScenarioJson.Options), edit.Note);
        return AddAsync(row, CatalogRules.Check(edit), addMore: null, cancellationToken);
    }

    /// <summary>Sets the user's prices and note, which then win over the feed's as a whole.</summary>
    /// <remarks>Of a row that the user added, the other fields change too; of another row they must be as stored.</remarks>
    public Task<SaveOutcome> EditInstanceAsync(InstanceEdit edit, int expectedVersion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        edit = Trimmed(edit);
        var problems = CatalogRules.Check(edit);
        return EditAsync<InstanceRow>(edit.Key, expectedVersion, (_, row) =>
        {
            IReadOnlyList<Problem> all = row.Origin == Origins.User ? problems : [.. problems, .. FeedFieldProblems(row, edit)];
            if (all.Count > 0)
                return all;
            SetFacts(row, edit);
            if (row.Origin == Origins.User)
                row.AsOf = Today;
            SetUserPrices(row, JsonSerializer.Serialize(edit.Prices, ScenarioJson.Options), edit.Note);
            return [];
        }, cancellationToken);
    }

    /// <summary>Drops the user's prices: the feed's apply again.</summary>
    public Task<SaveOutcome> ClearInstanceOverrideAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        EditAsync<InstanceRow>(key, expectedVersion, (_, row) => ClearUserPrices(row), cancellationToken);

    /// <summary>Takes an instance out of the pickers. Scenarios that name it keep its last price.</summary>
    public Task<SaveOutcome> RetireInstanceAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        RetireAsync<InstanceRow>(key, expectedVersion, retired: true, cancellationToken);

    /// <summary>Undoes a retirement.</summary>
    public Task<SaveOutcome> RestoreInstanceAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        RetireAsync<InstanceRow>(key, expectedVersion, retired: false, cancellationToken);

    private static void SetFacts(InstanceRow row, InstanceEdit edit)
    {
        (row.Cloud, row.Type, row.Region) = (edit.Cloud, edit.Type, edit.Region);
        (row.Gpu, row.GpuCount, row.GpuMemoryGb) = (edit.Gpu, edit.GpuCount, edit.GpuMemoryGb);
        (row.Vcpus, row.MemoryGb) = (edit.Vcpus, edit.MemoryGb);
    }

    private static IEnumerable<Problem> FeedFieldProblems(InstanceRow row, InstanceEdit edit)
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

    private static InstanceEdit Trimmed(InstanceEdit edit) => edit with
    {
        Key = Trimmed(edit.Key),
        Cloud = Trimmed(edit.Cloud),
        Type = Trimmed(edit.Type),
        Region = Trimmed(edit.Region),
        Gpu = Trimmed(edit.Gpu),
        Prices = edit.Prices ?? new HourlyPrices(null, null, null, null),
    };

    private InstanceEntry ToEntry(InstanceRow row) => new(row.ToInstance(), row.Origin == Origins.User ? null : row.FeedPrices(), StateOf(row));

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
