using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;
using static Planner.Tests.Domain.Capacity.Facts;

namespace Planner.Tests.Domain.Capacity;

public sealed class CapacityEstimatorTests
{
    private static readonly Provenance Source = new("test", null, new DateOnly(2026, 10, 10));

    internal static readonly CatalogSnapshot Catalog = new()
    {
        Models = new[]
        {
            Named("llama-70b", "Llama 70B", "dense", Llama70B), Named("llama-405b", "Llama 405B", "dense", Llama405B), Named("bge-m3", "BGE M3", "encoder", BgeM3),
            Named("secret", "Secret", "dense", null),
        }.ToDictionary(model => model.Key),
        Gpus = new[] { H100, L4, new Gpu("CPU", "CPU", "cpu", 4, 5, 0.03m, null, null, Source) { Int8Tops = 0.3m } }.ToDictionary(gpu => gpu.Key),
        Engines = new[]
        {
            new InferenceEngine("vllm", "vLLM", "vllm", 1, 256, 8192, ["bf16", "fp8", "int8", "int4"], "Apache-2.0", Source),
            new InferenceEngine("ollama", "Ollama", "llama.cpp", 1, 4, 8192, ["bf16", "int4"], "MIT", Source),
            new InferenceEngine("tei", "TEI", "tei", 1, 512, 16384, ["bf16", "int8"], "Apache-2.0", Source),
        }.ToDictionary(engine => engine.Key),
        Instances = new[]
        {
            new Instance("cloud:h100x8:r", "cloud", "h100x8", "r", "H100-SXM", 8, 80, 96, 1000, new HourlyPrices(20, null, null, null), Source),
            new Instance("cloud:cpu16:r", "cloud", "cpu16", "r", "CPU", 16, 2, 16, 64, new HourlyPrices(0.7m, null, null, null), Source),
        }.ToDictionary(instance => instance.Key),
    };

    internal static readonly Workload Chat = new()
    {
        RequestsPerMonth = 10_000_000,
        InputTokens = 1000,
        OutputTokens = 250,
        Slo = new ServiceLevel { TtftMs = 2000, TpotMs = 50 },
    };

    private static LanguageModel Named(string key, string name, string kind, ModelArchitecture? shape) =>
        new(key, name, null, kind, 70, 70, 131072, "licence", Source) { Architecture = shape };

    internal static SelfHostOption Fleet(string model = "llama-70b", string precision = "fp8", int tensor = 4, string engine = "vllm") => new()
    {
        Id = "self",
        Name = "Self",
        Model = model,
        Precision = precision,
        TensorParallel = tensor,
        Engine = engine,
        InstanceKey = "cloud:h100x8:r",
    };

    private static CapacityEstimate Estimate(SelfHostOption option, Workload? workload = null) => CapacityEstimator.Of(option, workload ?? Chat, Catalog).Estimate!;

    [Fact]
    public void Nothing_measured_means_modelled_and_the_fleet_is_sized_by_it()
    {
        var scenario = new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = Chat, Options = [Fleet()] };

        var option = Engine.Evaluate(scenario, Catalog).Options[0];

