using Planner.Domain.Catalogs;
using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>Changes of a fleet that begin with what it is now.</summary>
internal static class FleetEdits
{
    private const int MostInstances = 100_000;

    /// <summary>The fleet sized in another way: a fixed one begins with the instances that it has, a scheduled one with what an autoscaled one would run.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="option">The option.</param>
    /// <param name="sizing">One of <see cref="FleetSizings"/>.</param>
    /// <param name="instances">Instances that it has now; null where that is unknown.</param>
    public static SelfHostOption Sized(Scenario scenario, CatalogSnapshot catalog, SelfHostOption option, string sizing, long? instances) => option with
    {
        Fleet = option.Fleet with
        {
            Sizing = sizing,
            Instances = sizing == FleetSizings.Fixed ? option.Fleet.Instances ?? (int)Math.Clamp(instances ?? 1, 1, MostInstances) : option.Fleet.Instances,
            Schedule = sizing == FleetSizings.Scheduled ? option.Fleet.Schedule ?? Schedule(scenario, catalog, option) : null,
            // The hours of the week say when such a fleet runs.
            RunningHoursPerMonth = sizing is FleetSizings.Hourly or FleetSizings.Scheduled ? null : option.Fleet.RunningHoursPerMonth,
        },
    };

    /// <summary>The option with the cheapest mix of all ways that have a price, as the Load tab compares it. Machines are owned only where the reader said so.</summary>
    public static SelfHostOption BoughtCheapest(SelfHostOption option, Instance? machine)
    {
        List<PurchaseShare> ways = [.. option.Purchase.DistinctBy(share => share.Kind)];
        ways.AddRange(PurchaseKinds.All
            .Where(kind => ways.TrueForAll(share => share.Kind != kind) && option.UsdPerHour(machine, kind) is not null)
            .Select(kind => new PurchaseShare { Kind = kind, Share = 0 }));
        return option with { PurchaseMix = PurchaseMixes.Cheapest, Purchase = ways };
    }

    private static List<int> Schedule(Scenario scenario, CatalogSnapshot catalog, SelfHostOption option)
    {
        // Only the size is asked for: terms of buying that are still missing must not stand in its way.
        var fleet = option with
        {
            Fleet = option.Fleet with { Sizing = FleetSizings.Hourly, Schedule = null, RunningHoursPerMonth = null },
            Purchase = [new PurchaseShare()],
            PurchaseMix = PurchaseMixes.Stated,
            Owned = null,
            AdditionalFleets = [],
        };
        var alone = scenario with { Options = [fleet], BaselineOptionId = null, Evidence = [], Ranges = [] };
        var (replicas, instances) = Unit(option, catalog);
        return ScenarioRules.Check(alone, catalog).Count == 0 && Engine.Week(alone, catalog).Fleets is [var week]
            ? [.. week.Instances.Select(running => (int)Math.Min(MostInstances, running / instances * replicas))]
            : [.. Enumerable.Repeat(Math.Max(1, option.Fleet.MinimumReplicas), LoadWeek.Hours)];
    }

    /// <summary>Replicas and instances of the smallest set that is bought whole.</summary>
    private static (int Replicas, int Instances) Unit(SelfHostOption option, CatalogSnapshot catalog)
    {
        var gpus = (option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key)?.GpuCount : null) ?? option.GpusPerReplica;
        return option.GpusPerReplica <= gpus ? (gpus / option.GpusPerReplica, 1) : (1, (option.GpusPerReplica + gpus - 1) / gpus);
    }
}
