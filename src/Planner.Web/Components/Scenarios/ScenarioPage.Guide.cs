using Microsoft.AspNetCore.Components;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Guide;

namespace Planner.Web.Components.Scenarios;

/// <summary>Answers of the guide that the address holds.</summary>
public sealed partial class ScenarioPage
{
    private (GuideAnswers Answers, string? Missing)? _guided;

    /// <summary>What a new user has answered; null where nobody was asked.</summary>
    [SupplyParameterFromQuery(Name = "answers")]
    public string? Answers { get; set; }

    /// <summary>A new scenario of the answers.</summary>
    private async Task<Scenario> BeginWithAnswersAsync(string text)
    {
        var answers = GuideAnswers.Read(text);
        var begun = await GuidedScenario.BeginAsync(answers, Catalog, Examples, Clock.GetUtcNow(), _left);
        _guided = (answers, begun.Missing);
        return begun.Scenario;
    }
}
