namespace Planner.Data.Usage;

/// <summary>
/// DeepSeek's <c>amount.csv</c>: a row for each kind of count, so that several rows make one sum. Its prices are in the currency of the wallet, which stands in the other
/// file of the archive only: costs are left out.
/// </summary>
internal sealed record DeepSeekFormat() : LaidOutFormat("deepseek", "DeepSeek usage export")
{
    private static readonly string[] Columns = ["user_id", "api_key", "start", "end", "model", "request_count", "input_cache_miss_tokens", "input_cache_hit_tokens", "output_tokens"];

    internal override bool Fits(UsageTable table) => table.Has("model", "type", "amount") && table.First("start_time_iso", "utc_date") is not null;

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = ["user_id", "api_key"],
        Start = "start",
        End = table.Has("end_time_iso") ? "end" : null,
        DefaultSeller = "deepseek",
        Model = "model",
        Requests = "request_count",
        Input = "input_cache_miss_tokens",
        CachedOutsideInput = true,
        CacheRead = "input_cache_hit_tokens",
        Output = "output_tokens",
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) =>
        Columns.ToDictionary(column => column, column => $"\"{column}\"");

    internal override string From(UsageTable table) =>
        $"""
        (SELECT {Cell(table, "user_id")} AS user_id, {Cell(table, "api_key")} AS api_key, {Cell(table, "start_time_iso", "utc_date")} AS start, {Cell(table, "end_time_iso")} AS "end", model,
          {Sum("request_count")}, {Sum("input_cache_miss_tokens")}, {Sum("input_cache_hit_tokens")}, {Sum("output_tokens")}
        FROM {table.Rows(table.Columns)} GROUP BY ALL)
        """;

    /// <summary>The sum of one kind; where an amount is no number or negative, that amount, for which the whole is then left out.</summary>
    private static string Sum(string type) =>
        $"""
        CASE WHEN bool_and(coalesce(whole(amount), -1) >= 0) FILTER (WHERE type = '{type}') THEN CAST(sum(whole(amount)) FILTER (WHERE type = '{type}') AS VARCHAR)
          ELSE min(coalesce(amount, '?')) FILTER (WHERE type = '{type}' AND coalesce(whole(amount), -1) < 0) END AS {type}
        """;
}
