using BenchmarkDotNet.Attributes;
using Planner.Data.Seed;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Benchmarks;

/// <summary>A search of the shipped models, GPUs and engines over 2,000 instance rows and 3,000 price sheets.</summary>
/// <remarks>The rows are made: the same machines and models at other prices in other regions, as imports bring them.</remarks>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private const int Instances = 2_000;
    private const int Prices = 3_000;

    private static readonly Provenance Made = new("benchmark", null, new DateOnly(2026, 11, 1));

    private readonly CatalogSnapshot _catalog = Catalog();

    private readonly Scenario _scenario = new()
    {
        Name = "Assistant",
        Workload = new Workload
        {
            RequestsPerMonth = 10_000_000,
            InputTokens = 2_000,
            OutputTokens = 300,
            Shape = new LoadShape { Kind = ShapeKinds.ConsumerEvening },
            Slo = new ServiceLevel { TtftMs = 2_000, TpotMs = 60 },
        },
    };

    /// <summary>Anything that the catalog has.</summary>
    [Benchmark]
    public SearchResult Whole() => PlanSearch.Run(_scenario, new SearchConstraints(), _catalog);

    /// <summary>Models of about 70 B parameters, and APIs at a tenth of the sheets: what a user asks who knows what is good enough.</summary>
    [Benchmark]
    public SearchResult Chosen() => PlanSearch.Run(
        _scenario, new SearchConstraints { Models = ["llama-3.1-70b", "llama-3-70b"], Prices = [.. _catalog.Prices.Keys.Where((_, i) => i % 10 == 0)] }, _catalog);

    /// <summary>Until the first plan is known, which a page then shows.</summary>
    [Benchmark]
    public PlanGlance? First()
    {
        using var enough = new CancellationTokenSource();
        var first = new FirstPlan(enough);
        try
        {
            PlanSearch.Run(_scenario, new SearchConstraints(), _catalog, first, enough.Token);
        }
        catch (OperationCanceledException)
        {
            // What was asked for is known.
        }

        return first.Plan;
    }

    private sealed class FirstPlan(CancellationTokenSource enough) : IProgress<SearchProgress>
    {
        public PlanGlance? Plan { get; private set; }

        public void Report(SearchProgress value)
        {
            if (value.Best is null)
                return;
            Plan ??= value.Best;
            enough.Cancel();
        }
    }

    private static CatalogSnapshot Catalog()
    {
        var random = new Random(1);
        var gpus = ShippedFacts.Gpus();
        int[] counts = [1, 2, 4, 8];
        var instances = Enumerable.Range(0, Instances).Select(i =>
        {
            var (gpu, count) = (gpus[i % gpus.Count], counts[random.Next(counts.Length)]);
            var price = Math.Round((decimal)(count * (0.4 + (4 * random.NextDouble()))), 3);
            return new Instance($"cloud:{i}:r{i % 40}", $"cloud{i % 6}", $"m{i % 150}", $"r{i % 40}", gpu.Key, count, gpu.MemoryGb, null, null, new HourlyPrices(price, price * 0.4m, price * 0.65m, price * 0.45m), Made);
        });
        var sheets = Enumerable.Range(0, Prices).Select(i =>
        {
            var input = Math.Round((decimal)Math.Pow(10, -1 + (2 * random.NextDouble())), 3);
            return new PriceSheet($"seller{i % 40}:m{i}", $"seller{i % 40}", $"Model {i}", new TokenPrices { InputUsdPerM = input, OutputUsdPerM = 4 * input }, null, null, Made);
        });
        return new CatalogSnapshot
        {
            Models = ShippedFacts.Models().ToDictionary(model => model.Key),
            Gpus = gpus.ToDictionary(gpu => gpu.Key),
            Engines = ShippedFacts.Engines().ToDictionary(engine => engine.Key),
            Instances = instances.ToDictionary(instance => instance.Key),
            Prices = sheets.ToDictionary(sheet => sheet.Key),
        };
    }
}
