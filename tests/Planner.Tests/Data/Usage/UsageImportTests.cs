using System.IO.Compression;
using System.Text;
using Planner.Data.Usage;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>Whole imports into a database, on small logs whose sums are worked out by hand.</summary>
public sealed class UsageImportTests
{
    private const string Head = "request_id,call_type,spend,prompt_tokens,completion_tokens,startTime,endTime,completionStartTime,model,custom_llm_provider,status,messages";

    /// <summary>Three answered requests and a failed one.</summary>
    private static readonly string[] Rows =
    [
        "a,acompletion,0.25,1000,100,2026-11-02T08:00:00Z,2026-11-02T08:00:02Z,2026-11-02T08:00:00.300Z,gpt-4o,openai,success,\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"a secret\"\"}]\"",
        "b,acompletion,0.5,2000,200,2026-11-02T08:59:59Z,2026-11-02T09:00:03Z,2026-11-02T09:00:00Z,gpt-4o,openai,success,[]",
        "c,acompletion,0.125,3000,0,2026-11-03T23:30:00+01:00,2026-11-03T23:30:01+01:00,,gpt-4o-mini,openai,success,[]",
        "d,acompletion,0,0,0,2026-11-03T10:00:00Z,2026-11-03T10:00:30Z,,gpt-4o,openai,failure,[]",
    ];

    [Fact]
    public async Task A_log_of_requests_is_counted_to_the_token()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (_, outcome) = await ImportAsync(database, Csv(Rows));

