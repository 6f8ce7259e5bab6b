using Planner.Data.Seed;
using Planner.Domain;
using Planner.Domain.Artefacts;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

/// <summary>Plans to hand over: shipped models, GPUs and engines on a few machines.</summary>
internal static class Plans
{
    private static readonly Provenance HandMade = new("test", null, new DateOnly(2026, 11, 1));

    public static CatalogSnapshot Catalog { get; } = new()
    {
        Models = ShippedFacts.Models().ToDictionary(model => model.Key),
        Gpus = ShippedFacts.Gpus().ToDictionary(gpu => gpu.Key),
        Engines = ShippedFacts.Engines().ToDictionary(engine => engine.Key),
        Instances = new[]
        {
            Machine("aws", "p5.48xlarge", "us-east-1", "H100-SXM", 8, 80, 192, 2048, 55.04m, 20m),
            Machine("aws", "p5en.48xlarge", "us-east-1", "H200", 8, 141, 192, 2048, 63.3m, 20m),
            Machine("aws", "g6.xlarge", "us-east-1", "L4", 1, 24, 4, 16, 0.8m, 0.3m),
            Machine("azure", "ND96isr_MI300X", "eastus", "MI300X", 8, 192, 96, 1850, 48m, 20m),
            Machine("lambda", "gpu_1x_h100", "us-east-1", "H100-SXM", 1, 80, 26, 225, 3.29m, null),
            Machine("aws", "c7i.8xlarge", "us-east-1", "vCPU-AMX", 32, 0, 32, 64, 1.43m, null),
        }.ToDictionary(instance => instance.Key),
        Prices = new Dictionary<string, PriceSheet>
        {
            ["anthropic:claude-sonnet"] = new("anthropic:claude-sonnet", "anthropic", "Claude Sonnet", new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 15 }, 200_000, null, HandMade),
        },
    };

    /// <summary>Llama 3.1 8B as published on one H100 of eight: two replicas at a stated throughput.</summary>
    public static SelfHostOption Fleet { get; } = new()
    {
        Id = "self",
        Name = "Own fleet",
        Model = "llama-3.1-8b",
        Precision = "bf16",
        InstanceKey = "aws:p5.48xlarge:us-east-1",
        MaxSequences = 64,
        Throughput = new Throughput { Kind = "stated", TokensPerSecond = 5000, Basis = "total" },
        LoadFactor = 1,
        Fleet = new Fleet { Sizing = FleetSizings.WeeklyPeak, MinimumReplicas = 2 },
    };

    public static ApiOption Api { get; } = new() { Id = "api", Name = "Sonnet", PriceKey = "anthropic:claude-sonnet" };

    public static HybridOption Mix { get; } = new() { Id = "mix", Name = "Fleet first", Mode = HybridModes.Overflow, FleetOptionId = "self", ApiOptionId = "api", Replicas = 8 };

    /// <summary>A million requests of 400 + 100 tokens: 190 tokens a second, far below one replica.</summary>
    public static Scenario Scenario(params Option[] options) => new()
    {
        Name = "Chat",
        HoursPerMonth = 730,
        Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 400, OutputTokens = 100, Slo = new ServiceLevel { TtftMs = 2000, TpotMs = 60 } },
        Options = options,
    };

    public static ArtefactBundle Bundle(Option option, string? checkpoint = null) => Bundle(Scenario(option), option.Id, checkpoint);

    public static ArtefactBundle Bundle(Scenario scenario, string optionId, string? checkpoint = null)
    {
        var (bundle, refusal) = Write(scenario, optionId, checkpoint);
        Assert.Null(refusal);
        return bundle!;
    }

    public static Problem Refusal(Option option, string? checkpoint = null)
    {
        var (bundle, refusal) = Write(Scenario(option), option.Id, checkpoint);
        Assert.Null(bundle);
        return refusal!;
    }

    public static (ArtefactBundle? Bundle, Problem? Refusal) Write(Scenario scenario, string optionId, string? checkpoint = null) =>
        ArtefactWriter.Write(scenario, Catalog, Engine.Evaluate(scenario, Catalog), optionId, checkpoint);

    public static string File(this ArtefactBundle bundle, string name) => bundle.Files.Single(file => file.Name == name).Content;

    /// <summary>The words of the command in a bundle's script, as the shell splits them.</summary>
    public static IReadOnlyList<string> Command(this ArtefactBundle bundle) =>
        Bash.Words(bundle.File("serve.sh").Split("\nexec ", 2)[1]);

    /// <summary>Every engine with a model and a machine that suits it.</summary>
    public static IReadOnlyList<(SelfHostOption Option, string? Checkpoint)> OfEachEngine { get; } =
    [
        (Fleet, null),
        (Fleet with { Engine = "sglang" }, null),
        (Fleet with { Engine = "tensorrt-llm" }, null),
        (Fleet with { Engine = "tgi" }, null),
        (Fleet with { Engine = "llama.cpp", Precision = "int4" }, "someone/Llama-3.1-8B-GGUF"),
        (Fleet with { Engine = "ollama", Precision = "int4" }, "someone/Llama-3.1-8B-GGUF"),
    ];

    private static Instance Machine(string cloud, string type, string region, string gpu, int gpus, decimal memory, int cpus, decimal main, decimal price, decimal? spot) =>
        new($"{cloud}:{type}:{region}", cloud, type, region, gpu, gpus, memory, cpus, main, new HourlyPrices(price, spot, price * 0.6m, null), HandMade);
}
