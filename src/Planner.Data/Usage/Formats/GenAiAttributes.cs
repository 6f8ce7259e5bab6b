namespace Planner.Data.Usage;

/// <summary>
/// Attributes of a span of a model's call, by OpenTelemetry's conventions for generative AI, newer names before older ones. By the conventions a prompt counts cached tokens in;
/// instrumentations of Anthropic's client used to leave them out.
/// </summary>
internal static class GenAiAttributes
{
    /// <summary>What each column of the layout is called as an attribute.</summary>
    internal static readonly (string Column, string[] Names)[] All =
    [
        ("provider", ["gen_ai.provider.name", "gen_ai.system"]),
        ("model", ["gen_ai.response.model", "gen_ai.request.model"]),
        ("operation", ["gen_ai.operation.name"]),
        ("input", ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"]),
        ("output", ["gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"]),
        ("cacheRead", ["gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"]),
        ("cacheWrite", ["gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens"]),
        ("cost", ["gen_ai.usage.cost"]),
    ];

    /// <summary>Names of the counts by which spans of models' calls are known.</summary>
    internal static IEnumerable<string> Counts => All.Where(attribute => attribute.Column is "input" or "output").SelectMany(attribute => attribute.Names);

    /// <summary>What the columns mean that <see cref="Layout"/> gives.</summary>
    internal static UsageMapping Mapping { get; } = new()
    {
        Id = "spanId",
        Start = "start",
        End = "end",
        Seller = "provider",
        Model = "model",
        Input = "input",
        CacheRead = "cacheRead",
        CacheWrite = ["cacheWrite"],
        Output = "output",
        Cost = "cost",
        Status = "status",
        Usage = "isCall",
    };

    /// <summary>Columns of rows that hold each attribute in a column of its name in <see cref="All"/>, beside <c>id</c>, <c>start</c>, <c>end</c> and <c>status</c>.</summary>
    internal static IReadOnlyDictionary<string, string> Layout { get; } = new Dictionary<string, string>
    {
        ["spanId"] = "id",
        ["start"] = "start",
        ["end"] = "\"end\"",
        ["provider"] = "provider",
        ["model"] = "model",
        ["input"] = "with_cached(input, \"cacheRead\", \"cacheWrite\")",
        ["output"] = "output",
        ["cacheRead"] = "\"cacheRead\"",
        ["cacheWrite"] = "\"cacheWrite\"",
        ["cost"] = "cost",
        // The code of an error is 2.
        ["status"] = "CASE WHEN status = '2' THEN 'error' ELSE status END",
        // The span of an agent repeats what the calls below it used; a call that failed has used nothing.
        ["isCall"] =
            "CASE WHEN coalesce(operation, '') NOT IN ('invoke_agent', 'create_agent', 'invoke_workflow', 'execute_tool') AND (input IS NOT NULL OR output IS NOT NULL OR (model IS NOT NULL AND (status = '2' OR has_failed(status)))) "
            + "THEN 'true' ELSE 'false' END",
    };
}
