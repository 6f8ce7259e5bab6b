using System.Text;
using Planner.Data.Usage;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>Vendors report tokens and costs apart: both reports in one measured workload.</summary>
public sealed class UsageBillsTests
{
    /// <summary>1,000 tokens from 08:00 on and 2,000 from 09:00 on.</summary>
    private const string OpenAiUsage = """
        {"object":"page","data":[
          {"object":"bucket","start_time":1793606400,"end_time":1793610000,"results":[{"object":"organization.usage.completions.result","input_tokens":900,"output_tokens":100,"input_cached_tokens":0,"num_model_requests":3,"project_id":null,"user_id":null,"api_key_id":null,"model":"gpt-4o-2024-08-06","batch":null}]},
          {"object":"bucket","start_time":1793610000,"end_time":1793613600,"results":[{"object":"organization.usage.completions.result","input_tokens":1800,"output_tokens":200,"input_cached_tokens":500,"num_model_requests":6,"project_id":null,"user_id":null,"api_key_id":null,"model":"gpt-4o-2024-08-06","batch":null}]}],"has_more":false,"next_page":null}
        """;

    /// <summary>90 cents for tokens, 10 cents for searches.</summary>
    private const string OpenAiCosts = """
        {"object":"page","data":[{"object":"bucket","start_time":1793577600,"end_time":1793664000,"results":[
          {"object":"organization.costs.result","amount":{"value":0.6,"currency":"usd"},"line_item":"gpt-4o-2024-08-06, input","project_id":null},
          {"object":"organization.costs.result","amount":{"value":0.3,"currency":"usd"},"line_item":"gpt-4o-2024-08-06, output","project_id":null},
          {"object":"organization.costs.result","amount":{"value":0.1,"currency":"usd"},"line_item":"web search tool calls","project_id":null}]}],"has_more":false,"next_page":null}
        """;

    private const string AnthropicUsage = """
        {"data":[{"starting_at":"2026-11-02T00:00:00Z","ending_at":"2026-11-03T00:00:00Z","results":[
          {"uncached_input_tokens":100,"cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":3},"cache_read_input_tokens":4000,"output_tokens":50,"server_tool_use":{"web_search_requests":1},"api_key_id":null,"workspace_id":"w1","model":"claude-opus-4-1-20250805","service_tier":"standard","context_window":"0-200k"},
          {"uncached_input_tokens":7,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"cache_read_input_tokens":0,"output_tokens":2,"server_tool_use":{"web_search_requests":0},"api_key_id":null,"workspace_id":"w2","model":"claude-opus-4-1-20250805","service_tier":"standard","context_window":"0-200k"}]}],"has_more":false,"next_page":null}
        """;

    private const string AnthropicCosts = """
        {"data":[{"starting_at":"2026-11-02T00:00:00Z","ending_at":"2026-11-03T00:00:00Z","results":[
          {"currency":"USD","amount":"123.78912","workspace_id":"w1","description":"Claude Opus 4.1 Usage - Input Tokens","cost_type":"tokens","context_window":"0-200k","model":"claude-opus-4-1-20250805","service_tier":"standard","token_type":"uncached_input_tokens"},
          {"currency":"USD","amount":"76.21089","workspace_id":"w2","description":"Claude Opus 4.1 Usage - Output Tokens","cost_type":"tokens","context_window":"0-200k","model":"claude-opus-4-1-20250805","service_tier":"standard","token_type":"output_tokens"},
          {"currency":"USD","amount":"1","workspace_id":"w1","description":"Web Search Usage","cost_type":"web_search","context_window":null,"model":null,"service_tier":null,"token_type":null}]}],"has_more":false,"next_page":null}
        """;

