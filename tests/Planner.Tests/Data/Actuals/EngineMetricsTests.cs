using System.Text;
using Planner.Data.Actuals;
using Planner.Domain.Actuals;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>Metrics as engines expose them, in short.</summary>
public sealed class EngineMetricsTests
{
    private const string Vllm = """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="Qwen/Qwen3-32B"} 12.0
        vllm:num_requests_running{engine="1",model_name="Qwen/Qwen3-32B"} 8.0
        vllm:num_requests_waiting{engine="0",model_name="Qwen/Qwen3-32B"} 3.0
        vllm:kv_cache_usage_perc{engine="0",model_name="Qwen/Qwen3-32B"} 0.42
        vllm:kv_cache_usage_perc{engine="1",model_name="Qwen/Qwen3-32B"} 0.91
        vllm:prompt_tokens_total{engine="0",model_name="Qwen/Qwen3-32B"} 1.5e+06
        vllm:generation_tokens_total{engine="0",model_name="a \"quoted\" name, with } and \\"} 250000.0 1731000000000
        vllm:request_success_total{engine="0",finished_reason="stop",model_name="Qwen/Qwen3-32B"} 900.0
        vllm:request_success_total{engine="0",finished_reason="length",model_name="Qwen/Qwen3-32B"} 100.0
        vllm:prefix_cache_queries_total{engine="0"} 1000.0
        vllm:prefix_cache_hits_total{engine="0"} 400.0
        vllm:time_to_first_token_seconds_bucket{engine="0",le="0.1"} 50.0
        vllm:time_to_first_token_seconds_bucket{engine="0",le="0.5"} 90.0 # {trace_id="x"} 0.3
        vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf"} 100.0
        vllm:time_to_first_token_seconds_sum{engine="0"} 30.0
        vllm:e2e_request_latency_seconds_sum{engine="0"} NaN
        """;

    [Fact]
    public void Processes_of_vLLM_are_added_up()
    {
        var reading = Read(Vllm)!;
        Assert.Equal(("vllm", 20.0, 3.0, 0.91, 1_500_000.0, 250_000.0, 1000.0), (reading.Engine, reading.Running, reading.Waiting, reading.KvShare, reading.PromptTokens, reading.GeneratedTokens, reading.Requests));
        Assert.Equal((1000.0, 400.0), (reading.PrefixQueries, reading.PrefixHits));
        Assert.Equal([50, 40, 10], reading.Ttft!.Counts);
        // The 70th of 100 is the 20th of 40 between 0.1 and 0.5 s; the 95th lies beyond the last bound.
        Assert.Equal((0.3, false), (Math.Round(reading.Ttft.Percentile(0.7)!.Value.Seconds, 9), reading.Ttft.Percentile(0.7)!.Value.IsAbove));
        Assert.Equal((0.5, true), reading.Ttft.Percentile(0.95));
        Assert.Equal(0.3, reading.Ttft.MeanSeconds);
        Assert.Null(reading.Itl);
    }

    [Fact]
    public void Older_names_of_vLLM_are_known()
    {
        var reading = Read(Vllm.Replace("kv_cache_usage", "gpu_cache_usage", StringComparison.Ordinal).Replace("prefix_cache", "gpu_prefix_cache", StringComparison.Ordinal))!;
        Assert.Equal((0.91, 400.0), (reading.KvShare, reading.PrefixHits));
    }

    [Fact]
    public void SGLang_and_TGI_say_what_they_expose_and_no_more()
    {
        var sglang = Read("sglang:num_running_reqs{model_name=\"m\"} 5\nsglang:token_usage{model_name=\"m\"} 0.28\nsglang:prompt_tokens_total 8128\nsglang:cached_tokens_total 100\n")!;
        Assert.Equal(("sglang", 5.0, 0.28, 8128.0, 100.0, (double?)null), (sglang.Engine, sglang.Running, sglang.KvShare, sglang.PrefixQueries, sglang.PrefixHits, sglang.GeneratedTokens));
        var tgi = Read("tgi_queue_size 2\ntgi_request_generated_tokens_sum 512\ntgi_request_success{method=\"single\"} 3\ntgi_request_success{method=\"batch\"} 1\n")!;
        Assert.Equal(("tgi", 2.0, 512.0, 4.0, (double?)null), (tgi.Engine, tgi.Waiting, tgi.GeneratedTokens, tgi.Requests, tgi.KvShare));
        Assert.Null(Read("go_goroutines 12\n"));
    }

    [Theory]
    [InlineData("<html>not found</html>", 1)]
    [InlineData("vllm:a 1\nvllm:b{x=\"1\" 2\n", 2)]
    [InlineData("vllm:a{x=1} 2", 1)]
    [InlineData("vllm:a one", 1)]
    [InlineData("vllm:a", 1)]
    [InlineData("vllm:a{x=\"never closed", 1)]
    public void What_is_no_metric_is_named_by_its_line(string text, int line)
    {
        Assert.Empty(PrometheusText.Read(Encoding.UTF8.GetBytes(text), out var fault));
        Assert.Equal($"Line {line} of the answer is no metric in Prometheus’ text format.", fault);
    }

    [Fact]
    public void Figures_that_no_engine_can_have_are_unknown()
    {
        Assert.Equal(((double?)null, (double?)null, 3.0), Read("vllm:prompt_tokens_total -1\nvllm:generation_tokens_total 1e300\nvllm:num_requests_running 3\n") is { } reading ? (reading.PromptTokens, reading.GeneratedTokens, reading.Running) : default);
        Assert.Equal(1, Read("vllm:kv_cache_usage_perc 42\n")!.KvShare);
        var buckets = string.Concat(Enumerable.Range(1, 200).Select(bound => $"vllm:time_to_first_token_seconds_bucket{{le=\"{bound}\"}} {bound}\n"));
        Assert.Null(Read(buckets + "vllm:time_to_first_token_seconds_bucket{le=\"+Inf\"} 200\n")!.Ttft);
    }

    [Fact]
    public void Damaged_metrics_end_in_a_fault_or_in_fewer_figures()
    {
        var random = new Random(7);
        var sound = Encoding.UTF8.GetBytes(Vllm);
        for (var copy = 0; copy < 2000; copy++)
        {
            var damaged = sound[..random.Next(sound.Length)];
            for (var change = random.Next(4); change > 0 && damaged.Length > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var samples = PrometheusText.Read(damaged, out var fault);
            Assert.True(fault is null || samples.Count == 0);
            EngineMetrics.Read(samples, default);
        }
    }

    private static FleetReading? Read(string text) => EngineMetrics.Read(Samples(text), default);

    private static IReadOnlyList<MetricSample> Samples(string text)
    {
        var samples = PrometheusText.Read(Encoding.UTF8.GetBytes(text), out var fault);
        Assert.Null(fault);
        return samples;
    }
}
