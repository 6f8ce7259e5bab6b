using Planner.Domain;
using Planner.Domain.Advice;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>The scorecard, and what each fleet could cost instead.</summary>
/// <param name="Decision">The scorecard with its recommendation.</param>
/// <param name="Fleets">What trying variants found.</param>
/// <param name="Names">Names of the options by id.</param>
/// <param name="Currency">The currency in which amounts are shown.</param>
public sealed record AdviceView(Decision Decision, FleetAdvice Fleets, IReadOnlyDictionary<string, string> Names, DisplayCurrency Currency)
{
    /// <summary>Works it out; takes as long as a search of the catalog for each fleet.</summary>
    public static AdviceView Of(Scenario scenario, CatalogSnapshot whole, CancellationToken cancellationToken) => new(
        Engine.Decide(scenario, whole, cancellationToken), Engine.Advise(scenario, whole, cancellationToken), scenario.Options.ToDictionary(option => option.Id, option => option.Name),
        DisplayCurrency.Of(scenario));

    /// <summary>Where a row leans, in words.</summary>
    public static string Leaning(string? leans) => leans switch
    {
        Leanings.Api => "API",
        Leanings.SelfHost => AnswerTexts.LeaningSelfHost,
        Leanings.Hybrid => AnswerTexts.KindMix,
        Leanings.Neither => AnswerTexts.LeaningNeither,
        _ => AnswerTexts.LeaningUnknown,
    };
}
