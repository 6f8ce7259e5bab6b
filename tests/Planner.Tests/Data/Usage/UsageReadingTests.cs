using System.Text;
using Planner.Data.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>Cells that may be read in two ways, and files that may count twice.</summary>
public sealed class UsageReadingTests
{
    private const string Head = "date;model;requests;input_tokens;output_tokens;cost";

    // Two rows each, all that counts by hand; null where nothing is left to count.
    [Theory]
    [InlineData("2026-10-01;m;10;1.234.567;12.345;1.234,56", "2026-10-02;m;10;2.000;1.000;0,99", null, 1236567L, 13345L, "1235.55", 0)]
    [InlineData("2026-10-01;m;1;1.234;1.000;0,05", "2026-10-02;m;1;1.234;1.000;0,05", null, 2468L, 2000L, "0.10", 0)]
    [InlineData("2026-10-01;m;1;1,234;1,000;1,234.50", "2026-10-02;m;1;1,000,000;7;$1,234", null, 1001234L, 1007L, "2468.50", 0)]
    [InlineData("2026-10-01;m;1;1000.0;10;0.125", "2026-10-02;m;1;1.5e3;10;.5", null, 2500L, 20L, "0.625", 0)]
    // A fraction of a token is a fault, and so is what speaks for both marks at once.
    [InlineData("2026-10-01;m;1;100;1;0,05", "2026-10-02;m;1;1,5;1;1,23", null, 100L, 1L, "0.05", 1)]
    [InlineData("2026-10-01;m;1;100;1;0,05", "2026-10-02;m;1;100;1;0.25", null, 100L, 1L, "0.25", 1)]
    // Nothing tells a thousand from a fraction here, until the mapping does.
    [InlineData("2026-10-01;m;1;1.234;1;7", "2026-10-02;m;1;100;1;7", null, 100L, 1L, "7", 1)]
    [InlineData("2026-10-01;m;1;1.234;1;7", "2026-10-02;m;1;100;1;7", true, 1334L, 2L, "14", 0)]
    [InlineData("2026-10-01;m;1;1.234;1;7", "2026-10-02;m;1;100;1;7", false, 100L, 1L, "7", 1)]
    [InlineData("2026-10-01;m;1;100;1;1,234", "2026-10-02;m;1;100;1;2", null, 100L, 1L, "2", 1)]
    [InlineData("2026-10-01;m;1;100;1;1,234", "2026-10-02;m;1;100;1;2", true, 200L, 2L, "3.234", 0)]
    [InlineData("2026-10-01;m;1;100;1;1,234", "2026-10-02;m;1;100;1;2", false, 200L, 2L, "1236", 0)]
    public async Task A_comma_or_a_dot_is_read_as_all_numbers_of_the_file_say_or_not_at_all(string first, string second, bool? comma, long input, long output, string cost, int unclear)
    {
        using var database = await TestDatabase.PreparedAsync();
        var imported = Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, $"{Head}\n{first}\n{second}\n", null, mapping => mapping with { DecimalComma = comma }));
        var totals = imported.Profile.Totals;
        Assert.Equal((input, output, decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture)), (totals.InputTokens, totals.OutputTokens, totals.CostUsd));
        Assert.Equal(unclear, imported.Import.Skipped.Where(skipped => skipped.Fault == UsageFault.UnclearMark).Sum(skipped => skipped.Count));
        Assert.Equal(unclear, imported.Import.Skipped.Sum(skipped => skipped.Count));
    }

    [Fact]
    public async Task The_preview_reads_numbers_as_the_import_does()
    {
        using var database = await TestDatabase.PreparedAsync();
        var importer = database.Get<UsageImporter>();
        using var file = await importer.StoreAsync("log.csv", Stream($"{Head}\n2026-10-01;m;1;1.234;1.000;0,05\n"), null, TestContext.Current.CancellationToken);
        var known = await importer.RecogniseAsync(file, TestContext.Current.CancellationToken);
        var row = Assert.Single((await importer.PreviewAsync(file, known.FormatId, known.Mapping, TestContext.Current.CancellationToken)).Rows);
        Assert.Equal((1234L, 1000L, 0.05m, null), (row.InputTokens, row.OutputTokens, row.CostUsd, row.Fault));
    }

    [Fact]
    public async Task Numbers_that_are_too_large_are_absurd()
    {
        using var database = await TestDatabase.PreparedAsync();
        var imported = Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, $"{Head}\n2026-10-01;m;1;99999999999999999999;1;1\n2026-10-02;m;1;5;1;12345678901234\n2026-10-03;m;1;7;1;1\n"));
        Assert.Equal(7, imported.Profile.Totals.InputTokens);
        Assert.Equal([(UsageFault.Absurd, 2L)], imported.Import.Skipped.Select(skipped => (skipped.Fault!.Value, skipped.Count)));
    }

    // Berlin is an hour ahead of UTC in January; EST is five hours behind and PST eight, also in July.
    [Theory]
    [InlineData("2026-01-10 12:00:00 Europe/Berlin", "2026-01-10T11:00:00Z")]
    [InlineData("2026-01-10 12:00:00", "2026-01-10T11:00:00Z")]
    [InlineData("20260110T120000", "2026-01-10T11:00:00Z")]
    [InlineData("2026-07-10 12:00:00 EST", "2026-07-10T17:00:00Z")]
    [InlineData("2026-07-10T12:00:00 PST", "2026-07-10T20:00:00Z")]
    [InlineData("2026-07-10 12:00:00 CEST", "2026-07-10T10:00:00Z")]
    [InlineData("2026-01-10T12:00Z", "2026-01-10T12:00:00Z")]
    [InlineData("20260110T120000Z", "2026-01-10T12:00:00Z")]
    [InlineData("2026-01-10 12:00:00 +05:30", "2026-01-10T06:30:00Z")]
    [InlineData("2026-01-10T12:00:00.000000123Z", "2026-01-10T12:00:00Z")]
    public async Task A_time_is_shifted_by_its_own_zone_or_by_that_of_the_mapping(string time, string utc)
    {
        using var database = await TestDatabase.PreparedAsync();
        var csv = $"request_id,timestamp,model,input_tokens,output_tokens,cost\nh,{time},m,1,1,0.1\n";
        var imported = Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, csv, null, mapping => mapping with { TimeZone = "Europe/Berlin" }));
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime, imported.Profile.FromUtc);
    }

    [Fact]
    public async Task A_known_file_whose_columns_now_mean_something_else_is_refused()
    {
        using var database = await TestDatabase.PreparedAsync();
        var set = await SetAsync(database);
        var csv = $"{Head}\n2026-10-01;m;1;100;1;250\n";
        Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, csv, set));
        var refused = Assert.IsType<UsageOutcome.Refused>(await ImportAsync(database, csv, set, mapping => mapping with { CostInCents = true }));
        Assert.Equal("This very file is imported already, and its columns meant something else then. Take it out first, then import it again.", refused.Problems[0].Message);
        Assert.IsType<UsageOutcome.AlreadyImported>(await ImportAsync(database, csv, set));
    }

    [Fact]
    public async Task Sums_of_another_length_do_not_count_beside_those_that_are_there()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (hours, days) = (Page(1790812800, 3600, 48), Page(1790812800, 86400, 2));
        foreach (var (first, second) in new[] { (hours, days), (days, hours) })
        {
            var set = await SetAsync(database);
            Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, first, set));
            var refused = Assert.IsType<UsageOutcome.Refused>(await ImportAsync(database, second, set));
            Assert.StartsWith("\"log.csv\" counts the same sellers and models from 2026-10-01 to 2026-10-02 already", refused.Problems[0].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sums_of_the_same_length_replace_each_other_and_later_ones_are_added()
    {
        using var database = await TestDatabase.PreparedAsync();
        var set = await SetAsync(database);
        await ImportAsync(database, Page(1790812800, 86400, 2), set);
        // The second day is in both.
        var imported = Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, Page(1790812800 + 86400, 86400, 2), set));
        Assert.Equal((300L, 1L), (imported.Profile.Totals.InputTokens, imported.Import.AlreadyThere));
    }

    [Fact]
    public async Task Sums_do_not_count_beside_the_requests_that_they_sum_up()
    {
        using var database = await TestDatabase.PreparedAsync();
        const string Log = "request_id,startTime,endTime,model,custom_llm_provider,prompt_tokens,completion_tokens,spend,status\na,2026-10-01T08:00:00Z,,gpt-4o,openai,100,1,0.5,success\n";
        const string Table = "date,api_key,model,model_group,custom_llm_provider,prompt_tokens,completion_tokens,spend,api_requests\n{0},h,gpt-4o,gpt-4o,openai,100,1,0.5,1\n";
        var set = await SetAsync(database);
        Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, Log, set));
        Assert.IsType<UsageOutcome.Refused>(await ImportAsync(database, Table.Replace("{0}", "2026-10-01", StringComparison.Ordinal), set));
        // The day after is new.
        var imported = Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, Table.Replace("{0}", "2026-10-02", StringComparison.Ordinal), set));
        Assert.Equal(200, imported.Profile.Totals.InputTokens);
    }

    [Fact]
    public async Task A_page_that_a_file_holds_twice_counts_once()
    {
        using var database = await TestDatabase.PreparedAsync();
        var page = Page(1790812800, 86400, 2);
        foreach (var twice in new[] { $"{page}\n{page}", $"[{page},{page}]" })
            Assert.Equal(200, Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, twice)).Profile.Totals.InputTokens);
    }

    [Fact]
    public async Task A_cell_of_three_megabytes_is_read_past()
    {
        using var database = await TestDatabase.PreparedAsync();
        var csv = $"request_id,timestamp,model,input_tokens,output_tokens,cost,message\nh,2026-01-10T12:00:00Z,m,3,1,0.1,{new string('y', 3_000_000)}\ni,2026-01-10T12:00:00Z,m,4,1,0.1,z\n";
        Assert.Equal(7, Assert.IsType<UsageOutcome.Imported>(await ImportAsync(database, csv)).Profile.Totals.InputTokens);
    }

    [Fact]
    public async Task A_file_in_Latin_1_is_told_to_be_in_another_encoding()
    {
        using var database = await TestDatabase.PreparedAsync();
        var rows = string.Concat(Enumerable.Range(0, 50).Select(row => $"q{row},2026-10-01T10:00:00Z,modèle,100,10,0.001\n"));
        var (_, outcome) = await UsageImportTests.ImportAsync(database, Encoding.Latin1.GetBytes("request_id,timestamp,model,input_tokens,output_tokens,cost\n" + rows));
        Assert.Equal("The file is not in UTF-8. Export it as UTF-8.", Assert.IsType<UsageOutcome.Refused>(outcome).Problems[0].Message);
    }

    /// <summary>A page of OpenAI's usage API with 100 prompt tokens in each bucket.</summary>
    private static string Page(long start, int seconds, int buckets) =>
        "{\"object\":\"page\",\"data\":[" + string.Join(',', Enumerable.Range(0, buckets).Select(bucket =>
            $"{{\"object\":\"bucket\",\"start_time\":{start + (bucket * seconds)},\"end_time\":{start + ((bucket + 1) * seconds)},\"results\":[{{\"object\":\"organization.usage.completions.result\",\"input_tokens\":100,\"input_cached_tokens\":0,\"output_tokens\":1,\"num_model_requests\":1,\"project_id\":\"p1\",\"model\":\"gpt-4o\"}}]}}"))
        + "]}";

    private static async Task<long> SetAsync(TestDatabase database) => await database.Get<UsageStore>().AddAsync("Logs", null, TestContext.Current.CancellationToken);

    private static MemoryStream Stream(string content) => new(Encoding.UTF8.GetBytes(content));

    private static async Task<UsageOutcome> ImportAsync(TestDatabase database, string content, long? set = null, Func<UsageMapping, UsageMapping>? corrected = null) =>
        (await UsageImportTests.ImportAsync(database, Encoding.UTF8.GetBytes(content), set, corrected)).Outcome;
}
