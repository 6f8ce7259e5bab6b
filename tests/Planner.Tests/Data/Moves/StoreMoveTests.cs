using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Moves;
using Planner.Tests.Data.Usage.Databases;
using Xunit;

namespace Planner.Tests.Data.Moves;

/// <summary>What is moved is there, all of it, and as it was.</summary>
[Collection(nameof(PostgresTests))]
public sealed class StoreMoveTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-move-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Both_kinds_have_the_same_tables_but_for_the_keys()
    {
        var (file, onServer) = (Tables(DatabaseSettings.File("planner.db")), Tables(DatabaseSettings.Server("Host=db.example;Database=planner")));

        Assert.Equal([.. onServer.Where(table => table != "Keys: Id Int64*, Xml String").Order(StringComparer.Ordinal)], [.. file.Order(StringComparer.Ordinal)]);
        Assert.Equal(file.Count + 1, onServer.Count);
    }

    [Fact]
    public async Task Every_row_of_every_table_and_every_key_is_on_the_server_and_in_a_file_again()
    {
        var (first, database, second) = (Path.Combine(_folder, "first.db"), await MakeDatabaseAsync(), Path.Combine(_folder, "again", "second.db"));
        var tables = await EveryRow.MakeAsync(first);
        await ExecuteAsync(first, "PRAGMA journal_mode = DELETE");
        var before = await File.ReadAllBytesAsync(first, Cancel);
        var keys = Path.Combine(_folder, "keys");
        Directory.CreateDirectory(keys);
        await File.WriteAllTextAsync(Path.Combine(keys, "key-1.xml"), "<?xml version=\"1.0\"?>\n<key id=\"6f9619ff-8b86-d011-b42d-00c04fc964ff\">\n  <!-- a note -->\n  <value>a &amp; b</value>\n</key>", Cancel);
        await File.WriteAllTextAsync(Path.Combine(keys, "revocation-1.xml"), "<revocation version=\"1\"><key id=\"*\" /></revocation>", Cancel);

        var there = await StoreMove.RunAsync(DatabaseSettings.File(first), database, keys, Cancel);
        var back = await StoreMove.RunAsync(database, DatabaseSettings.File(second), Path.Combine(_folder, "again", "keys"), Cancel);

        Assert.Equal([.. ModelTables(), "Keys"], [.. there.Tables.Select(table => table.Table)]);
        Assert.True(there.IsSame && back.IsSame);
        Assert.All(there.Tables, table => Assert.Equal(table.Table == "Keys" ? 2 : 3, table.MovedRows));
        Assert.Equal(there.Tables, back.Tables);
        // Told by the databases themselves, not by the program that moved them.
        foreach (var table in tables)
            Assert.Equal(3L, await server.ScalarAsync<long>($"SELECT count(*) FROM \"{table.Name}\"", NameOf(database)));
        Assert.Equal(Dump(first, tables), Dump(second, tables));
        Assert.Equal(Read(first, "SELECT name || ' ' || seq FROM sqlite_sequence ORDER BY name"), Read(second, "SELECT name || ' ' || seq FROM sqlite_sequence ORDER BY name"));
        Assert.Equal(Keys(keys), Keys(Path.Combine(_folder, "again", "keys")));
        Assert.Equal(before, await File.ReadAllBytesAsync(first, Cancel));
        Assert.Equal(["keys", "second.db", "second.db.lock"], Directory.GetFileSystemEntries(Path.Combine(_folder, "again")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("key-6f9619ff-8b86-d011-b42d-00c04fc964ff.xml", Directory.GetFiles(Path.Combine(_folder, "again", "keys")).Select(Path.GetFileName));
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "again", "keys")).Append(second))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Numbers_go_on_after_those_that_were_given_also_where_their_rows_are_gone()
    {
        var (first, database, second) = (Path.Combine(_folder, "first.db"), await MakeDatabaseAsync(), Path.Combine(_folder, "second.db"));
        await MigrateAsync(first);
        await ExecuteAsync(first, "INSERT INTO PriceLists VALUES ('a', 'A', '{}', '2026-12-01'); INSERT INTO Workspaces (Id, Name, CreatedUtc) VALUES (41, 'Gone', '2026-12-01'); DELETE FROM Workspaces WHERE Id = 41");

        await StoreMove.RunAsync(DatabaseSettings.File(first), database, _folder, Cancel);
        Assert.Equal(42L, await server.ScalarAsync<long>("""INSERT INTO "Workspaces" ("Name", "CreatedUtc") VALUES ('Next', now()) RETURNING "Id" """, NameOf(database)));
        Assert.Equal(1L, await server.ScalarAsync<long>("""INSERT INTO "Audit" ("AtUtc", "Who", "Means", "Action", "Subject") VALUES (now(), '', '', '', '') RETURNING "Id" """, NameOf(database)));
        await server.ExecuteAsync("""DELETE FROM "Workspaces" WHERE "Id" = 42""", NameOf(database));
        await StoreMove.RunAsync(database, DatabaseSettings.File(second), Path.Combine(_folder, "keys"), Cancel);

        Assert.Equal(["43"], Read(second, "INSERT INTO Workspaces (Name, CreatedUtc) VALUES ('Next', '2026-12-01') RETURNING Id"));
    }

    [Fact]
    public async Task Times_are_kept_to_the_microsecond_and_negative_zero_is_zero()
    {
        var (first, database) = (Path.Combine(_folder, "first.db"), await MakeDatabaseAsync());
        await MigrateAsync(first);
        await ExecuteAsync(first, "INSERT INTO PriceLists VALUES ('a', 'A', '{}', '2026-12-01 10:00:00.1234569')");
        Assert.True((await StoreMove.RunAsync(DatabaseSettings.File(first), database, _folder, Cancel)).IsSame);
        Assert.Equal("2026-12-01 10:00:00.123456", await server.ScalarAsync<string>("""SELECT to_char("CreatedUtc" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM "PriceLists" """, NameOf(database)));

        await server.ExecuteAsync("""INSERT INTO "Scenarios" ("Id", "Name", "CurrentVersion", "CreatedUtc", "UpdatedUtc") VALUES ('s', 's', 1, now(), now())""", NameOf(database));
        await server.ExecuteAsync(
            """
            INSERT INTO "FleetTargets" ("Id", "ScenarioId", "OptionId", "Name", "Kind", "AddressesJson", "IntervalMinutes", "Version", "Replicas", "MeasuredToHour", "Instances") VALUES (7, 's', 'o', 'n', 'k', '[]', 1, 1, 1, 0, '-0')
            """, NameOf(database));
        Assert.True((await StoreMove.RunAsync(database, DatabaseSettings.File(Path.Combine(_folder, "second.db")), Path.Combine(_folder, "keys"), Cancel)).IsSame);
    }

    [Fact]
    public async Task Catalog_of_a_hundred_thousand_prices_is_moved()
    {
        var (first, database) = (Path.Combine(_folder, "first.db"), await MakeDatabaseAsync());
        await MigrateAsync(first);
        await ExecuteAsync(
            first,
            """
            INSERT INTO Prices (Key, Origin, Source, AsOf, Version, Seller, Name, Mode, InputNanos)
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000) SELECT 'acme:m' || n, 'seed', 'list', '2026-08-01', 1, 'acme', 'M ' || n, 'chat', n * 1000 FROM numbers
            """);

        var report = await StoreMove.RunAsync(DatabaseSettings.File(first), database, _folder, Cancel);

        Assert.True(report.IsSame);
        Assert.Equal(100_000, report.Tables.Single(table => table.Table == "Prices").MovedRows);
        // 1,000 × (1 + … + 100,000)
        Assert.Equal(5_000_050_000_000m, await server.ScalarAsync<decimal>("""SELECT sum("InputNanos") FROM "Prices" """, NameOf(database)));
    }

    private async Task<DatabaseSettings> MakeDatabaseAsync()
    {
        var name = $"move_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        return DatabaseSettings.Server(server.ConnectionString(name));
    }

    private static string NameOf(DatabaseSettings database) => database.Name.Split('/')[^1];

    private static async Task MigrateAsync(string path)
    {
        await using var context = PlannerDbContext.AtDesignTime(DatabaseSettings.File(path));
        await context.Database.MigrateAsync(Cancel);
        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
    }

    private static List<string> Tables(DatabaseSettings database)
    {
        using var context = PlannerDbContext.AtDesignTime(database);
        return [.. MovedTable.All(context).Select(table => $"{table.Name}: {string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type.Name}{(column.Name == table.Counter ? "*" : "")}"))}")];
    }

    private static string[] ModelTables()
    {
        using var context = PlannerDbContext.AtDesignTime(DatabaseSettings.File("planner.db"));
        return [.. context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task ExecuteAsync(string path, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(Cancel);
        await EveryRow.ExecuteAsync(connection, sql);
    }

    /// <summary>All rows as SQLite writes them, with the types that it has them in.</summary>
    private static string Dump(string path, IReadOnlyList<MovedTable> tables)
    {
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            var values = string.Join(" || '|' || ", table.Columns.Select(column => $"typeof(\"{column.Name}\") || quote(\"{column.Name}\")"));
            text.AppendLine(CultureInfo.InvariantCulture, $"{table.Name}: {string.Join('\n', Read(path, $"SELECT {values} FROM \"{table.Name}\" ORDER BY {table.KeyList}"))}");
        }

        return text.ToString();
    }

    private static List<string> Read(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }

    private static string[] Keys(string folder) => [.. Directory.GetFiles(folder).Select(file => XElement.Load(file).ToString()).Order(StringComparer.Ordinal)];
}
