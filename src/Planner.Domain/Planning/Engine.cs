using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>The engine's entry point: a scenario and catalog rows in, compared options out. Pure.</summary>
public static class Engine
{
    /// <summary>Version of the formulas; stored with every result.</summary>
    public const string Version = "1.0";

    /// <summary>Evaluates a scenario.</summary>
    /// <param name="scenario">A scenario without faults (<see cref="ScenarioRules.Check"/>).</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <exception cref="ArgumentException">The scenario has a fault; a caller checks first.</exception>
    public static Result Evaluate(Scenario scenario, CatalogSnapshot catalog) => throw new NotImplementedException();
}
