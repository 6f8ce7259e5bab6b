using System.Diagnostics;
using System.Text.Json;
using Planner.Domain.Capacity;

namespace Planner.Benchmarks;

/// <summary>The figures that the project holds itself to, measured in a few seconds and printed as one JSON object.</summary>
internal static class Figures
{
    /// <summary>Until the methods are compiled for good: with less, a figure says how fast the machine compiles.</summary>
    private const int WarmUpMilliseconds = 4000;

    private sealed record Figure(double Value, string Unit, double? Goal, string Reference);

    public static async Task<int> PrintAsync()
    {
        var engine = new EngineBenchmarks();
        var (evaluate, bytes) = Median(() => engine.Evaluate());
        var (breakEven, _) = Median(() => engine.BreakEven());
        var simulation = new SimulationBenchmarks();
        var (simulate, _) = Median(() => simulation.Simulate());
        var hybrid = new HybridBenchmarks();
        var (split, _) = Median(() => hybrid.BestSplit());
        var (hybridBreakEven, _) = Median(() => hybrid.BreakEven());
        var (hybridEvaluate, _) = Median(() => hybrid.Evaluate());
        var search = new SearchBenchmarks();
        var (whole, _) = Median(() => search.Whole());
        var (chosen, _) = Median(() => search.Chosen());
        var (first, _) = Median(() => search.First());
        var capacity = new CapacityBenchmarks();
        var (fromSpec, _) = Median(Thousand(capacity.FromSpec));
        var (prepared, _) = Median(Thousand(capacity.Prepared));
        using var feed = new FeedBenchmarks();
        var imports = Enumerable.Range(0, 9).Select(feed.Run).Skip(2).Order().ToList();
        var unchanged = Enumerable.Range(0, 9).Select(_ => feed.Run(8)).Skip(2).Order().ToList();
        using var catalog = new CatalogBenchmarks();
        var pages = catalog.Measure();
        using var usage = new UsageBenchmarks(1_000_000);
        var (usageImport, usageAlone) = await usage.MeasureAsync(5);
        var figures = new Dictionary<string, Figure>
        {
            ["evaluateMicroseconds"] = new(evaluate, "µs", 25, "three options with ledgers, checks and four break-evens on one axis"),
            ["evaluateBytes"] = new(bytes, "B", 32_768, "the same"),
            ["breakEvenMilliseconds"] = new(breakEven / 1000, "ms", 2, "one axis up to 10¹² tokens a month, all four questions"),
            ["hybridSplitMilliseconds"] = new(split / 1000, "ms", 1, "168 hours that all differ, 1,000 replicas in the busiest; with the fleet's own week"),
            ["hybridBreakEvenMilliseconds"] = new(hybridBreakEven / 1000, "ms", 2, "the same mix beside its API and its fleet, all four questions up to 10¹⁰ tokens a month"),
            ["hybridEvaluateMilliseconds"] = new(hybridEvaluate / 1000, "ms", null, "the same with ledgers, checks and break-evens up to 10¹² requests a month"),
            ["searchPlansPerSecond"] = new(search.Whole().Considered / whole * 1e6, "1/s", 200_000, "plans that were worked out or proven not to matter, over the whole catalog; two cores"),
            ["searchCatalogMilliseconds"] = new(whole / 1000, "ms", 1_000, "63 models, 8 engines, 37 GPUs, 2,000 instance rows, 3,000 price sheets, no constraint; two cores"),
            ["searchFirstMilliseconds"] = new(first / 1000, "ms", 200, "the same until the first plan is known"),
            ["searchChosenMilliseconds"] = new(chosen / 1000, "ms", null, "the same catalog with two models and 300 price sheets that are good enough, and what each constraint costs"),
            ["litellmImportMilliseconds"] = new(imports[imports.Count / 2], "ms", 1_000, "2,984 models, 1.4 MB, every tenth price another: read, judged, compared and stored"),
            ["litellmUnchangedMilliseconds"] = new(unchanged[unchanged.Count / 2], "ms", 20, "the same file again"),
            ["catalogFirstPageMilliseconds"] = new(Slowest(name => name.EndsWith(" first page", StringComparison.Ordinal)), "ms", 100, "catalog of 80,000 rows, 20,000 price sheets and 60,000 instances with 450,000 changes in five years: first page of the slower list"),
            ["catalogSlowestPageMilliseconds"] = new(Slowest(name => !name.Contains("three years ago", StringComparison.Ordinal)), "ms", 100, "the same catalog: the slowest of all sorts, searches, filters, last pages and histories"),
            ["catalogPastPageMilliseconds"] = new(Slowest(name => name.Contains("three years ago", StringComparison.Ordinal)), "ms", 100, "the same catalog as it was three years ago: the slowest of first page, last page, sort and search"),
            ["usageImportRatio"] = new(usageImport / usageAlone, "×", 1.25, "a log of 1,000,000 requests from the stored upload to the stored profile ÷ its statements run by DuckDB alone"),
            ["usageImportMilliseconds"] = new(usageImport, "ms", null, "the same import"),
            ["simulateMilliseconds"] = new(simulate / 1000, "ms", 250, "10,000 samples of 36 months of an API, a stated fleet and an hourly one with a weekly shape, six ranges; one core"),
            ["capacityEvaluationsPerSecond"] = new(1e9 / fromSpec, "1/s", 1_000_000, "DeepSeek R1 on 8 H200 from its description; one core"),
            ["capacityLoadsPerSecond"] = new(1e9 / prepared, "1/s", 1_000_000, "another load on the same replica; one core"),
        };
        Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
        return 0;

        double Slowest(Func<string, bool> isMeant) => pages.Where(page => isMeant(page.Key)).Max(page => page.Value);
    }

    /// <summary>A thousand evaluations: one alone is shorter than the clock can tell.</summary>
    private static Action Thousand(Func<ReplicaPerformance> evaluate) => () =>
    {
        for (var i = 0; i < 1000; i++)
            evaluate();
    };

    /// <summary>Median time of a call over 15 rounds of about 50 ms each, microseconds, and bytes allocated by one.</summary>
    private static (double Microseconds, double Bytes) Median(Action call)
    {
        var warmUp = Stopwatch.StartNew();
        var calls = 0;
        for (; warmUp.ElapsedMilliseconds < WarmUpMilliseconds; calls++)
            call();
        var perRound = Math.Max(1, calls / 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        call();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var rounds = new double[15];
        for (var round = 0; round < rounds.Length; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < perRound; i++)
                call();
            rounds[round] = watch.Elapsed.TotalMicroseconds / perRound;
        }

        Array.Sort(rounds);
        return (rounds[rounds.Length / 2], bytes);
    }
}
