using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Domain.Scenarios;

/// <summary>Scenarios and catalog rows that tests start from.</summary>
internal static class Documents
{
    private static readonly Provenance HandMade = new("test", null, new DateOnly(2026, 11, 1));

    public static CatalogSnapshot Catalog { get; } = new()
    {
        Prices = new Dictionary<string, PriceSheet>
        {
            ["openai:gpt-4o"] = new("openai:gpt-4o", "openai", "gpt-4o", new TokenPrices { InputUsdPerM = 2.5m, OutputUsdPerM = 10, CacheReadUsdPerM = 1.25m, BatchInputUsdPerM = 1.25m, BatchOutputUsdPerM = 5 }, 128_000, null, HandMade),
            ["old:model"] = new("old:model", "old", "model", new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 1 }, 4_000, new DateOnly(2026, 5, 1), HandMade),
            ["half:known"] = new("half:known", "half", "known", new TokenPrices { InputUsdPerM = 1 }, null, null, HandMade),
        },
        Instances = new Dictionary<string, Instance>
        {
            ["aws:g5.12xlarge:us-east-1"] = new("aws:g5.12xlarge:us-east-1", "aws", "g5.12xlarge", "us-east-1", "A10G", 4, 24, 48, 192, new HourlyPrices(5.672m, 2.137m, 3.57336m, 2.4503m), HandMade),
            ["aws:p5.48xlarge:us-east-1"] = new("aws:p5.48xlarge:us-east-1", "aws", "p5.48xlarge", "us-east-1", "H100-SXM", 8, 80, 192, 2048, new HourlyPrices(55.04m, null, null, null), HandMade),
        },
        Models = new Dictionary<string, LanguageModel>
        {
            ["llama-3-70b"] = new("llama-3-70b", "Llama 3 70B", null, "dense", 70.6m, 70.6m, 8192, "Llama 3", HandMade),
        },
    };

    public static ApiOption Api(decimal input = 1.5m, decimal output = 1.5m) =>
        new() { Id = "api", Name = "API", Price = new TokenPrices { InputUsdPerM = input, OutputUsdPerM = output } };

    public static SelfHostOption Fleet(string sizing = FleetSizings.Fixed, int? instances = 2) => new()
    {
        Id = "self",
        Name = "Fleet",
        Model = "llama-3-70b",
        Precision = "int4",
        TensorParallel = 4,
        InstanceKey = "aws:g5.12xlarge:us-east-1",
        Throughput = new Throughput { Kind = "stated", TokensPerSecond = 125, Basis = "total" },
        LoadFactor = 1,
        Fleet = new Fleet { Sizing = sizing, Instances = instances },
    };

    public static Scenario Chat(params Option[] options) => new()
    {
        Name = "Chat",
        StartMonth = "2026-12",
        HoursPerMonth = 720,
        Workload = new Workload { RequestsPerMonth = 10_000_000, InputTokens = 400, OutputTokens = 100 },
        Options = options,
    };

    /// <summary>The first example of the source documents, with its one-off work.</summary>
    public static Scenario HighVolumeChat { get; } = Chat(Api(), Fleet() with { OneOff = [new OneOffCost { Name = "Engineering", Hours = 40, UsdPerHour = 150 }] }) with { BaselineOptionId = "api" };

    public static OptionResult Evaluate(Scenario scenario, string id) => Engine.Evaluate(scenario, Catalog).Options.Single(option => option.Id == id);
}
