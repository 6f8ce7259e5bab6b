using System.Data;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Planner.Data.Seed;

namespace Planner.Data.PostgreSql;

/// <summary>Brings a database of a server to the program's state, one node at a time. What is on a server is backed up there, not here.</summary>
internal static class ServerStartup
{
    /// <summary>Migrates and seeds.</summary>
    /// <exception cref="DatabaseRefusedException">The database is newer than the program, of another program, not reachable, or another node has been starting for too long.</exception>
    internal static Task PrepareAsync(PlannerDbContext context, DatabaseSettings database, SeedCatalog seed, CancellationToken cancellationToken) =>
        InTurnAsync(database, starting => PrepareAloneAsync(context, starting, database.Name, seed, cancellationToken), cancellationToken);

    /// <summary>Does what one node at a time does while it starts.</summary>
    /// <exception cref="DatabaseRefusedException">The database is not reachable, or another node has been starting for too long.</exception>
    internal static async Task InTurnAsync(DatabaseSettings database, Func<NpgsqlConnection, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            // A connection of its own: the lock is its session's, and outlives the transactions of the migrations.
            await using var starting = await database.OpenAloneAsync(null, cancellationToken);
            await ExecuteAsync(starting, $"SET lock_timeout = '{AdvisoryLocks.PatienceSeconds}s'; SELECT pg_advisory_lock({AdvisoryLocks.Starting})", cancellationToken);
            await act(starting);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new DatabaseRefusedException(Texts.DatabaseStarting.With(database.Name, AdvisoryLocks.PatienceSeconds), exception);
        }
        catch (NpgsqlException exception)
        {
            throw new DatabaseRefusedException(Texts.DatabaseUnreachable.With(database.Name, exception.Message.Split('\n', 2)[0]), exception);
        }
        // Of a first key that could not be stored the framework gives no reason; the exception inside does.
        catch (CryptographicException exception)
        {
            var reason = exception.InnerException as DatabaseBusyException ?? exception.GetBaseException();
            throw new DatabaseRefusedException(Texts.DatabaseUnreachable.With(database.Name, reason.Message.Split('\n', 2)[0]), exception);
        }
    }

    private static async Task PrepareAloneAsync(PlannerDbContext context, NpgsqlConnection starting, string name, SeedCatalog seed, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToList();
        var applied = await AppliedAsync(context, starting, name, cancellationToken);
        known.RefuseNewer(applied, name);
        var pending = known.Except(applied).ToList();
        if (pending.Count > 0)
            await context.Database.MigrateAsync(cancellationToken);
        await seed.ApplyAsync(context, cancellationToken);
    }

    private static async Task<List<string>> AppliedAsync(PlannerDbContext context, NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()";
        var tables = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                tables.Add(reader.GetString(0));
        }

        if (tables.Contains("__EFMigrationsHistory"))
            return [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        return tables.Count == 0 ? [] : throw new DatabaseRefusedException(Texts.DatabaseForeignServer.With(name));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // CA2100: made of constants.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = AdvisoryLocks.PatienceSeconds * 2;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
