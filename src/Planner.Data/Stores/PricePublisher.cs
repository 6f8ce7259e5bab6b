using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Planner.Data.Entities;

namespace Planner.Data.Stores;

/// <summary>What a run of a feed publishes, all of it or nothing.</summary>
/// <param name="Run">The run as it ended. A run whose id is 0 is added, another one updated.</param>
/// <param name="State">The feed's state after it; its schedule is left as stored where there is one.</param>
/// <param name="Rows">Every sheet that the feed brings, feed-side columns only.</param>
/// <param name="RetiredKeys">Sheets of this feed that it no longer brings.</param>
/// <param name="Revisions">A revision for each sheet that is new or whose prices changed; the publisher sets the run's id.</param>
public sealed record PricePublication(
    FeedRunRow Run, FeedStateRow State, IReadOnlyList<PriceRow> Rows, IReadOnlyList<string> RetiredKeys, IReadOnlyList<PriceRevision> Revisions);

/// <summary>Writes a run of a price feed in one transaction, fast enough for thousands of rows. Safe to share.</summary>
public sealed class PricePublisher(IDbContextFactory<PlannerDbContext> contexts)
{
    private static readonly string[] FeedColumns =
    [
        "Origin", "Source", "SourceUrl", "SourceKey", "AsOf", "FetchedAtUtc", "Seller", "Name", "Mode", "ContextTokens", "DeprecatedFrom", "InputNanos",
        "OutputNanos", "CacheReadNanos", "CacheWriteNanos", "BatchInputNanos", "BatchOutputNanos", "TiersJson", "WarningsJson",
    ];

    // A refresh that only confirms a row does not get in the way of the user who is editing it.
    private static readonly string[] ColumnsThatOnlyConfirm = ["AsOf", "FetchedAtUtc"];

    private const string Retire =
        "UPDATE Prices SET RetiredUtc = @At, RetiredBy = @By, Version = Version + 1 WHERE Key = @Key AND Origin = @By AND RetiredUtc IS NULL";

    private static readonly string Upsert = UpsertSql();

    /// <summary>Publishes. The user's prices, notes and retirements stay; a sheet that this feed had retired and brings again is current again.</summary>
    public async Task PublishAsync(PricePublication publication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var run = publication.Run;
        context.Entry(run).State = run.Id == 0 ? EntityState.Added : EntityState.Modified;
        await context.SaveChangesAsync(cancellationToken);
        await StoreStateAsync(context, publication.State, run, cancellationToken);
        WriteRows(context.Database.GetDbConnection(), transaction.GetDbTransaction(), publication);
        WriteRevisions(context.Database.GetDbConnection(), transaction.GetDbTransaction(), publication.Revisions, run.Id);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task StoreStateAsync(PlannerDbContext context, FeedStateRow state, FeedRunRow run, CancellationToken cancellationToken)
    {
        state.LastGoodRunId = run.Id;
        var stored = await context.FeedStates.SingleOrDefaultAsync(row => row.FeedId == state.FeedId, cancellationToken);
        if (stored is null)
        {
            context.Add(state);
        }
        else
        {
            state.Cron = stored.Cron;
            context.Entry(stored).CurrentValues.SetValues(state);
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    private static void WriteRows(DbConnection connection, DbTransaction transaction, PricePublication publication)
    {
        using (var command = Command(connection, transaction, Upsert, ["Key", .. FeedColumns]))
        {
            foreach (var row in publication.Rows)
            {
                Set(command, [
                    row.Key, row.Origin, row.Source, row.SourceUrl, row.SourceKey, row.AsOf, row.FetchedAtUtc, row.Seller, row.Name, row.Mode,
                    row.ContextTokens, row.DeprecatedFrom, row.InputNanos, row.OutputNanos, row.CacheReadNanos,
                    row.CacheWriteNanos, row.BatchInputNanos, row.BatchOutputNanos, row.TiersJson, row.WarningsJson]);
                command.ExecuteNonQuery();
            }
        }

        using var retire = Command(connection, transaction, Retire, ["At", "By", "Key"]);
        foreach (var key in publication.RetiredKeys)
        {
            Set(retire, [publication.Run.StartedUtc, publication.Run.FeedId, key]);
            retire.ExecuteNonQuery();
        }
    }

    private static void WriteRevisions(DbConnection connection, DbTransaction transaction, IReadOnlyList<PriceRevision> revisions, long runId)
    {
        string[] columns = ["PriceKey", "EffectiveFrom", "PricesJson", "Source", "RecordedUtc", "FetchedAtUtc", "FeedRunId"];
        using var command = Command(
            connection, transaction, $"INSERT INTO PriceRevisions ({string.Join(", ", columns)}) VALUES (@{string.Join(", @", columns)})", columns);
        foreach (var revision in revisions)
        {
            Set(command, [
                revision.PriceKey, revision.EffectiveFrom, revision.PricesJson, revision.Source, revision.RecordedUtc, revision.FetchedAtUtc, runId]);
            command.ExecuteNonQuery();
        }
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql, IEnumerable<string> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        // CA2100: every text is put together of constants above.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Set(DbCommand command, ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
    }

    private static string UpsertSql()
    {
        var differs = string.Join(" OR ", FeedColumns.Except(ColumnsThatOnlyConfirm).Select(column => $"Prices.{column} IS NOT excluded.{column}"));
        var copies = string.Join(", ", FeedColumns.Select(column => $"{column} = excluded.{column}"));
        return $"""
            INSERT INTO Prices (Key, {string.Join(", ", FeedColumns)}, Version) VALUES (@Key, @{string.Join(", @", FeedColumns)}, 1)
            ON CONFLICT (Key) DO UPDATE SET
              Version = Version + (CASE WHEN Prices.RetiredBy IS excluded.Origin OR {differs} THEN 1 ELSE 0 END),
              RetiredUtc = CASE WHEN Prices.RetiredBy IS excluded.Origin THEN NULL ELSE Prices.RetiredUtc END,
              RetiredBy = CASE WHEN Prices.RetiredBy IS excluded.Origin THEN NULL ELSE Prices.RetiredBy END,
              {copies}
            """;
    }
}
