using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>Asks the catalog for plans, shows what was found, and hands a plan over to the scenario.</summary>
public sealed partial class PlansPanel : ComponentBase
{
    /// <summary>The scenario whose workload is to be served.</summary>
    [Parameter, EditorRequired]
    public required Scenario Scenario { get; set; }

    /// <summary>The search; the page keeps it while other tabs are open.</summary>
    [Parameter, EditorRequired]
    public required PlanRun Run { get; set; }

    /// <summary>True while the inputs have faults, so that nothing can be searched.</summary>
    [Parameter]
    public bool IsFaulty { get; set; }

    /// <summary>Raised with the lowest quality tier that was typed; the scenario keeps it.</summary>
    [Parameter]
    public EventCallback<decimal?> OnLowestTier { get; set; }

    /// <summary>What is wrong with the lowest quality tier; null for nothing.</summary>
    [Parameter]
    public string? LowestTierFault { get; set; }

    /// <summary>Raised with the plan that is to become an option.</summary>
    [Parameter]
    public EventCallback<Plan> OnUse { get; set; }

    /// <summary>Raised with the plans of tasks that are to become a mix.</summary>
    [Parameter]
    public EventCallback<PortfolioFound> OnUseTasks { get; set; }

    private PlanTasks? Tasks => PlanTasks.Of(Scenario);

    private DisplayCurrency Currency => DisplayCurrency.Of(Scenario);

    private string? Share => Run.Progress?.Share?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private string ProgressInWords => Run.Progress switch
    {
        null => "",
        { Best: { } best } progress => PlansTexts.ProgressBest.With(Format.Count(progress.Considered), best.Name, Format.Money(best.MonthlyUsd, Currency)),
        var progress => PlansTexts.Progress.With(Format.Count(progress.Considered)),
    };

    /// <summary>What would make the cheapest plan one that is not good enough.</summary>
    private IEnumerable<string> Warnings(SearchConstraints asked, CatalogSnapshot catalog)
    {
        if (Scenario.Workload.Requirements.MinimumQualityTier is { } tier)
        {
            if (asked.QualityTiers.Count == 0)
            {
                yield return Texts.PlanNoTiers.With(tier);
            }

            yield break;
        }

        if (asked.Models.Count == 0 && (asked.Kinds.Count == 0 || asked.Kinds.Any(kind => kind != OptionKinds.Api)))
        {
            yield return Texts.PlanAnyModel.With(catalog.Models.Count);
        }

        if (asked.Prices.Count == 0 && (asked.Kinds.Count == 0 || asked.Kinds.Any(kind => kind != OptionKinds.SelfHost)))
        {
            yield return Texts.PlanAnyPrice.With(catalog.Prices.Count);
        }
    }

    private string? FaultAt(string path) => Run.Faults.FirstOrDefault(fault => fault.Path == path)?.Message;
}
