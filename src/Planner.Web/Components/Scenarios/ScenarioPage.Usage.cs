using Microsoft.AspNetCore.Components;
using Planner.Data.Usage;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Usage;

namespace Planner.Web.Components.Scenarios;

/// <summary>Measured workloads that the address names.</summary>
public sealed partial class ScenarioPage
{
    private string? _measured;

    /// <summary>The measured workload whose inputs are set, unsaved; null for none.</summary>
    [SupplyParameterFromQuery(Name = "usage")]
    public long? UsageId { get; set; }

    /// <summary>Time zone of its hours of the week; null for UTC.</summary>
    [SupplyParameterFromQuery(Name = "zone")]
    public string? Zone { get; set; }

    /// <summary>Price sheets that a new scenario of it compares.</summary>
    [SupplyParameterFromQuery(Name = "price")]
    public string[]? PriceKeys { get; set; }

    [Inject]
    public required UsageStore UsageSets { get; init; }

    /// <summary>A new scenario of a measured workload; null where there is none.</summary>
    private async Task<Scenario?> BeginWithUsageAsync(long usageId)
    {
        if (await UsageSets.FindAsync(usageId, Leaving) is not { Profile: { } profile } set)
            return null;
        var sheets = new List<PriceSheet>();
        foreach (var key in (PriceKeys ?? []).Distinct().Take(ScenarioRules.MostOptions))
        {
            if (await Catalog.Prices.FindAsync(key, Leaving) is { } entry)
                sheets.Add(entry.Sheet);
        }

        var begun = UsageScenarios.Begin(set, profile, sheets, UsageScenarios.ZoneOf(Zone), Clock.GetUtcNow());
        _measured = InWords(Texts.UsageBegun, set, begun);
        return begun.Scenario;
    }

    /// <summary>Sets what a measured workload tells in a stored scenario; it can be undone, and nothing of it is saved.</summary>
    private async Task SetUsageAsync(ScenarioSession session, long usageId)
    {
        if (await UsageSets.FindAsync(usageId, Leaving) is not { Profile: { } profile } set)
        {
            _measured = Texts.UsageNotFound;
            return;
        }

        var measured = MeasuredScenario.Of(session.Editor.Draft, profile, set.Name, UsageScenarios.ZoneOf(Zone));
        if (ScenarioJson.Write(measured.Scenario) == ScenarioJson.Write(session.Editor.Draft))
            return;
        await session.ReplaceAsync(measured.Scenario, Leaving);
        _measured = InWords(Texts.UsageSet, set, measured);
    }

    private static string InWords(string text, UsageSet set, MeasuredScenario measured) =>
        string.Join(" ", measured.Unknown.Prepend(text.With(set.Name, measured.Inputs.Count(input => input.Changes))));
}
