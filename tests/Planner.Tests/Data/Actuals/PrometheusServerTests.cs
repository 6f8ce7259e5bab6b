using System.Text;
using Planner.Data.Actuals;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>What Prometheus is asked and what it answers.</summary>
public sealed class PrometheusServerTests
{
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Questions_ask_for_the_engines_names_with_the_selector_by_replica_and_bucket()
    {
        var questions = PrometheusServer.Questions(new Uri("http://prom:9090/prometheus/"), "{job=\"a\\\"b&c\"}");

        Assert.All(questions, question => Assert.Equal("http://prom:9090/prometheus/api/v1/query", question.GetLeftPart(UriPartial.Path)));
        var asked = questions.Select(question => Uri.UnescapeDataString(question.Query)).ToList();
        Assert.StartsWith("?query=sum by (__name__, instance, le) ({__name__=~\"vllm:prompt_tokens_total|", asked[0], StringComparison.Ordinal);
        Assert.Contains("|vllm:time_to_first_token_seconds_bucket|", asked[0], StringComparison.Ordinal);
        Assert.EndsWith("\",job=\"a\\\"b&c\"})", asked[0], StringComparison.Ordinal);
        Assert.Equal("?query=max by (__name__, instance) ({__name__=~\"vllm:kv_cache_usage_perc|vllm:gpu_cache_usage_perc|sglang:token_usage\",job=\"a\\\"b&c\"})", asked[1]);
        // As it is sent, nothing of the value ends the query.
        Assert.DoesNotContain('&', questions[0].Query);
    }

    [Fact]
    public void Replicas_are_told_apart_by_their_instance()
    {
        var readings = PrometheusServer.Read(
            [
                Answer(
                    ("vllm:num_requests_running", "a:8000", null, "12"), ("vllm:num_requests_running", "b:8000", null, "3"), ("vllm:generation_tokens_total", "a:8000", null, "1.5e+06"),
                    ("vllm:time_to_first_token_seconds_bucket", "a:8000", "+Inf", "10"), ("vllm:time_to_first_token_seconds_bucket", "a:8000", "0.5", "9"), ("vllm:time_to_first_token_seconds_sum", "a:8000", null, "4"),
                    ("vllm:generation_tokens_total", "b:8000", null, "NaN"), ("go_goroutines", "c:9100", null, "7")),
                Answer(("vllm:kv_cache_usage_perc", "a:8000", null, "0.75")),
            ],
            Noon, out var fault);

        Assert.Null(fault);
        Assert.Equal(["a:8000", "b:8000"], readings.Keys.Order());
        var first = readings["a:8000"];
        Assert.Equal(("vllm", Noon, 12.0, 1_500_000.0, 0.75, 0.4), (first.Engine, first.AtUtc, first.Running, first.GeneratedTokens, first.KvShare, first.Ttft!.MeanSeconds));
        Assert.Equal([9, 1], first.Ttft.Counts);
        Assert.Equal((3.0, (double?)null, (double?)null), (readings["b:8000"].Running, readings["b:8000"].GeneratedTokens, readings["b:8000"].KvShare));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("[]")]
    [InlineData("""{"status":"error","error":"parse error"}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"vllm:a"},"value":[1,2]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"vllm:a"},"value":[1,"two"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":7},"value":[1,"2"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"\ud800"},"value":[1,"2"]}]}}""")]
    public void What_is_no_answer_of_Prometheus_is_refused(string answer)
    {
        Assert.Empty(PrometheusServer.Read([Encoding.UTF8.GetBytes(answer)], Noon, out var fault));
        Assert.Equal("The answer is none of a Prometheus server.", fault);
    }

    [Fact]
    public void A_replica_whose_name_would_fill_the_database_is_refused()
    {
        Assert.Empty(PrometheusServer.Read([Answer(("vllm:num_requests_running", new string('x', 501), null, "1"))], Noon, out var fault));
        Assert.Equal("The answer is none of a Prometheus server.", fault);
    }

    [Fact]
    public void No_engine_and_too_many_replicas_are_named()
    {
        Assert.Empty(PrometheusServer.Read([Answer()], Noon, out var none));
        Assert.Equal("The server has no metrics of vLLM, SGLang or Text Generation Inference that the selector matches.", none);
        PrometheusServer.Read([Answer([.. Enumerable.Range(0, 257).Select(i => ("vllm:num_requests_running", $"{i}", (string?)null, "1"))])], Noon, out var many);
        Assert.Equal("The selector matches 257 replicas; at most 256 are one fleet.", many);
    }

    internal static byte[] Answer(params (string Name, string Instance, string? Bound, string Value)[] series) => Encoding.UTF8.GetBytes(
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + string.Join(',', series.Select(one => $"{{\"metric\":{{\"__name__\":\"{one.Name}\",\"instance\":\"{one.Instance}\"{(one.Bound is null ? "" : $",\"le\":\"{one.Bound}\"")}}},\"value\":[1764590400.5,\"{one.Value}\"]}}"))
        + "]}}");
}
