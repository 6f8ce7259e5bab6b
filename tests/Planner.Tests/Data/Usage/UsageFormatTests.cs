using System.Text;
using Planner.Data.Usage;
using Planner.Data.Usage.DuckDb;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>Each format by a small file of it: what it is taken for, and its sums worked out by hand from its vendor's rules.</summary>
public sealed class UsageFormatTests
{
    public static TheoryData<string> Names => [.. UsageSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_format_counts_as_its_vendor_does(string name)
    {
        var sample = UsageSamples.All[name];
        var imported = await ImportedAsync(sample.Content);
        Assert.All(imported.Import.Skipped, skipped => Assert.Equal(UsageFault.NotUsage, skipped.Fault));
        Assert.Equal(sample.Skipped, imported.Import.Skipped.Sum(skipped => skipped.Count));
        Assert.Equal(sample.Totals, imported.Profile.Totals);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_is_taken_for_one_format_only(string name)
    {
        using var database = await TestDatabase.PreparedAsync();
        using var file = await StoreAsync(database, UsageSamples.All[name].Bytes);
        using var session = DuckDbSession.Open(new DuckDbSettings([file.Path], file.Folder, 200));
        var table = file.Open(session);
        Assert.Equal([UsageSamples.All[name].Format, "other"], UsageFormats.All.Where(format => format.Fits(table)).Select(format => format.Id));
    }

    [Theory]
    [InlineData("{\"object\":\"page\",\"data\":[],\"has_more\":false,\"next_page\":null}", "openai-usage")]
    [InlineData("{\"object\":\"page\",\"data\":[{\"object\":\"bucket\",\"start_time\":1793606400,\"end_time\":1793610000,\"results\":[]}],\"has_more\":false}", "openai-usage")]
    [InlineData("{\"data\":[],\"has_more\":false,\"next_page\":null}", "anthropic-usage")]
    [InlineData("{\"data\":[{\"starting_at\":\"2026-11-02T00:00:00Z\",\"ending_at\":\"2026-11-03T00:00:00Z\",\"results\":[]}],\"has_more\":false,\"next_page\":null}", "anthropic-usage")]
    [InlineData("start_time,end_time,start_time_iso,end_time_iso\n", "openai-export")]
    [InlineData("start_time,end_time,start_time_iso,end_time_iso\n1793606400,1793606460,2026-11-02T08:00:00+00:00,2026-11-02T08:01:00+00:00\n", "openai-export")]
    [InlineData("{\"results\":[],\"metadata\":{\"total_api_requests\":0}}", "litellm-activity")]
    [InlineData("{\"daily\":[],\"totals\":{\"inputTokens\":0}}", "ccusage")]
    [InlineData("{\"resourceSpans\":[]}", "otlp")]
    public async Task An_export_without_usage_is_known_and_said_to_have_no_rows(string content, string format)
    {
        using var database = await TestDatabase.PreparedAsync();
        using var file = await StoreAsync(database, Encoding.UTF8.GetBytes(content));
        Assert.Equal(format, (await database.Get<UsageImporter>().RecogniseAsync(file, TestContext.Current.CancellationToken)).FormatId);
        var (_, outcome) = await UsageImportTests.ImportAsync(database, Encoding.UTF8.GetBytes(content));
        Assert.Equal([UsageTexts.NoRows], Assert.IsType<UsageOutcome.Refused>(outcome).Problems.Select(problem => problem.Message));
    }

    [Fact]
    public async Task Pages_laid_out_over_lines_or_kept_in_a_list_are_read_to_the_last()
    {
        var pages = UsageSamples.All["OpenAI usage API"].Content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var sound = UsageSamples.All["OpenAI usage API"].Totals;
        Assert.Equal(sound, (await ImportedAsync($"[{string.Join(",\n", pages)}]")).Profile.Totals);
        Assert.Equal(sound, (await ImportedAsync(string.Join('\n', pages.Select(page => page.Replace("},{", "},\n  {", StringComparison.Ordinal))))).Profile.Totals);
    }

    [Fact]
    public async Task Costs_stand_at_the_model_of_their_line_item()
    {
        var days = (await ImportedAsync(UsageSamples.All["OpenAI costs API"].Content)).Profile.Days;
        Assert.Equal([("", 0.5m), ("gpt-4o", 1.31m)], days.Select(day => (day.Model, day.Totals.CostUsd!.Value)));
    }

    [Fact]
    public async Task Costs_in_another_currency_are_left_out_and_named()
    {
        var content = UsageSamples.All["Anthropic cost report"].Content.Replace("{\"currency\":\"USD\",\"amount\":\"76.21088\"", "{\"currency\":\"EUR\",\"amount\":\"76.21088\"", StringComparison.Ordinal);
        var imported = await ImportedAsync(content);
        Assert.Equal(1.2378912m, imported.Profile.Totals.CostUsd);
        Assert.Equal((UsageFault?)UsageFault.OtherCurrency, Assert.Single(imported.Import.Skipped).Fault);
    }

    [Fact]
    public async Task What_DeepSeek_splits_over_four_rows_is_one_sum_and_a_faulty_part_leaves_all_of_it_out()
    {
        var sound = UsageSamples.All["DeepSeek"].Content;
        Assert.Equal(2, (await ImportedAsync(sound)).Import.Counted);
        var imported = await ImportedAsync(sound.Replace("0.00000027,10\n", "0.00000027,-10\n", StringComparison.Ordinal));
        Assert.Equal((4000L, 500L), (imported.Profile.Totals.InputTokens!.Value, imported.Profile.Totals.OutputTokens!.Value));
        Assert.Equal((UsageFault?)UsageFault.Negative, Assert.Single(imported.Import.Skipped).Fault);
    }

    /// <summary>What Langfuse's usage may say, with the prompt tokens that it means, those read from and written to the cache, and the generated ones.</summary>
    public static TheoryData<string, long, long, long, long> LangfuseUsage => new()
    {
        // Disjoint by Langfuse's rule, without and with a total.
        { "{\"input\":100,\"input_cached_tokens\":900,\"output\":10}", 1000, 900, 0, 10 },
        { "{\"input\":100,\"input_cached_tokens\":900,\"output\":10,\"total\":1010}", 1000, 900, 0, 10 },
        // Counted in: the total is less than all together.
        { "{\"input\":1000,\"input_cached_tokens\":900,\"output\":10,\"total\":1010}", 1000, 900, 0, 10 },
        { "{\"input\":1000,\"cache_read_input_tokens\":900,\"cache_creation_input_tokens\":50,\"output\":10,\"output_reasoning_tokens\":4,\"total\":1010}", 1000, 900, 50, 10 },
        // Reasoning beside the answer, cached tokens within the prompt.
        { "{\"input\":1000,\"input_cached_tokens\":900,\"output\":10,\"output_reasoning_tokens\":4,\"total\":1014}", 1000, 900, 0, 14 },
        // The same cached tokens by two names.
        { "{\"input\":100,\"input_cached_tokens\":900,\"cache_read_input_tokens\":900,\"output\":10,\"total\":1010}", 1000, 900, 0, 10 },
        // A total that fits nothing.
        { "{\"input\":1000,\"input_cached_tokens\":900,\"output\":10,\"total\":7}", 1000, 900, 0, 10 },
        // Other parts of a prompt, and the older names.
        { "{\"input\":100,\"input_audio_tokens\":30,\"output\":10,\"total\":140}", 130, 0, 0, 10 },
        { "{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110}", 100, 0, 0, 10 },
    };

    [Theory]
    [MemberData(nameof(LangfuseUsage))]
    public async Task Langfuse_usage_counts_no_token_twice(string usage, long input, long read, long written, long output)
    {
        var row = $"{{\"id\":\"a\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"startTime\":\"2026-11-02T08:00:00Z\",\"model\":\"m\",\"usageDetails\":{usage}}}";
        var totals = (await ImportedAsync(row)).Profile.Totals;
        Assert.Equal((input, read, written, output), (totals.InputTokens, totals.CacheReadTokens, totals.CacheWriteTokens, totals.OutputTokens));
    }

    [Fact]
    public async Task A_trace_whose_only_usage_stands_at_an_agent_counts_it()
    {
        var rows = """
            {"id":"a","traceId":"t","type":"AGENT","startTime":"2026-11-02T08:00:00Z","model":"m","usageDetails":{"input":70,"output":7}}
            {"id":"b","traceId":"u","type":"GENERATION","startTime":"2026-11-02T08:00:00Z","model":"m","usageDetails":{"input":100,"output":10}}
            """;
        Assert.Equal((170L, 17L), (await ImportedAsync(rows)).Profile.Totals is var totals ? (totals.InputTokens!.Value, totals.OutputTokens!.Value) : default);
    }

    [Theory]
    [InlineData("{\"monthly\":[{\"month\":\"2026-10\",\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationTokens\":3,\"cacheReadTokens\":4,\"totalTokens\":10,\"totalCost\":0.5,\"modelsUsed\":[\"opus\"]},{\"month\":\"2026-12\",\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationTokens\":3,\"cacheReadTokens\":4,\"totalTokens\":10,\"totalCost\":0.5,\"modelsUsed\":[\"opus\"]}],\"totals\":{}}", "2026-10-01", 61.5, 16, 4)]
    [InlineData("{\"weekly\":[{\"week\":\"2026-11-01\",\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationTokens\":3,\"cacheReadTokens\":4,\"totalTokens\":10,\"totalCost\":0.5}],\"totals\":{}}", "2026-11-01", 7, 8, 2)]
    [InlineData("{\"sessions\":[{\"sessionId\":\"p1\",\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationTokens\":3,\"cacheReadTokens\":4,\"totalTokens\":10,\"totalCost\":0.5,\"lastActivity\":\"2026-11-02\"},{\"sessionId\":\"p2\",\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationTokens\":3,\"cacheReadTokens\":4,\"totalTokens\":10,\"totalCost\":0.5,\"lastActivity\":\"2026-11-02\"}],\"totals\":{}}", "2026-11-02", 1, 16, 4)]
    [InlineData("{\"blocks\":[{\"id\":\"b1\",\"startTime\":\"2026-11-02T12:00:00.000Z\",\"endTime\":\"2026-11-02T17:00:00.000Z\",\"actualEndTime\":\"2026-11-02T15:00:00.000Z\",\"isActive\":false,\"isGap\":false,\"entries\":3,\"tokenCounts\":{\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationInputTokens\":3,\"cacheReadInputTokens\":4},\"totalTokens\":10,\"costUSD\":0.5,\"models\":[\"opus\"]},{\"id\":\"gap\",\"startTime\":\"2026-11-02T17:00:00.000Z\",\"endTime\":\"2026-11-02T22:00:00.000Z\",\"isGap\":true,\"entries\":0,\"tokenCounts\":{\"inputTokens\":0,\"outputTokens\":0},\"models\":[]}]}", "2026-11-02T12:00", 0.125, 8, 2)]
    public async Task Each_report_of_ccusage_lasts_as_long_as_its_rows(string content, string from, double days, long input, long output)
    {
        var profile = (await ImportedAsync(content)).Profile;
        Assert.Equal(DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture), profile.FromUtc);
        // The month that is not over ends now, at noon of 1 December.
        Assert.Equal((days, input, output), (profile.DaysMeasured, profile.Totals.InputTokens, profile.Totals.OutputTokens));
    }

    [Fact]
    public async Task Dates_of_another_zone_are_put_right_by_the_mapping()
    {
        using var database = await TestDatabase.PreparedAsync();
        using var file = await StoreAsync(database, UsageSamples.All["ccusage daily"].Bytes);
        var importer = database.Get<UsageImporter>();
        var known = await importer.RecogniseAsync(file, TestContext.Current.CancellationToken);
        var preview = await importer.PreviewAsync(file, known.FormatId, known.Mapping with { TimeZone = "Europe/Berlin" }, TestContext.Current.CancellationToken);
        Assert.Equal(new DateTime(2026, 11, 1, 23, 0, 0), preview.Rows[0].StartUtc);
    }

    [Fact]
    public async Task Spans_may_hold_their_attributes_in_one_column()
    {
        var rows = """
            {"traceId":"t","spanId":"a","startTimeUnixNano":"1793606400000000000","endTimeUnixNano":"1793606401000000000","status":{"code":"STATUS_CODE_OK"},"attributes":{"gen_ai.system":"anthropic","gen_ai.request.model":"claude","gen_ai.usage.input_tokens":10,"gen_ai.usage.cache_read.input_tokens":90,"gen_ai.usage.output_tokens":5}}
            {"traceId":"t","spanId":"b","startTimeUnixNano":"1793606400000000000","endTimeUnixNano":"1793606401000000000","status":{"code":2},"attributes":{"gen_ai.request.model":"claude"}}
            """;
        var imported = await ImportedAsync(rows);
        // More came from the cache than the prompt has: it was left out there.
        Assert.Equal(new UsageTotals(1, 1, null, 100, 90, 0, 5, null), imported.Profile.Totals);
    }

    [Fact]
    public async Task A_bill_keeps_the_cost_of_tokens_whose_kind_it_does_not_tell()
    {
        var bill = """
            EffectiveCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ConsumedUnit,ServiceName,SkuMeter
            2.5,USD,Usage,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,1500,Tokens,Amazon Bedrock,nova-lite
            """;
        Assert.Equal(new UsageTotals(null, null, null, null, 0, 0, null, 2.5m), (await ImportedAsync(bill)).Profile.Totals);
    }

    [Theory]
    [InlineData("tag,date,model,prompt_tokens,completion_tokens,spend,api_requests\na,2026-11-02,m,1,1,0,1\n", nameof(UsageTexts.TagsOverlap))]
    [InlineData("Date,Tag,Spend ($),Requests\n2026-11-02,a,1,1\n", nameof(UsageTexts.TagsOverlap))]
    [InlineData("Date,Team,Team ID,Model,Spend ($),Requests,Successful,Failed,Total Tokens\n2026-11-02,a,a,m,1,1,1,0,5\n", nameof(UsageTexts.ModelsRepeat))]
    [InlineData("{\"data\":[{\"id\":1,\"prompt_tokens\":4}]}", nameof(UsageTexts.UnknownPage))]
    public async Task Files_that_state_the_same_usage_several_times_or_in_an_unknown_form_are_refused(string content, string text)
    {
        using var database = await TestDatabase.PreparedAsync();
        using var file = await StoreAsync(database, Encoding.UTF8.GetBytes(content));
        var refused = await Assert.ThrowsAsync<UsageRefusedException>(() => database.Get<UsageImporter>().RecogniseAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(UsageTexts.ResourceManager.GetString(text, System.Globalization.CultureInfo.CurrentUICulture), refused.Message);
    }

    private static async Task<UsageOutcome.Imported> ImportedAsync(string content)
    {
        using var database = await TestDatabase.PreparedAsync();
        var (_, outcome) = await UsageImportTests.ImportAsync(database, Encoding.UTF8.GetBytes(content));
        Assert.True(outcome is UsageOutcome.Imported, (outcome as UsageOutcome.Refused)?.Problems[0].Message);
        return (UsageOutcome.Imported)outcome;
    }

    private static Task<UsageFile> StoreAsync(TestDatabase database, byte[] content) =>
        database.Get<UsageImporter>().StoreAsync("export.txt", new MemoryStream(content), null, TestContext.Current.CancellationToken);
}
