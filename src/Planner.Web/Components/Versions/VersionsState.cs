using System.Globalization;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Versions;

/// <summary>What is looked at. It is the page's address.</summary>
/// <param name="From">The earlier version of the pair; null for the one before <paramref name="To"/>.</param>
/// <param name="To">The later version of the pair; null for the current one.</param>
/// <param name="Page">Page of the list, from 1.</param>
public sealed record VersionsState(int? From, int? To, int Page)
{
    public static VersionsState Read(Uri address)
    {
        var query = new QueryText(address);
        return new(Version(query.Text("from")), Version(query.Text("to")), query.Page("page"));
    }

    /// <summary>The address of a scenario's history.</summary>
    public static string PathOf(string scenarioId) => $"/scenarios/{scenarioId}/versions";

    public string Write(string scenarioId) => QueryText.Write(
        PathOf(scenarioId), ("from", From?.ToString(CultureInfo.InvariantCulture)), ("to", To?.ToString(CultureInfo.InvariantCulture)), ("page", Page > 1 ? $"{Page}" : null));

    private static int? Version(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;
}