        Assert.Equal("modelled", option.Capacity!.Rank);
        var needed = 10_000_000 * 1250.0 / (730 * 3600);
        Assert.Equal((long)Math.Ceiling(needed / option.Estimate!.TokensPerSecond), option.Replicas);
        Assert.True(option.Feasible);
    }

    [Fact]
    public void Working_leads_from_memory_to_the_throughput_that_counts()
    {
        var estimate = Estimate(Fleet());

        Assert.Equal(6, estimate.Working.Count);
        Assert.Equal(estimate.TokensPerSecond, estimate.Working[^1].Value, 6);
        Assert.Equal(estimate.RequestsPerSecond * 1250, estimate.TokensPerSecond, 6);
        Assert.True(estimate.TtftSeconds <= 2 && estimate.TpotSeconds <= 0.05);
    }

    [Fact]
    public void Model_too_large_says_so_and_names_the_nearest_change()
    {
        var estimate = Estimate(Fleet("llama-405b", "bf16", 8));

        Assert.Equal(0, estimate.RequestsPerSecond);
        Assert.Equal("memory", estimate.Limit);
        Assert.Contains("does not fit on 8 × H100", estimate.Infeasible, StringComparison.Ordinal);
        Assert.Equal(new InputChange("precision", "fp8"), Assert.Single(estimate.Change!.Inputs));
        Assert.True(Estimate(Fleet("llama-405b", "fp8", 8)).RequestsPerSecond > 0);
    }

    [Fact]
    public void Smallest_number_of_gpus_that_fits_is_named()
    {
        // 812 GB of weights at 16 bits need 11 of 68 GiB each and more; 128 heads can be shared out over 16 next. In FP8 half of that: 8.
        Assert.Equal(16, Estimate(Fleet("llama-405b", "bf16", 8)).SmallestGpus);
        Assert.Equal(8, Estimate(Fleet("llama-405b", "fp8", 8)).SmallestGpus);
        Assert.Equal(2, Estimate(Fleet("llama-70b", "fp8", 2), Chat with { InputTokens = 30_000 }).SmallestGpus);
    }

    [Fact]
    public void Target_that_no_idle_replica_keeps_is_infeasible_with_the_figure_it_reaches()
    {
        var slow = Estimate(Fleet("llama-70b", "bf16", 2), Chat with { Slo = new ServiceLevel { TpotMs = 20 } });

        Assert.Equal("tpot", slow.Limit);
        Assert.Contains("even at the lowest load", slow.Infeasible, StringComparison.Ordinal);
        Assert.NotNull(slow.Change);
    }

    [Fact]
    public void Infeasible_model_is_a_result_and_not_an_exception()
    {
        var scenario = new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = Chat, Options = [Fleet("llama-405b", "bf16", 1)] };

        var option = Engine.Evaluate(scenario, Catalog).Options[0];

        Assert.False(option.Feasible);
        Assert.Contains(option.Reasons, reason => reason.Contains("does not fit", StringComparison.Ordinal) && reason.Contains("Nearest change", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("secret", "fp8", 4, "vllm", "architecture of Secret is unknown")]
    [InlineData("llama-70b", "nvfp4", 4, "vllm", "does not run nvfp4")]
    [InlineData("llama-70b", "fp8", 16, "vllm", "spans machines")]
    [InlineData("llama-70b", "fp8", 3, "vllm", "64 heads of Llama 70B cannot be shared out over 3")]
    [InlineData("llama-70b", "bf16", 1, "tei", "serves encoders only")]
    [InlineData("bge-m3", "bf16", 1, "tei", "generates no tokens")]
    public void Missing_fact_is_named(string model, string precision, int tensor, string engine, string words)
    {
        var (estimate, missing) = CapacityEstimator.Of(Fleet(model, precision, tensor, engine), Chat, Catalog);

        Assert.Null(estimate);
        Assert.Contains(words, missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Tighter_targets_and_burstier_arrivals_never_raise_the_rate()
    {
        var calm = Estimate(Fleet());

        Assert.True(Estimate(Fleet(), Chat with { Slo = new ServiceLevel { TtftMs = 500, TpotMs = 25 } }).RequestsPerSecond <= calm.RequestsPerSecond);
        Assert.True(Estimate(Fleet(), Chat with { Shape = new LoadShape { Burstiness = 4 } }).RequestsPerSecond <= calm.RequestsPerSecond);
        Assert.True(Estimate(Fleet(), Chat with { Slo = new ServiceLevel() }).RequestsPerSecond >= calm.RequestsPerSecond);
    }

    [Fact]
    public void Prefix_hits_and_speculation_are_factors_of_the_modelled_rate()
    {
        var plain = Estimate(Fleet());

        Assert.True(Estimate(Fleet() with { PrefixCacheShare = 0.6m }).RequestsPerSecond > plain.RequestsPerSecond);
        // At low load, drafts shorten the time a token takes; three tokens of which 80 % are accepted give 1 + 0.8 + 0.64 + 0.512 = 2.952 a step.
        var drafting = Estimate(Fleet() with { Speculative = new SpeculativeDecoding { DraftTokens = 3, AcceptanceShare = 0.8m } }, Chat with { Slo = new ServiceLevel { TpotMs = 9 } });
        Assert.Equal(2.952, new Speculation(3, 0.8, 0).TokensPerStep, 9);
        Assert.True(drafting.RequestsPerSecond > Estimate(Fleet(), Chat with { Slo = new ServiceLevel { TpotMs = 9 } }).RequestsPerSecond);
    }

    [Fact]
    public void An_l4_embeds_about_sixty_thousand_tokens_a_second_and_sixteen_plain_cpus_about_eight_hundred()
    {
        var texts = Chat with { InputTokens = 500, OutputTokens = 0, Slo = new ServiceLevel() };
        var gpu = Estimate(Fleet("bge-m3", "bf16", 1, "tei") with { InstanceKey = null, InstanceUsdPerHour = 1, Gpu = "L4" }, texts);
        var cpu = Estimate(Fleet("bge-m3", "bf16", 16, "tei") with { InstanceKey = "cloud:cpu16:r" }, texts);

        Assert.InRange(gpu.TokensPerSecond / Arrivals.HighestUtilization, 54_000, 66_000);
        Assert.InRange(cpu.TokensPerSecond / Arrivals.HighestUtilization, 650, 900);
        Assert.Equal("input", gpu.Basis);
    }

    [Fact]
    public void Own_measurement_corrects_its_deployment_in_full_and_other_layouts_of_the_model_in_part()
    {
        var relaxed = Chat with { Slo = new ServiceLevel() };
        var plain = Estimate(Fleet(), relaxed);
        var correction = new Correction(plain.Deployment, new CorrectionFactors(0.8, 1.5, 1.25), 3, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        var measured = Catalog with { Corrections = [correction] };

        var own = CapacityEstimator.Of(Fleet(), relaxed, measured).Estimate!;
        var other = CapacityEstimator.Of(Fleet(tensor: 2), relaxed, measured).Estimate!;

        Assert.Equal(0.8, own.RequestsPerSecond / plain.RequestsPerSecond, 9);
        Assert.Equal(1.5, own.TtftSeconds!.Value / plain.TtftSeconds!.Value, 9);
        Assert.Equal(Math.Pow(0.8, 0.7), other.RequestsPerSecond / Estimate(Fleet(tensor: 2), relaxed).RequestsPerSecond, 9);
        Assert.Equal(0.7, other.Correction!.Share);
        // A slower first token than modelled leaves less room within the target.
        Assert.True(CapacityEstimator.Of(Fleet(), Chat, measured).Estimate!.RequestsPerSecond <= 0.8 * Estimate(Fleet()).RequestsPerSecond * (1 + 1e-9));
    }

    [Fact]
    public void Ollama_gains_little_from_company()
    {
        var ollama = Estimate(Fleet("llama-70b", "int4", 1, "ollama"), Chat with { Slo = new ServiceLevel() });
        var vllm = Estimate(Fleet("llama-70b", "int4", 1), Chat with { Slo = new ServiceLevel() });

        Assert.True(vllm.RequestsPerSecond > 3 * ollama.RequestsPerSecond);
    }

    [Fact]
    public void Stated_figure_far_above_the_model_is_called_into_question()
    {
        var option = Fleet() with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 1_000_000 } };
        var result = Engine.Evaluate(new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = Chat, Options = [option] }, Catalog);

        Assert.Equal("stated", result.Options[0].Capacity!.Rank);
        Assert.Contains(result.Checks, check => check.Id == "stated-above-model");
        Assert.NotNull(result.Options[0].Estimate);
    }

    [Theory]
    [InlineData(1.01, true, "stated-above-model", CheckSeverities.Warning)]
    [InlineData(0.99, true, null, null)]
    [InlineData(1.01, false, null, null)]
    [InlineData(0.99, false, "stated-below-model", CheckSeverities.Info)]
    public void Stated_figure_is_called_into_question_where_nine_in_ten_measurements_disagree(double factor, bool high, string? id, string? severity)
    {
        var band = Estimate(Fleet()).Band!;
        var stated = (decimal)(factor * (high ? band.HighTokensPerSecond : band.LowTokensPerSecond));
        var option = Fleet() with { LoadFactor = 1, Throughput = new Throughput { Kind = "stated", TokensPerSecond = stated } };
        var checks = Engine.Evaluate(new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = Chat, Options = [option] }, Catalog).Checks.Where(check => check.Id.StartsWith("stated-", StringComparison.Ordinal)).ToList();
        Assert.Equal((id, severity), (checks.SingleOrDefault()?.Id, checks.SingleOrDefault()?.Severity));
    }
}
