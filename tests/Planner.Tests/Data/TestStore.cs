using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Planner.Data;
using Planner.Tests.Data;
using Planner.Tests.Data.Usage.Databases;
using Xunit;

[assembly: AssemblyFixture(typeof(TestStore))]

namespace Planner.Tests.Data;

/// <summary>
/// The kind of database that <see cref="TestDatabase"/> is on: a SQLite file, or with <c>PLANNER_TEST_STORE=postgresql</c> a database of a server that is started once and for all tests of a run.
/// </summary>
public sealed partial class TestStore : IAsyncLifetime
{
    private const string Template = "planner_template";
    private const long MostBytes = 40_000_000;

    /// <summary>The state in which the migrations leave a database.</summary>
    private const string Empty = """
        SET session_replication_role = replica;
        DROP FUNCTION IF EXISTS fail() CASCADE;
        DO $$ DECLARE one record; BEGIN
          FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory' LOOP EXECUTE format('DELETE FROM %I', one.name); END LOOP;
          FOR one IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' LOOP PERFORM setval(format('%I', one.name), 1, false); END LOOP;
        END $$;
        INSERT INTO "Workspaces" ("Name", "CreatedUtc") VALUES ('Default', '2026-11-21Z');
        SET session_replication_role = origin;
        SELECT pg_database_size(current_database());
        """;

    private static readonly ConcurrentBag<string> Free = [];

    private static PostgresServer? _server;

    /// <summary>True where the tests are on PostgreSQL.</summary>
    public static bool IsServer { get; } = Environment.GetEnvironmentVariable("PLANNER_TEST_STORE") switch
    {
        null or "" or "sqlite" => false,
        "postgresql" => true,
        var other => throw new InvalidOperationException($"PLANNER_TEST_STORE is '{other}': it is sqlite or postgresql."),
    };

    /// <summary>Skips a test of what only a file has.</summary>
    internal static void IsAboutTheFile() => Assert.SkipWhen(IsServer, "This is about SQLite's file.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!IsServer)
            return;
        _server = new PostgresServer();
        await _server.InitializeAsync();
        OnServer($"CREATE DATABASE {Template}");
        // Not pooled: a template must have nobody connected to it.
        await using var context = PlannerDbContext.AtDesignTime(DatabaseSettings.Server(_server.ConnectionString(Template) + ";Pooling=false"));
        await context.Database.MigrateAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>Makes a database of the server, with all tables and nothing in them.</summary>
    internal static string CreateDatabase()
    {
        if (Free.TryTake(out var used))
            return used;
        var name = $"t_{Guid.NewGuid():N}";
        OnServer($"CREATE DATABASE {name} TEMPLATE {Template}");
        return _server!.ConnectionString(name) + ";Maximum Pool Size=20";
    }

    /// <summary>Empties a database for another test, which is much faster than to make one.</summary>
    internal static void GiveBack(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(Empty, connection);
        // One that a test has filled is slow to read even when it is empty.
        if ((long)command.ExecuteScalar()! < MostBytes)
            Free.Add(connectionString);
    }

    /// <summary>A statement with the model's names in quotes, without which PostgreSQL takes them for others.</summary>
    internal static string Quoted(PlannerDbContext context, string sql)
    {
        var names = context.Model.GetEntityTypes().SelectMany(type => type.GetProperties().Select(property => property.GetColumnName()).Append(type.GetTableName()!)).Append("__EFMigrationsHistory").Append("MigrationId")
            .ToHashSet(StringComparer.Ordinal);
        return Words().Replace(sql, word => names.Contains(word.Value) ? $"\"{word.Value}\"" : word.Value);
    }

    private static void OnServer(string sql)
    {
        using var connection = new NpgsqlConnection(_server!.ConnectionString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // Texts as one, so that no word within them is quoted.
    [GeneratedRegex("""'[^']*'|"[^"]*"|\w+""")]
    private static partial Regex Words();
}
