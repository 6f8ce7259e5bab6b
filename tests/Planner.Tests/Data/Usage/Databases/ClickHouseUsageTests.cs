using System.Globalization;
using System.Text.Json;
using Planner.Data.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>
/// Langfuse's and Helicone's logs counted by a real ClickHouse: Debian's 18.16, which has neither maps nor times of milliseconds. A map's lists of keys and values are a nested column
/// there, under the same names.
/// </summary>
[Collection(nameof(ClickHouseTests))]
public sealed class ClickHouseUsageTests(ClickHouseServer server)
{
    private const string Observations = """
        CREATE TABLE {0}.observations (id String, project_id String, type String, start_time DateTime, end_time Nullable(DateTime), completion_start_time Nullable(DateTime), level String,
          provided_model_name Nullable(String), usage_details Nested(keys String, values UInt64), total_cost Nullable(Float64), input Nullable(String), output Nullable(String), event_ts DateTime,
          is_deleted UInt8) ENGINE = ReplacingMergeTree(event_ts) PARTITION BY toYYYYMM(start_time) ORDER BY (project_id, type, toDate(start_time), id)
        """;

    private const string Requests = """
        CREATE TABLE {0}.request_response_rmt (request_id String, request_created_at DateTime, response_created_at Nullable(DateTime), latency Nullable(Int64), time_to_first_token Nullable(Int64),
          status Int64, prompt_tokens Nullable(Int64), completion_tokens Nullable(Int64), prompt_cache_read_tokens Nullable(Int64), prompt_cache_write_tokens Nullable(Int64), model String,
          provider String, cost UInt64, cache_reference_id UUID, updated_at DateTime) ENGINE = ReplacingMergeTree(updated_at) PARTITION BY toYYYYMM(request_created_at) ORDER BY request_id
        """;

