namespace Planner.Data.Usage;

/// <summary>LiteLLM's table of spend logs: a row for each request, prompts with their cached tokens, costs in USD, times in UTC.</summary>
internal sealed record LiteLlmSpendFormat() : UsageFormat("litellm-spend", "LiteLLM spend logs")
{
    internal override bool Fits(UsageTable table) => table.Has("request_id", "startTime", "prompt_tokens", "completion_tokens", "spend");

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        Id = "request_id",
        Start = "startTime",
        End = table.Has("endTime") ? "endTime" : null,
        FirstToken = table.Has("completionStartTime") ? "completionStartTime" : null,
        Seller = table.Has("custom_llm_provider") ? "custom_llm_provider" : null,
        Model = "model",
        Input = "prompt_tokens",
        Output = "completion_tokens",
        Cost = "spend",
        Status = table.Has("status") ? "status" : null,
    };
}
