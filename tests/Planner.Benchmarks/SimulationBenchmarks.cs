using BenchmarkDotNet.Attributes;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;

namespace Planner.Benchmarks;

/// <summary>A simulation of three options with six ranges, of which two concern every option.</summary>
[MemoryDiagnoser]
public class SimulationBenchmarks
{
    private static readonly SelfHostOption Fleet = new()
    {
        Id = "fixed",
        Name = "8 × g5.12xlarge",
        TensorParallel = 4,
        InstanceUsdPerHour = 5.672m,
        Throughput = new Throughput { Kind = "stated", TokensPerSecond = 500 },
        Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 16 },
        OneOff = [new OneOffCost { Name = "Engineering", Hours = 40, UsdPerHour = 150 }],
    };

    /// <summary>10 M requests of 500 tokens, busiest in the evening: an API, a stated fleet, one that follows the load by the hour.</summary>
    private readonly Scenario _threeOptions = new()
    {
        Name = "Three options",
        HoursPerMonth = 720,
        BaselineOptionId = "api",
        Workload = new Workload { RequestsPerMonth = 10_000_000, InputTokens = 400, OutputTokens = 100, Shape = new LoadShape { Kind = ShapeKinds.ConsumerEvening } },
        Options =
        [
            new ApiOption { Id = "api", Name = "API", Price = new TokenPrices { InputUsdPerM = 5, OutputUsdPerM = 15 } },
            Fleet,
            Fleet with { Id = "hourly", Name = "Hourly fleet", Fleet = new Fleet { Sizing = FleetSizings.Hourly, MinimumReplicas = 1, ColdStartMinutes = 5 } },
        ],
        Horizon = new Horizon { Months = 36 },
        Ranges =
        [
            new InputRange { Path = "workload.requestsPerMonth", Low = 6_000_000, Likely = 10_000_000, High = 20_000_000 },
            new InputRange { Path = "workload.outputTokens", Low = 60, Likely = 100, High = 180 },
            new InputRange { Path = "options[0].price.inputUsdPerM", Low = 3, Likely = 5, High = 6 },
            new InputRange { Path = "options[1].throughput.tokensPerSecond", Low = 350, Likely = 500, High = 700 },
            new InputRange { Path = "options[2].throughput.tokensPerSecond", Low = 350, Likely = 500, High = 700 },
            new InputRange { Path = "options[2].instanceUsdPerHour", Low = 4, Likely = 5.672m, High = 6.5m },
        ],
    };

    [Benchmark]
    public Simulation Simulate() => Engine.Simulate(_threeOptions, CatalogSnapshot.Empty);
}
