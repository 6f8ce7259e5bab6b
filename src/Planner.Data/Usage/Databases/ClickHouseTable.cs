using System.Globalization;

namespace Planner.Data.Usage;

/// <summary>
/// A table of requests in ClickHouse, laid out to the columns of <see cref="IUsageEngine.Source"/>. The statements keep to what 18.16 and today's releases both know: times go through
/// floating-point seconds, and of a map its lists of keys and values are read, which an old server has as a nested column.
/// </summary>
internal sealed class ClickHouseTable
{
    private const string Prompt = "k IN ('input', 'input_tokens', 'prompt_tokens', 'promptTokens')";
    private const string Answer = "k IN ('output', 'output_tokens', 'completion_tokens', 'completionTokens')";
    private const string Cached = "position(lower(k), 'cach') > 0";
    private const string Written = "(position(lower(k), 'creat') > 0 OR position(lower(k), 'writ') > 0)";
    private const string Apart = "cached + written + more_input";
    private const string InputApart = $"total = 0 OR total = prompt + {Apart} + answer + more_output OR total = prompt + {Apart} + answer OR cached + written > prompt";
    private const string OutputApart = $"total = 0 OR total = prompt + {Apart} + answer + more_output OR total = prompt + answer + more_output";

    private readonly string _time;
    private readonly string _condition;
    private readonly string _logged;
    private readonly string _laidOut;

    private ClickHouseTable(string name, string time, string condition, string[] columns, string logged, string laidOut)
    {
        (Name, Columns) = (name, columns);
        (_time, _condition, _logged, _laidOut) = (time, condition, logged, laidOut);
    }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>The columns that are read.</summary>
    internal string[] Columns { get; }

    /// <summary>Langfuse's observations: generations and embeddings, whose tokens stand in a map by kind.</summary>
    internal static ClickHouseTable Langfuse { get; } = new(
        "observations", "start_time", "type IN ('GENERATION', 'EMBEDDING') AND is_deleted = 0",
        ["type", "is_deleted", "start_time", "end_time", "completion_start_time", "provided_model_name", "level", "usage_details", "total_cost"],
        $"""
        {Ms("start_time")} AS start_ms, {Ms("end_time")} AS end_ms, {Ms("completion_start_time")} AS first_ms, {Text("NULL")} AS seller_name, ifNull(provided_model_name, '') AS model_name,
        if(level = 'ERROR', 1, 0) AS failed_count, 0 AS from_cache, notEmpty(usage_details.keys) AS is_stated, {Whole("round(toFloat64(total_cost) * 1000000000)")} AS nanos,
        arrayExists(k -> {Prompt} OR {Cached}, usage_details.keys) AS has_prompt, arrayExists(k -> {Answer}, usage_details.keys) AS has_answer,
        {Largest(Prompt)} AS prompt, {Largest(Answer)} AS answer, {Largest("k IN ('total', 'total_tokens', 'totalTokens')")} AS total, {Largest($"{Cached} AND NOT {Written}")} AS cached,
        greatest({Largest($"{Cached} AND {Written}")}, {Sum($"{Cached} AND {Written} AND (position(k, '5m') > 0 OR position(k, '1h') > 0)")}) AS written,
        {Sum($"position(k, 'input_') = 1 AND NOT {Prompt} AND NOT {Cached}")} AS more_input,
        {Sum($"(position(k, 'output_') = 1 OR position(lower(k), 'reasoning') > 0) AND NOT {Answer}")} AS more_output
        """,
        // As in files: the kinds lie side by side, but some senders count cached tokens or reasoning in, which the total tells.
        $"""
        {Blank(Known("has_prompt", $"if({InputApart}, prompt + {Apart}, prompt)"), Known("has_answer", "answer"))} AS input, {Stated("cached")} AS cache_read, {Stated("written")} AS cache_write,
        {Blank(Known("has_answer", $"if({OutputApart}, answer + more_output, answer)"), Known("has_prompt", "prompt"))} AS output,
        first_ms - start_ms AS ttft, end_ms - start_ms AS duration
        """);

