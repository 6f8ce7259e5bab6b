using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>What a scenario must satisfy before it is evaluated or stored.</summary>
public static partial class ScenarioRules
{
    /// <summary>All faults of a scenario, each with the path of its field; empty where it is sound.</summary>
    public static IReadOnlyList<Problem> Check(Scenario scenario, CatalogSnapshot catalog) => [];
}
