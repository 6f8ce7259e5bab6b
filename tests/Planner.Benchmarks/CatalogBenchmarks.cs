using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Planner.Benchmarks.Scale;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;

namespace Planner.Benchmarks;

/// <summary>A catalog of 20,000 price sheets and 60,000 instances with five years of changes, and the questions that the grids ask of it.</summary>
/// <remarks>The rows are those of the feeds' files kept beside the repository, multiplied; without them, those that ship.</remarks>
internal sealed class CatalogBenchmarks : IDisposable
{
    private const int Prices = 20_000;
    private const int Instances = 60_000;
    private const int Rounds = 5;

    private static readonly (string Feed, string File)[] Files =
    [
        (PriceFeeds.LiteLlm, "litellm/model_prices_2026-08-01.json"), ("openrouter", "openrouter/models_2026-08-01.json"), ("genai-prices", "genai-prices/data_v2_2026-08-21.json"),
        ("skypilot-gcp", "skypilot-format/gcp_gpu_rows_2026-05-20.csv"), ("skypilot-azure", "skypilot-format/azure_gpu_rows_2026-05-20.csv"), ("skypilot-lambda", "skypilot-format/lambda_2026-04-20.csv"),
        ("vantage", "vantage/aws_gpu_instances_2025-11-30.json"), ("runpod", "runpod/gpuTypes_2026-10.json"), ("aws-spot-advisor", "aws-spot-advisor/spot-advisor-data_2025-06-28.json"),
    ];

    private readonly string? _folder;
    private readonly ServiceProvider _services;
    private readonly CatalogStore _catalog;

    /// <param name="path">A database made before, or where to make it; null for one that is gone afterwards.</param>
    public CatalogBenchmarks(string? path = null)
    {
        _folder = path is null ? Directory.CreateTempSubdirectory("planner-bench-").FullName : null;
        path ??= Path.Combine(_folder!, "planner.db");
        var isNew = !File.Exists(path);
        _services = new ServiceCollection().AddLogging().AddPlannerData(path).AddPriceFeeds(new ConfigurationBuilder().Build()).BuildServiceProvider();
        _services.GetRequiredService<DatabaseStartup>().PrepareAsync().GetAwaiter().GetResult();
        _catalog = _services.GetRequiredService<CatalogStore>();
        if (isNew)
            FillAsync().GetAwaiter().GetResult();
    }

    /// <summary>Median time of each question of a grid, milliseconds, by its name.</summary>
    public IReadOnlyDictionary<string, double> Measure() => Questions().ToDictionary(question => question.Name, question => Median(question.Ask));

    /// <summary>Median time of reading all rows that are current, as a search does, milliseconds.</summary>
    public double Whole() => Median(() => _catalog.WholeAsync());

    /// <summary>Prints the time of each question, of a database made before or made now.</summary>
    public static int Print(string? path)
    {
        using var catalog = new CatalogBenchmarks(path);
        foreach (var (name, milliseconds) in catalog.Measure())
            Console.WriteLine(FormattableString.Invariant($"{milliseconds,8:0.0} ms  {name}"));
        Console.WriteLine(FormattableString.Invariant($"{catalog.Whole(),8:0.0} ms  whole catalog"));
        return 0;
    }

