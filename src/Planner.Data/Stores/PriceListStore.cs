using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>Own price lists: their names and what their columns mean. They are kept in memory, since every look at the feeds asks for them. Safe to share.</summary>
public sealed class PriceListStore(IDbContextFactory<PlannerDbContext> contexts)
{
    private volatile IReadOnlyList<FeedOptions>? _feeds;

    /// <summary>The lists as feeds, in the order in which they were added.</summary>
    public IReadOnlyList<FeedOptions> Feeds => _feeds ??= Load();

    internal async Task AddAsync(PriceListRow row, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        _feeds = null;
    }

    /// <returns>False where there is no such list.</returns>
    internal async Task<bool> EditAsync(string id, string name, PriceMapping mapping, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var json = Write(mapping);
        var found = await context.PriceLists.Where(row => row.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(list => list.Name, name).SetProperty(list => list.MappingJson, json), cancellationToken);
        _feeds = null;
        return found > 0;
    }

    /// <summary>Removes a list with what is known of it as a feed. Its runs and the prices that it brought stay in the history.</summary>
    internal async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await RemoveAsync(context, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Forget();
    }

    /// <inheritdoc cref="RemoveAsync(string, CancellationToken)"/>
    /// <remarks>Within the caller's transaction, after which it must <see cref="Forget"/>.</remarks>
    internal static async Task RemoveAsync(PlannerDbContext context, string id, CancellationToken cancellationToken)
    {
        await context.PriceQuotes.Where(row => row.FeedId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Quarantine.Where(row => row.FeedId == id).ExecuteDeleteAsync(cancellationToken);
        await context.FeedStates.Where(row => row.FeedId == id).ExecuteDeleteAsync(cancellationToken);
        await context.PriceLists.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Reads the lists again at the next look.</summary>
    internal void Forget() => _feeds = null;

    /// <summary>Ids that a new list cannot have: those of lists, and of runs and prices of lists that are gone.</summary>
    internal async Task<IReadOnlySet<string>> TakenIdsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await context.PriceLists.Select(row => row.Id).Union(context.FeedRuns.Select(run => run.FeedId)).ToListAsync(cancellationToken);
        return ids.ToHashSet(StringComparer.Ordinal);
    }

    internal static string Write(PriceMapping mapping) => JsonSerializer.Serialize(mapping, ScenarioJson.Options);

    private IReadOnlyList<FeedOptions> Load()
    {
        using var context = contexts.CreateDbContext();
        return [.. context.PriceLists.AsNoTracking().OrderBy(row => row.CreatedUtc).ThenBy(row => row.Id).AsEnumerable().Select(FeedOf)];
    }

    private static FeedOptions FeedOf(PriceListRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = "",
        Cron = "",
        Enabled = false,
        MaxBytes = PriceListFile.MaxBytes,
        Content = new OwnPriceContent(JsonSerializer.Deserialize<PriceMapping>(row.MappingJson, ScenarioJson.Options)!),
        Rank = PriceFeeds.OwnRank,
    };
}
