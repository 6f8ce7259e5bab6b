namespace Planner.Data.Stores;

/// <summary>What stored scenarios are ordered by.</summary>
public enum ScenarioSort
{
    /// <summary>When they were saved last.</summary>
    Saved,

    /// <summary>Their names.</summary>
    Name,
}
