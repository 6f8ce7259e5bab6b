using Microsoft.AspNetCore.Components;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>The fields in which plans are asked for.</summary>
public sealed partial class PlanConstraints : ComponentBase
{
    private static readonly string[] Kinds = [OptionKinds.Api, OptionKinds.SelfHost, OptionKinds.Hybrid];
    private static readonly string[] Sizings = [FleetSizings.WeeklyPeak, FleetSizings.Hourly];

    private static readonly IReadOnlyList<SelectOption> Precisions =
        [.. WeightPrecisions.Names.DistinctBy(WeightPrecisions.Parse).Select(name => new SelectOption(name, name.ToUpperInvariant()))];

    /// <summary>What is asked.</summary>
    [Parameter, EditorRequired]
    public required SearchConstraints Asked { get; set; }

    /// <summary>Raised with what is asked from now on.</summary>
    [Parameter]
    public EventCallback<SearchConstraints> AskedChanged { get; set; }

    /// <summary>All that there is to choose from.</summary>
    [Parameter, EditorRequired]
    public required CatalogSnapshot Catalog { get; set; }

    /// <summary>The workload's lowest quality tier; null for any.</summary>
    [Parameter]
    public decimal? LowestTier { get; set; }

    /// <summary>Raised with the lowest quality tier that was typed.</summary>
    [Parameter]
    public EventCallback<decimal?> OnLowestTier { get; set; }

    /// <summary>What is wrong with the lowest quality tier; null for nothing.</summary>
    [Parameter]
    public string? LowestTierFault { get; set; }

    /// <summary>What is wrong with the budget; null for nothing.</summary>
    [Parameter]
    public string? BudgetFault { get; set; }

    // Boxes for tiers that nobody asks for would be in the way.
    private IReadOnlyDictionary<string, int>? Tiers => LowestTier is not null || Asked.QualityTiers.Count > 0 ? Asked.QualityTiers : null;

    private IReadOnlyList<string> Bought => Asked.PurchasesOrDefault;

    private int MoreSet => new[] { Asked.Precisions, Asked.Engines, Asked.Clouds, Asked.Sellers, Asked.Licenses }.Count(names => names.Count > 0);

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

    /// <summary>A tier goes with what it is of.</summary>
    private Task Ask(SearchConstraints constraints) => AskedChanged.InvokeAsync(constraints with
    {
        QualityTiers = constraints.QualityTiers.Where(pair => constraints.Models.Contains(pair.Key) || constraints.Prices.Contains(pair.Key)).ToDictionary(),
    });
}
