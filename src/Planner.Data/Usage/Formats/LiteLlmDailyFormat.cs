namespace Planner.Data.Usage;

/// <summary>LiteLLM's daily tables (<c>LiteLLM_DailyUserSpend</c> and its likes): a row for each day, key and model; prompts with their cached tokens, days in UTC.</summary>
internal sealed record LiteLlmDailyFormat() : UsageFormat("litellm-daily", "LiteLLM daily spend")
{
    internal override bool Fits(UsageTable table) => table.Has("date", "prompt_tokens", "completion_tokens", "spend", "api_requests");

    internal override UsageMapping MappingOf(UsageTable table)
    {
        // Every request has at least the tag of its user agent, and one of another name with the version.
        if (table.Has("tag"))
            throw new UsageRefusedException(UsageTexts.TagsOverlap);
        string[] dimensions = ["user_id", "team_id", "organization_id", "end_user_id", "agent_id", "api_key", "model_group", "mcp_namespaced_tool_name", "endpoint"];
        return new UsageMapping
        {
            RowIsRequest = false,
            Dimensions = [.. dimensions.Where(column => table.Has(column))],
            Start = "date",
            Seller = table.First("custom_llm_provider"),
            Model = table.First("model"),
            Requests = table.First("successful_requests", "api_requests"),
            Failed = table.Has("successful_requests") ? table.First("failed_requests") : null,
            Input = "prompt_tokens",
            CacheRead = table.First("cache_read_input_tokens"),
            CacheWrite = table.First("cache_creation_input_tokens") is { } write ? [write] : [],
            Output = "completion_tokens",
            Cost = "spend",
        };
    }
}
