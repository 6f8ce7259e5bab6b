using System.Globalization;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>Keeps notes and ranges with their inputs while entries of a list move, come and go.</summary>
internal static class ListPaths
{
    /// <summary>Moves what stands at entries of a list.</summary>
    /// <param name="scenario">The scenario; the list itself is left as it is.</param>
    /// <param name="list">The list's path, such as <c>options</c>.</param>
    /// <param name="place">New place of an entry; null where it is gone.</param>
    public static Scenario Move(Scenario scenario, string list, Func<int, int?> place) => scenario with
    {
        Evidence = [.. scenario.Evidence.Select(entry => Moved(entry.Path, list, place) is { } path ? entry with { Path = path } : null).OfType<Evidence>()],
        Ranges = [.. scenario.Ranges.Select(entry => Moved(entry.Path, list, place) is { } path ? entry with { Path = path } : null).OfType<InputRange>()],
    };

    /// <summary>Drops what stands at an entry that is about to be removed, and moves up what follows.</summary>
    public static Scenario WithoutEntry(Scenario scenario, string list, int index) => Move(scenario, list, place => place == index ? null : place > index ? place - 1 : place);

    /// <summary>Adds what stood at an entry of another scenario, or of this one before a change.</summary>
    public static Scenario WithCopies(Scenario scenario, string list, Scenario source, int from, int to)
    {
        var copies = Move(
            source with { Evidence = [.. source.Evidence.Where(entry => IsAt(entry.Path))], Ranges = [.. source.Ranges.Where(entry => IsAt(entry.Path))] }, list, _ => to);
        return scenario with
        {
            Evidence = [.. scenario.Evidence.Concat(copies.Evidence).Take(Evidence.MostEntries)],
            Ranges = [.. scenario.Ranges, .. copies.Ranges],
        };

        bool IsAt(string path) => path.StartsWith($"{list}[{from}]", StringComparison.Ordinal);
    }

    /// <summary>The path with the new place; as it is where it does not lead through the list; null where the entry is gone.</summary>
    private static string? Moved(string path, string list, Func<int, int?> place)
    {
        var start = list.Length + 1;
        var end = path.StartsWith($"{list}[", StringComparison.Ordinal) ? path.IndexOf(']', start) : -1;
        if (end < 0 || !int.TryParse(path.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return path;
        }

        return place(index) is { } moved ? $"{list}[{moved}]{path[(end + 1)..]}" : null;
    }
}
