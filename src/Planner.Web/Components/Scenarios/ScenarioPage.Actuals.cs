using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Actuals;

namespace Planner.Web.Components.Scenarios;

/// <summary>Changes that follow from what really happened.</summary>
public sealed partial class ScenarioPage
{
    /// <summary>The option whose actual figures asked for a change; null for none.</summary>
    [SupplyParameterFromQuery(Name = "actuals")]
    public string? ActualsOption { get; set; }

    /// <summary>The change that is set, unsaved; null for none.</summary>
    [SupplyParameterFromQuery(Name = "change")]
    public string? ActualsChange { get; set; }

    [Inject]
    public required ActualsDesk Actuals { get; init; }

    /// <summary>Sets the measured inputs and a change that saves; it can be undone, and nothing of it is saved.</summary>
    private async Task SetActualsAsync(ScenarioSession session, string option, string changeId)
    {
        if (await Actuals.ChangeAsync(session.Id!, option, changeId, Leaving) is not { } change)
        {
            _measured = Texts.ActualsChangeGone;
            return;
        }

        await session.ReplaceAsync(change.Scenario, Leaving);
        _measured = Texts.ActualsChangeSet.With(change.Sentence);
    }
}
