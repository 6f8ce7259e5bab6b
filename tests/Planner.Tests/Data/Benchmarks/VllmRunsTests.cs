using System.Text;
using Planner.Data.Benchmarks;
using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Data.Benchmarks;

public class VllmRunsTests
{
    [Fact]
    public void A_closed_loop_is_read_with_its_metadata()
    {
        var reading = Read(Run());

        var run = Assert.Single(reading.Runs);
        Assert.Equal((null, BenchmarkTools.Vllm, 0), (reading.Refusal, reading.Tool, reading.Faults.Count));
        Assert.Equal(new BenchmarkPoint(1_024, 128, 32, null, 2_048.5, 0.25, 0.0125), run.Point);
        Assert.Equal(
            new DeploymentWords { Model = "meta-llama/Llama-3.1-8B-Instruct", Precision = "fp8", Engine = "vllm", Gpu = "H100-SXM", TensorParallel = 2 }, run.Words);
        Assert.Equal((new DateOnly(2026, 11, 20), "nightly"), (run.TakenOn, run.Note));
    }

    [Fact]
    public void Arrivals_at_a_rate_are_no_closed_loop()
    {
        var run = Assert.Single(Read(Run(("request_rate", "4.5"))).Runs);

        Assert.Equal((null, 4.5), (run.Point.Concurrency, run.Point.RequestsPerSecond));
        Assert.Contains("at most 32 at once", run.Note);
    }

    [Fact]
    public void A_run_all_at_once_has_neither_rate_nor_concurrency()
    {
        var run = Assert.Single(Read(Run(("max_concurrency", "null"))).Runs);

        Assert.Equal((null, null), (run.Point.Concurrency, run.Point.RequestsPerSecond));
    }

    [Fact]
    public void Zero_latency_means_that_nothing_was_measured()
    {
        var run = Assert.Single(Read(Run(("mean_ttft_ms", "0.0"), ("mean_tpot_ms", "0.0"))).Runs);

        Assert.Equal((null, null), (run.Point.TtftSeconds, run.Point.ItlSeconds));
    }

    [Fact]
    public void The_protocol_openai_names_no_engine()
    {
        var run = Assert.Single(Read(Run(("backend", "\"openai-chat\""), ("endpoint_type", "\"openai-chat\""))).Runs);

        Assert.Null(run.Words.Engine);
    }

    [Theory]
    [InlineData("\"awq\"", "\"auto\"", "int4")]
    [InlineData("null", "\"bfloat16\"", "bf16")]
    [InlineData("\"none\"", "\"half\"", "fp16")]
    [InlineData("null", "\"auto\"", null)]
    public void Precision_comes_from_quantization_before_dtype(string quantization, string dtype, string? precision)
    {
        var run = Assert.Single(Read(Run(("quantization", quantization), ("dtype", dtype))).Runs);

        Assert.Equal(precision, run.Words.Precision);
    }

    [Fact]
    public void The_models_name_tells_its_precision()
    {
        var run = Assert.Single(Read(Run(("model_id", "\"RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16\""), ("quantization", "null"))).Runs);

        Assert.Equal("int4", run.Words.Precision);
    }

    [Fact]
    public void Lists_and_lines_of_runs_are_read_alike()
    {
        var (one, two) = (Run(), Run(("max_concurrency", "64")));

        foreach (var text in new[] { $"[{one},\n{two}]", $"{one}\n{two}", $"\uFEFF{one}\r\n{two}\r\n" })
            Assert.Equal([(1, 32d), (2, 64d)], Read(text).Runs.Select(run => (run.Row, run.Point.Concurrency!.Value)));
    }

    [Fact]
    public void Lists_of_single_requests_are_passed_over()
    {
        var run = Run(("ttfts", "[0.1, {\"deep\": [1, 2]}, \"NaN\"]"), ("generated_texts", "[\"a \\\" { NaN\", \"b\"]"), ("errors", "[\"\", \"\"]"));

        Assert.Single(Read(run).Runs);
    }

    [Theory]
    [InlineData("output_throughput", "NaN")]
    [InlineData("mean_ttft_ms", "NaN")]
    [InlineData("mean_tpot_ms", "-Infinity")]
    [InlineData("output_throughput", "-5")]
    [InlineData("output_throughput", "1e400")]
    [InlineData("output_throughput", "\"fast\"")]
    [InlineData("output_throughput", "null")]
    [InlineData("completed", "0")]
    [InlineData("total_input_tokens", "0")]
    [InlineData("total_output_tokens", "0")]
    [InlineData("max_concurrency", "0.5")]
    [InlineData("request_rate", "-1")]
    [InlineData("mean_ttft_ms", "9e9")]
    public void A_figure_that_cannot_be_leaves_the_run_out_and_is_named(string field, string value)
    {
        var reading = Read($"{Run((field, value))}\n{Run()}");

        var fault = Assert.Single(reading.Faults);
        Assert.Equal((1, field), (fault.Row, fault.Field));
        Assert.NotEmpty(fault.Reason);
        Assert.Equal(2, Assert.Single(reading.Runs).Row);
    }

    [Fact]
    public void A_ramp_is_no_steady_load()
    {
        Assert.Equal("ramp_up_strategy", Assert.Single(Read(Run(("ramp_up_strategy", "\"linear\""))).Faults).Field);
    }

    [Fact]
    public void A_run_of_embeddings_lacks_generated_tokens()
    {
        Assert.Equal("total_output_tokens", Assert.Single(Read(Run(("total_output_tokens", null))).Faults).Field);
    }

    [Fact]
    public void An_object_among_the_runs_that_is_none_is_named()
    {
        var reading = Read($"{Run()}\n{{\"note\": \"done\"}}");

        Assert.Single(reading.Runs);
        Assert.Equal(2, Assert.Single(reading.Faults).Row);
    }

    internal static BenchmarkReading Read(string text) => BenchmarkFiles.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>A run with other or further members; null leaves one out.</summary>
    internal static string Run(params (string Name, string? Json)[] changes)
    {
        var members = new Dictionary<string, string?>
        {
            ["date"] = "\"20261120-142233\"",
            ["endpoint_type"] = "\"vllm\"",
            ["backend"] = "\"vllm\"",
            ["label"] = "\"nightly\"",
            ["model_id"] = "\"meta-llama/Llama-3.1-8B-Instruct\"",
            ["tokenizer_id"] = "\"meta-llama/Llama-3.1-8B-Instruct\"",
            ["num_prompts"] = "100",
            ["gpu"] = "\"H100-SXM\"",
            ["tensor_parallel_size"] = "\"2\"",
            ["quantization"] = "\"fp8\"",
            ["request_rate"] = "\"inf\"",
            ["burstiness"] = "1.0",
            ["max_concurrency"] = "32",
            ["duration"] = "6.25",
            ["completed"] = "100",
            ["failed"] = "0",
            ["total_input_tokens"] = "102400",
            ["total_output_tokens"] = "12800",
            ["request_throughput"] = "16.0",
            ["request_goodput"] = "null",
            ["output_throughput"] = "2048.5",
            ["total_token_throughput"] = "18436.5",
            ["mean_ttft_ms"] = "250.0",
            ["median_ttft_ms"] = "240.0",
            ["p99_ttft_ms"] = "600.0",
            ["mean_tpot_ms"] = "12.5",
            ["mean_itl_ms"] = "12.7",
        };
        foreach (var (name, json) in changes)
            members[name] = json;
        return $"{{{string.Join(", ", members.Where(member => member.Value is not null).Select(member => $"\"{member.Key}\": {member.Value}"))}}}";
    }
}