    [Theory]
    [InlineData(OpenAiUsage, OpenAiCosts)]
    [InlineData(OpenAiCosts, OpenAiUsage)]
    public async Task OpenAI_costs_stand_at_the_usage_that_they_are_of(string first, string second)
    {
        using var database = await TestDatabase.PreparedAsync();
        var profile = await BothAsync(database, first, second);
        Assert.Equal((9L, 2700L, 500L, 300L, 1m), (profile.Totals.Requests, profile.Totals.InputTokens, profile.Totals.CacheReadTokens, profile.Totals.OutputTokens, profile.Totals.CostUsd));
        Assert.Equal([("gpt-4o-2024-08-06", 3000L, 0.9m), ("web search tool calls", 0, 0.1m)], profile.Days.Select(day => (day.Model, day.Totals.Tokens!.Value, day.Totals.CostUsd!.Value)));
        // A third of the tokens is a third of their cost; what else was paid stands at the beginning.
        Assert.Equal([(8, 0.4m), (9, 0.6m)], profile.Hours.Select(hour => (hour.StartUtc.Hour, hour.Totals.CostUsd!.Value)));
        Assert.Equal((UsageResolution.Hour, new DateTime(2026, 11, 2, 8, 0, 0), new DateTime(2026, 11, 2, 10, 0, 0)), (profile.Resolution, profile.FromUtc, profile.ToUtc));
    }

    [Fact]
    public async Task Anthropic_costs_stand_at_the_usage_that_they_are_of_to_the_billionth_of_a_dollar()
    {
        using var database = await TestDatabase.PreparedAsync();
        var totals = (await BothAsync(database, AnthropicUsage, AnthropicCosts)).Totals;
        Assert.Equal((null, 4130L, 4000L, 23L, 52L, 2.0100001m), (totals.Requests, totals.InputTokens, totals.CacheReadTokens, totals.CacheWriteTokens, totals.OutputTokens, totals.CostUsd));
    }

    [Fact]
    public async Task A_day_of_which_one_report_says_nothing_stays_unknown()
    {
        using var database = await TestDatabase.PreparedAsync();
        var nextDay = OpenAiCosts.Replace("1793577600", "1793664000", StringComparison.Ordinal).Replace("\"end_time\":1793664000", "\"end_time\":1793750400", StringComparison.Ordinal);
        var totals = (await BothAsync(database, OpenAiUsage, nextDay)).Totals;
        Assert.Equal((null, null, null), (totals.Requests, totals.Tokens, totals.CostUsd));
    }

    [Fact]
    public async Task A_bill_beside_usage_that_states_its_costs_is_not_taken_for_its_own()
    {
        using var database = await TestDatabase.PreparedAsync();
        const string Log = "request_id,startTime,model,custom_llm_provider,prompt_tokens,completion_tokens,spend\na,2026-11-02T08:00:00Z,gpt-4o-2024-08-06,openai,1000,100,0.9\n";
        Assert.Null((await BothAsync(database, Log, OpenAiCosts)).Totals.Tokens);
    }

    [Fact]
    public async Task Taking_the_usage_out_leaves_the_bill_without_tokens()
    {
        using var database = await TestDatabase.PreparedAsync();
        await BothAsync(database, OpenAiUsage, OpenAiCosts);
        var store = database.Get<UsageStore>();
        var set = (await store.FindAsync(1))!;
        await database.Get<UsageImporter>().RemoveAsync(set.Imports[^1].Id, TestContext.Current.CancellationToken);
        Assert.Equal(new UsageTotals(null, null, null, null, null, null, null, 1m), (await store.FindAsync(1))!.Profile!.Totals);
    }

    private static async Task<UsageProfile> BothAsync(TestDatabase database, string first, string second)
    {
        var (set, outcome) = await UsageImportTests.ImportAsync(database, Encoding.UTF8.GetBytes(first));
        Assert.IsType<UsageOutcome.Imported>(outcome);
        var imported = Assert.IsType<UsageOutcome.Imported>((await UsageImportTests.ImportAsync(database, Encoding.UTF8.GetBytes(second), set)).Outcome);
        Assert.Equal(0, imported.Import.AlreadyThere);
        return imported.Profile;
    }
}