    [Fact]
    public async Task Langfuse_observations_and_a_file_of_them_give_the_same_profile_of_fifty_thousand_requests()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        List<LoggedRequest> requests = [.. LoggedRequest.Some(50_000, unitMs: 1000).Select(request => request with { Seller = "" })];
        var name = await DatabaseAsync(Observations);
        await InsertAsync(name, "observations (id, type, start_time, end_time, completion_start_time, level, provided_model_name, usage_details.keys, usage_details.values, total_cost)", requests, request =>
            $"{request.Id}\tGENERATION\t{Seconds(request.Start)}\t{Seconds(request.End)}\t{Seconds(request.First)}\t{(request.Failed ? "ERROR" : "DEFAULT")}\t{request.Model}"
            + $"\t['input','input_cached_tokens','cache_creation_input_tokens','output','total']\t[{request.Input - request.CacheRead - request.CacheWrite},{request.CacheRead},{request.CacheWrite},{request.Output},{request.Input + request.Output}]"
            + $"\t{request.Cost.ToString(CultureInfo.InvariantCulture)}");
        var ofFile = await Profiles.OfFileAsync(database, requests);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, name)));
        Profiles.AssertSame(ofFile, measured.Profile);
        Assert.Equal(requests.Sum(request => request.Input), measured.Profile.Totals.InputTokens);
    }

    [Fact]
    public async Task Helicone_requests_and_a_file_of_them_give_the_same_profile_of_fifty_thousand_requests()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        List<LoggedRequest> requests = [.. LoggedRequest.Some(50_000, unitMs: 1000)];
        var name = await DatabaseAsync(Requests);
        await InsertAsync(
            name, "request_response_rmt (request_id, request_created_at, response_created_at, latency, time_to_first_token, status, prompt_tokens, completion_tokens, prompt_cache_read_tokens, prompt_cache_write_tokens, model, provider, cost)",
            requests, request => string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Id}\t{Seconds(request.Start)}\t{Seconds(request.End)}\t{request.DurationMs}\t{request.TtftMs?.ToString(CultureInfo.InvariantCulture) ?? "\\N"}\t{(request.Failed ? 429 : 200)}")
            + $"\t{request.Input - request.CacheRead - request.CacheWrite}\t{request.Output}\t{request.CacheRead}\t{request.CacheWrite}\t{request.Model}\t{request.Seller}\t{(long)(request.Cost * 1_000_000_000)}");
        var ofFile = await Profiles.OfFileAsync(database, requests);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, name, "HeliconeClickHouse")));
        Profiles.AssertSame(ofFile, measured.Profile);
    }

    [Fact]
    public async Task An_observation_counts_once_in_its_last_state_and_only_where_a_model_was_called()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        var name = await DatabaseAsync(Observations);
        const string Columns = "observations (id, type, start_time, level, provided_model_name, usage_details.keys, usage_details.values, event_ts, is_deleted)";
        await server.AskAsync($"INSERT INTO {name}.{Columns} VALUES ('a', 'GENERATION', '2026-11-02 08:00:00', 'DEFAULT', 'gpt', ['input'], [7], '2026-11-02 08:00:00', 0)");
        await server.AskAsync($"""
            INSERT INTO {name}.{Columns} VALUES ('a', 'GENERATION', '2026-11-02 08:00:00', 'DEFAULT', 'gpt', ['input', 'output'], [10, 5], '2026-11-02 08:00:01', 0),
              ('b', 'SPAN', '2026-11-02 08:00:00', 'DEFAULT', 'gpt', ['input'], [100], '2026-11-02 08:00:00', 0), ('c', 'GENERATION', '2026-11-02 08:00:00', 'DEFAULT', 'gpt', ['input'], [100], '2026-11-02 08:00:00', 1),
              ('d', 'GENERATION', '2026-11-02 09:00:00', 'DEFAULT', 'gpt', [], [], '2026-11-02 09:00:00', 0), ('e', 'GENERATION', '2026-11-02 09:00:00', 'ERROR', NULL, [], [], '2026-11-02 09:00:00', 0),
              ('f', 'EMBEDDING', '2026-11-02 10:00:00', 'DEFAULT', 'ada', ['input', 'cache_read_input_tokens', 'output', 'total'], [30, 20, 1, 31], '2026-11-02 10:00:00', 0)
            """);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, name)));
        // Of f, the total tells that its 30 include the 20; of d, nobody counted anything.
        Assert.Equal((2L, 1L, 40L, 20L, 6L), (measured.Profile.Totals.Requests, measured.Profile.Totals.Failed, measured.Profile.Totals.InputTokens, measured.Profile.Totals.CacheReadTokens, measured.Profile.Totals.OutputTokens));
        Assert.Null(measured.Profile.Totals.CostUsd);
        Assert.Equal(1, measured.LeftOut);
    }

    [Fact]
    public async Task Langfuse_usage_of_every_form_means_what_it_means_in_a_file()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        var name = await DatabaseAsync(Observations);
        var cases = UsageFormatTests.LangfuseUsage.Select(row => row.Data).ToList();
        foreach (var (usage, place) in cases.Select((row, place) => (JsonDocument.Parse(row.Item1).RootElement.EnumerateObject().ToList(), place)))
        {
            await server.AskAsync(
                $"INSERT INTO {name}.observations (id, type, start_time, level, provided_model_name, usage_details.keys, usage_details.values) VALUES ('{place}', 'GENERATION', '2026-11-02 08:00:00', 'DEFAULT', 'm{place:00}', "
                + $"[{string.Join(", ", usage.Select(kind => $"'{kind.Name}'"))}], [{string.Join(", ", usage.Select(kind => kind.Value))}])");
        }

        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, name)));
        Assert.Equal(
            cases.Select((row, place) => ($"m{place:00}", (long?)row.Item2, (long?)row.Item3, (long?)row.Item4, (long?)row.Item5)),
            measured.Profile.Days.Select(day => (day.Model, day.Totals.InputTokens, day.Totals.CacheReadTokens, day.Totals.CacheWriteTokens, day.Totals.OutputTokens)));
    }

    [Fact]
    public async Task What_Helicones_own_cache_answered_is_left_out_and_cached_tokens_are_counted_beside_the_prompt()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        var name = await DatabaseAsync(Requests);
        await server.AskAsync($"""
            INSERT INTO {name}.request_response_rmt (request_id, request_created_at, status, prompt_tokens, completion_tokens, prompt_cache_read_tokens, model, cache_reference_id) VALUES
              ('a', '2026-11-02 08:00:00', 200, 1000, 100, 600, 'gpt', '00000000-0000-0000-0000-000000000000'), ('b', '2026-11-02 08:00:00', 200, 1000, 100, 0, 'gpt', '4f1c9f5e-6a1b-4b5e-9d63-0c7f8c6f1a11')
            """);
        var measured = Assert.IsType<UsageMeasurement.Measured>(await Profiles.MeasureAsync(database, Databases(database, name, "HeliconeClickHouse")));
        Assert.Equal((1L, 1600L, 600L, 1L), (measured.Profile.Totals.Requests, measured.Profile.Totals.InputTokens, measured.Profile.Totals.CacheReadTokens, measured.LeftOut));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_in_words_that_tell_no_secret()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        var name = await DatabaseAsync(Observations);
        var passwordFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(passwordFile, ClickHouseServer.Password + "\n");
        (string Refusal, (string, string?)[] Settings)[] cases =
        [
            (UsageTexts.DatabaseLoginRefused, [("logs:Password", "guessed")]),
            (UsageTexts.DatabaseSettingsLocked, [("logs:User", "locked"), ("logs:Password", null)]),
            (UsageTexts.DatabaseUnknown, [("logs:Schema", "nowhere")]),
            (string.Format(null, UsageTexts.DatabaseNoTable, "request_response_rmt"), [("logs:Kind", "HeliconeClickHouse")]),
            (string.Format(null, UsageTexts.DatabaseUnreachable, "ConnectionError"), [("logs:Url", $"http://127.0.0.1:{ServerProcess.FreePort()}/")]),
            (UsageTexts.DatabaseSchemaBad, [("logs:Schema", "default; DROP TABLE observations")]),
            (UsageTexts.DatabasePasswordFile, [("logs:Password", null), ("logs:PasswordFile", passwordFile + ".none")]),
        ];
        foreach (var (refusal, settings) in cases)
        {
            var said = await Databases(database, name, "LangfuseClickHouse", settings).CheckAsync("logs");
            Assert.Equal(refusal, said);
            Assert.DoesNotContain(ClickHouseServer.Password, said, StringComparison.Ordinal);
        }

        Assert.Null(await Databases(database, name, "LangfuseClickHouse", ("logs:Password", null), ("logs:PasswordFile", passwordFile)).CheckAsync("logs"));
        File.Delete(passwordFile);
        await server.AskAsync($"ALTER TABLE {name}.observations DROP COLUMN total_cost");
        Assert.Equal(string.Format(null, UsageTexts.DatabaseColumnMissing, "total_cost"), await Databases(database, name).CheckAsync("logs"));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_by_the_server()
    {
        server.Require();
        using var database = await TestDatabase.PreparedAsync();
        var name = await DatabaseAsync("SELECT '{0}'");
        // Each block of two rows sleeps; there are far more than a second's worth of them.
        await server.AskAsync($"""
            CREATE VIEW {name}.request_response_rmt AS SELECT toDateTime('2026-11-02 08:00:00') AS request_created_at, CAST(NULL AS Nullable(DateTime)) AS response_created_at, 'p' AS provider, 'm' AS model,
              200 AS status, number AS prompt_tokens, number AS completion_tokens, 0 AS prompt_cache_read_tokens, 0 AS prompt_cache_write_tokens, sleep(0.3) AS cost, 1 AS time_to_first_token, 1 AS latency,
              '00000000-0000-0000-0000-000000000000' AS cache_reference_id
            FROM system.numbers
            """);
        var databases = Databases(database, name, "HeliconeClickHouse", ("logs:TimeoutSeconds", "1"));
        Assert.Equal(string.Format(null, UsageTexts.DatabaseTimedOut, 1), Profiles.Refusal(await Profiles.MeasureAsync(database, databases)));
    }

    [Fact]
    public async Task A_server_that_answers_nonsense_is_refused()
    {
        using var database = await TestDatabase.PreparedAsync();
        using var nonsense = new OneAnswer("{\"data\": [[1");
        var databases = Profiles.Configured(database, ("logs:Kind", "LangfuseClickHouse"), ("logs:Url", nonsense.Url));
        Assert.Equal(UsageTexts.DatabaseBroken, await databases.CheckAsync("logs"));
    }

    private UsageDatabases Databases(TestDatabase database, string name, string kind = "LangfuseClickHouse", params (string Key, string? Value)[] more)
    {
        (string Key, string? Value)[] settings = [("logs:Kind", kind), ("logs:Url", server.Url), ("logs:User", ClickHouseServer.User), ("logs:Password", ClickHouseServer.Password), ("logs:Schema", name)];
        return Profiles.Configured(database, [.. settings.Where(setting => !Array.Exists(more, other => other.Key == setting.Key)), .. more]);
    }

    /// <summary>Makes a database for one test.</summary>
    private async Task<string> DatabaseAsync(string table)
    {
        var name = $"logs_{Guid.NewGuid():N}";
        await server.AskAsync($"CREATE DATABASE {name}");
        await server.AskAsync(table.Replace("{0}", name, StringComparison.Ordinal));
        return name;
    }

    private Task<string> InsertAsync(string name, string table, IEnumerable<LoggedRequest> requests, Func<LoggedRequest, string> row) =>
        server.AskAsync($"INSERT INTO {name}.{table} FORMAT TabSeparated", string.Join('\n', requests.Select(row)) + "\n");

    private static string Seconds(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "\\N";
}
