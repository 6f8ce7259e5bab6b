using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>Own price lists: their names and what their columns mean. They are kept in memory, since every look at the feeds asks for them. Safe to share.</summary>
public sealed partial class PriceListStore(IDbContextFactory<PlannerDbContext> contexts, DatabaseSettings database, TimeProvider time, ILogger<PriceListStore> log)
{
    // Another node may have changed them.
    private static readonly TimeSpan LongestKeptOnServer = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private IReadOnlyList<FeedOptions>? _feeds;
    private long _loaded;

    /// <summary>The lists as feeds, in the order in which they were added. One whose mapping cannot be read is left out, and logged.</summary>
    public IReadOnlyList<FeedOptions> Feeds
    {
        get
        {
            // What was read before a change must not be kept after it.
            lock (_gate)
            {
                if (database.Provider == DatabaseProvider.PostgreSql && time.GetElapsedTime(_loaded) > LongestKeptOnServer)
                    _feeds = null;
                if (_feeds is not null)
                    return _feeds;
                _loaded = time.GetTimestamp();
                return _feeds = Load();
            }
        }
    }

    /// <summary>Forgets what is kept in memory, after a change was committed.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _feeds = null;
        }
    }

    internal async Task AddAsync(PriceListRow row, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(row);
        context.Note(time, AuditActions.PriceListAdded, SubjectOf(row.Id), row.Name);
        await context.SaveChangesAsync(cancellationToken);
        Forget();
    }

    /// <returns>False where there is no such list.</returns>
    internal async Task<bool> EditAsync(string id, string name, PriceMapping mapping, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var json = Write(mapping);
        var found = await context.PriceLists.Where(row => row.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(list => list.Name, name).SetProperty(list => list.MappingJson, json), cancellationToken);
        await context.CommitNotedAsync(transaction, time, found > 0, AuditActions.PriceListEdited, SubjectOf(id), name, cancellationToken);
        Forget();
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

    /// <summary>The run that published what applies of a list; null where none did.</summary>
    internal async Task<long?> LastGoodRunAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FeedStates.Where(state => state.FeedId == id).Select(state => state.LastGoodRunId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ids that a new list cannot have: those of lists, and of lists that are gone and published once, since their prices stay in the history.</summary>
    internal async Task<IReadOnlySet<string>> TakenIdsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await context.PriceLists.Select(row => row.Id).Union(context.FeedRuns.Where(run => run.Status == FeedRunStatuses.Published).Select(run => run.FeedId)).ToListAsync(cancellationToken);
        return ids.ToHashSet(StringComparer.Ordinal);
    }

    internal static string SubjectOf(string id) => $"price-lists/{id}";

    internal static string Write(PriceMapping mapping) => JsonSerializer.Serialize(mapping, ScenarioJson.Options);

    private IReadOnlyList<FeedOptions> Load()
    {
        using var context = contexts.CreateDbContext();
        return [.. context.PriceLists.AsNoTracking().OrderBy(row => row.CreatedUtc).ThenBy(row => row.Id).AsEnumerable().Select(TryFeedOf).OfType<FeedOptions>()];
    }

    private FeedOptions? TryFeedOf(PriceListRow row)
    {
        try
        {
            return FeedOf(row, JsonSerializer.Deserialize<PriceMapping>(row.MappingJson, ScenarioJson.Options) ?? throw new JsonException());
        }
        // What is stored may be of another program; the other feeds still work.
        catch (JsonException exception)
        {
            LogUnreadable(exception, row.Id);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mapping of the price list {List} cannot be read; the list is left out")]
    private partial void LogUnreadable(Exception exception, string list);

    private static FeedOptions FeedOf(PriceListRow row, PriceMapping mapping) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = "",
        Cron = "",
        Enabled = false,
        MaxBytes = PriceListFile.MaxBytes,
        Content = new OwnPriceContent(mapping),
        Rank = PriceFeeds.OwnRank,
    };
}
