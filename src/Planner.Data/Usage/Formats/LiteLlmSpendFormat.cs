using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>
/// LiteLLM's table of spend logs: a row for each request, prompts with their cached tokens, costs in USD, times in UTC. What its own cache answered reached no model: such rows
/// repeat the tokens of the first answer and are no usage.
/// </summary>
internal sealed record LiteLlmSpendFormat() : LaidOutFormat("litellm-spend", "LiteLLM spend logs")
{
    private static readonly string[] Bodies = ["messages", "response", "proxy_server_request"];

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
        Usage = table.Has("cache_hit") ? "reached_model" : null,
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table)
    {
        var layout = table.Columns.Except(Bodies, StringComparer.Ordinal).ToDictionary(column => column, Sql.Name, StringComparer.Ordinal);
        if (table.Has("cache_hit"))
            layout["reached_model"] = "CASE WHEN is_true(cache_hit) THEN 'false' ELSE 'true' END";
        return layout;
    }

    internal override string From(UsageTable table) => table.Rows(table.Columns.Except(Bodies, StringComparer.Ordinal));
}
