using BenchmarkDotNet.Attributes;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Benchmarks;

/// <summary>A base fleet with an API for what exceeds it, over a week whose 168 hours all differ and whose busiest one needs a thousand replicas.</summary>
[MemoryDiagnoser]
public class HybridBenchmarks
{
    /// <summary>500 tokens a request at 100 tokens a second: 5 s of a replica each, 1,000 replicas in an hour of 720,000 requests.</summary>
    private readonly Scenario _mix = new()
    {
        Name = "Base and overflow",
        HoursPerMonth = 720,
        Workload = new Workload
        {
            RequestsPerMonth = 300_000_000,
            InputTokens = 400,
            OutputTokens = 100,
            Shape = new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Range(0, 168).Select(hour => 24 + ((hour * 61m) % 168))] },
        },
        Options =
        [
            new ApiOption { Id = "api", Name = "API", Price = new TokenPrices { InputUsdPerM = 8, OutputUsdPerM = 24 } },
            new SelfHostOption
            {
                Id = "fleet",
                Name = "Fleet",
                InstanceUsdPerHour = 1.8m,
                Throughput = new Throughput { Kind = ThroughputKinds.Stated, TokensPerSecond = 100 },
                LoadFactor = 1,
                Fleet = new Fleet { Sizing = FleetSizings.Hourly, ColdStartMinutes = 5 },
            },
            new HybridOption { Id = "mix", Name = "Mix", Mode = HybridModes.Overflow, ApiOptionId = "api", FleetOptionId = "fleet" },
        ],
    };

    /// <summary>The week of the fleet and the mix, the best split and the fleet's cheapest purchase among it.</summary>
    [Benchmark]
    public WeekResult BestSplit() => Engine.Week(_mix, CatalogSnapshot.Empty);

    /// <summary>The whole answer: ledgers, checks and the break-evens of the volume, on which the split is found anew.</summary>
    [Benchmark]
    public Result Evaluate() => Engine.Evaluate(_mix, CatalogSnapshot.Empty);

    /// <summary>All crossings up to 10¹⁰ tokens a month, all four questions.</summary>
    [Benchmark]
    public IReadOnlyList<BreakEven> BreakEven() => Engine.BreakEven(_mix, CatalogSnapshot.Empty, BreakEvenAxes.TokensPerMonth, to: 1e10);
}
