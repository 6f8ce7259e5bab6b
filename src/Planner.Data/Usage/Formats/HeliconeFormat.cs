namespace Planner.Data.Usage;

/// <summary>
/// Helicone's requests, out of its table <c>request_response_rmt</c> or by <c>@helicone/export</c>, which names some columns otherwise. It takes cached tokens off the prompt, whoever
/// the provider is. What its own cache answered reached no model: such rows are no usage.
/// </summary>
internal sealed record HeliconeFormat() : LaidOutFormat("helicone", "Helicone requests")
{
    /// <summary>What is read of it; the bodies of requests are not.</summary>
    private static readonly string[] Read =
    [
        "request_id", "request_created_at", "response_created_at", "latency", "delay_ms", "time_to_first_token", "provider", "model", "response_model", "request_model", "prompt_tokens",
        "prompt_cache_read_tokens", "prompt_cache_write_tokens", "completion_tokens", "reasoning_tokens", "cost", "status", "response_status", "cached",
    ];

    internal override bool Fits(UsageTable table) => table.Has("request_id", "request_created_at", "prompt_tokens", "completion_tokens");

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        Id = "request_id",
        Start = "request_created_at",
        End = table.First("response_created_at"),
        Duration = table.First("latency", "delay_ms") is null ? null : "latency",
        Ttft = table.First("time_to_first_token"),
        Seller = table.First("provider"),
        Model = "model",
        Input = "prompt_tokens",
        CachedOutsideInput = true,
        CacheRead = table.First("prompt_cache_read_tokens"),
        CacheWrite = table.First("prompt_cache_write_tokens") is { } write ? [write] : [],
        Output = "completion_tokens",
        Cost = table.Has("cost") ? "cost" : null,
        Status = table.First("status", "response_status") is null ? null : "status",
        Usage = table.Has("cached") ? "reached_model" : null,
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table)
    {
        var (read, write, cost) = (Cell(table, "prompt_cache_read_tokens"), Cell(table, "prompt_cache_write_tokens"), Cell(table, "cost"));
        var reasoning = Cell(table, "reasoning_tokens");
        return new Dictionary<string, string>
        {
            ["request_id"] = Cell(table, "request_id"),
            ["request_created_at"] = Cell(table, "request_created_at"),
            ["response_created_at"] = Cell(table, "response_created_at"),
            ["latency"] = Cell(table, "latency", "delay_ms"),
            ["time_to_first_token"] = $"nullif({Cell(table, "time_to_first_token")}, '0')",
            ["provider"] = Cell(table, "provider"),
            ["model"] = Cell(table, "model", "response_model", "request_model"),
            ["prompt_tokens"] = "prompt_tokens",
            ["prompt_cache_read_tokens"] = read,
            ["prompt_cache_write_tokens"] = write,
            // Reasoning is counted apart from the answer.
            ["completion_tokens"] = $"CASE WHEN whole({reasoning}) > 0 AND whole(completion_tokens) >= 0 THEN CAST(whole(completion_tokens) + whole({reasoning}) AS VARCHAR) ELSE completion_tokens END",
            // The table holds billionths of a dollar as whole numbers, an export dollars; no single request costs a thousand of them.
            ["cost"] = $"CASE WHEN regexp_matches({cost}, '^\\d{{4,}}$') THEN CAST(try_cast({cost} AS DECIMAL(38, 9)) / 1000000000 AS VARCHAR) ELSE {cost} END",
            ["status"] = Cell(table, "status", "response_status"),
            ["reached_model"] = $"CASE WHEN is_true({Cell(table, "cached")}) THEN 'false' ELSE 'true' END",
        };
    }

    internal override string From(UsageTable table) => table.Rows(table.Columns.Intersect(Read, StringComparer.Ordinal));
}
