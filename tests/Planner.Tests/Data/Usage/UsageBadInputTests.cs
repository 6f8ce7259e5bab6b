using System.IO.Compression;
using System.Text;
using Planner.Data.Usage;
using Planner.Data.Usage.DuckDb;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>Files as people really send them, and tables of their own making: what becomes of each, in the words that they see.</summary>
public sealed class UsageBadInputTests
{
    private const string Head = "request_id,startTime,endTime,model,prompt_tokens,completion_tokens,spend,status,messages";

    private static readonly string[] Rows =
    [
        "a,2026-11-02T08:00:00Z,2026-11-02T08:00:02Z,gpt-4o,1000,100,0.25,success,\"two\nlines, \"\"quoted\"\"\"",
        "b,2026-11-02T09:00:00Z,2026-11-02T09:00:02Z,gpt-4o,2000,200,0.5,success,\"\"",
    ];

    private static readonly UsageTotals Sound = new(2, 0, null, 3000, null, null, 300, 0.75m);

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Any_usual_delimiter_is_found(char delimiter)
    {
        var table = string.Join('\n', Rows.Select(row => row[..row.IndexOf(",\"", StringComparison.Ordinal)]).Prepend(Head[..^9]));
        Assert.Equal(Sound, (await ImportedAsync(Encoding.UTF8.GetBytes(table.Replace(',', delimiter)))).Profile.Totals);
    }