    public void Dispose()
    {
        _services.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private async Task FillAsync()
    {
        var importer = _services.GetRequiredService<FeedImporter>();
        foreach (var (feed, name) in Files)
        {
            var file = Path.Combine("..", "shared", "data", "feeds", name);
            if (!File.Exists(file))
                continue;
            await using var content = File.OpenRead(file);
            var run = await importer.ImportAsync(feed, content, FeedRunTriggers.Upload);
            Console.Error.WriteLine($"{feed}: {run.Status}, {run.Published} rows, {run.DurationMs} ms {run.Reason}");
        }

        var watch = Stopwatch.StartNew();
        var revisions = await LargeCatalog.FillAsync(
            _services.GetRequiredService<IDbContextFactory<PlannerDbContext>>(), _services.GetRequiredService<FeedPublisher>(), Prices, Instances, DateOnly.FromDateTime(DateTime.UtcNow));
        Console.Error.WriteLine($"{Prices:N0} price sheets and {Instances:N0} instances with {revisions:N0} revisions made in {watch.Elapsed.TotalSeconds:N1} s");
    }

    private IEnumerable<(string Name, Func<Task> Ask)> Questions()
    {
        var past = DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-3);
        foreach (var (name, query) in Ways(new PriceQuery(), past))
            yield return ($"prices {name}", () => _catalog.Prices.PageAsync((PriceQuery)query));
        foreach (var sort in Enum.GetValues<PriceSort>())
        {
            yield return ($"prices by {sort}", () => _catalog.Prices.PageAsync(new PriceQuery { SortBy = sort }));
            yield return ($"prices by {sort} down", () => _catalog.Prices.PageAsync(new PriceQuery { SortBy = sort, Descending = true }));
        }

        yield return ("prices of 2 sellers", () => _catalog.Prices.PageAsync(new PriceQuery { Sellers = ["openai", "anthropic"] }));
        yield return ("prices of a mode by Input", () => _catalog.Prices.PageAsync(new PriceQuery { Mode = "chat", SortBy = PriceSort.Input }));
        yield return ("prices sellers", () => _catalog.Prices.SellersAsync());
        yield return ("prices history", () => _catalog.Prices.HistoryAsync("openai:gpt-4o"));
        foreach (var (name, query) in Ways(new InstanceQuery(), past))
            yield return ($"instances {name}", () => _catalog.Instances.PageAsync((InstanceQuery)query));
        foreach (var sort in Enum.GetValues<InstanceSort>())
        {
            yield return ($"instances by {sort}", () => _catalog.Instances.PageAsync(new InstanceQuery { SortBy = sort }));
            yield return ($"instances by {sort} down", () => _catalog.Instances.PageAsync(new InstanceQuery { SortBy = sort, Descending = true }));
        }

        yield return ("instances last page by OnDemand", () => _catalog.Instances.PageAsync(new InstanceQuery { SortBy = InstanceSort.OnDemand, Skip = Instances * 9 / 10 }));
        yield return ("instances three years ago, by OnDemand", () => _catalog.Instances.PageAsync(new InstanceQuery { SortBy = InstanceSort.OnDemand, AsOf = past }));
        yield return ("instances of a cloud", () => _catalog.Instances.PageAsync(new InstanceQuery { Clouds = ["gcp"] }));
        yield return ("instances of a cloud by OnDemand", () => _catalog.Instances.PageAsync(new InstanceQuery { Clouds = ["gcp"], SortBy = InstanceSort.OnDemand }));
        yield return ("instances of a GPU by Spot", () => _catalog.Instances.PageAsync(new InstanceQuery { Gpus = ["H100-SXM"], SortBy = InstanceSort.Spot }));
        yield return ("instances clouds", () => _catalog.Instances.CloudsAsync());
        yield return ("instances history", () => _catalog.Instances.HistoryAsync("aws:p5.48xlarge:us-east-1"));
        yield return ("quarantine", () => _services.GetRequiredService<QuarantineStore>().PageAsync(new QuarantineQuery()));
    }

    /// <summary>What both lists are asked alike.</summary>
    private static IEnumerable<(string Name, CatalogQuery Query)> Ways(CatalogQuery query, DateOnly past) =>
    [
        ("first page", query),
        ("page 3", query with { Skip = 100 }),
        ("last page", query with { Skip = (query is PriceQuery ? Prices : Instances) * 9 / 10 }),
        ("all, retired too", query with { IncludeRetired = true }),
        ("user's", query with { OnlyUserPrices = true }),
        ("one word, many hits", query with { Text = query is PriceQuery ? "gpt" : "a2" }),
        ("three words", query with { Text = query is PriceQuery ? "open gpt 2" : "gcp us 2" }),
        ("two words, no hit", query with { Text = "nobody has" }),
        ("three years ago", query with { AsOf = past }),
        ("three years ago, last page", query with { AsOf = past, Skip = (query is PriceQuery ? Prices : Instances) / 2 }),
        ("three years ago, words", query with { AsOf = past, Text = "2" }),
    ];

    /// <summary>Median of some runs after the first, milliseconds.</summary>
    private static double Median(Func<Task> ask)
    {
        ask().GetAwaiter().GetResult();
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            ask().GetAwaiter().GetResult();
            times[round] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
