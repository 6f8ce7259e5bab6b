using System.Globalization;
using Planner.Domain.Actuals;

namespace Planner.Data.Actuals;

/// <summary>Names of an engine's metrics; of several, the first that is exposed counts.</summary>
/// <param name="Engine">Key of the engine in the catalog.</param>
/// <param name="Prefix">How all its names begin.</param>
internal sealed record EngineMetrics(string Engine, string Prefix)
{
    private static readonly EngineMetrics[] All =
    [
        // docs.vllm.ai, design/metrics and usage/metrics, as of 2026-11; the names with gpu_ and time_per_output_token are those of versions before 0.11.
        new("vllm", "vllm:")
        {
            PromptTokens = ["vllm:prompt_tokens_total"],
            GeneratedTokens = ["vllm:generation_tokens_total"],
            Requests = ["vllm:request_success_total"],
            Running = ["vllm:num_requests_running"],
            Waiting = ["vllm:num_requests_waiting"],
            KvShare = ["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"],
            PrefixQueries = ["vllm:prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries_total"],
            PrefixHits = ["vllm:prefix_cache_hits_total", "vllm:gpu_prefix_cache_hits_total"],
            Ttft = ["vllm:time_to_first_token_seconds"],
            Itl = ["vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"],
        },
        // docs.sglang.ai, references/production_metrics, as of 2026-11. Its hit rate is a gauge of the last batches, from which no share of an hour follows.
        new("sglang", "sglang:")
        {
            PromptTokens = ["sglang:prompt_tokens_total"],
            GeneratedTokens = ["sglang:generation_tokens_total"],
            Requests = ["sglang:num_requests_total"],
            Running = ["sglang:num_running_reqs"],
            Waiting = ["sglang:num_queue_reqs"],
            KvShare = ["sglang:token_usage"],
            PrefixQueries = ["sglang:prompt_tokens_total"],
            PrefixHits = ["sglang:cached_tokens_total"],
            Ttft = ["sglang:time_to_first_token_seconds"],
            Itl = ["sglang:inter_token_latency_seconds", "sglang:time_per_output_token_seconds"],
        },
        // huggingface.co/docs/text-generation-inference, reference/metrics, as of 2026-11. It exposes neither the time to first token nor the KV cache.
        new("tgi", "tgi_")
        {
            PromptTokens = ["tgi_request_input_length_sum"],
            GeneratedTokens = ["tgi_request_generated_tokens_sum"],
            Requests = ["tgi_request_success", "tgi_request_success_total"],
            Running = ["tgi_batch_current_size"],
            Waiting = ["tgi_queue_size"],
            Itl = ["tgi_request_mean_time_per_token_duration"],
        },
    ];

    // Engines have some twenty; what is kept by the hour has to stay small.
    private const int MostBuckets = 200;

    // More than any engine has served: what lies above is damage, and so is what lies below nothing.
    private const double Absurd = 1e15;

    /// <summary>All names that are read, of all engines, but for those of <see cref="HighestNames"/>.</summary>
    internal static IEnumerable<string> SummedNames => All.SelectMany(engine => (string[])
    [
        .. engine.PromptTokens, .. engine.GeneratedTokens, .. engine.Requests, .. engine.Running, .. engine.Waiting, .. engine.PrefixQueries, .. engine.PrefixHits,
        .. engine.Ttft.Concat(engine.Itl).SelectMany(name => (string[])[name + "_bucket", name + "_sum"]),
    ]).Distinct(StringComparer.Ordinal);

    /// <summary>Names of which the highest value counts.</summary>
    internal static IEnumerable<string> HighestNames => All.SelectMany(engine => engine.KvShare);

    private string[] PromptTokens { get; init; } = [];

    private string[] GeneratedTokens { get; init; } = [];

    private string[] Requests { get; init; } = [];

    private string[] Running { get; init; } = [];

    private string[] Waiting { get; init; } = [];

    private string[] KvShare { get; init; } = [];

    private string[] PrefixQueries { get; init; } = [];

    private string[] PrefixHits { get; init; } = [];

    private string[] Ttft { get; init; } = [];

    private string[] Itl { get; init; } = [];

    /// <summary>Tells what an engine's metrics say.</summary>
    /// <param name="samples">All that it exposes.</param>
    /// <param name="atUtc">When it did.</param>
    /// <returns>The reading; null where no engine that is known exposes them.</returns>
    internal static FleetReading? Read(IReadOnlyList<MetricSample> samples, DateTime atUtc)
    {
        if (Array.Find(All, engine => samples.Any(sample => sample.Name.StartsWith(engine.Prefix, StringComparison.Ordinal))) is not { } found)
            return null;
        var byName = samples.ToLookup(sample => sample.Name, StringComparer.Ordinal);
        var hits = Sum(found.PrefixHits);
        return new FleetReading(
            found.Engine, atUtc, Sum(found.PromptTokens), Sum(found.GeneratedTokens), Sum(found.Requests), Sum(found.Running), Sum(found.Waiting), Highest(found.KvShare),
            hits is null ? null : Sum(found.PrefixQueries), hits, Buckets(found.Ttft), Buckets(found.Itl));

        List<double>? Values(string[] names) => names.Select(name => byName[name].Select(sample => sample.Value).Where(IsSound).ToList()).FirstOrDefault(values => values.Count > 0);

        double? Sum(string[] names) => Values(names)?.Sum();

        double? Highest(string[] names) => Values(names) is { } values ? Math.Min(1, values.Max()) : null;

        LatencyBuckets? Buckets(string[] names) => names.Select(name => ToBuckets(byName[name + "_bucket"], Sum([name + "_sum"]))).FirstOrDefault(buckets => buckets is not null);
    }

    /// <summary>Buckets are exposed as running sums, one series a process and model.</summary>
    private static LatencyBuckets? ToBuckets(IEnumerable<MetricSample> samples, double? sumSeconds)
    {
        var sums = new SortedDictionary<double, double>();
        foreach (var sample in samples)
        {
            if (sample.Labels.TryGetValue("le", out var label) && Bound(label) is { } bound && IsSound(sample.Value))
                sums[bound] = sums.GetValueOrDefault(bound) + sample.Value;
        }

        if (sums.Count is 0 or > MostBuckets || !double.IsPositiveInfinity(sums.Keys.Last()))
            return null;
        var counts = new List<double>();
        var below = 0.0;
        foreach (var sum in sums.Values)
        {
            // Series of another process may lack a bound; a sum that falls is no sum.
            if (sum < below)
                return null;
            counts.Add(sum - below);
            below = sum;
        }

        return new LatencyBuckets([.. sums.Keys], counts) { SumSeconds = sumSeconds };
    }

    private static bool IsSound(double value) => value is >= 0 and <= Absurd;

    private static double? Bound(string label) => label is "+Inf" or "inf" or "Inf"
        ? double.PositiveInfinity : double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;
}
