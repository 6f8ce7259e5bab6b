using Planner.Domain.Planning;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Components.Scenarios;

/// <summary>What takes longer than an edit may: it is worked out away from the page's thread, and only where it is looked at.</summary>
public sealed partial class ScenarioPage
{
    private BackgroundRun<RiskView>? _risk;

    /// <summary>Ranges count as soon as there are any; without, the model's own error is looked at only by who opens the tab.</summary>
    private bool ShowsRisk => View == "risk" || _session?.Editor.Draft.Ranges.Count > 0;

    private RunState<RiskView> Risk => ShowsRisk && _risk is not null ? _risk.State : new RunState<RiskView>(null, false);

    private Task FollowRiskAsync()
    {
        if (!ShowsRisk || _session?.Editor is not { IsFaulty: false, Answer: { } answer } editor)
        {
            return Task.CompletedTask;
        }

        var (scenario, catalog) = (editor.Draft, editor.Catalog);
        _risk ??= new BackgroundRun<RiskView>(Clock, () => InvokeAsync(StateHasChanged));
        return _risk.AskAsync(scenario, catalog, null, left => RiskView.From(scenario, Engine.Simulate(scenario, catalog, left), answer));
    }
}
