using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Data.Sqlite;
using Planner.Data.Audits;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Web.Commands;
using Xunit;

namespace Planner.Tests.Web.Commands;

/// <summary>The program as a pipeline calls it: the answer on one writer, faults on another, and how it ends.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-command-").FullName;
    private TestDatabase _database = null!;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PreparedAsync([.. SeedFile.Embedded("Seed/catalog/")]);
        _file = Write("chat.json", ScenarioJson.Write(Example));
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Scenario Example => new ExampleStore().Find("high-volume-chat")!.Scenario;

    [Fact]
    public async Task Evaluation_tells_the_verdict_and_each_options_month()
    {
        var (code, output, errors) = await RunAsync("evaluate", _file);

        Assert.Equal((ExitCodes.Done, ""), (code, errors));
        Assert.StartsWith("GPT-3.5 Turbo at $1.5 flat is cheaper by $668 a month", output, StringComparison.Ordinal);
        Assert.Matches(@"2 × g5\.12xlarge +self +no +\$8,167\.68 +\$14,167\.68", output);
    }

    [Fact]
    public async Task Json_is_the_answer_of_the_api()
    {
        var (_, output, _) = await RunAsync("evaluate", _file, "--json");

        var result = JsonSerializer.Deserialize<Result>(output, ScenarioJson.Options)!;
        Assert.Equal(7_500m, result.Options[0].OngoingMonthlyUsd);
        Assert.Equal("api", result.Verdict.CheapestOptionId);
    }

    [Theory]
    [InlineData(ExitCodes.Done, "--max-monthly", "7500")]
    [InlineData(ExitCodes.LimitMissed, "--max-monthly", "7499.99")]
    [InlineData(ExitCodes.LimitMissed, "--max-first-month", "1")]
    [InlineData(ExitCodes.LimitMissed, "--option", "self", "--max-monthly", "9000")]
    [InlineData(ExitCodes.Usage, "--option", "nosuch", "--max-monthly", "9000")]
    [InlineData(ExitCodes.Usage, "--max-monthly", "much")]
    [InlineData(ExitCodes.Usage, "--bogus")]
    public async Task Limits_decide_how_the_command_ends(int expected, params string[] limits)
    {
        var (code, _, errors) = await RunAsync(["evaluate", _file, .. limits]);

        Assert.Equal(expected, code);
        Assert.Equal(expected == ExitCodes.Done, errors.Length == 0);
    }

    [Fact]
    public async Task Missed_limit_names_the_option_the_amount_and_the_limit()
    {
        var (_, _, errors) = await RunAsync("evaluate", _file, "--max-monthly", "5000");

        Assert.Equal("planner: GPT-3.5 Turbo at $1.5 flat: the ongoing month costs $7,500.00, more than the $5,000.00 allowed.", errors.Trim());
    }

    [Fact]
    public async Task Unknown_cost_keeps_no_limit()
    {
        var unpriced = Write("unpriced.json", ScenarioJson.Write(Example with { Options = [new ApiOption { Id = "api", Name = "No price", PriceKey = "nobody:nothing" }] }));

        var (code, _, errors) = await RunAsync("evaluate", unpriced, "--max-monthly", "1000000");

        Assert.NotEqual(ExitCodes.Done, code);
        Assert.NotEqual("", errors);
    }

    [Theory]
    [InlineData("{ \"schema\": \"planner.scenario/1\", \"name\": \"x\", \"workload\": { \"requestsPerMonth\": -1, \"inputTokens\": 1 }, \"options\": [] }", "workload.requestsPerMonth")]
    [InlineData("{ \"schema\": \"planner.scenario/1\", ", "")]
    [InlineData("", "")]
    public async Task Faults_of_a_document_are_named_by_their_path(string json, string path)
    {
        var (code, output, errors) = await RunAsync("evaluate", Write("faulty.json", json));

        Assert.Equal((ExitCodes.Invalid, ""), (code, output));
        Assert.StartsWith($"planner: {path}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_files_and_databases_are_told_without_a_stack_trace()
    {
        var (noFile, _, file) = await RunAsync("evaluate", Path.Combine(_folder, "nosuch.json"));
        var (noDatabase, _, database) = await RunOnAsync(Path.Combine(_folder, "nosuch.db"), "prices");

        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (noFile, noDatabase));
        Assert.Contains("nosuch.json", file, StringComparison.Ordinal);
        Assert.Contains("nosuch.db", database, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", file + database, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "nosuch.db")));
    }

    [Fact]
    public async Task Database_of_another_version_is_left_as_it_is()
    {
        var old = Path.Combine(_folder, "old.db");
        using (var connection = new SqliteConnection($"Data Source={old};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT NOT NULL PRIMARY KEY, ProductVersion TEXT NOT NULL)";
            command.ExecuteNonQuery();
        }

        var (code, _, errors) = await RunOnAsync(old, "prices");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("another version", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_are_found_by_words_with_source_and_date()
    {
        var (code, output, _) = await RunAsync("prices", "gpt-5", "mini", "--take", "1", "--json");
        var (_, machines, _) = await RunAsync("prices", "--instances", "p5.48xlarge");

        Assert.Equal(ExitCodes.Done, code);
        var found = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("items")[0];
        Assert.Contains("gpt-5", found.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", found.GetProperty("provenance").GetProperty("source").GetString());
        Assert.Matches(@"aws:p5\.48xlarge:us-east-1 +8 × H100-SXM", machines);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("prices", "--take", "0")).Code);
    }

    [Fact]
    public async Task Search_takes_a_scenario_or_a_question()
    {
        var question = Write("question.json", """{ "workload": { "requestsPerMonth": 100000, "inputTokens": 500, "outputTokens": 100 }, "constraints": { "kinds": ["api"], "top": 2 } }""");

        var (code, output, _) = await RunAsync("search", question, "--json");
        var (_, ofScenario, _) = await RunAsync("search", _file, "--top", "1");
        var (faulty, _, errors) = await RunAsync("search", Write("faulty.json", """{ "workload": { "requestsPerMonth": 1, "inputTokens": 1 }, "constraints": { "top": 0 } }"""));

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(2, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("plans").GetArrayLength());
        Assert.Contains("is the cheapest plan", ofScenario, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Invalid, faulty);
        Assert.Contains("constraints.top", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_of_a_stored_version_and_of_a_document_is_written_as_its_ending_says()
    {
        var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(Example);
        var stored = await _database.Get<ScenarioStore>().CreateAsync(Example, snapshot, Engine.Evaluate(Example, snapshot));
        var (book, table, record) = (Path.Combine(_folder, "a.xlsx"), Path.Combine(_folder, "a.csv"), Path.Combine(_folder, "a.json"));

        Assert.Equal(ExitCodes.Done, (await RunAsync("report", stored.Id, "-o", book)).Code);
        Assert.Equal(ExitCodes.Done, (await RunAsync("report", _file, "-o", table)).Code);
        Assert.Equal(ExitCodes.Done, (await RunAsync("report", stored.Id, "--version", "1", "-o", record)).Code);

        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(book))[..2]);
        Assert.Contains(",apiInput,Prompt tokens,false,6000,", await File.ReadAllTextAsync(table), StringComparison.Ordinal);
        Assert.Equal(stored.Id, JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(record)).GetProperty("id").GetString());
        Assert.Equal(ExitCodes.Failed, (await RunAsync("report", "nosuch", "-o", book)).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("report", stored.Id, "-o", "a.doc")).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("report", stored.Id, "-o", "a.pdf", "--paper", "a5")).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("report", stored.Id, "-o", "a.pdf", "--language", "tlh")).Code);
    }

    [Theory]
    [InlineData("en", "Summary")]
    [InlineData("de-AT", "Zusammenfassung")]
    public async Task Workbook_of_a_document_speaks_the_language_that_is_asked_for(string language, string sheet)
    {
        var book = Path.Combine(_folder, $"{language}.xlsx");

        Assert.Equal(ExitCodes.Done, (await RunAsync("report", _file, "-o", book, "--language", language)).Code);

        using var opened = SpreadsheetDocument.Open(book, isEditable: false);
        Assert.Equal(sheet, opened.WorkbookPart!.Workbook!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First().Name);
    }

    [Fact]
    public async Task Report_of_a_stored_scenario_is_told_in_the_audit_log_and_a_version_that_is_not_there_by_its_number()
    {
        var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(Example);
        var stored = await _database.Get<ScenarioStore>().CreateAsync(Example, snapshot, Engine.Evaluate(Example, snapshot));
        var table = Path.Combine(_folder, "told.csv");

        await RunAsync("report", stored.Id, "-o", table);
        await RunAsync("report", _file, "-o", table);
        var (code, _, errors) = await RunAsync("report", stored.Id, "--version", "99", "-o", table);

        Assert.Equal((ExitCodes.Failed, $"planner: The scenario {stored.Id} has no version 99; its current one is 1."), (code, errors.Trim()));
        var told = Assert.Single((await _database.Get<AuditLog>().PageAsync(new AuditQuery(Action: AuditActions.Exported))).Items);
        Assert.Equal(($"scenarios/{stored.Id}", "told.csv", "command line"), (told.Subject, told.Detail, told.Who));
    }

    [Theory]
    [InlineData("planner: --max-monthly: an amount in USD, 0 or more, such as 7500 or 0.25.", "evaluate", "x", "--max-monthly", "NaN")]
    [InlineData("planner: --max-first-month: an amount in USD, 0 or more, such as 7500 or 0.25.", "evaluate", "x", "--max-first-month", "-5")]
    [InlineData("planner: --as-of: a day as YYYY-MM-DD, such as 2026-11-30.", "prices", "--as-of", "2026-02-30")]
    [InlineData("planner: --take: a whole number from 1 to 1,000.", "prices", "--take", "some")]
    [InlineData("planner: --top: a whole number from 1 to 100.", "search", "x", "--top", "101")]
    [InlineData("planner: --version: a whole number from 1 to 2,147,483,647.", "report", "x", "-o", "a.csv", "--version", "0")]
    public async Task Value_that_cannot_be_meant_is_refused_in_words_of_the_program(string expected, params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(arguments);

        Assert.Equal((ExitCodes.Usage, expected), (code, errors.Trim()));
    }

    [Theory]
    [InlineData("prices", "nothing-of-that-name")]
    [InlineData("prices", "--instances", "nothing-of-that-name")]
    public async Task Words_that_nothing_has_are_answered_in_a_sentence(params string[] arguments)
    {
        Assert.Equal((ExitCodes.Done, "Nothing in the catalog has all of that.", ""), await RunAsync(arguments) is var (code, output, errors) ? (code, output.Trim(), errors) : default);
    }

    [Fact]
    public async Task Why_an_option_cannot_serve_is_said_once()
    {
        var (_, output, _) = await RunAsync("evaluate", _file);

        var reason = Assert.Single(output.Split('\n'), line => line.StartsWith("2 × g5.12xlarge: ", StringComparison.Ordinal))["2 × g5.12xlarge: ".Length..].Trim();
        Assert.Equal(output.IndexOf(reason, StringComparison.Ordinal), output.LastIndexOf(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_is_taken_in_once()
    {
        Assert.SkipWhen(UsageDesk.Unavailable is not null, UsageDesk.Unavailable ?? "");
        var log = Write("log.csv", "time,model,input_tokens,output_tokens\n2026-11-02T10:00:00Z,m,100,10\n2026-11-02T11:00:00Z,m,300,30\n");

        var (code, output, _) = await RunAsync("import-usage", log, "--name", "Gateway", "--json");
        var set = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("setId").GetInt64();
        var (_, again, _) = await RunAsync("import-usage", log, "--into", $"{set}");
        var (refused, _, errors) = await RunAsync("import-usage", Write("no.csv", "a,b\n1,2\n"));

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(400, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("totals").GetProperty("inputTokens").GetInt64());
        Assert.Contains("already", again, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.Done, refused);
        Assert.NotEqual("", errors);
    }

    [Theory]
    [InlineData(true, "evaluate")]
    [InlineData(true, "--help")]
    [InlineData(true, "--version")]
    [InlineData(false, "--urls", "http://127.0.0.1:5081")]
    [InlineData(false)]
    [InlineData(true, "bakcup")]
    [InlineData(false, "urls=http://127.0.0.1:5081")]
    public void Only_a_command_keeps_the_app_from_being_served(bool expected, params string[] arguments) => Assert.Equal(expected, CommandLine.IsAsked(arguments));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunOnAsync(_database.Path, arguments);

    private static async Task<(int Code, string Output, string Errors)> RunOnAsync(string database, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--database", database], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
