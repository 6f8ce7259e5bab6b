using Planner.Domain;
using Planner.Domain.Artefacts;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>What can be handed over: the files of the option that the reader chooses are written when they are asked for.</summary>
/// <param name="Scenario">The scenario that was evaluated.</param>
/// <param name="Catalog">The catalog rows that it used.</param>
/// <param name="Result">What the engine found.</param>
/// <param name="Options">The options that run machines, in the scenario's order.</param>
/// <param name="FirstId">The option to begin with: the cheapest of those that can serve, else the first.</param>
public sealed record DeployView(Scenario Scenario, CatalogSnapshot Catalog, Result Result, IReadOnlyList<OptionView> Options, string FirstId)
{
    /// <summary>What can be handed over of a scenario; null where no option runs machines, or where a stored answer is another than today's.</summary>
    /// <param name="scenario">The scenario that was evaluated.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    /// <param name="result">What the engine found.</param>
    /// <param name="options">The options in the scenario's order.</param>
    /// <param name="sound">True where today's rules and formulas say the same.</param>
    public static DeployView? From(Scenario scenario, CatalogSnapshot catalog, Result result, IReadOnlyList<OptionView> options, bool sound)
    {
        ArgumentNullException.ThrowIfNull(result);
        var machines = options.Where(option => option.Result.Kind != OptionKinds.Api).ToList();
        return sound && machines.Count > 0
            ? new DeployView(scenario, catalog, result, machines, (machines.Where(option => option.Result.Feasible).MinBy(option => option.Result.OngoingMonthlyUsd) ?? machines[0]).Id)
            : null;
    }

    /// <summary>The files and the stack of an option, or why there are none.</summary>
    /// <param name="optionId">One of <see cref="Options"/>.</param>
    /// <param name="checkpoint">Repository of the weights; null or empty for the catalog's.</param>
    public (ArtefactBundle? Bundle, Problem? Refusal) Write(string optionId, string? checkpoint) => ArtefactWriter.Write(Scenario, Catalog, Result, optionId, checkpoint);
}
