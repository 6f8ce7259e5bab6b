using BenchmarkDotNet.Attributes;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Benchmarks;

/// <summary>The engine on a scenario of three options, one of them a fleet that grows by whole instances.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private static readonly SelfHostOption Fleet = new()
    {
        Id = "fixed",
        Name = "2 × g5.12xlarge",
        TensorParallel = 4,
        InstanceUsdPerHour = 5.672m,
        Throughput = new Throughput { Kind = "stated", TokensPerSecond = 125 },
        LoadFactor = 1,
        Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 2 },
        OneOff = [new OneOffCost { Name = "Engineering", Hours = 40, UsdPerHour = 150 }],
    };

    /// <summary>10 M requests of 500 tokens: an API, a stated fleet, a sized fleet.</summary>
    private readonly Scenario _threeOptions = new()
    {
        Name = "Three options",
        HoursPerMonth = 720,
        Workload = new Workload { RequestsPerMonth = 10_000_000, InputTokens = 400, OutputTokens = 100 },
        Options =
        [
            new ApiOption { Id = "api", Name = "API", Price = new TokenPrices { InputUsdPerM = 1.5m, OutputUsdPerM = 1.5m } },
            Fleet,
            Fleet with { Id = "sized", Name = "Sized fleet", InstanceUsdPerHour = 0.9m, Fleet = new Fleet() },
        ],
    };

    [Benchmark]
    public Result Evaluate() => Engine.Evaluate(_threeOptions, CatalogSnapshot.Empty);

    [Benchmark]
    public IReadOnlyList<BreakEven> BreakEven() => Engine.BreakEven(_threeOptions, CatalogSnapshot.Empty, BreakEvenAxes.TokensPerMonth, to: 1e12);
}
