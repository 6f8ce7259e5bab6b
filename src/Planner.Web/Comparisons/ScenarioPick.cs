using System.Globalization;

namespace Planner.Web.Comparisons;

/// <summary>A scenario as addresses name it: <c>ID</c>, <c>ID@3</c> for a version, and either with <c>:option</c> behind it.</summary>
/// <param name="Id">The scenario's id.</param>
/// <param name="Version">The version; null for the current one.</param>
/// <param name="OptionId">The option to show or to count; null for the cheapest of the stored verdict.</param>
public sealed record ScenarioPick(string Id, int? Version = null, string? OptionId = null)
{
    private const int Longest = 200;

    /// <summary>Reads a name.</summary>
    /// <returns>What it names; null where it cannot be read.</returns>
    public static ScenarioPick? Read(string? text)
    {
        if (text?.Trim() is not { Length: > 0 and <= Longest } name)
            return null;
        var (front, option) = name.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? (name[..colon], name[(colon + 1)..]) : (name, null);
        var (id, version) = front.IndexOf('@', StringComparison.Ordinal) is var at and >= 0 ? (front[..at], front[(at + 1)..]) : (front, null);
        if (id.Length == 0 || option is "")
            return null;
        if (version is null)
            return new ScenarioPick(id, null, option);
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? new ScenarioPick(id, number, option) : null;
    }

    /// <summary>An address that names scenarios, one <c>with</c> each.</summary>
    public static string Address(string path, IEnumerable<ScenarioPick> picks, params ReadOnlySpan<(string Name, string? Value)> further)
    {
        // Ids, versions and option ids consist of what a query may hold as it is; what somebody typed may not.
        var parts = picks.Select(pick => $"with={Uri.EscapeDataString(pick.ToString()).Replace("%40", "@", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal)}").ToList();
        foreach (var (name, value) in further)
        {
            if (!string.IsNullOrEmpty(value))
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    public override string ToString() => Id + (Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"@{version}") : "") + (OptionId is null ? "" : $":{OptionId}");
}
