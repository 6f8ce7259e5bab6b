using Planner.Data.Stores;

namespace Planner.Tests.Data;

internal static class ScenarioVersions
{
    /// <summary>Versions of a scenario as they are stored.</summary>
    internal static Task<Page<ScenarioVersionEntry>> VersionsAsync(this ScenarioStore store, string id, int skip = 0, int take = 50, CancellationToken cancellationToken = default) =>
        store.VersionsAsync(id, entry => entry, skip, take, cancellationToken);
}
