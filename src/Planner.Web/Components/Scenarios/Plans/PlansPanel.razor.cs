using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>Asks the catalog for plans, shows what was found, and hands a plan over to the scenario.</summary>
public sealed partial class PlansPanel : ComponentBase
{
    private static readonly string[] Kinds = [OptionKinds.Api, OptionKinds.SelfHost, OptionKinds.Hybrid];
    private static readonly string[] Purchases = [PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y, PurchaseKinds.Reserved3Y];
    private static readonly string[] Sizings = [FleetSizings.WeeklyPeak, FleetSizings.Hourly];

    private static readonly IReadOnlyList<SelectOption> Precisions =
        [.. WeightPrecisions.Names.DistinctBy(WeightPrecisions.Parse).Select(name => new SelectOption(name, name.ToUpperInvariant()))];

    /// <summary>The scenario whose workload is to be served.</summary>
    [Parameter, EditorRequired]
    public required Scenario Scenario { get; set; }

    /// <summary>The search; the page keeps it while other tabs are open.</summary>
    [Parameter, EditorRequired]
    public required PlanRun Run { get; set; }

    /// <summary>True while the inputs have faults, so that nothing can be searched.</summary>
    [Parameter]
    public bool IsFaulty { get; set; }

    /// <summary>Raised with the plan that is to become an option.</summary>
    [Parameter]
    public EventCallback<Plan> OnUse { get; set; }

    private SearchConstraints Asked => Run.Constraints ??= PlanNames.Start(Scenario);

    private IReadOnlyList<string> Bought => Asked.Purchases.Count > 0 ? Asked.Purchases : [PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y];

    private DisplayCurrency Currency => DisplayCurrency.Of(Scenario);

    private int MoreSet => new[] { Asked.Precisions, Asked.Engines, Asked.Clouds, Asked.Sellers, Asked.Licenses }.Count(names => names.Count > 0);

    private string Share => (Run.Progress?.Share ?? 0).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private string ProgressInWords => Run.Progress is { } progress
        ? $"{Format.Count(progress.Considered)} plans considered{(progress.Best is { } best ? $"; best so far {best.Name} at {Format.Money(best.MonthlyUsd, Currency)}" : "")}"
        : "";

    private static bool Has(IReadOnlyList<string> chosen, string one) => chosen.Count == 0 || chosen.Contains(one);

    /// <summary>The set with one more or one less; all of them are written as none, and the last one cannot be taken away.</summary>
    private static IReadOnlyList<string> Toggled(IReadOnlyList<string> chosen, string one, string[] all)
    {
        List<string> now = [.. chosen.Count == 0 ? all : chosen];
        if (!now.Remove(one))
        {
            now.Add(one);
        }

        return now.Count == 0 ? chosen : now.Count == all.Length ? [] : now;
    }

    private void Ask(SearchConstraints constraints) => Run.Constraints = constraints;

    private string? FaultAt(string path) => Run.Faults.FirstOrDefault(fault => fault.Path == path)?.Message;
}
