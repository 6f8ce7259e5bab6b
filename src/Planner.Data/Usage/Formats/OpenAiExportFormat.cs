using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>The CSV of usage that OpenAI's dashboard exports: sums of a minute. An export without usage has the four columns of time only.</summary>
internal sealed record OpenAiExportFormat() : LaidOutFormat("openai-export", "OpenAI usage export")
{
    private static readonly string[] Times = ["start_time", "end_time", "start_time_iso", "end_time_iso"];

    internal override bool Fits(UsageTable table) => table.Has(Times) && !table.Has("amount_value");

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = [.. OpenAiUsageFormat.Groups.Where(column => table.Has(column))],
        Start = "start_time",
        End = "end_time",
        DefaultSeller = "openai",
        Model = table.First("model"),
        Requests = table.First("num_model_requests"),
        Input = "input_tokens",
        CacheRead = table.First("input_cached_tokens"),
        CacheWrite = table.First("input_cache_write_tokens") is { } write ? [write] : [],
        Output = "output_tokens",
        Batch = table.First("batch"),
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) =>
        table.Columns.Concat(["input_tokens", "output_tokens"]).Distinct(StringComparer.Ordinal).ToDictionary(column => column, column => table.Has(column) ? Sql.Name(column) : "CAST(NULL AS VARCHAR)", StringComparer.Ordinal);

    internal override string From(UsageTable table) => table.Columns.Count == Times.Length ? $"(SELECT * FROM {table.Rows(Times)} WHERE false)" : table.Rows(table.Columns);
}
