namespace Planner.Data.Usage;

/// <summary>The CSV of usage that Anthropic's console exports, with its newer and its older columns: sums of a day or an hour, cached tokens apart from the prompt.</summary>
internal sealed record AnthropicExportFormat() : UsageFormat("anthropic-export", "Anthropic usage export")
{
    internal override bool Fits(UsageTable table) => table.Has("usage_date_utc", "usage_input_tokens_no_cache", "usage_output_tokens");

    internal override UsageMapping MappingOf(UsageTable table)
    {
        string[] dimensions = ["api_key", "workspace", "usage_type", "context_window", "inference_geo", "speed"];
        string[] writes = ["usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h"];
        return new UsageMapping
        {
            RowIsRequest = false,
            Dimensions = [.. dimensions.Where(column => table.Has(column))],
            Start = "usage_date_utc",
            DefaultSeller = "anthropic",
            Model = table.First("model_version", "model"),
            Input = "usage_input_tokens_no_cache",
            CachedOutsideInput = true,
            CacheRead = table.First("usage_input_tokens_cache_read"),
            CacheWrite = table.Has(writes) ? writes : table.First("usage_input_tokens_cache_write", writes[0], writes[1]) is { } write ? [write] : [],
            Output = "usage_output_tokens",
            Batch = table.First("usage_type"),
        };
    }
}
