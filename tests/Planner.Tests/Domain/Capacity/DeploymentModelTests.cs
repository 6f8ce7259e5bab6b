using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Domain.Capacity;

public class DeploymentModelTests
{
    private static readonly Deployment Measured = new("m", "bf16", "bf16", "vllm", "g", 1);
    private static readonly Provenance From = new("test", null, new(2026, 11, 1));

    [Fact]
    public void A_closed_loop_is_compared_with_the_replica_at_that_concurrency()
    {
        var modelled = Model().At(Point(concurrency: 16));

        var spec = Facts.Replica(Facts.Llama8B, Facts.H100, utilization: 0.9) with { IsNativePrecision = true };
        var expected = Facts.Model(spec).At(new ReplicaLoad(1_000, 200, 16));
        Assert.Equal(new ModelledPoint(expected.OutputTokensPerSecond, expected.TtftSeconds, expected.ItlSeconds), modelled);
        Assert.InRange(modelled.OutputTokensPerSecond!.Value, 500, 5_000);
    }

    [Fact]
    public void All_at_once_every_request_waits_so_the_first_token_is_not_compared()
    {
        var modelled = Model().At(Point());

        Assert.Null(modelled.TtftSeconds);
        Assert.True(modelled.OutputTokensPerSecond > Model().At(Point(concurrency: 16)).OutputTokensPerSecond);
    }

    [Fact]
    public void Below_its_limit_the_arrivals_set_the_output_so_only_latency_is_compared()
    {
        var modelled = Model().At(Point(rate: 2) with { OutputTokensPerSecond = 398 });

        Assert.Null(modelled.OutputTokensPerSecond);
        Assert.InRange(modelled.ItlSeconds!.Value, Model().At(Point(concurrency: 1)).ItlSeconds!.Value * 0.9, 0.05);
        Assert.InRange(modelled.TtftSeconds!.Value, 0.01, 1);
    }

    [Fact]
    public void An_overrun_replica_is_compared_at_its_limit_and_its_queue_is_not()
    {
        var limit = Model().At(Point()).OutputTokensPerSecond!.Value;

        Assert.Equal(new ModelledPoint(limit, null, null), Model().At(Point(rate: 10_000)) with { OutputTokensPerSecond = limit });
        Assert.Equal(limit, Model().At(Point(rate: 10_000)).OutputTokensPerSecond!.Value, 6);
    }

    [Fact]
    public void A_run_that_fell_behind_is_compared_with_what_was_asked_for()
    {
        // 2 requests a second ask for 400 tokens a second; it gave 100.
        Assert.Equal(400, Model().At(Point(rate: 2) with { OutputTokensPerSecond = 100 }).OutputTokensPerSecond!.Value, 9);
    }

    [Fact]
    public void An_engines_factor_makes_everything_faster()
    {
        var (plain, faster) = (Model().At(Point(concurrency: 8)), Model(speedFactor: 2).At(Point(concurrency: 8)));

        Assert.Equal(
            (plain.OutputTokensPerSecond!.Value * 2, plain.TtftSeconds!.Value / 2, plain.ItlSeconds!.Value / 2),
            (faster.OutputTokensPerSecond!.Value, faster.TtftSeconds!.Value, faster.ItlSeconds!.Value));
    }

    [Fact]
    public void What_cannot_fit_has_no_modelled_figure()
    {
        Assert.Equal(new ModelledPoint(null, null, null), Model(memoryGb: 8).At(Point(concurrency: 8)));
    }

    [Fact]
    public void What_the_model_would_need_is_said()
    {
        Assert.All(
            new[]
            {
                DeploymentModel.Of(Measured with { Model = "other" }, Catalog()), DeploymentModel.Of(Measured with { Gpu = "other" }, Catalog()),
                DeploymentModel.Of(Measured with { Engine = "other" }, Catalog()), DeploymentModel.Of(Measured, Catalog(kind: "encoder")),
            },
            answer =>
            {
                Assert.Null(answer.Model);
                Assert.NotEmpty(answer.Missing!);
            });
    }

    private static BenchmarkPoint Point(double? concurrency = null, double? rate = null) => new(1_000, 200, concurrency, rate, 900, 0.1, 0.01);

    private static DeploymentModel Model(decimal speedFactor = 1, decimal memoryGb = 80) => DeploymentModel.Of(Measured, Catalog(speedFactor, memoryGb)).Model!;

    private static CatalogSnapshot Catalog(decimal speedFactor = 1, decimal memoryGb = 80, string kind = "dense") => new()
    {
        Models = new Dictionary<string, LanguageModel> { ["m"] = new("m", "Model", null, kind, 8, 8, 131_072, "free", From) { Architecture = Facts.Llama8B } },
        Gpus = new Dictionary<string, Gpu> { ["g"] = Facts.H100 with { MemoryGb = memoryGb } },
        Engines = new Dictionary<string, InferenceEngine> { ["vllm"] = new("vllm", "vLLM", "vllm", speedFactor, 256, 8_192, ["bf16", "fp8"], "Apache-2.0", From) },
    };
}
