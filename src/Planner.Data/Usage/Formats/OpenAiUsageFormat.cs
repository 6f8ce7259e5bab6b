namespace Planner.Data.Usage;

/// <summary>Pages of OpenAI's <c>/v1/organization/usage/…</c>: several results for each bucket of time; the prompt counts cached tokens in.</summary>
internal sealed record OpenAiUsageFormat() : LaidOutFormat("openai-usage", "OpenAI usage API")
{
    /// <summary>What tells apart the results of one bucket.</summary>
    internal static readonly string[] Groups = ["project_id", "user_id", "api_key_id", "batch", "service_tier"];

    private static readonly string[] Members = [.. Groups, "model", "num_model_requests", "input_tokens", "input_cached_tokens", "input_cache_write_tokens", "output_tokens"];

    internal override bool Fits(UsageTable table) => table.Has("data") && table.IsPageWith() && !table.Inner.Contains("amount")
        && (table.IsPageWith("start_time", "results") || (table.Has("object", "has_more") && table.Inner.Count == 0));

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = Groups,
        Start = "start_time",
        End = "end_time",
        DefaultSeller = "openai",
        Model = "model",
        Requests = "num_model_requests",
        Input = "input_tokens",
        CacheRead = "input_cached_tokens",
        CacheWrite = table.Inner.Contains("input_cache_write_tokens") ? ["input_cache_write_tokens"] : [],
        Output = "output_tokens",
        Batch = table.Inner.Contains("batch") ? "batch" : null,
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) =>
        new Dictionary<string, string>(Members.Select(member => KeyValuePair.Create(member, Member("result", member))))
        {
            ["start_time"] = Member("bucket", "start_time"),
            ["end_time"] = Member("bucket", "end_time"),
        };

    internal override string From(UsageTable table) => Buckets(table);
}
