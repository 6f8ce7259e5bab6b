using System.Text;
using Planner.Data.Benchmarks;
using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Data.Benchmarks;

public class GuideLlmRunsTests
{
    [Fact]
    public void Reports_up_to_0_3_are_read()
    {
        var reading = Read($$"""
            { "benchmarks": [
              { "type_": "generative_benchmark", "run_id": "r", "start_time": 1763640000.5, "end_time": 1763640060.5,
                "args": { "strategy": { "type_": "concurrent", "streams": 16 }, "max_duration": 60 },
                "worker": { "type_": "generative_requests_worker", "backend_type": "openai_http", "backend_target": "http://127.0.0.1:8000", "backend_model": "Qwen/Qwen3-32B-FP8" },
                "request_totals": { "successful": 90, "errored": 2, "incomplete": 8, "total": 100 },
                "requests": { "successful": [ { "prompt": "{ \"not\": \"closed", "prompt_tokens": 7 } ], "errored": [] },
                "metrics": {{Metrics().Replace("\"request_totals\"", "\"other\"", StringComparison.Ordinal)}} } ] }
            """);

        var run = Assert.Single(reading.Runs);
        Assert.Equal((null, BenchmarkTools.GuideLlm), (reading.Refusal, reading.Tool));
        Assert.Equal(new BenchmarkPoint(1_000, 250, 16, null, 900, 0.3, 0.015), run.Point);
        Assert.Equal(new DeploymentWords { Model = "Qwen/Qwen3-32B-FP8", Precision = "fp8" }, run.Words);
        Assert.Equal((new DateOnly(2025, 11, 20), "2 requests failed"), (run.TakenOn, run.Note));
    }

    [Theory]
    [InlineData("""{ "type_": "concurrent", "streams": 64 }""", 64d, null)]
    [InlineData("""{ "type_": "throughput", "max_concurrency": 512 }""", 512d, null)]
    [InlineData("""{ "type_": "throughput", "max_concurrency": null }""", null, null)]
    [InlineData("""{ "type_": "constant", "rate": 2.5 }""", null, 2.5)]
    [InlineData("""{ "type_": "poisson", "rate": 3, "max_concurrency": 100 }""", null, 3d)]
    public void Reports_since_0_4_are_read_with_every_steady_strategy(string strategy, double? concurrency, double? rate)
    {
        var run = Assert.Single(Read(Newer(strategy)).Runs);

        Assert.Equal(new BenchmarkPoint(1_000, 250, concurrency, rate, 900, 0.3, 0.015), run.Point);
        Assert.Equal("Qwen/Qwen3-32B-FP8", run.Words.Model);
    }

    [Fact]
    public void One_request_after_the_other_is_a_concurrency_of_one()
    {
        var run = Assert.Single(Read(Newer("""{ "type_": "synchronous" }""").Replace("900.0", "60.0", StringComparison.Ordinal)).Runs);

        Assert.Equal(new BenchmarkPoint(1_000, 250, 1, null, 60, 0.3, 0.015), run.Point);
    }

    [Fact]
    public void More_tokens_than_the_requests_in_flight_can_give_are_refused()
    {
        // One request with a token every 15 ms gives 67 tokens/s, not 900.
        var fault = Assert.Single(Read(Newer("""{ "type_": "synchronous" }""")).Faults);

        Assert.Equal("output_tok_s", fault.Field);
    }

    [Fact]
    public void The_model_may_stand_at_the_top()
    {
        var report = Newer("""{ "type_": "concurrent", "streams": 16 }""").Replace("\"backend\": { \"model\": \"Qwen/Qwen3-32B-FP8\" }", "\"backend\": {}", StringComparison.Ordinal);

        Assert.Equal("top/model", Assert.Single(Read(report).Runs).Words.Model);
    }

    [Theory]
    [InlineData("""{ "type_": "trace", "time_scale": 1 }""", "config.strategy.type_")]
    [InlineData("""{ "type_": "concurrent" }""", "config.strategy.streams")]
    [InlineData("""{ "type_": "constant", "rate": 0 }""", "config.strategy.rate")]
    public void A_strategy_that_gives_no_load_leaves_the_benchmark_out(string strategy, string field)
    {
        var fault = Assert.Single(Read(Newer(strategy)).Faults);
        Assert.Equal((1, field), (fault.Row, fault.Field));
    }

    [Fact]
    public void A_benchmark_without_success_is_named_and_the_others_are_read()
    {
        var good = Newer("""{ "type_": "concurrent", "streams": 16 }""");
        var bad = good.Replace(Metrics(), Metrics(requests: "0.0", output: "0.0"), StringComparison.Ordinal);

        var reading = Read(Join(bad, good));

        Assert.Equal((1, "metrics.requests_per_second.successful.mean"), (reading.Faults[0].Row, reading.Faults[0].Field));
        Assert.Equal(2, Assert.Single(reading.Runs).Row);
    }

    [Fact]
    public void Without_a_stream_there_are_no_latencies()
    {
        var run = Assert.Single(Read(Newer("""{ "type_": "synchronous" }""").Replace(Metrics(), Metrics(latency: "0.0"), StringComparison.Ordinal)).Runs);

        Assert.Equal((null, null), (run.Point.TtftSeconds, run.Point.ItlSeconds));
    }

    private static BenchmarkReading Read(string text) => BenchmarkFiles.Read(Encoding.UTF8.GetBytes(text));

    private static string Newer(string strategy) => $$"""
        { "metadata": { "version": 1, "guidellm_version": "0.5.4" }, "args": { "target": "http://127.0.0.1:8000", "model": "top/model" },
          "benchmarks": [ {{Benchmark(strategy)}} ] }
        """;

    private static string Benchmark(string strategy) => $$"""
        { "type_": "generative_benchmark", "start_time": 1763640000.5,
          "config": { "strategy": {{strategy}}, "backend": { "model": "Qwen/Qwen3-32B-FP8" }, "profile": { "type_": "sweep" } },
          "scheduler_state": { "successful_requests": 90 }, "metrics": {{Metrics()}}, "requests": { "successful": [ {} ] } }
        """;

    private static string Join(string first, string second)
    {
        var from = second.IndexOf("\"benchmarks\": [", StringComparison.Ordinal) + "\"benchmarks\": [".Length;
        var end = first.LastIndexOf(']');
        return $"{first[..end]}, {second[from..second.LastIndexOf(']')]}{first[end..]}";
    }

    private static string Metrics(string requests = "3.6", string output = "250.0", string latency = "15.0") => $$"""
        { "request_totals": { "successful": 90, "errored": 0, "incomplete": 8, "total": 98 },
          "requests_per_second": {{Means(requests)}}, "request_concurrency": {{Means("15.7")}},
          "prompt_token_count": {{Means("1000.0")}}, "output_token_count": {{Means(output)}},
          "time_to_first_token_ms": {{Means(latency == "0.0" ? "0.0" : "300.0")}}, "time_per_output_token_ms": {{Means("16.2")}},
          "inter_token_latency_ms": {{Means(latency)}}, "output_tokens_per_second": {{Means("900.0")}} }
        """;

    private static string Means(string mean) => $$"""
        { "successful": { "mean": {{mean}}, "median": 1.0, "percentiles": { "p50": 1.0, "p99": 2.0 } }, "errored": { "mean": 0.0 }, "total": { "mean": 77.0 } }
        """;
}
