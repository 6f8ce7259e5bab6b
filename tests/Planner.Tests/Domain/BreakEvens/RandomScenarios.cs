using Planner.Domain.Scenarios;
using Planner.Tests.Scenarios;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>Options and weeks of every kind, by chance.</summary>
internal static class RandomScenarios
{
    public static decimal Between(Random random, double low, double high, int digits) => Math.Round((decimal)(low + (random.NextDouble() * (high - low))), digits);

    public static LoadShape Shape(Random random) => random.Next(6) switch
    {
        0 => new LoadShape { Kind = ShapeKinds.BusinessHours },
        1 => new LoadShape { Kind = ShapeKinds.ConsumerEvening },
        2 => new LoadShape { Kind = ShapeKinds.BatchWindow, Hours = [1, 2, 3, 25, 26, 100] },
        3 => new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Range(0, 168).Select(_ => (decimal)random.Next(0, 12))] },
        _ => new LoadShape { PeakToMean = Between(random, 1, 3, 1) },
    };

    public static Option Option(Random random)
    {
        if (random.Next(3) == 0)
            return Documents.Api(Between(random, 0.1, 5, 2), Between(random, 0.1, 20, 2)) with { CommittedMonthlyUsd = random.Next(2) * Between(random, 0, 4000, 0), DiscountShare = random.Next(2) * 0.1m };
        var sizing = FleetSizings.All[random.Next(4)];
        var fleet = Documents.Fleet(sizing, sizing == FleetSizings.Fixed ? 1 + random.Next(12) : null);
        var stated = sizing is FleetSizings.Fixed or FleetSizings.Scheduled;
        return fleet with
        {
            InstanceUsdPerHour = Between(random, 0.5, 6, 3),
            TensorParallel = new[] { 1, 2, 4, 8 }[random.Next(4)],
            Throughput = fleet.Throughput with { TokensPerSecond = random.Next(3) == 0 ? 125 : Between(random, 50, 4000, 1) },
            Fleet = fleet.Fleet with
            {
                SpareReplicas = sizing == FleetSizings.Fixed ? 0 : random.Next(3),
                MinimumReplicas = random.Next(4),
                StepReplicas = 1 + random.Next(3),
                ColdStartMinutes = random.Next(2) * 20,
                Schedule = sizing == FleetSizings.Scheduled ? [.. Enumerable.Range(0, 168).Select(_ => 2 + random.Next(6))] : null,
            },
            Purchase = Purchase(random, out var mix),
            PurchaseMix = mix,
            Owned = new OwnedHardware { PriceUsd = Between(random, 5000, 90_000, 0), PowerKw = 2, UsdPerKwh = 0.1m },
            Tenancy = !stated && random.Next(5) == 0 ? new Tenancy { Kind = Tenancies.Each, Tenants = 2 + random.Next(3) } : null,
            Extras = random.Next(2) == 0 ? [] : [new ExtraCost { Name = "Egress", UsdPerMonth = 100, UsdPerMillionTokens = Between(random, 0, 0.5, 2) }],
            OverheadShare = random.Next(2) * 0.2m,
            OneOff = [new OneOffCost { Name = "Work", Usd = Between(random, 0, 9000, 0) }],
        };
    }

    private static PurchaseShare[] Purchase(Random random, out string mix)
    {
        mix = random.Next(3) == 0 ? PurchaseMixes.Cheapest : PurchaseMixes.Stated;
        var committed = random.Next(2) == 0 ? PurchaseKinds.Reserved1Y : PurchaseKinds.Owned;
        var share = random.Next(3) switch { 0 => 0m, 1 => 1m, _ => 0.4m };
        return mix == PurchaseMixes.Cheapest
            ? [new PurchaseShare { Kind = PurchaseKinds.OnDemand, Share = 1 }, new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 0 }, new PurchaseShare { Kind = PurchaseKinds.Reserved3Y, Share = 0 }, new PurchaseShare { Kind = committed, Share = 0 }]
            : [new PurchaseShare { Kind = PurchaseKinds.OnDemand, Share = 1 - share }, new PurchaseShare { Kind = committed, Share = share }];
    }
}