        var imported = Assert.IsType<UsageOutcome.Imported>(outcome);
        Assert.Equal(new UsageTotals(3, 1, null, 6000, null, null, 300, 0.875m), imported.Profile.Totals);
        Assert.Equal(UsageResolution.Request, imported.Profile.Resolution);
        Assert.Equal(
            [new(new DateTime(2026, 11, 2, 8, 0, 0), Totals(2, 0, 3000, 300, 0.75m)), new(new DateTime(2026, 11, 3, 10, 0, 0), Totals(0, 1, 0, 0, 0)), new(new DateTime(2026, 11, 3, 22, 0, 0), Totals(1, 0, 3000, 0, 0.125m))],
            imported.Profile.Hours);
        Assert.Equal([("gpt-4o", 2L), ("gpt-4o", 0L), ("gpt-4o-mini", 1L)], imported.Profile.Days.Select(day => (day.Model, day.Totals.Requests!.Value)));
        Assert.Equal((1000, 2000, 3000), (imported.Profile.InputLengths!.P50 / 2, imported.Profile.InputLengths.P50, imported.Profile.InputLengths.Longest));
        // 1,000, 2,000 and 3,000: mean 2,000, deviation √(2/3)·1,000.
        Assert.Equal((2000, 0.408248), (imported.Profile.InputLengths.Mean, Math.Round(imported.Profile.InputLengths.Cv, 6)));
        Assert.Equal((2, 300, 1000), (imported.Profile.Ttft!.Count, imported.Profile.Ttft.P50Ms, imported.Profile.Ttft.P99Ms));
        Assert.Equal(new DateTime(2026, 11, 2, 8, 0, 0), imported.Profile.FromUtc);
        Assert.Equal(new DateTime(2026, 11, 3, 22, 30, 1), imported.Profile.ToUtc);
    }

    [Fact]
    public async Task The_same_file_twice_counts_once()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (set, _) = await ImportAsync(database, Csv(Rows));
        var (_, again) = await ImportAsync(database, Csv(Rows), set);
        Assert.IsType<UsageOutcome.AlreadyImported>(again);
        var stored = await database.Get<UsageStore>().FindAsync(set);
        Assert.Equal((1, 3L), (stored!.Imports.Count, stored.Profile!.Totals.Requests));
    }

    [Fact]
    public async Task Requests_of_overlapping_exports_count_once_and_come_back_when_a_file_is_taken_out()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (set, _) = await ImportAsync(database, Csv(Rows[..3]));
        var (_, second) = await ImportAsync(database, Csv([Rows[1], Rows[2], Rows[3], Rows[0].Replace("a,", "e,", StringComparison.Ordinal)]), set);

        var imported = Assert.IsType<UsageOutcome.Imported>(second);
        Assert.Equal((4L, 2L), (imported.Import.Counted, imported.Import.AlreadyThere));
        Assert.Equal(new UsageTotals(4, 1, null, 7000, null, null, 400, 1.125m), imported.Profile.Totals);

        Assert.True(await database.Get<UsageImporter>().RemoveAsync(imported.Import.Id, TestContext.Current.CancellationToken));
        Assert.Equal(3, (await database.Get<UsageStore>().FindAsync(set))!.Profile!.Totals.Requests);
    }

    [Fact]
    public async Task A_request_that_a_file_names_twice_counts_once()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (_, outcome) = await ImportAsync(database, Csv([.. Rows, Rows[1]]));
        var imported = Assert.IsType<UsageOutcome.Imported>(outcome);
        Assert.Equal((5L, 4L, 1L, 3L), (imported.Import.Rows, imported.Import.Counted, imported.Import.Duplicates, imported.Profile.Totals.Requests));
    }

    [Fact]
    public async Task Faulty_rows_are_named_and_left_out()
    {
        using var database = await TestDatabase.PreparedAsync();
        string[] faulty =
        [
            "n1,x,0,-5,1,2026-11-02T08:00:00Z,,,m,p,success,",
            "n2,x,0,5,abc,2026-11-02T08:00:00Z,,,m,p,success,",
            "n3,x,0,5,1,yesterday,,,m,p,success,",
            "n4,x,0,999999999999,1,2026-11-02T08:00:00Z,,,m,p,success,",
            "n5,x,0,5,1,1999-11-02T08:00:00Z,,,m,p,success,",
            "n6,x,,,,2026-11-02T08:00:00Z,,,m,p,success,",
            "too,few",
        ];
        var (_, outcome) = await ImportAsync(database, Csv([.. Rows, .. faulty]));
        var imported = Assert.IsType<UsageOutcome.Imported>(outcome);
        Assert.Equal(3, imported.Profile.Totals.Requests);
        Assert.Equal(
            [
                ((UsageFault?)null, 1L, 12L), (UsageFault.NoTime, 1, 7), (UsageFault.ImpossibleTime, 1, 9), (UsageFault.NoNumber, 1, 6), (UsageFault.Negative, 1, 5), (UsageFault.Absurd, 1, 8),
                (UsageFault.NothingCounted, 1, 10),
            ],
            imported.Import.Skipped.Select(skipped => (skipped.Fault, skipped.Count, skipped.Rows[0])));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zip")]
    [InlineData("bom")]
    [InlineData("crlf")]
    [InlineData("semicolon")]
    [InlineData("jsonl")]
    public async Task However_a_file_is_written_its_sums_are_the_same(string form)
    {
        using var database = await TestDatabase.PreparedAsync();
        var csv = Csv(Rows);
        var file = form switch
        {
            "gzip" => Packed(csv, stream => new GZipStream(stream, CompressionLevel.Fastest)),
            "zip" => Zipped("log.csv", csv),
            "bom" => [.. Encoding.UTF8.Preamble, .. csv],
            "crlf" => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(csv).Replace("\n", "\r\n", StringComparison.Ordinal)),
            "semicolon" => Encoding.UTF8.GetBytes(string.Join('\n', Encoding.UTF8.GetString(csv).Split('\n').Select(line => line.Contains('"', StringComparison.Ordinal) ? line[..line.IndexOf('"', StringComparison.Ordinal)].Replace(',', ';') : line.Replace(',', ';')))),
            _ => Encoding.UTF8.GetBytes(string.Join('\n', Rows.Select(JsonOf))),
        };
        var (_, outcome) = await ImportAsync(database, file);
        Assert.Equal(new UsageTotals(3, 1, null, 6000, null, null, 300, 0.875m), Assert.IsType<UsageOutcome.Imported>(outcome).Profile.Totals);
    }

    [Fact]
    public async Task No_prompt_is_kept_anywhere()
    {
        using var database = await TestDatabase.PreparedAsync();
        await ImportAsync(database, Csv(Rows));
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(database.Path))!;
        // Whoever holds the database has its lock alone; there is nothing in it.
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        Assert.Contains(database.Path, files);
        Assert.All(files, file => Assert.DoesNotContain("a secret", Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_table_is_refused_in_words()
    {
        using var database = await TestDatabase.PreparedAsync();
        var importer = database.Get<UsageImporter>();
        Assert.Equal(UsageTexts.Empty, await RefusalAsync(importer, []));
        Assert.Equal(UsageTexts.Binary, await RefusalAsync(importer, [0, 1, 2, 3, 0]));
        Assert.Equal(UsageTexts.Spreadsheet, await RefusalAsync(importer, Zipped("[Content_Types].xml", [1])));
        Assert.Equal(UsageTexts.NotUtf8, await RefusalAsync(importer, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2")]));
        Assert.Equal(UsageTexts.OneColumn, await RefusalAsync(importer, "only\none\ncolumn\n"u8.ToArray()));
        Assert.Equal(UsageTexts.Damaged, await RefusalAsync(importer, Packed(Csv(Rows), stream => new GZipStream(stream, CompressionLevel.Fastest))[..^20]));
    }

    internal static async Task<(long Set, UsageOutcome Outcome)> ImportAsync(TestDatabase database, byte[] content, long? set = null, Func<UsageMapping, UsageMapping>? corrected = null)
    {
        var id = set ?? await database.Get<UsageStore>().AddAsync("Logs", null, TestContext.Current.CancellationToken);
        var importer = database.Get<UsageImporter>();
        using var file = await importer.StoreAsync("log.csv", new MemoryStream(content), null, TestContext.Current.CancellationToken);
        var known = await importer.RecogniseAsync(file, TestContext.Current.CancellationToken);
        return (id, await importer.ImportAsync(id, file, known.FormatId, corrected is null ? known.Mapping : corrected(known.Mapping), null, TestContext.Current.CancellationToken));
    }

    private static async Task<string> RefusalAsync(UsageImporter importer, byte[] content) =>
        (await Assert.ThrowsAsync<UsageRefusedException>(async () =>
        {
            using var file = await importer.StoreAsync("log.csv", new MemoryStream(content), null, TestContext.Current.CancellationToken);
            await importer.RecogniseAsync(file, TestContext.Current.CancellationToken);
        })).Message;

    private static UsageTotals Totals(long requests, long failed, long input, long output, decimal cost) => new(requests, failed, null, input, null, null, output, cost);

    private static byte[] Csv(IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Head)) + "\n");

    private static string JsonOf(string row)
    {
        var cells = row.Split(',');
        var names = Head.Split(',');
        return "{" + string.Join(",", names.Take(11).Select((name, i) => name is "spend" or "prompt_tokens" or "completion_tokens" ? $"\"{name}\":{cells[i]}" : $"\"{name}\":\"{cells[i]}\"")) + ",\"messages\":[{\"role\":\"user\"}]}";
    }

    private static byte[] Packed(byte[] content, Func<Stream, Stream> pack)
    {
        using var target = new MemoryStream();
        using (var packing = pack(target))
            packing.Write(content);
        return target.ToArray();
    }

    private static byte[] Zipped(string name, byte[] content)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry(name).Open())
            entry.Write(content);
        return target.ToArray();
    }
}
