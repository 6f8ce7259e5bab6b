using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>Ranges of a search, and the catalog rows that it names.</summary>
public static class SearchRules
{
    private const int MostNames = 10_000;

    private static readonly string[] Rented = [PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y, PurchaseKinds.Reserved3Y];

    /// <summary>All faults, each with the path of its field; empty where the search can be run. The scenario's own options are not looked at.</summary>
    /// <param name="scenario">The scenario whose workload is to be served.</param>
    /// <param name="constraints">What a plan must keep to.</param>
    /// <param name="catalog">The catalog that is searched.</param>
    public static IReadOnlyList<Problem> Check(Scenario scenario, SearchConstraints constraints, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(constraints);
        ArgumentNullException.ThrowIfNull(catalog);
        var faults = new FaultList();
        foreach (var problem in ScenarioRules.Check(scenario, catalog))
        {
            if (!problem.Path.StartsWith("options", StringComparison.Ordinal) && problem.Path != "baselineOptionId" && !problem.Path.StartsWith("ranges", StringComparison.Ordinal))
                faults.Add(problem.Path, problem.Message);
        }

        foreach (var kind in constraints.Kinds)
            faults.OneOf("constraints.kinds", kind, OptionKinds.Api, OptionKinds.SelfHost, OptionKinds.Hybrid);
        foreach (var precision in constraints.Precisions)
            faults.OneOf("constraints.precisions", precision, WeightPrecisions.Names);
        foreach (var purchase in constraints.Purchases)
            faults.OneOf("constraints.purchases", purchase, Rented);
        foreach (var sizing in constraints.Sizings)
            faults.OneOf("constraints.sizings", sizing, FleetSizings.WeeklyPeak, FleetSizings.Hourly);
        Known("constraints.models", constraints.Models, catalog.Models, Texts.UnknownModel, faults);
        Known("constraints.prices", constraints.Prices, catalog.Prices, Texts.UnknownPrice, faults);
        Known("constraints.instances", constraints.Instances, catalog.Instances, Texts.UnknownInstance, faults);
        Known("constraints.engines", constraints.Engines, catalog.Engines, Texts.UnknownEngine, faults);
        faults.Above("constraints.budgetMonthlyUsd", constraints.BudgetMonthlyUsd, 0, OptionRules.HighestAmount);
        faults.Between("constraints.top", constraints.Top, 1, SearchConstraints.MostPlans);
        if (constraints.Fleet is { } fleet)
            CheckFleet(fleet, scenario, catalog, faults);
        return faults.All;
    }

    /// <summary>The fleet's own rules, but for what each plan has of its own.</summary>
    private static void CheckFleet(SelfHostOption fleet, Scenario scenario, CatalogSnapshot catalog, FaultList faults)
    {
        if (fleet.Fleet.Sizing is FleetSizings.Fixed or FleetSizings.Scheduled)
            faults.Add("constraints.fleet.fleet.sizing", Wording.Say(Texts.OneOf, $"{FleetSizings.WeeklyPeak}, {FleetSizings.Hourly}"));
        var plan = fleet with { Model = null, InstanceKey = null, InstanceUsdPerHour = 1, Throughput = new Throughput(), Purchase = [new PurchaseShare()], PurchaseMix = PurchaseMixes.Stated, Owned = null };
        OptionRules.Check(plan, "constraints.fleet", scenario, catalog, faults);
    }

    private static void Known<T>(string path, IReadOnlyList<string> keys, IReadOnlyDictionary<string, T> rows, string unknown, FaultList faults)
    {
        if (keys.Count > MostNames)
            faults.Add(path, Wording.Say(Texts.TooMany, MostNames));
        else if (keys.FirstOrDefault(key => !rows.ContainsKey(key)) is { } missing)
            faults.Add(path, Wording.Say(unknown, missing));
    }
}
