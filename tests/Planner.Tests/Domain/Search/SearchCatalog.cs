using Planner.Data.Seed;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Domain.Search;

/// <summary>Catalogs and workloads to search, drawn from the shipped models, GPUs and engines.</summary>
internal static class SearchCatalog
{
    private static readonly Provenance HandMade = new("test", null, new DateOnly(2026, 11, 1));
    private static readonly IReadOnlyList<LanguageModel> Models = [.. ShippedFacts.Models().Where(model => model.Architecture is not null)];
    private static readonly IReadOnlyList<Gpu> Gpus = [.. ShippedFacts.Gpus().Where(gpu => gpu.Bf16Tflops > 0)];
    private static readonly IReadOnlyList<InferenceEngine> Engines = ShippedFacts.Engines();
    private static readonly int[] Counts = [1, 2, 4, 8];

    /// <summary>A catalog of a few rows of each kind.</summary>
    public static CatalogSnapshot Random(Random random, bool encoders, int models, int engines, int instances, int prices)
    {
        var chosen = Draw(random, [.. Models.Where(model => model.Kind == ModelKinds.Encoder == encoders)], models);
        var gpus = Draw(random, Gpus, 1 + (instances / 3));
        var rows = Enumerable.Range(0, instances).Select(i => Row(random, gpus[random.Next(gpus.Count)], i)).ToList();
        return new CatalogSnapshot
        {
            Models = chosen.ToDictionary(model => model.Key),
            Gpus = gpus.ToDictionary(gpu => gpu.Key),
            Engines = Draw(random, Engines, engines).ToDictionary(engine => engine.Key),
            Instances = rows.ToDictionary(row => row.Key),
            Prices = Enumerable.Range(0, prices).Select(i => Sheet(random, encoders, i)).ToDictionary(sheet => sheet.Key),
        };
    }

    public static Scenario Workload(Random random, bool encoders)
    {
        var hasTargets = random.Next(2) == 0;
        return new Scenario
        {
            Name = "Random",
            HoursPerMonth = 720,
            Workload = new Workload
            {
                RequestsPerMonth = Math.Round((decimal)Math.Pow(10, 3 + (5 * random.NextDouble()))),
                InputTokens = random.Next(50, 3000),
                OutputTokens = encoders ? 0 : random.Next(5, 600),
                Shape = random.Next(3) switch
                {
                    0 => new LoadShape(),
                    1 => new LoadShape { Kind = ShapeKinds.ConsumerEvening },
                    _ => new LoadShape { Kind = ShapeKinds.BusinessHours },
                },
                Slo = new ServiceLevel { TtftMs = hasTargets ? random.Next(150, 4000) : null, TpotMs = hasTargets && !encoders ? random.Next(15, 120) : null },
            },
        };
    }

    private static Instance Row(Random random, Gpu gpu, int index)
    {
        var count = Counts[random.Next(Counts.Length)];
        var price = Math.Round((decimal)(count * (0.3 + (5 * random.NextDouble()))), 3);
        return new Instance(
            $"cloud{random.Next(2)}:m{index}:r{random.Next(3)}", $"cloud{random.Next(2)}", $"m{index}", $"r{random.Next(3)}", gpu.Key, count, gpu.MemoryGb, null, null,
            new HourlyPrices(price, random.Next(2) == 0 ? price * 0.4m : null, random.Next(2) == 0 ? price * 0.65m : null, random.Next(3) == 0 ? price * 0.45m : null), HandMade);
    }

    private static PriceSheet Sheet(Random random, bool embeds, int index)
    {
        var input = Math.Round((decimal)Math.Pow(10, -1.5 + (2.5 * random.NextDouble())), 3);
        return new PriceSheet($"seller:{index}", $"seller{index % 2}", $"Model {index}", new TokenPrices { InputUsdPerM = input, OutputUsdPerM = embeds ? null : input * (1 + random.Next(5)) }, null, null, HandMade);
    }

    private static List<T> Draw<T>(Random random, IReadOnlyList<T> from, int count)
    {
        var shuffled = from.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Take(count)];
    }
}
