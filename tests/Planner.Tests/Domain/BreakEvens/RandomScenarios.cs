using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>Options and weeks of every kind, by chance.</summary>
internal static class RandomScenarios
{
    /// <summary>The options' outcomes alone: an evaluation also searches, which would take most of the time here.</summary>
    public static List<OptionResult> Evaluate(Scenario scenario) => new OptionResolver(scenario, Documents.Catalog).All().ConvertAll(cost => cost.Evaluate());

    public static decimal Between(Random random, double low, double high, int digits) => Math.Round((decimal)(low + (random.NextDouble() * (high - low))), digits);

    public static LoadShape Shape(Random random) => random.Next(6) switch
    {
        0 => new LoadShape { Kind = ShapeKinds.BusinessHours },
        1 => new LoadShape { Kind = ShapeKinds.ConsumerEvening },
        2 => new LoadShape { Kind = ShapeKinds.BatchWindow, Hours = [1, 2, 3, 25, 26, 100] },
        3 => new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Range(0, 168).Select(_ => (decimal)random.Next(0, 12))] },
        _ => new LoadShape { PeakToMean = Between(random, 1, 3, 1) },
    };

    /// <summary>The scenario with the lengths of a mix' tasks in proportion to the workload's, as they have to be.</summary>
    public static Scenario WithTaskLengths(Scenario scenario) => scenario with
    {
        Options =
        [
            .. scenario.Options.Select(option => option is HybridOption { Routes.Count: 2 } mix
                ? mix with { Routes = [mix.Routes[0] with { OutputTokens = scenario.Workload.OutputTokens * 0.4m }, mix.Routes[1] with { OutputTokens = scenario.Workload.OutputTokens * 1.2m }] }
                : option),
        ],
    };

    /// <summary>A mix of the options that come before it: an API with a straight bill and a fleet that may be a base, both first and second.</summary>
    public static HybridOption Mix(Random random, LoadShape shape) => random.Next(4) switch
    {
        0 => new HybridOption { Name = "Tasks", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "one", Share = 0.25m, OptionId = "o0" }, new TaskRoute { Task = "two", Share = 0.75m, OptionId = "o1" }] },
        1 => new HybridOption { Name = "Fallback", Mode = HybridModes.Fallback, ApiOptionId = "o0", FleetOptionId = "o1", DowntimeShare = 0.01m },
        2 when shape.Kind != ShapeKinds.BatchWindow => new HybridOption { Name = "Hours", Mode = HybridModes.Hours, ApiOptionId = "o0", FleetOptionId = "o1", Hours = [.. Enumerable.Range(0, 40)] },
        _ => new HybridOption { Name = "Overflow", ApiOptionId = "o0", FleetOptionId = "o1", Replicas = random.Next(4) == 0 ? random.Next(5) : null, DowntimeShare = random.Next(2) * 0.02m },
    };

    /// <summary>An API with a straight bill.</summary>
    public static ApiOption PlainApi(Random random) => Documents.Api(Between(random, 0.1, 5, 2), Between(random, 0.1, 20, 2)) with
    {
        CommittedMonthlyUsd = random.Next(2) * Between(random, 0, 4000, 0),
        DiscountShare = random.Next(2) * 0.1m,
        Limits = random.Next(4) == 0 ? new RateLimits { RequestsPerMinute = Between(random, 20, 2000, 0) } : null,
    };

    public static ApiOption Api(Random random) => PlainApi(random) with
    {
        Commitment = random.Next(3) == 0 ? new SpendCommitment { MinimumMonthlyUsd = Between(random, 0, 9000, 0), DiscountShare = 0.2m } : null,
        Provisioned = random.Next(3) switch
        {
            0 => new ProvisionedThroughput { UsdPerUnitHour = Between(random, 0.2, 4, 2), TokensPerSecondPerUnit = Between(random, 50, 3000, 0) },
            1 => new ProvisionedThroughput { UsdPerUnitHour = Between(random, 0.2, 4, 2), TokensPerSecondPerUnit = Between(random, 50, 3000, 0), Units = 1 + random.Next(4), SpillToTokens = true },
            _ => null,
        },
    };

    public static Option Option(Random random) => random.Next(3) == 0 ? Api(random) : Fleet(random);

    /// <summary>A fleet that may be the base of any mix.</summary>
    public static SelfHostOption Base(Random random)
    {
        var fleet = Fleet(random);
        return fleet with { Tenancy = null, Fleet = fleet.Fleet with { Sizing = fleet.Fleet.Schedule is null ? fleet.Fleet.Sizing : FleetSizings.Hourly, Schedule = null } };
    }

    public static SelfHostOption Fleet(Random random)
    {
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
