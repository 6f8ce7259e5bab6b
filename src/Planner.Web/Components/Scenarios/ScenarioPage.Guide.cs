using Microsoft.AspNetCore.Components;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Guide;

namespace Planner.Web.Components.Scenarios;

/// <summary>Help for who is new that the address asks for: answers of the guide, the tour.</summary>
public sealed partial class ScenarioPage
{
    private (GuideAnswers Answers, string? Missing)? _guided;

    /// <summary>What a new user has answered; null where nobody was asked.</summary>
    [SupplyParameterFromQuery(Name = "answers")]
    public string? Answers { get; set; }

    /// <summary>Set where the tour is asked for.</summary>
    [SupplyParameterFromQuery(Name = "tour")]
    public string? Tour { get; set; }

    // Gone from the address, so that a reload or the way back does not begin it anew.
    private void EndTour() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tour", (string?)null), replace: true);

    /// <summary>A new scenario of the answers.</summary>
    private async Task<Scenario> BeginWithAnswersAsync(string text)
    {
        var answers = GuideAnswers.Read(text);
        var begun = await GuidedScenario.BeginAsync(answers, Catalog, Examples, Clock.GetUtcNow(), Leaving);
        _guided = (answers, begun.Missing);
        return begun.Scenario;
    }
}
