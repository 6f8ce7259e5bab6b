namespace Planner.Data.Usage;

/// <summary>What LiteLLM's <c>GET /user/daily/activity</c> answers: for each day its sums by model, and several other breakdowns of the same sums.</summary>
internal sealed record LiteLlmActivityFormat() : LaidOutFormat("litellm-activity", "LiteLLM daily activity")
{
    private static readonly string[] Metrics =
        ["prompt_tokens", "completion_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "spend", "api_requests", "successful_requests", "failed_requests"];

    internal override bool Fits(UsageTable table) => table.Has("results") && (table.IsPageWith("metrics", "breakdown") || (table.Has("metadata") && table.IsPageWith("total_api_requests")));

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Start = "date",
        Model = "model",
        Requests = "successful_requests",
        Failed = "failed_requests",
        Input = "prompt_tokens",
        CacheRead = "cache_read_input_tokens",
        CacheWrite = ["cache_creation_input_tokens"],
        Output = "completion_tokens",
        Cost = "spend",
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) =>
        new Dictionary<string, string>(Metrics.Select(metric => KeyValuePair.Create(metric, Member("metrics", metric)))) { ["date"] = Member("day", "date"), ["model"] = "model" };

    /// <summary>One breakdown is taken, that by model; the sums of the day itself where it names no model.</summary>
    internal override string From(UsageTable table) =>
        $"""
        (SELECT day, model, CASE WHEN model IS NULL THEN json_extract(day, '$.metrics') ELSE json_extract(day, '$.breakdown.models.' || json_quote(model) || '.metrics') END AS metrics FROM
          (SELECT day, unnest(CASE WHEN len(models) > 0 THEN models ELSE [CAST(NULL AS VARCHAR)] END) AS model FROM
            (SELECT entry AS day, json_keys(entry, '$.breakdown.models') AS models FROM {Entries(table, "results")})))
        """;
}
