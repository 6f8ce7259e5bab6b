using Planner.Domain.Capacity;

namespace Planner.Data.Benchmarks;

/// <summary>
/// Benchmarks of GuideLLM's <c>benchmarks.json</c>. Up to 0.3 a benchmark's strategy is below <c>args</c> and its model below <c>worker</c>; since 0.4 both are
/// below <c>config</c>. The figures stayed where they were. Read from vllm-project/guidellm, v0.2.1 to v0.7.3.
/// </summary>
internal static class GuideLlmRuns
{
    internal static bool IsReport(FlatObject root) => root.Items.Exists(item => item.Has("metrics.request_concurrency.successful.mean") || item.Has("metrics.requests_per_second.successful.mean"));

    /// <summary>Reads a benchmark, or says why it does not count.</summary>
    internal static (BenchmarkRun? Run, RowFault? Fault) Read(FlatObject root, FlatObject benchmark, int row)
    {
        var draft = new PointDraft(row);
        var parent = benchmark.Has("config.strategy.type_") ? "config" : "args";
        var strategy = $"{parent}.strategy";
        var kind = benchmark.Text($"{strategy}.type_");
        var concurrency = kind switch
        {
            "synchronous" => 1,
            "concurrent" => draft.Needed($"{strategy}.streams", benchmark.Number($"{strategy}.streams"), 1e6),
            "throughput" => draft.Concurrency($"{strategy}.max_concurrency", benchmark.Number($"{strategy}.max_concurrency")),
            _ => null,
        };
        var rate = kind is "constant" or "poisson" ? draft.Rate($"{strategy}.rate", benchmark.Number($"{strategy}.rate")) : (double?)null;
        if (kind is not ("synchronous" or "concurrent" or "throughput" or "constant" or "poisson"))
            draft.Refuse($"{strategy}.type_", kind is null ? BenchmarkTexts.FieldMissing : BenchmarkTexts.LoadNotSteady.With(kind));
        if (Mean("requests_per_second") is 0)
            draft.Refuse(PathOf("requests_per_second"), BenchmarkTexts.NoSuccess);
        var point = new BenchmarkPoint(
            draft.Tokens(PathOf("prompt_token_count"), Mean("prompt_token_count")),
            draft.Tokens(PathOf("output_token_count"), Mean("output_token_count")),
            concurrency, rate,
            draft.Rate(PathOf("output_tokens_per_second"), Mean("output_tokens_per_second")),
            Latency("time_to_first_token_ms"),
            // Its time_per_output_token_ms counts the wait for the first token in; this is the gap between tokens.
            Latency("inter_token_latency_ms"));
        return (draft.ToRun(Words(root, benchmark), point, Day(benchmark), Note(benchmark)), draft.Fault);

        static string PathOf(string metric) => $"metrics.{metric}.successful.mean";

        double? Mean(string metric) => benchmark.Number(PathOf(metric));

        // Without a stream nothing was measured, and the tool writes 0.
        double? Latency(string metric) => Mean(metric) is 0 ? null : draft.Seconds(PathOf(metric), Mean(metric), 1_000);
    }

    private static DeploymentWords Words(FlatObject root, FlatObject benchmark)
    {
        var model = benchmark.FirstText("config.backend.model", "worker.backend_model") ?? root.FirstText("args.model", "config.spec.backend.model", "args.backend_kwargs.model");
        return new DeploymentWords { Model = model, Precision = DeploymentNames.FirstPrecision(model) };
    }

    private static string? Note(FlatObject benchmark)
    {
        var failed = benchmark.Number("metrics.request_totals.errored") ?? benchmark.Number("request_totals.errored");
        return failed > 0 ? Language.Stored(() => BenchmarkTexts.NoteFailed.With(failed)) : null;
    }

    private static DateOnly? Day(FlatObject benchmark) =>
        (benchmark.Number("start_time") ?? benchmark.Number("scheduler_metrics.start_time") ?? benchmark.Number("run_stats.start_time")) is > 0 and < 4e9 and var seconds
            ? DateOnly.FromDateTime(DateTime.UnixEpoch.AddSeconds(seconds))
            : null;
}
