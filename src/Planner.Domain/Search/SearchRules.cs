using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>Ranges of a search, and the catalog rows that it names.</summary>
public static class SearchRules
{
    private const int MostNames = 10_000;

    /// <summary>Highest quality tier; the lowest is 0.</summary>
    public const int HighestTier = 1000;

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
            faults.OneOf("constraints.purchases", purchase, PurchaseKinds.Rented);
        foreach (var sizing in constraints.Sizings)
            faults.OneOf("constraints.sizings", sizing, FleetSizings.WeeklyPeak, FleetSizings.Hourly);
        Known("constraints.models", constraints.Models, catalog.Models.ContainsKey, Texts.UnknownModel, faults);
        Known("constraints.prices", constraints.Prices, catalog.Prices.ContainsKey, Texts.UnknownPrice, faults);
        Known("constraints.instances", constraints.Instances, catalog.Instances.ContainsKey, Texts.UnknownInstance, faults);
        Known("constraints.engines", constraints.Engines, catalog.Engines.ContainsKey, Texts.UnknownEngine, faults);
        Known("constraints.clouds", constraints.Clouds, AnyCase(catalog.Instances.Values.Select(instance => instance.Cloud)), Texts.UnknownCloud, faults);
        Known("constraints.sellers", constraints.Sellers, AnyCase(catalog.Prices.Values.Select(sheet => sheet.Seller)), Texts.UnknownSeller, faults);
        Known("constraints.licenses", constraints.Licenses, AnyCase(catalog.Models.Values.Select(model => model.License)), Texts.UnknownLicense, faults);
        Known("constraints.qualityTiers", [.. constraints.QualityTiers.Keys], key => catalog.Models.ContainsKey(key) || catalog.Prices.ContainsKey(key), Texts.UnknownTiered, faults);
        foreach (var (key, tier) in constraints.QualityTiers)
            faults.Between($"constraints.qualityTiers.{key}", tier, 0, HighestTier);
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
            faults.Add("constraints.fleet.fleet.sizing", Texts.OneOf.With($"{FleetSizings.WeeklyPeak}, {FleetSizings.Hourly}"));
        var plan = fleet with { Model = null, InstanceKey = null, InstanceUsdPerHour = 1, Throughput = new Throughput(), Purchase = [new PurchaseShare()], PurchaseMix = PurchaseMixes.Stated, Owned = null };
        OptionRules.Check(plan, "constraints.fleet", scenario, catalog, faults);
    }

    /// <summary>Names that the search compares without regard to case.</summary>
    private static Func<string, bool> AnyCase(IEnumerable<string> names)
    {
        var known = new Lazy<HashSet<string>>(() => names.ToHashSet(StringComparer.OrdinalIgnoreCase));
        return name => known.Value.Contains(name);
    }

    private static void Known(string path, IReadOnlyList<string> keys, Func<string, bool> isKnown, string unknown, FaultList faults)
    {
        if (keys.Count > MostNames)
            faults.Add(path, Texts.TooMany.With(MostNames));
        // What a client sends need not be what a list of names is declared to hold.
        else if (keys.ToList().FindIndex(key => key is null) is >= 0 and var empty)
            faults.Add($"{path}[{empty}]", Texts.Required);
        else if (keys.FirstOrDefault(key => !isKnown(key)) is { } missing)
            faults.Add(path, unknown.With(missing));
    }
}