    [Fact]
    public async Task A_byte_order_mark_and_lines_ended_as_Windows_does_change_nothing()
    {
        var csv = Encoding.UTF8.GetString(Csv(Rows)).Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(Sound, (await ImportedAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)])).Profile.Totals);
    }

    [Fact]
    public async Task Times_of_several_zones_stand_in_the_hour_of_their_own()
    {
        string[] rows = ["a,2026-11-02T08:30:00+05:30,,m,1,1,0,success,", "b,2026-11-02T08:30:00-08:00,,m,1,1,0,success,", "c,2026-11-02 08:30:00,,m,1,1,0,success,"];
        var hours = (await ImportedAsync(Csv(rows))).Profile.Hours;
        Assert.Equal([3, 8, 16], hours.Select(hour => hour.StartUtc.Hour));
    }

    // Two dates are two days, and two hours of one day two hours, whatever the zone; an end that is stated stays.
    [Theory]
    [InlineData("day,model,requests,input_tokens\n2026-10-01,m,1,5\n2026-10-02,m,1,5", "UTC", "2026-10-01T00:00:00Z", "2026-10-03T00:00:00Z", UsageResolution.Day)]
    [InlineData("day,model,requests,input_tokens\n2026-10-01,m,1,5\n2026-10-02,m,1,5", "Europe/Berlin", "2026-09-30T22:00:00Z", "2026-10-02T22:00:00Z", UsageResolution.Day)]
    [InlineData("time,model,requests,input_tokens\n2026-10-01T00:00:00Z,m,1,5\n2026-10-01T01:00:00Z,m,1,5", "UTC", "2026-10-01T00:00:00Z", "2026-10-01T02:00:00Z", UsageResolution.Hour)]
    [InlineData("time,model,requests,input_tokens\n1790812800,m,1,5\n1790899200,m,1,5", "UTC", "2026-10-01T00:00:00Z", "2026-10-03T00:00:00Z", UsageResolution.Day)]
    [InlineData("time,end_time,model,requests,input_tokens\n2026-10-01,2026-10-08,m,1,5\n2026-10-08,2026-10-15,m,1,5", "UTC", "2026-10-01T00:00:00Z", "2026-10-15T00:00:00Z", UsageResolution.Day)]
    public async Task The_last_of_sums_without_an_end_counts_to_its_end(string table, string zone, string from, string to, UsageResolution resolution)
    {
        var profile = (await ImportedAsync(Encoding.UTF8.GetBytes(table), mapping => mapping with { TimeZone = zone })).Profile;
        Assert.Equal((At(from), At(to), resolution), (profile.FromUtc, profile.ToUtc, profile.Resolution));
    }

    [Fact]
    public async Task Rows_are_numbered_as_rows_where_texts_go_over_several_lines()
    {
        var imported = await ImportedAsync(Csv([Rows[0], "n,2026-11-02T08:00:00Z,,m,-5,1,0,success,\"also\n\n\nfour lines\"", Rows[1], "t,yesterday,,m,5,1,0,success,"]));
        Assert.Equal(
            [((UsageFault?)UsageFault.NoTime, "4"), (UsageFault.Negative, "2")],
            imported.Import.Skipped.OrderBy(skipped => skipped.Fault).Select(skipped => (skipped.Fault, string.Join(", ", skipped.Rows))));
    }

    [Fact]
    public async Task A_request_that_is_named_twice_counts_once_with_what_it_used_in_the_end() =>
        Assert.Equal(Sound, (await ImportedAsync(Csv([.. Rows, "b,2026-11-02T09:00:00Z,,gpt-4o,0,0,0,success,"]))).Profile.Totals);

    [Fact]
    public async Task A_file_without_a_column_of_time_asks_for_it()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (_, outcome) = await UsageImportTests.ImportAsync(database, "model,prompt_tokens,completion_tokens\nm,1,2\nm,3,4\n"u8.ToArray());
        Assert.Equal([("start", "Name the column of the time.")], Assert.IsType<UsageOutcome.Refused>(outcome).Problems.Select(problem => (problem.Path, problem.Message)));
    }

    [Fact]
    public async Task A_file_without_any_count_asks_for_one()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (_, outcome) = await UsageImportTests.ImportAsync(database, "timestamp,model\n2026-11-02,m\n2026-11-03,m\n"u8.ToArray());
        Assert.Equal([("input", "Name the column of prompt tokens, of generated tokens, or of the cost.")], Assert.IsType<UsageOutcome.Refused>(outcome).Problems.Select(problem => (problem.Path, problem.Message)));
    }

    [Fact]
    public async Task Half_a_CSV_counts_its_whole_rows_and_half_a_page_is_refused()
    {
        var half = Csv(Rows)[..^20];
        Assert.True((await ImportedAsync(half)).Profile.Totals.Requests is 1 or 2);
        var page = UsageSamples.All["Anthropic usage report"].Bytes;
        var said = await RefusalAsync(page[..(page.Length * 2 / 3)]);
        Assert.StartsWith("The file cannot be read: Malformed JSON in file \"log.csv\"", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_unpacks_to_more_than_is_taken_is_stopped_early(bool isZeros)
    {
        using var database = await TestDatabase.PreparedAsync();
        var options = new UsageOptions { Folder = database.Get<UsageOptions>().Folder, Limits = new UsageLimits { MaxUnpackedBytes = 1024 * 1024 } };
        var row = Encoding.UTF8.GetBytes(Rows[1] + "\n");
        var bomb = Packed(stream =>
        {
            for (var written = 0; written < 10 * 1024 * 1024; written += row.Length)
                stream.Write(isZeros ? new byte[row.Length] : row);
        });
        var refused = await Assert.ThrowsAsync<UsageRefusedException>(() => UsageFile.StoreAsync("log.csv.gz", new MemoryStream(bomb), options, null, TestContext.Current.CancellationToken));
        Assert.Equal("Unpacked, the file is larger than 1 MB. Export fewer days.", refused.Message);
        Assert.Empty(Directory.GetDirectories(options.Folder));
    }

    [Fact]
    public void What_unpacks_to_hundreds_of_times_its_length_is_stopped_before_it_fills_the_disk()
    {
        const long Megabyte = 1024 * 1024;
        var limits = new UsageLimits { MaxUnpackedBytes = 1_000 * Megabyte, MaxUnpackedFreely = 50 * Megabyte };
        Assert.Equal([50 * Megabyte, 200 * Megabyte, 1_000 * Megabyte], new[] { Megabyte / 10, Megabyte, 9 * Megabyte }.Select(limits.MostUnpacked));
    }

    [Theory]
    // Nine thousand sums of a billion million tokens each are more than 64 bits hold; so are ten costs of a billion dollars, and requests with failures beside them.
    [InlineData("day,model,requests,input_tokens,output_tokens,spend", "2026-11-02,m{0},1,1000000000000000,1,0", 9_300)]
    [InlineData("day,model,requests,input_tokens,output_tokens,spend", "2026-11-02,m,1,1,1,999999999", 10)]
    [InlineData("day,model,requests,input_tokens,output_tokens,spend", "2026-11-02,m{0},1,999999999999999,999999999999999,0", 4_700)]
    public async Task Sums_beyond_all_sense_are_a_fault_with_a_name(string head, string row, int rows)
    {
        var table = string.Join('\n', Enumerable.Range(0, rows).Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, row, number)).Prepend(head));
        Assert.Equal(UsageTexts.SumsAbsurd, await RefusalAsync(Encoding.UTF8.GetBytes(table)));
    }

    [Fact]
    public async Task Times_and_durations_beyond_all_sense_cost_their_row_only()
    {
        const string Table = """
            timestamp,end_time,model,prompt_tokens,completion_tokens,latency_ms
            2026-11-02T08:00:00Z,2026-11-02T08:00:01Z,m,1000,100,900
            1e300,,m,1,1,1
            -1e25,,m,1,1,1
            infinity,,m,1,1,1
            2026-11-02T09:00:00Z,1e300,m,2000,200,1e300
            """;
        var imported = await ImportedAsync(Encoding.UTF8.GetBytes(Table));
        Assert.Equal((2L, 3000L), (imported.Profile.Totals.Requests, imported.Profile.Totals.InputTokens));
        Assert.Equal(3, imported.Import.Skipped.Sum(skipped => skipped.Count));
    }

    [Fact]
    public async Task Of_a_DeepSeek_archive_the_amounts_are_read_and_its_costs_left()
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "usage_data_2026_11/cost-2026-11.csv", "user_id,start_time_iso,end_time_iso,model,wallet_type,cost,currency\nu1,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,deepseek-chat,paid,1.5,CNY\n");
            Add(archive, "usage_data_2026_11/amount-2026-11.csv", UsageSamples.All["DeepSeek"].Content);
        }

        Assert.Equal(UsageSamples.All["DeepSeek"].Totals, (await ImportedAsync(target.ToArray())).Profile.Totals);

        static void Add(ZipArchive archive, string name, string content)
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    [Fact]
    public async Task A_FOCUS_bill_in_Parquet_counts_as_one_in_CSV()
    {
        var folder = Directory.CreateTempSubdirectory("planner-focus-").FullName;
        try
        {
            var (csv, parquet) = (Path.Combine(folder, "bill.csv"), Path.Combine(folder, "bill.parquet"));
            await File.WriteAllTextAsync(csv, UsageSamples.All["FOCUS bill"].Content, TestContext.Current.CancellationToken);
            // Typed as clouds write it: times, decimals and floating-point numbers, and tags as a map.
            using (var session = DuckDbSession.Open(new DuckDbSettings([csv, parquet], folder, 100)))
            {
                session.Run(
                    $"COPY (SELECT * REPLACE (CAST(\"EffectiveCost\" AS DOUBLE) AS \"EffectiveCost\", CAST(\"ConsumedQuantity\" AS DECIMAL(38, 10)) AS \"ConsumedQuantity\", CAST(\"ChargePeriodStart\" AS TIMESTAMP) AS \"ChargePeriodStart\", "
                    + $"CAST(\"ChargePeriodEnd\" AS TIMESTAMPTZ) AS \"ChargePeriodEnd\"), MAP {{'team': 'search'}} AS \"Tags\" FROM read_csv({Sql.Text(csv)})) TO {Sql.Text(parquet)} (FORMAT parquet)");
            }

            Assert.Equal(UsageSamples.All["FOCUS bill"].Totals, (await ImportedAsync(await File.ReadAllBytesAsync(parquet, TestContext.Current.CancellationToken))).Profile.Totals);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Tokens_that_OpenAI_wrote_to_its_cache_are_part_of_the_prompt()
    {
        var page = UsageSamples.All["OpenAI usage API"].Content.Replace("\"input_cached_tokens\":800", "\"input_cached_tokens\":800,\"input_cache_write_tokens\":150", StringComparison.Ordinal);
        Assert.Equal(UsageSamples.All["OpenAI usage API"].Totals with { CacheWriteTokens = 150 }, (await ImportedAsync(Encoding.UTF8.GetBytes(page))).Profile.Totals);
        var export = "start_time,end_time,start_time_iso,end_time_iso,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens,input_cache_write_tokens\n"
            + "1793606400,1793606460,2026-11-02T08:00:00+00:00,2026-11-02T08:01:00+00:00,2,gpt-5,1500,200,1024,256\n";
        Assert.Equal(new UsageTotals(2, null, null, 1500, 1024, 256, 200, null), (await ImportedAsync(Encoding.UTF8.GetBytes(export))).Profile.Totals);
    }

    [Fact]
    public async Task Zstandard_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("planner-zstd-").FullName;
        try
        {
            var path = Path.Combine(folder, "log.csv.zst");
            using (var session = DuckDbSession.Open(new DuckDbSettings([path], folder, 100) { KeepsOrder = true }))
                session.Run($"COPY (SELECT 'a' AS request_id, '2026-11-02T08:00:00Z' AS \"startTime\", 1000 AS prompt_tokens, 100 AS completion_tokens, 'm' AS model, 0.25 AS spend) TO {Sql.Text(path)} (FORMAT csv, COMPRESSION zstd)");
            Assert.Equal(new UsageTotals(1, null, null, 1000, null, null, 100, 0.25m), (await ImportedAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))).Profile.Totals);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_spreadsheet_is_known_whatever_its_name_says()
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("[Content_Types].xml");
            archive.CreateEntry("xl/worksheets/sheet1.xml");
        }

        Assert.Equal("This is a spreadsheet, whatever its name says. Save its sheet as CSV.", await RefusalAsync(target.ToArray()));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3_000)]
    public async Task JSON_that_is_nested_beyond_all_measure_is_refused(int levels)
    {
        string[] openings = ["{\"data\":" + new string('[', levels), string.Concat(Enumerable.Repeat("{\"a\":", levels)), "{\"x\":\"\\\n" + new string('[', levels)];
        foreach (var opening in openings)
            Assert.Equal("The JSON is nested more than 2,000 levels deep.", await RefusalAsync(Encoding.UTF8.GetBytes(opening)));
    }

    [Fact]
    public async Task Brackets_within_texts_are_no_levels()
    {
        var row = "{\"request_id\":\"a\",\"startTime\":\"2026-11-02T08:00:00Z\",\"model\":\"m\",\"prompt_tokens\":10,\"completion_tokens\":1,\"spend\":0,\"messages\":\"\\\"" + new string('[', 5000) + "\"}";
        Assert.Equal(10, (await ImportedAsync(Encoding.UTF8.GetBytes(row))).Profile.Totals.InputTokens);
    }

    [Fact]
    public async Task A_page_cannot_be_read_as_another_kind_of_file()
    {
        using var database = await TestDatabase.PreparedAsync();
        var importer = database.Get<UsageImporter>();
        using var file = await importer.StoreAsync("log.csv", new MemoryStream(Csv(Rows)), null, TestContext.Current.CancellationToken);
        var mapping = new UsageMapping { Start = "start_time", Output = "output_tokens" };
        var refused = await Assert.ThrowsAsync<UsageRefusedException>(() => importer.PreviewAsync(file, "openai-usage", mapping, TestContext.Current.CancellationToken));
        Assert.Equal("The file looks like JSON but is none.", refused.Message);
    }

    // Each row says 1,200 prompt tokens, of which 200 cached where it says so, 34 generated ones and 12 cents.
    [Theory]
    [InlineData("Timestamp,Model,Input Tokens,Output Tokens,Cost (USD)\n2026-11-02 08:00:00,m,\"1,200\",34,$0.12\n2026-11-02 09:00:00,m,\"1,200\",34,$0.12", 2, null)]
    [InlineData("ts;model_name;tokens_in;tokens_out;cached_tokens;cost\n1793606400000;m;1200;34;200;0.12\n1793610000000;m;1200;34;200;0.12", 2, 200)]
    [InlineData("created_at,provider,model,prompt_tokens,completion_tokens,total_cost,latency_ms,status_code\n2026-11-02T08:00:00Z,openai,m,1200,34,0.12,900,200\n2026-11-02T09:00:00Z,openai,m,1200,34,0.12,900,200", 2, null)]
    [InlineData("day,model,requests,input_tokens,output_tokens,spend\n2026-11-02,m,40,1200,34,0.12\n2026-11-03,m,2,1200,34,0.12", 42, null)]
    [InlineData("requestId,time,deployment,promptTokens,completionTokens,cachedTokens,usd\nx,1793606400,m,1200,34,200,0.12\ny,1793610000,m,1200,34,200,0.12", 2, 200)]
    public async Task A_table_of_ones_own_is_guessed_by_the_names_of_its_columns(string content, int requests, int? cached)
    {
        var totals = (await ImportedAsync(Encoding.UTF8.GetBytes(content))).Profile.Totals;
        Assert.Equal((requests, 2400, 68, cached * 2, 0.24m), (totals.Requests, totals.InputTokens, totals.OutputTokens, totals.CacheReadTokens, totals.CostUsd));
    }

    private static DateTime At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

    private static async Task<UsageOutcome.Imported> ImportedAsync(byte[] content, Func<UsageMapping, UsageMapping>? corrected = null)
    {
        using var database = await TestDatabase.PreparedAsync();
        var (_, outcome) = await UsageImportTests.ImportAsync(database, content, corrected: corrected);
        Assert.True(outcome is UsageOutcome.Imported, (outcome as UsageOutcome.Refused)?.Problems[0].Message);
        return (UsageOutcome.Imported)outcome;
    }

    private static async Task<string> RefusalAsync(byte[] content)
    {
        using var database = await TestDatabase.PreparedAsync();
        try
        {
            var (_, outcome) = await UsageImportTests.ImportAsync(database, content);
            return Assert.IsType<UsageOutcome.Refused>(outcome).Problems[0].Message;
        }
        catch (UsageRefusedException refused)
        {
            return refused.Message;
        }
    }

    private static byte[] Csv(IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Head)) + "\n");

    private static byte[] Packed(Action<Stream> write)
    {
        using var target = new MemoryStream();
        using (var packing = new GZipStream(target, CompressionLevel.Fastest))
            write(packing);
        return target.ToArray();
    }
}
