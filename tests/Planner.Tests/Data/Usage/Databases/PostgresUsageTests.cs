using System.Diagnostics;
using System.Text.Json;
using NpgsqlTypes;
using Planner.Data.Usage;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>LiteLLM's spend logs counted by a real PostgreSQL.</summary>
[Collection(nameof(PostgresTests))]
public sealed class PostgresUsageTests(PostgresServer server)
{
    /// <summary>The table as LiteLLM makes it, without the columns that no measurement asks for.</summary>
    private const string Table = """
        CREATE TABLE "LiteLLM_SpendLogs" (
          "request_id" TEXT PRIMARY KEY, "call_type" TEXT NOT NULL DEFAULT '', "spend" DOUBLE PRECISION NOT NULL DEFAULT 0, "total_tokens" INTEGER NOT NULL DEFAULT 0,
          "prompt_tokens" INTEGER NOT NULL DEFAULT 0, "completion_tokens" INTEGER NOT NULL DEFAULT 0, "startTime" TIMESTAMP(3) NOT NULL, "endTime" TIMESTAMP(3) NOT NULL,
          "completionStartTime" TIMESTAMP(3), "model" TEXT NOT NULL DEFAULT '', "custom_llm_provider" TEXT DEFAULT '', "user" TEXT DEFAULT '', "metadata" JSONB DEFAULT '{}',
          "messages" JSONB DEFAULT '{}', "response" JSONB DEFAULT '{}', "status" TEXT);
        """;

    private const string Three = """
        INSERT INTO "LiteLLM_SpendLogs" ("request_id", "spend", "prompt_tokens", "completion_tokens", "startTime", "endTime", "completionStartTime", "model", "custom_llm_provider", "status", "metadata") VALUES
          ('a', 0.25, 1000, 100, '2026-11-02 08:00:00', '2026-11-02 08:00:02', '2026-11-02 08:00:00.3', 'gpt-4o', 'openai', 'success', '{"additional_usage_values": {"prompt_tokens_details": {"cached_tokens": 400}}}'),
          ('b', 0.5, 2000, 200, '2026-11-02 08:59:59', '2026-11-02 09:00:03', '2026-11-02 09:00:00', 'gpt-4o', ' openai ', NULL, '{"additional_usage_values": null, "usage_object": {"cache_read_input_tokens": 300, "cache_creation_input_tokens": 20}}'),
          ('d', 0, 0, 0, '2026-11-03 10:00:00', '2026-11-03 10:00:30', NULL, 'gpt-4o', 'openai', 'failure', '{}');
        """;

    private const string Reader = """
        DO $do$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'only-reads'; EXCEPTION WHEN duplicate_object THEN NULL; END $do$;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
        """;

