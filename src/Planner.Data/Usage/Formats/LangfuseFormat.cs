using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Langfuse's observations, as its pages export them (camel case) or into a bucket (snake case). Generations and embeddings are requests; other kinds group them.</summary>
internal sealed record LangfuseFormat() : LaidOutFormat("langfuse", "Langfuse observations")
{
    private const string IsRequest = "coalesce(upper(type) IN ('GENERATION', 'EMBEDDING'), false)";

    internal override bool Fits(UsageTable table) => table.Has("id", "type") && ((table.Has("startTime") && table.First("usageDetails", "inputUsage") is not null) || table.Has("start_time", "usage_details"));

    internal override UsageMapping MappingOf(UsageTable table) => new()
    {
        Id = "id",
        Start = "start",
        End = "end",
        FirstToken = "firstToken",
        Model = "model",
        Input = "input",
        CacheRead = "cacheRead",
        CacheWrite = ["cacheWrite"],
        Output = "output",
        Cost = table.First("totalCost", "total_cost") is null ? null : "cost",
        Status = table.Has("level") ? "level" : null,
        Usage = "isUsage",
    };

    /// <remarks>
    /// The keys of the usage vary. By Langfuse's own rule they are disjoint: <c>input</c> leaves out what is cached, <c>output</c> what was reasoning. Some senders count
    /// them in nevertheless. The total tells which: it is the sum of what lies side by side. Where it fits neither, or says less, nothing is added to <c>input</c> and <c>output</c>.
    /// </remarks>
    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table)
    {
        // Several names of the same cached tokens may stand side by side: the largest counts.
        const string Apart = "cache_read + cache_write + more_input";
        const string InputApart = $"(total IS NULL OR total = prompt + {Apart} + answer + more_output OR total = prompt + {Apart} + answer OR cache_read + cache_write > prompt)";
        const string OutputApart = $"(total IS NULL OR total = prompt + {Apart} + answer + more_output OR total = prompt + answer + more_output)";
        return new Dictionary<string, string>
        {
            ["id"] = "id",
            ["start"] = "start",
            ["end"] = "\"end\"",
            ["firstToken"] = "first_token",
            ["model"] = "model",
            ["input"] = $"CASE WHEN has_prompt THEN CAST(CASE WHEN {InputApart} THEN prompt + {Apart} ELSE prompt END AS VARCHAR) ELSE stated_input END",
            ["cacheRead"] = "CAST(cache_read AS VARCHAR)",
            ["cacheWrite"] = "CAST(cache_write AS VARCHAR)",
            ["output"] = $"CASE WHEN has_answer THEN CAST(CASE WHEN {OutputApart} THEN answer + more_output ELSE answer END AS VARCHAR) ELSE stated_output END",
            ["cost"] = "cost",
            ["level"] = "level",
            // An agent or a tool may repeat what the generations of its trace used.
            ["isUsage"] = $"CASE WHEN {IsRequest} OR ((has_prompt OR has_answer) AND NOT coalesce(trace IN (SELECT {Trace(table)} FROM {Read(table)} WHERE {IsRequest}), false)) THEN 'true' ELSE 'false' END",
        };
    }

    internal override string From(UsageTable table)
    {
        var usage = Cell(table, "usageDetails", "usage_details");
        const string Cached = "contains(lower(used.key), 'cach')";
        const string Written = "regexp_matches(lower(used.key), 'creat|writ')";
        const string Prompt = "used.key IN ('input', 'input_tokens', 'prompt_tokens', 'promptTokens')";
        const string Answer = "used.key IN ('output', 'output_tokens', 'completion_tokens', 'completionTokens')";
        const string Reasons = "(starts_with(used.key, 'output_') OR contains(lower(used.key), 'reasoning'))";
        return $"""
            (SELECT *, {Any(Prompt)} OR {Any(Cached)} AS has_prompt, {Any(Answer)} AS has_answer, {Largest(Prompt)} AS prompt, {Largest(Answer)} AS answer,
              {Largest("used.key IN ('total', 'total_tokens', 'totalTokens') AND used.value > 0", "NULL")} AS total, {Largest($"{Cached} AND NOT {Written}")} AS cache_read,
              greatest({Largest($"{Cached} AND {Written}")}, {Sum($"{Cached} AND {Written} AND regexp_matches(used.key, '5m|1h')")}) AS cache_write,
              {Sum($"starts_with(used.key, 'input_') AND NOT {Prompt} AND NOT {Cached}")} AS more_input, {Sum($"{Reasons} AND NOT {Answer}")} AS more_output
            FROM (SELECT {Cell(table, "id")} AS id, {Cell(table, "type")} AS type, {Trace(table)} AS trace, {Cell(table, "startTime", "start_time")} AS start, {Cell(table, "endTime", "end_time")} AS "end",
                {Cell(table, "completionStartTime", "completion_start_time")} AS first_token, {Cell(table, "model", "provided_model_name", "providedModelName")} AS model,
                {Cell(table, "totalCost", "total_cost")} AS cost, {Cell(table, "level")} AS level, {Cell(table, "inputUsage")} AS stated_input, {Cell(table, "outputUsage")} AS stated_output,
                coalesce(map_entries(coalesce(try_cast(try_cast({usage} AS JSON) AS MAP(VARCHAR, BIGINT)), try_cast({usage} AS MAP(VARCHAR, BIGINT)))), []) AS uses
              FROM {Read(table)}))
            """;
    }

    private static string Any(string condition) => $"(len(list_filter(uses, lambda used: {condition} AND used.value IS NOT NULL)) > 0)";

    private static string Largest(string condition, string otherwise = "0") => $"CAST(coalesce(list_max(list_transform(list_filter(uses, lambda used: {condition}), lambda used: used.value)), {otherwise}) AS HUGEINT)";

    private static string Sum(string condition) => $"CAST(coalesce(list_sum(list_transform(list_filter(uses, lambda used: {condition}), lambda used: used.value)), 0) AS HUGEINT)";

    private static string Trace(UsageTable table) => Cell(table, "traceId", "trace_id");

    /// <summary>What is read of it; inputs and outputs are not.</summary>
    private static string Read(UsageTable table)
    {
        string[] names =
        [
            "id", "type", "traceId", "trace_id", "startTime", "start_time", "endTime", "end_time", "completionStartTime", "completion_start_time", "model", "provided_model_name", "providedModelName",
            "totalCost", "total_cost", "level", "inputUsage", "outputUsage", "usageDetails", "usage_details",
        ];
        return $"(SELECT {string.Join(", ", names.Where(name => table.Has(name)).Select(Sql.Name))} FROM {table.Rows(names.Where(name => table.Has(name)))})";
    }
}
