namespace Planner.Data.Usage;

/// <summary>
/// What <c>ccusage --json</c> prints: sums of a day, a week, a month, a session or a block of five hours, by model where it breaks them down; requests are not counted. Its
/// dates are those of the computer it ran on and do not say their zone: UTC is taken, and the mapping may name another.
/// </summary>
internal sealed record CcusageFormat() : LaidOutFormat("ccusage", "ccusage")
{
    /// <summary>Each list with the member that tells the time of its rows, and how long one lasts.</summary>
    private static readonly (string List, string Time, string Length)[] Lists =
        [("daily", "date", "1 DAY"), ("weekly", "week", "7 DAY"), ("monthly", "month", "1 MONTH"), ("sessions", "lastActivity", "1 DAY"), ("session", "lastActivity", "1 DAY"), ("blocks", "startTime", "5 HOUR")];

    internal override bool Fits(UsageTable table) => Lists.Any(list => table.Has(list.List)) && table.IsPageWith() && (table.Has("totals") || table.IsPageWith("tokenCounts") || table.IsPageWith("totalTokens"));

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        RowIsRequest = false,
        Dimensions = ["entry"],
        Start = "start",
        End = "end",
        Model = "model",
        Input = "inputTokens",
        CachedOutsideInput = true,
        CacheRead = "cacheReadTokens",
        CacheWrite = ["cacheCreationTokens"],
        Output = "outputTokens",
        Cost = "cost",
        Usage = table.Has("blocks") ? "used" : null,
    };

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table)
    {
        var (list, time, length) = ListOf(table);
        // Months come as 2026-11.
        var start = $"CASE WHEN regexp_matches({Member("entry", time)}, '^\\d{{4}}-\\d\\d$') THEN {Member("entry", time)} || '-01' ELSE {Member("entry", time)} END";
        return new Dictionary<string, string>
        {
            ["entry"] = $"coalesce({Member("entry", "sessionId")}, {Member("entry", "id")})",
            ["start"] = start,
            ["end"] = list == "blocks" ? $"coalesce({Member("entry", "actualEndTime")}, {Member("entry", "endTime")})" : $"strftime(try_cast({start} AS DATE) + INTERVAL {length}, '%Y-%m-%d')",
            ["model"] = $"CASE WHEN model IS NOT NULL THEN {Member("model", "modelName")} ELSE coalesce({Only("modelsUsed")}, {Only("models")}) END",
            ["inputTokens"] = Count("inputTokens", "inputTokens"),
            ["outputTokens"] = Count("outputTokens", "outputTokens"),
            ["cacheCreationTokens"] = Count("cacheCreationTokens", "cacheCreationInputTokens"),
            ["cacheReadTokens"] = Count("cacheReadTokens", "cacheReadInputTokens"),
            ["cost"] = $"CASE WHEN model IS NOT NULL THEN {Member("model", "cost")} ELSE coalesce({Member("entry", "totalCost")}, {Member("entry", "costUSD")}) END",
            // Blocks tell the gaps between them too.
            ["used"] = $"CASE WHEN {Member("entry", "isGap")} = 'true' THEN 'false' ELSE 'true' END",
        };
    }

    internal override string From(UsageTable table)
    {
        // Where an output holds several lists, they are sums of the same requests.
        var list = ListOf(table).List;
        return $"""
            (SELECT entry, unnest(CASE WHEN json_array_length(entry, '$.modelBreakdowns') > 0 THEN json_extract(entry, '$.modelBreakdowns[*]') ELSE [CAST(NULL AS JSON)] END) AS model
            FROM {Entries(table, list)})
            """;
    }

    private static (string List, string Time, string Length) ListOf(UsageTable table) => Lists.FirstOrDefault(list => table.Has(list.List), Lists[0]);

    private static string Count(string name, string nameInBlock) =>
        $"CASE WHEN model IS NOT NULL THEN {Member("model", name)} ELSE coalesce({Member("entry", name)}, {Member("entry", "tokenCounts." + nameInBlock)}) END";

    /// <summary>The one model of a list of models; none of several, as the sums do not say which is whose.</summary>
    private static string Only(string models) => $"CASE WHEN json_array_length(entry, '$.{models}') = 1 THEN {Member("entry", models + "[0]")} END";
}