    [Fact]
    public async Task Requests_are_counted_to_the_token_by_an_account_that_may_only_read()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + Reader);
        var databases = Databases(database, server.ConnectionString(name, "reader", "only-reads"));

        Assert.Null(await databases.CheckAsync("logs"));
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, databases));
        Assert.Equal(new UsageTotals(2, 1, null, 3000, 700, 20, 300, 0.75m), measured.Profile.Totals);
        Assert.Equal((new DateTime(2026, 11, 2, 8, 0, 0), new DateTime(2026, 11, 3, 10, 0, 30), UsageResolution.Request), (measured.Profile.FromUtc, measured.Profile.ToUtc, measured.Profile.Resolution));
        Assert.Equal([("openai", "gpt-4o", 2L), ("openai", "gpt-4o", 0L)], measured.Profile.Days.Select(day => (day.Seller!, day.Model, day.Totals.Requests!.Value)));
        Assert.Equal((2, 300, 1000), (measured.Profile.Ttft!.Count, measured.Profile.Ttft.P50Ms, measured.Profile.Ttft.P99Ms));
        Assert.Equal(0, measured.LeftOut);
    }

    [Fact]
    public async Task What_LiteLlms_own_cache_answered_is_left_out()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + """
            ALTER TABLE "LiteLLM_SpendLogs" ADD COLUMN "cache_hit" TEXT DEFAULT '';
            UPDATE "LiteLLM_SpendLogs" SET "cache_hit" = 'True' WHERE "request_id" = 'b';
            """);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name))));
        Assert.Equal((1L, 1L, 1000L, 1L), (measured.Profile.Totals.Requests, measured.Profile.Totals.Failed, measured.Profile.Totals.InputTokens, measured.LeftOut));
    }

    [Fact]
    public async Task PostgreSql_and_DuckDb_give_the_same_profile_of_fifty_thousand_requests()
    {
        using var database = await TestDatabase.PreparedAsync();
        List<LoggedRequest> requests = [.. LoggedRequest.Some(50_000)];
        var name = await LogsAsync(Table);
        await FillAsync(name, requests);
        var ofFile = await Profiles.OfFileAsync(database, requests);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name))));
        Profiles.AssertSame(ofFile, measured.Profile);
        // By a third way, since both share their statements.
        Assert.Equal(
            (requests.Sum(request => request.Input), requests.Sum(request => request.CacheRead), requests.Sum(request => request.Output), requests.Sum(request => request.Cost)),
            (measured.Profile.Totals.InputTokens, measured.Profile.Totals.CacheReadTokens, measured.Profile.Totals.OutputTokens, measured.Profile.Totals.CostUsd));
        List<long> durations = [.. requests.Select(request => request.DurationMs).Order()];
        Assert.Equal((durations[24_999], durations[47_499], durations[49_499]), (measured.Profile.Duration!.P50Ms, measured.Profile.Duration.P95Ms, measured.Profile.Duration.P99Ms));
    }

    [Fact]
    public Task Of_two_hundred_thousand_rows_less_than_a_megabyte_comes_back() => MeasureManyAsync(200_000);

    // Takes minutes and 5 GB: run by hand (--explicit only); docs/performance.md has the figure.
    [Fact(Explicit = true)]
    public Task Of_ten_million_rows_less_than_a_megabyte_comes_back() => MeasureManyAsync(10_000_000);

    private async Task MeasureManyAsync(int count)
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Many(count));
        using var relay = new CountingRelay(server.Port);
        var asked = Stopwatch.StartNew();
        var measured = Assert.IsType<UsageMeasurement.Measured>(
            await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name, port: relay.Port) + ";SSL Mode=Disable"), from: new DateTime(2026, 9, 2)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} rows: {relay.Bytes} bytes in {asked.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(count, measured.Profile.Totals.Requests);
        Assert.Equal(2160, measured.Profile.Hours.Count);
        // The relay saw the hours at all, 64 bytes of sums each.
        Assert.InRange(relay.Bytes, 2160 * 64, 1_000_000);
    }

    [Fact]
    public async Task Only_the_chosen_time_counts_with_its_first_moment_and_without_its_last()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three);
        var databases = Databases(database, server.ConnectionString(name));
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, databases, from: new DateTime(2026, 11, 2, 8, 0, 0), to: new DateTime(2026, 11, 2, 8, 59, 59)));
        Assert.Equal(1000, measured.Profile.Totals.InputTokens);
        Assert.Equal(UsageTexts.DatabaseTimeEmpty, Profiles.Refusal(await Profiles.MeasureAsync(database, databases, from: new DateTime(2026, 11, 3), to: new DateTime(2026, 11, 3))));
        Assert.Equal(string.Format(null, UsageTexts.DatabaseTimeLong, 366), Profiles.Refusal(await Profiles.MeasureAsync(database, databases, from: new DateTime(2024, 11, 3))));
        Assert.StartsWith("No request was logged from 2026-06-01", Profiles.Refusal(await Profiles.MeasureAsync(database, databases, from: new DateTime(2026, 6, 1), to: new DateTime(2026, 7, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_cannot_be_are_left_out_and_counted()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + """
            INSERT INTO "LiteLLM_SpendLogs" ("request_id", "spend", "prompt_tokens", "startTime", "endTime") VALUES
              ('e', 'NaN', 5, '2026-11-02 08:00:00', '2026-11-02 08:00:02'), ('f', -1, 5, '2026-11-02 08:00:00', '2026-11-02 08:00:02'), ('g', 1, -5, '2026-11-02 08:00:00', '2026-11-02 08:00:02'),
              ('h', 'Infinity', 5, '2026-11-02 08:00:00', '2026-11-02 08:00:02'), ('i', 1, 200000000, '2026-11-02 08:00:00', '2026-11-02 08:00:02'), ('j', 1, 5, '2026-11-02 08:00:00', '2029-11-02 08:00:02');
            """);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name))));
        Assert.Equal((3000L, 6L), (measured.Profile.Totals.InputTokens, measured.LeftOut));
    }

    [Fact]
    public async Task A_request_of_which_nobody_says_what_was_cached_makes_its_hour_unknown()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + "UPDATE \"LiteLLM_SpendLogs\" SET \"metadata\" = '{}' WHERE \"request_id\" = 'b'");
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name))));
        Assert.Equal([null, 0L], measured.Profile.Hours.Select(hour => hour.Totals.CacheReadTokens));
    }

    [Fact]
    public async Task Older_releases_with_fewer_columns_are_counted_too()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + """
            ALTER TABLE "LiteLLM_SpendLogs" DROP COLUMN "status", DROP COLUMN "completionStartTime", DROP COLUMN "custom_llm_provider", DROP COLUMN "metadata"
            """);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name))));
        Assert.Equal(new UsageTotals(3, null, null, 3000, null, null, 300, 0.75m), measured.Profile.Totals);
        Assert.Null(measured.Profile.Ttft);
        Assert.All(measured.Profile.Days, day => Assert.Null(day.Seller));
    }

    [Fact]
    public async Task An_account_that_may_not_read_what_is_cached_measures_the_rest()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + Reader + """
            REVOKE SELECT ON "LiteLLM_SpendLogs" FROM reader;
            GRANT SELECT ("startTime", "endTime", "model", "spend", "prompt_tokens", "completion_tokens", "status") ON "LiteLLM_SpendLogs" TO reader;
            """);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, server.ConnectionString(name, "reader", "only-reads"))));
        Assert.Equal(new UsageTotals(2, 1, null, 3000, null, null, 300, 0.75m), measured.Profile.Totals);
    }

    [Fact]
    public async Task A_table_that_writes_when_it_is_read_is_refused_and_nothing_is_written()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + """
            CREATE TABLE written (at TEXT);
            CREATE FUNCTION trap() RETURNS TEXT LANGUAGE plpgsql AS $$ BEGIN INSERT INTO written VALUES ('here'); RETURN 'gpt'; END $$;
            CREATE SCHEMA trapped;
            CREATE VIEW trapped."LiteLLM_SpendLogs" AS SELECT "startTime", "endTime", trap() AS "model", "spend", "prompt_tokens", "completion_tokens" FROM public."LiteLLM_SpendLogs";
            """);
        var databases = Profiles.Configured(database, ("logs:Kind", "LiteLlmPostgres"), ("logs:ConnectionString", server.ConnectionString(name)), ("logs:Schema", "trapped"));
        Assert.Equal(UsageTexts.DatabaseWouldWrite, Profiles.Refusal(await Profiles.MeasureAsync(database, databases)));
        Assert.Equal(0L, await server.ScalarAsync<long>("SELECT count(*) FROM written", name));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_by_the_server()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + """
            CREATE SCHEMA slow;
            CREATE VIEW slow."LiteLLM_SpendLogs" AS SELECT "startTime", "endTime", "model" || CAST(pg_sleep(30) AS TEXT) AS "model", "spend", "prompt_tokens", "completion_tokens" FROM public."LiteLLM_SpendLogs";
            """);
        var databases = Profiles.Configured(
            database, ("logs:Kind", "LiteLlmPostgres"), ("logs:ConnectionString", server.ConnectionString(name)), ("logs:Schema", "slow"), ("logs:TimeoutSeconds", "1"));
        Assert.Equal(string.Format(null, UsageTexts.DatabaseTimedOut, 1), Profiles.Refusal(await Profiles.MeasureAsync(database, databases)));
    }

    [Fact]
    public async Task A_schema_whose_name_is_a_statement_is_only_a_name()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three + "CREATE SCHEMA \"x\"\"; DROP TABLE public.\"\"LiteLLM_SpendLogs\"\"; --\"");
        const string Statement = "x\"; DROP TABLE public.\"LiteLLM_SpendLogs\"; --";
        var databases = Profiles.Configured(database, ("logs:Kind", "LiteLlmPostgres"), ("logs:ConnectionString", server.ConnectionString(name)), ("logs:Schema", Statement));
        Assert.Equal(string.Format(null, UsageTexts.DatabaseNoTable, "LiteLLM_SpendLogs"), await databases.CheckAsync("logs"));
        await server.ExecuteAsync("CREATE VIEW \"x\"\"; DROP TABLE public.\"\"LiteLLM_SpendLogs\"\"; --\".\"LiteLLM_SpendLogs\" AS SELECT * FROM public.\"LiteLLM_SpendLogs\"", name);
        Assert.Null(await databases.CheckAsync("logs"));
        Assert.Equal(3000, Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, databases)).Profile.Totals.InputTokens);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_in_words_that_tell_no_secret()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + "CREATE TABLE mine (x INT);" + Reader + "REVOKE SELECT ON \"LiteLLM_SpendLogs\" FROM reader;");
        var empty = await LogsAsync("SELECT 1");
        const string Logs = "LiteLLM_SpendLogs";
        (string ConnectionString, string Refusal)[] cases =
        [
            (server.ConnectionString(name, password: "guessed"), UsageTexts.DatabaseLoginRefused),
            (server.ConnectionString(name, user: "nobody"), UsageTexts.DatabaseLoginRefused),
            (server.ConnectionString("nowhere"), UsageTexts.DatabaseUnknown),
            (server.ConnectionString(empty), string.Format(null, UsageTexts.DatabaseNoTable, Logs)),
            (server.ConnectionString(name, "reader", "only-reads"), string.Format(null, UsageTexts.DatabaseNoRight, Logs)),
            (server.ConnectionString(name, port: ServerProcess.FreePort()), string.Format(null, UsageTexts.DatabaseUnreachable, "ConnectionRefused")),
            ("Host=127.0.0.1;Pasword=" + PostgresServer.Password, UsageTexts.DatabaseConnectionStringBad),
        ];
        foreach (var (connectionString, refusal) in cases)
        {
            var said = await Databases(database, connectionString).CheckAsync("logs");
            Assert.Equal(refusal, said);
            Assert.DoesNotContain(PostgresServer.Password, said, StringComparison.Ordinal);
        }

        await server.ExecuteAsync("ALTER TABLE \"LiteLLM_SpendLogs\" DROP COLUMN \"spend\"", name);
        Assert.Equal(string.Format(null, UsageTexts.DatabaseColumnMissing, "spend"), await Databases(database, server.ConnectionString(name)).CheckAsync("logs"));
    }

    [Fact]
    public async Task A_refused_measurement_leaves_the_last_one_in_place()
    {
        using var database = await TestDatabase.PreparedAsync();
        var name = await LogsAsync(Table + Three);
        var store = database.Get<UsageStore>();
        var set = await store.AddAsync("Logs", "logs");
        var databases = Databases(database, server.ConnectionString(name));
        Assert.IsType<UsageMeasurement.Measured>(await databases.MeasureAsync(set));
        await server.ExecuteAsync("DROP TABLE \"LiteLLM_SpendLogs\"", name);
        Assert.IsType<UsageMeasurement.Refused>(await databases.MeasureAsync(set));
        Assert.Equal(3000, (await store.FindAsync(set))!.Profile!.Totals.InputTokens);
        Assert.IsType<UsageMeasurement.NoSet>(await databases.MeasureAsync(set + 1));
        Assert.IsType<UsageMeasurement.NoSet>(await databases.MeasureAsync(await store.AddAsync("Files")));
    }

    /// <summary>Requests by the second over 90 days before December 2026, of six models.</summary>
    private static string Many(int rows) => $$$"""
        INSERT INTO "LiteLLM_SpendLogs" ("request_id", "spend", "prompt_tokens", "completion_tokens", "startTime", "endTime", "completionStartTime", "model", "custom_llm_provider", "status", "metadata")
        SELECT CAST(n AS TEXT), n % 1000 / 1e6, n % 9000, n % 700, t, t + (n % 20000) * interval '1 ms', t + (n % 900) * interval '1 ms', 'model-' || n % 6, 'seller', 'success',
          '{"additional_usage_values": {"cache_read_input_tokens": 0}}'
        FROM (SELECT n, timestamp '2026-09-02' + n * (interval '90 days' / {{{rows}}}) AS t FROM generate_series(0, {{{rows - 1}}}) AS n) AS made;
        """;

    /// <summary>Makes a database for one test.</summary>
    private async Task<string> LogsAsync(string sql)
    {
        var name = $"logs_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name} STRATEGY file_copy");
        await server.ExecuteAsync(sql, name);
        return name;
    }

    private async Task FillAsync(string name, IEnumerable<LoggedRequest> requests)
    {
        await using var connection = await server.OpenAsync(name);
        await using var rows = await connection.BeginBinaryImportAsync(
            "COPY \"LiteLLM_SpendLogs\" (\"request_id\", \"startTime\", \"endTime\", \"completionStartTime\", \"custom_llm_provider\", \"model\", \"prompt_tokens\", \"completion_tokens\", \"spend\", \"status\", \"metadata\") FROM STDIN (FORMAT binary)");
        foreach (var request in requests)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(request.Id, NpgsqlDbType.Text);
            await rows.WriteAsync(request.Start, NpgsqlDbType.Timestamp);
            await rows.WriteAsync(request.End, NpgsqlDbType.Timestamp);
            if (request.First is { } first)
                await rows.WriteAsync(first, NpgsqlDbType.Timestamp);
            else
                await rows.WriteNullAsync();
            await rows.WriteAsync(request.Seller, NpgsqlDbType.Text);
            await rows.WriteAsync(request.Model, NpgsqlDbType.Text);
            await rows.WriteAsync((int)request.Input, NpgsqlDbType.Integer);
            await rows.WriteAsync((int)request.Output, NpgsqlDbType.Integer);
            await rows.WriteAsync((double)request.Cost, NpgsqlDbType.Double);
            await rows.WriteAsync(request.Failed ? "failure" : "success", NpgsqlDbType.Text);
            await rows.WriteAsync(
                JsonSerializer.Serialize(new { additional_usage_values = new { cache_read_input_tokens = request.CacheRead, cache_creation_input_tokens = request.CacheWrite } }), NpgsqlDbType.Jsonb);
        }

        await rows.CompleteAsync();
    }

    private static UsageDatabases Databases(TestDatabase database, string connectionString) => Profiles.Configured(database, ("logs:Kind", "LiteLlmPostgres"), ("logs:ConnectionString", connectionString));
}
