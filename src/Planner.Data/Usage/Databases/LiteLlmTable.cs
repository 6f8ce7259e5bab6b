using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>LiteLLM's spend logs in PostgreSQL, laid out to the columns of <see cref="IUsageEngine.Source"/>. No column is read that may hold a prompt, an answer or a user's name.</summary>
internal static class LiteLlmTable
{
    private static readonly string[] Needed = ["startTime", "model", "spend", "prompt_tokens", "completion_tokens"];

    /// <summary>What stands after FROM: the requests from the first parameter to before the second one.</summary>
    /// <param name="table">The table as SQL names it.</param>
    /// <param name="columns">Its columns with their types: older releases have fewer.</param>
    /// <exception cref="UsageRefusedException">A column is missing without which nothing can be counted.</exception>
    internal static string Requests(string table, IReadOnlyDictionary<string, string> columns)
    {
        if (Array.Find(Needed, column => !columns.ContainsKey(column)) is { } missing)
            throw new UsageRefusedException(UsageTexts.DatabaseColumnMissing.With(missing));
        var failed = columns.ContainsKey("status") ? "CASE WHEN lower(btrim(\"status\")) IN ('failure', 'failed', 'error') THEN 1 ELSE 0 END" : "NULL";
        // The fence has every time, cost and document taken apart once a row, and whatever a statement does not ask for not at all.
        var logged = $"""
            SELECT {Ms("startTime")} AS start_ms, {Optional("endTime", Ms)} AS end_ms, {Optional("completionStartTime", Ms)} AS first_ms,
              {Optional("custom_llm_provider", column => $"nullif(btrim({Sql.Name(column)}), '')", "text")} COLLATE "C" AS seller, coalesce(btrim("model"), '') COLLATE "C" AS model,
              CAST({failed} AS BIGINT) AS failed, {(columns.ContainsKey("cache_hit") ? "CASE WHEN lower(btrim(\"cache_hit\")) = 'true' THEN 1 ELSE 0 END" : "0")} AS from_cache, CAST("prompt_tokens" AS BIGINT) AS prompt, CAST("completion_tokens" AS BIGINT) AS answer, {Cost} AS cost,
              {(columns.GetValueOrDefault("metadata") == "jsonb" ? Stated : "CAST(NULL AS jsonb)")} AS stated
            FROM {table} WHERE "startTime" >= $1 AND "startTime" < $2 OFFSET 0
            """;
        return $"""
            (SELECT start_ms, end_ms, seller, model, 1 - coalesce(failed, 0) AS requests, failed, CAST(NULL AS BIGINT) AS batch,
              {Known("prompt", "answer")} AS input, CASE WHEN {CacheRead} + {CacheWrite} <= {Known("prompt", "answer")} THEN {CacheRead} END AS cache_read,
              CASE WHEN {CacheRead} + {CacheWrite} <= {Known("prompt", "answer")} THEN {CacheWrite} END AS cache_write, {Known("answer", "prompt")} AS output, cost,
              first_ms - start_ms AS ttft, end_ms - start_ms AS duration, CAST(1 AS BIGINT) AS single, from_cache
            FROM ({logged}) AS logged) AS requests
            """;

        string Optional(string column, Func<string, string> expression, string type = "BIGINT") => columns.ContainsKey(column) ? expression(column) : $"CAST(NULL AS {type})";
    }

    // Times with microseconds are rounded down as in files; the half of one covers what the conversion loses.
    private static string Ms(string column) => $"CAST(floor(CAST(extract(epoch FROM {Sql.Name(column)}) AS DOUBLE PRECISION) * 1000 + 0.0005) AS BIGINT)";

    /// <summary>A count that a row leaves blank where it states the other one is none.</summary>
    private static string Known(string count, string other) => $"CASE WHEN {count} IS NULL AND {other} IS NOT NULL THEN 0 ELSE {count} END";

    /// <summary>Nanodollars, rounded as decimals; what is no number, or beyond all sense, counts as absurd.</summary>
    private static string Cost =>
        $"CASE WHEN \"spend\" IS NULL THEN NULL WHEN abs(\"spend\") < 1000000000 THEN CAST(round(CAST(\"spend\" AS NUMERIC) * 1000000000) AS BIGINT) ELSE {UsageSelect.MostNanosOfRequest + 1} END";

    /// <summary>What the provider said of the request's tokens.</summary>
    private const string Stated = "coalesce(nullif(\"metadata\" -> 'additional_usage_values', 'null'), nullif(\"metadata\" -> 'usage_object', 'null'))";

    private static string CacheRead { get; } = Tokens("stated -> 'cache_read_input_tokens'", "stated -> 'prompt_tokens_details' -> 'cached_tokens'");

    private static string CacheWrite { get; } = Tokens("stated -> 'cache_creation_input_tokens'");

    /// <summary>A count where the provider said something: none where it left the count out, as those do that have no cache. A failed request read nothing.</summary>
    private static string Tokens(params IEnumerable<string> members) =>
        $"coalesce({string.Join(", ", members.Select(member => $"CASE WHEN jsonb_typeof({member}) = 'number' THEN CAST({member} AS BIGINT) END"))}, CASE WHEN jsonb_typeof(stated) = 'object' OR failed = 1 THEN 0 END)";
}
