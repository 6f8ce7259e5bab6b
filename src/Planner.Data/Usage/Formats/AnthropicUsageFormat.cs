namespace Planner.Data.Usage;

/// <summary>Pages of Anthropic's <c>/v1/organizations/usage_report/messages</c>: the prompt leaves cached tokens out, and requests are not counted.</summary>
internal sealed record AnthropicUsageFormat() : LaidOutFormat("anthropic-usage", "Anthropic usage report")
{
    private static readonly string[] Groups = ["api_key_id", "workspace_id", "service_tier", "context_window", "inference_geo"];

    private static readonly string[] Members = [.. Groups, "model", "uncached_input_tokens", "cache_read_input_tokens", "output_tokens"];

    internal override bool Fits(UsageTable table) => table.Has("data") && table.IsPageWith() && !table.Inner.Contains("amount")
        && (table.IsPageWith("starting_at", "results") || (table.Has("has_more") && !table.Has("object") && table.Inner.Count == 0));

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = Groups,
        Start = "starting_at",
        End = "ending_at",
        DefaultSeller = "anthropic",
        Model = "model",
        Input = "uncached_input_tokens",
        CachedOutsideInput = true,
        CacheRead = "cache_read_input_tokens",
        CacheWrite = ["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"],
        Output = "output_tokens",
        Batch = "service_tier",
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) =>
        new Dictionary<string, string>(Members.Select(member => KeyValuePair.Create(member, Member("result", member))))
        {
            ["starting_at"] = Member("bucket", "starting_at"),
            ["ending_at"] = Member("bucket", "ending_at"),
            ["ephemeral_5m_input_tokens"] = Member("result", "cache_creation.ephemeral_5m_input_tokens"),
            ["ephemeral_1h_input_tokens"] = Member("result", "cache_creation.ephemeral_1h_input_tokens"),
        };

    internal override string From(UsageTable table) => Buckets(table);
}
