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
        var name = $"t_{Guid.NewGuid():N}";
        OnServer($"CREATE DATABASE {name} TEMPLATE {Template}");
        return _server!.ConnectionString(name) + ";Maximum Pool Size=20";
    }

    internal static void DropDatabase(string connectionString)
    {
        using (var connection = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(connection);
        OnServer($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
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
