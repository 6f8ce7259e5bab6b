using System.Globalization;
using Planner.Domain.Capacity;

namespace Planner.Data.Benchmarks;

/// <summary>
/// Runs as <c>vllm bench serve --save-result</c> writes them: an object a run with the metadata that was given beside the figures; with
/// <c>--append-result</c> a run a line. Read from vllm-project/vllm, vllm/benchmarks/serve.py.
/// </summary>
internal static class VllmRuns
{
    internal static bool IsRun(FlatObject run) => run.Has("model_id") && run.Has("request_throughput") && run.Has("total_input_tokens");

    /// <summary>Reads a run, or says why it does not count.</summary>
    internal static (BenchmarkRun? Run, RowFault? Fault) Read(FlatObject run, int row)
    {
        var draft = new PointDraft(row);
        // Whoever measured embeddings has no tokens to generate, and whoever had no success has no figures: zeros, which are refused with this reason first.
        var completed = draft.Needed("completed", run.Number("completed"), 1e9);
        var input = draft.Tokens("total_input_tokens", run.Number("total_input_tokens") / completed);
        var output = draft.Tokens("total_output_tokens", run.Number("total_output_tokens") / completed);
        var rate = RequestRate(run, draft);
        var concurrency = draft.Concurrency("max_concurrency", run.Number("max_concurrency"));
        if (run.Text("ramp_up_strategy") is { } ramp)
            draft.Refuse("ramp_up_strategy", BenchmarkTexts.LoadNotSteady.With(ramp));
        var point = new BenchmarkPoint(
            input, output, rate is null ? concurrency : null, rate, draft.Rate("output_throughput", run.Number("output_throughput")), Latency(run, draft, "mean_ttft_ms"),
            Latency(run, draft, run.Has("mean_tpot_ms") ? "mean_tpot_ms" : "mean_itl_ms"));
        return (draft.ToRun(Words(run), point, Day(run.Text("date")), Note(run, rate, concurrency)), draft.Fault);
    }

    /// <summary>Arrivals a second; null where the file says <c>inf</c>: all at once, or as many as <c>max_concurrency</c> lets through.</summary>
    private static double? RequestRate(FlatObject run, PointDraft draft) =>
        run.Text("request_rate") is { } text && text.TrimStart('+').StartsWith("inf", StringComparison.OrdinalIgnoreCase)
            ? null
            : draft.RateOrNone("request_rate", run.Number("request_rate"));

    /// <summary>The tool writes 0 where nothing was measured: no stream, or a single token.</summary>
    private static double? Latency(FlatObject run, PointDraft draft, string field) =>
        run.Number(field) is 0 ? null : draft.Seconds(field, run.Number(field), 1_000);

    private static DeploymentWords Words(FlatObject run) => new()
    {
        Model = run.Text("model_id"),
        Precision = DeploymentNames.FirstPrecision(
            run.FirstText("precision", "weight_precision"), run.FirstText("quantization", "quantization_method"), run.Text("model_id"), run.FirstText("dtype", "torch_dtype")),
        KvPrecision = run.FirstText("kv_precision", "kv_cache_dtype"),
        // "openai" names a protocol that every engine speaks.
        Engine = run.FirstText("engine", "inference_engine") ?? (run.FirstText("backend", "endpoint_type") is { } backend && !backend.StartsWith("openai", StringComparison.OrdinalIgnoreCase) ? backend : null),
        Gpu = run.FirstText("gpu", "gpu_name", "gpu_type", "gpu_model", "device_name", "accelerator", "hardware"),
        TensorParallel = Whole(run, "tensor_parallel_size", "tensor_parallel", "tp_size", "tp"),
        PipelineParallel = Whole(run, "pipeline_parallel_size", "pipeline_parallel", "pp_size", "pp"),
        DataParallel = Whole(run, "data_parallel_size", "data_parallel", "dp_size", "dp"),
    };

    private static int? Whole(FlatObject run, params ReadOnlySpan<string> names) => DeploymentNames.Ways(run.FirstText(names));

    private static string? Note(FlatObject run, double? rate, double? concurrency)
    {
        string?[] parts =
        [
            run.Text("label"),
            rate is not null && concurrency is { } most ? Language.Stored(() => BenchmarkTexts.NoteAtMost.With(most)) : null,
            run.Number("failed") is > 0 and var failed ? Language.Stored(() => BenchmarkTexts.NoteFailed.With(failed)) : null,
        ];
        return Join(parts);
    }

    internal static string? Join(IEnumerable<string?> parts) => string.Join(" · ", parts.Where(part => part is not null)) is { Length: > 0 } joined ? joined : null;

    /// <summary>The day of <c>20261120-142233</c>, the tool's own form, or of an ISO date.</summary>
    internal static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text.Length >= 8 ? text[..8] : text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var compact) ? compact
        : DateOnly.TryParseExact(text.Length >= 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : null;
}