    /// <summary>Helicone's requests: prompts without their cached tokens, costs in nanodollars.</summary>
    internal static ClickHouseTable Helicone { get; } = new(
        "request_response_rmt", "request_created_at", "1 = 1",
        ["request_created_at", "response_created_at", "provider", "model", "status", "prompt_tokens", "completion_tokens", "prompt_cache_read_tokens", "prompt_cache_write_tokens", "cost", "time_to_first_token", "latency", "cache_reference_id"],
        $"""
        {Ms("request_created_at")} AS start_ms, {Ms("response_created_at")} AS end_ms, {Text("nullIf(provider, '')")} AS seller_name, ifNull(model, '') AS model_name,
        if(status >= 200 AND status < 400, 0, 1) AS failed_count, if(toString(cache_reference_id) = '00000000-0000-0000-0000-000000000000', 0, 1) AS from_cache, {Whole("prompt_tokens")} AS prompt, {Whole("completion_tokens")} AS answer,
        {Whole("prompt_cache_read_tokens")} AS cached, {Whole("prompt_cache_write_tokens")} AS written, {Whole("cost")} AS nanos,
        {Whole("time_to_first_token")} AS first, {Whole("latency")} AS lasted
        """,
        $"""
        {Blank("prompt + ifNull(cached, 0) + ifNull(written, 0)", "answer")} AS input, {Blank("ifNull(cached, 0)", "answer")} AS cache_read, {Blank("ifNull(written, 0)", "answer")} AS cache_write,
        {Blank("answer", "prompt")} AS output, first AS ttft, lasted AS duration
        """);

    /// <summary>What stands after FROM: the requests of a time, each once.</summary>
    /// <param name="database">The database that holds the table, a plain name; null for the account's.</param>
    /// <param name="span">The time.</param>
    internal string Requests(string? database, UsageSpan span)
    {
        var (from, to) = (span.From.ToUnixTimeMilliseconds(), span.To.ToUnixTimeMilliseconds());
        // Whole seconds around the time let the server skip what lies outside; milliseconds decide.
        return string.Create(CultureInfo.InvariantCulture, $"""
            (SELECT start_ms, end_ms, seller_name AS seller, model_name AS model, {Whole("1 - failed_count")} AS requests, {Whole("failed_count")} AS failed, {Whole("NULL")} AS batch, {_laidOut}, nanos AS cost,
              {Whole("1")} AS single, from_cache
            FROM (SELECT {_logged} FROM {(database is null ? "" : database + ".")}{Name} FINAL
              WHERE {_condition} AND {_time} >= toDateTime({from / 1000}) AND {_time} <= toDateTime({(to / 1000) + 1}))
            WHERE start_ms >= {from} AND start_ms < {to})
            """);
    }

    private static string Whole(string expression) => ClickHouseDialect.Instance.Whole(expression);

    private static string Text(string expression) => $"CAST({expression} AS Nullable(String))";

    private static string Ms(string column) => Whole($"floor(toFloat64({column}) * 1000 + 0.0005)");

    private static string Sum(string condition) => Whole($"arraySum({Values(condition)})");

    private static string Largest(string condition) => Whole($"arrayReduce('max', {Values(condition)})");

    private static string Values(string condition) => $"arrayMap((k, v) -> if({condition}, v, 0), usage_details.keys, usage_details.values)";

    private static string Known(string condition, string count) => $"CASE WHEN {condition} THEN {count} END";

    /// <summary>A count of a request that states any; a failed one without them used none.</summary>
    private static string Stated(string count) => Whole($"CASE WHEN is_stated THEN {count} WHEN failed_count = 1 THEN 0 END");

    /// <summary>A count that a request leaves blank: none where it states the other one, or failed.</summary>
    private static string Blank(string count, string other) => Whole($"coalesce({count}, CASE WHEN {other} IS NOT NULL OR failed_count = 1 THEN 0 END)");
}
