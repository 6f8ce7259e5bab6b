using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Planner.Data;
using Planner.Data.Moves;
using Planner.Data.Sqlite;
using Planner.Tests.Data.Usage.Databases;
using Planner.Web.Commands;
using Xunit;

namespace Planner.Tests.Data.Moves;

/// <summary>What a move refuses, and that the target is then as it was.</summary>
[Collection(nameof(PostgresTests))]
public sealed class MoveRefusalTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-move-").FullName;
    private readonly string _name = $"move_{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Source => Path.Combine(_folder, "planner.db");

    private DatabaseSettings Server => DatabaseSettings.Server(server.ConnectionString(_name));

    public async ValueTask InitializeAsync()
    {
        await server.ExecuteAsync($"CREATE DATABASE {_name}");
        await using var context = PlannerDbContext.AtDesignTime(DatabaseSettings.File(Source));
        await context.Database.MigrateAsync();
        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Source_that_is_not_there_in_use_of_another_version_or_another_program_is_refused()
    {
        using (DatabaseFile.TryTake(Source))
            Assert.Contains("is using the database", await RefusedToServerAsync(), StringComparison.Ordinal);
        using (DatabaseFile.TryTakeTurn(Source))
            Assert.Contains("is using the database", await RefusedToServerAsync(), StringComparison.Ordinal);
        await ExecuteAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)");
        Assert.Contains("older version of Planner", await RefusedToServerAsync(), StringComparison.Ordinal);
        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')");
        Assert.Contains("29990101000000_Future", await RefusedToServerAsync(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Source, "not a database, and longer than the head that one has, which is of a hundred bytes and so tells what it is", Cancel);
        Assert.Contains("cannot be read as a database", await RefusedToServerAsync(), StringComparison.Ordinal);
        File.Delete(Source);
        Assert.Equal($"There is no file {Source}.", await RefusedToServerAsync());
        Assert.Contains("of one kind", await RefusedAsync(DatabaseSettings.File(Source), DatabaseSettings.File(Source + "2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_source_is_refused_in_one_line()
    {
        await ExecuteAsync("INSERT INTO PriceLists VALUES ('mine', 'Mine', '{}', '2026-12-01'); PRAGMA wal_checkpoint(TRUNCATE)");
        var page = await ScalarAsync("SELECT rootpage FROM sqlite_master WHERE name = 'PriceLists'");
        await using (var file = new FileStream(Source, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = (page - 1) * await ScalarAsync("PRAGMA page_size");
            file.Write(Enumerable.Repeat((byte)0xAA, 512).ToArray());
        }

        var message = await RefusedToServerAsync();
        Assert.StartsWith($"The database {Source} is damaged: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_writes_to_a_source_while_it_is_moved()
    {
        await using (await FileEnd.OpenSourceAsync(DatabaseSettings.File(Source), _folder, Cancel))
            Assert.Null(DatabaseFile.TryTakeTurn(Source));
        using var turn = DatabaseFile.TryTakeTurn(Source);
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task Text_that_a_server_cannot_keep_is_named_before_anything_is_written()
    {
        await ExecuteAsync("INSERT INTO PriceLists VALUES ('mine', 'A' || char(0) || 'B', '{}', '2026-12-01')");

        Assert.Equal($"Nothing was moved: PriceLists.Name of the row Id mine has the character of code 0 (U+0000), which {Server.Name} cannot keep. Change it there, then move.", await RefusedToServerAsync());
    }

    // SQLite keeps anything anywhere.
    [Theory]
    [InlineData("INSERT INTO PriceLists VALUES ('mine', CAST(x'41FF42' AS TEXT), '{}', '2026-12-01')", "PriceLists.Name", "Id mine", "String")]
    [InlineData("INSERT INTO PriceLists VALUES ('mine', x'4142', '{}', '2026-12-01')", "PriceLists.Name", "Id mine", "String")]
    [InlineData("INSERT INTO PriceLists VALUES ('mine', 'Mine', '{}', 'soon')", "PriceLists.CreatedUtc", "Id mine", "DateTime")]
    [InlineData("INSERT INTO PriceLists VALUES ('mine', 'Mine', '{}', 2461000.5)", "PriceLists.CreatedUtc", "Id mine", "DateTime")]
    [InlineData("INSERT INTO Scenarios (Id, Name, CurrentVersion, CreatedUtc, UpdatedUtc) VALUES ('s', 's', 1.5, '2026-12-01', '2026-12-01')", "Scenarios.CurrentVersion", "Id s", "Int32")]
    [InlineData("INSERT INTO Scenarios (Id, Name, CurrentVersion, CreatedUtc, UpdatedUtc) VALUES ('s', 's', 9999999999, '2026-12-01', '2026-12-01')", "Scenarios.CurrentVersion", "Id s", "Int32")]
    [InlineData("INSERT INTO Scenarios (Id, Name, CurrentVersion, CreatedUtc, UpdatedUtc) VALUES ('s', 's', 1, '2026-12-01', '2026-12-01'); INSERT INTO ShareLinks (Id, ScenarioId, TokenHash, CreatedUtc, ViewCount, AllowsWhatIf) VALUES (7, 's', 'h', '2026-12-01', 0, 2)", "ShareLinks.AllowsWhatIf", "Id 7", "Boolean")]
    public async Task Value_that_is_not_of_its_column_is_named_before_anything_is_written(string sql, string column, string row, string type)
    {
        await ExecuteAsync(sql);

        Assert.Equal($"Nothing was moved: {column} of the row {row} cannot be read as a value of its column ({type}). Change it there, then move.", await RefusedToServerAsync());
    }

    [Fact]
    public async Task Target_that_is_not_empty_is_refused_and_left_alone()
    {
        await server.ExecuteAsync("CREATE TABLE songs (title text)", _name);
        Assert.Contains("is not empty", await RefusedAsync(DatabaseSettings.File(Source), Server), StringComparison.Ordinal);
        Assert.Equal("songs", await server.ScalarAsync<string>("SELECT string_agg(table_name, ',') FROM information_schema.tables WHERE table_schema = 'public'", _name));
        await server.ExecuteAsync("DROP TABLE songs", _name);

        await StoreMove.RunAsync(DatabaseSettings.File(Source), Server, _folder, Cancel);
        Assert.Contains("is not empty", await RefusedAsync(DatabaseSettings.File(Source), Server), StringComparison.Ordinal);
        var before = await File.ReadAllBytesAsync(Source, Cancel);
        Assert.Contains("is there already", await RefusedAsync(Server, DatabaseSettings.File(Source)), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Source, Cancel));
        await File.WriteAllTextAsync(Path.Combine(_folder, "key-1.xml"), "<key />", Cancel);
        Assert.Contains("holds keys already", await RefusedAsync(Server, DatabaseSettings.File(Path.Combine(_folder, "new.db"))), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "new.db")));
    }

    // SQLite would write it over what was moved.
    [Theory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public async Task Place_with_what_another_database_left_is_refused(string beside)
    {
        await StoreMove.RunAsync(DatabaseSettings.File(Source), Server, _folder, Cancel);
        var target = Path.Combine(_folder, "new.db");
        await File.WriteAllTextAsync(target + beside, "left", Cancel);

        Assert.StartsWith($"The file {target}{beside} is left of another database", await RefusedAsync(Server, DatabaseSettings.File(target)), StringComparison.Ordinal);
        Assert.Equal([target + beside], Left("new.db"));
    }

    [Fact]
    public async Task Server_that_a_node_is_connected_to_or_of_another_program_or_version_is_refused()
    {
        var target = DatabaseSettings.File(Path.Combine(_folder, "new.db"));
        Assert.Contains("is not Planner's", await RefusedAsync(Server, target), StringComparison.Ordinal);
        await StoreMove.RunAsync(DatabaseSettings.File(Source), Server, _folder, Cancel);
        await using (var node = new NpgsqlConnection(server.ConnectionString(_name) + ";Pooling=false;Application Name=node-seven"))
        {
            await node.OpenAsync(Cancel);
            Assert.Contains("is in use (node-seven)", await RefusedAsync(Server, target), StringComparison.Ordinal);
        }

        await server.ExecuteAsync("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")""", _name);
        Assert.Contains("older version of Planner", await RefusedAsync(Server, target), StringComparison.Ordinal);
        Assert.Empty(Left("new.db"));
    }

    [Fact]
    public async Task Number_that_a_file_cannot_keep_is_named_and_leaves_no_file()
    {
        await StoreMove.RunAsync(DatabaseSettings.File(Source), Server, _folder, Cancel);
        await server.ExecuteAsync(
            """
            INSERT INTO "Scenarios" ("Id", "Name", "CurrentVersion", "CreatedUtc", "UpdatedUtc") VALUES ('s', 's', 1, now(), now());
            INSERT INTO "FleetTargets" ("Id", "ScenarioId", "OptionId", "Name", "Kind", "AddressesJson", "IntervalMinutes", "Version", "Replicas", "MeasuredToHour") VALUES (7, 's', 'o', 'n', 'k', '[]', 1, 1, 1, 0);
            INSERT INTO "FleetHours" ("TargetId", "Hour", "Seconds", "ReplicaSeconds", "Requests") VALUES (7, 8, 1, 1, 'NaN')
            """, _name);

        Assert.StartsWith(
            "Nothing was moved: FleetHours.Requests of the row Hour 8, TargetId 7 is not a number (NaN)", await RefusedAsync(Server, DatabaseSettings.File(Path.Combine(_folder, "new.db"))), StringComparison.Ordinal);
        Assert.Empty(Left("new.db"));
    }

    [Fact]
    public async Task Server_that_stores_something_else_is_found_out_told_and_left_empty()
    {
        await ExecuteAsync("INSERT INTO PriceLists VALUES ('mine', 'Mine', '{}', '2026-12-01')");
        await server.ExecuteAsync(
            """
            CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW."Name" := 'Other'; RETURN NEW; END $$;
            CREATE FUNCTION spoil() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
              IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public."PriceLists"') THEN CREATE TRIGGER spoilt BEFORE INSERT ON "PriceLists" FOR EACH ROW EXECUTE FUNCTION other(); END IF;
            END $$;
            CREATE EVENT TRIGGER spoiling ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION spoil()
            """, _name);
        var (output, errors) = (new StringWriter(), new StringWriter());

        var code = await CommandLine.RunAsync(["migrate-store", "--from", Source, "--to", server.ConnectionString(_name), "--keys", _folder], output, errors, Cancel);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Matches(@"PriceLists +no +[0-9a-f]{12} +1 +1", output.ToString());
        Assert.Matches(@"Workspaces +yes +[0-9a-f]{12} +1 +1", output.ToString());
        Assert.Equal($"planner: What was written is not what was read, so {Server.Name} was left as it was.", errors.ToString().Trim());
        await IsEmptyAsync();
    }

    /// <summary>What is there of a file that was to be made, but for the lock.</summary>
    private IEnumerable<string> Left(string name) => Directory.GetFiles(_folder, $"{name}*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal));

    private async Task<string> RefusedToServerAsync()
    {
        var message = await RefusedAsync(DatabaseSettings.File(Source), Server);
        await IsEmptyAsync();
        return message;
    }

    private async Task<string> RefusedAsync(DatabaseSettings from, DatabaseSettings to) =>
        (await Assert.ThrowsAsync<DatabaseRefusedException>(() => StoreMove.RunAsync(from, to, _folder, Cancel))).Message;

    [Fact]
    public async Task People_whose_keys_are_not_there_are_told_of()
    {
        await ExecuteAsync("INSERT INTO Users (Name, NormalizedName, IsProxied, SecurityStamp, FailedTries, AsksForCode, RecoveryCodes, Version, CreatedUtc) VALUES ('ada', 'ADA', 0, 's', 0, 0, '', 1, '2026-12-01')");
        var (output, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(ExitCodes.Done, await CommandLine.RunAsync(["migrate-store", "--from", Source, "--to", server.ConnectionString(_name), "--json", "--keys", Path.Combine(_folder, "none")], output, errors, Cancel));

        Assert.StartsWith($"planner: There were no keys in {Path.Combine(_folder, "none")}, so everybody signs in again", errors.ToString(), StringComparison.Ordinal);
        var answer = JsonNode.Parse(output.ToString())!;
        Assert.True((bool)answer["isSame"]!);
        var users = answer["tables"]!.AsArray().Single(table => (string)table!["table"]! == "Users")!;
        Assert.Equal((1, (string)users["digest"]!), ((int)users["movedRows"]!, (string)users["movedDigest"]!));
    }

    [Fact]
    public async Task Move_that_is_ended_early_says_so_in_one_line()
    {
        var (output, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(ExitCodes.Failed, await CommandLine.RunAsync(["migrate-store", "--from", Source, "--to", server.ConnectionString(_name)], output, errors, new CancellationToken(canceled: true)));

        Assert.Equal($"planner: The move was ended early, so {Server.Name} was left as it was.", errors.ToString().Trim());
        await IsEmptyAsync();
    }

    // A killed move, too, leaves no key that would have the next one refused.
    [Fact]
    public async Task Keys_get_their_names_with_the_file_only()
    {
        var (target, keys) = (DatabaseSettings.File(Path.Combine(_folder, "new.db")), Path.Combine(_folder, "keys"));
        await using (var end = FileEnd.OpenTarget(target, keys))
        {
            await end.MakeTablesAsync([], Cancel);
            await end.AddKeysAsync(["<key id=\"6f9619ff-8b86-d011-b42d-00c04fc964ff\" />"], Cancel);
            Assert.Equal(["<key id=\"6f9619ff-8b86-d011-b42d-00c04fc964ff\" />"], await end.KeysAsync(Cancel));
            Assert.Empty(Directory.GetFiles(keys, "*.xml"));
        }

        Assert.Empty(Directory.GetFiles(keys));
        Assert.Empty(Left("new.db"));
        await using (var end = FileEnd.OpenTarget(target, keys))
        {
            await end.MakeTablesAsync([], Cancel);
            await end.AddKeysAsync(["<key id=\"6f9619ff-8b86-d011-b42d-00c04fc964ff\" />"], Cancel);
            await end.CommitAsync(Cancel);
        }

        Assert.Equal(["key-6f9619ff-8b86-d011-b42d-00c04fc964ff.xml"], Directory.GetFiles(keys).Select(Path.GetFileName));
        Assert.Equal([target.Name], Left("new.db"));
    }

    [Theory]
    [InlineData("--from", "Password=a-secret;Username=planner;Database=planner")]
    [InlineData("--to", "/planner;PWD = a-secret")]
    [InlineData("--to", "User Id=planner;Password=a-secret")]
    [InlineData("--to", "postgresql://planner:a-secret@db.example/planner")]
    public async Task Connection_string_that_names_no_host_is_refused_without_its_password(string option, string connection)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(ExitCodes.Failed, await CommandLine.RunAsync(["migrate-store", option, connection], output, errors, Cancel));

        Assert.StartsWith($"planner: {option}: neither the path of a file nor a connection string", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", errors.ToString() + output, StringComparison.Ordinal);
    }

    private async Task IsEmptyAsync() => Assert.Equal(0L, await server.ScalarAsync<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", _name));

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Source};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Source};Pooling=False");
        await connection.OpenAsync(Cancel);
        await EveryRow.ExecuteAsync(connection, sql);
    }
}
