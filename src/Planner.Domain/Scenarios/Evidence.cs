using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace Planner.Domain.Scenarios;

/// <summary>Why an input has its value: a note, a link to what proves it, or both. It takes part in no figure.</summary>
public sealed record Evidence : DocumentNode
{
    /// <summary>Most entries of a scenario.</summary>
    public const int MostEntries = 200;

    /// <summary>Longest note or address, characters.</summary>
    public const int MostCharacters = 2_000;

    /// <summary>Path of the input in the document, such as <c>workload.inputTokens</c>; the input itself may be empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>Free text, up to 2,000 characters.</summary>
    public string Note { get; init; } = "";

    /// <summary>Address of a web page (http or https), up to 2,000 characters; null for none.</summary>
    public string? Url { get; init; }

    /// <summary>Value that a measured workload set, in the input's own unit; while the input has it, it counts as measured. Null where nothing was measured, and for lists.</summary>
    public decimal? Measured { get; init; }

    /// <summary>Faults of the entry itself, with the member as path; empty where it is sound.</summary>
    public IEnumerable<Problem> Problems()
    {
        if (string.IsNullOrWhiteSpace(Note) && Url is null)
            yield return new Problem("note", Texts.EvidenceEmpty);
        if (Note.Length > MostCharacters)
            yield return new Problem("note", Texts.TooLong.With(MostCharacters));
        if (Url?.Length > MostCharacters)
            yield return new Problem("url", Texts.TooLong.With(MostCharacters));
        else if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            yield return new Problem("url", Texts.EvidenceUrl);
    }
}

/// <summary>Where evidence may stand, and how much of it.</summary>
internal static class EvidenceRules
{
    private const int LongestPath = 200;

    public static void Check(Scenario scenario, FaultList faults)
    {
        if (scenario.Evidence.Count > Evidence.MostEntries)
            faults.Add("evidence", Texts.TooMany.With(Evidence.MostEntries));
        if (scenario.Evidence.Count == 0)
            return;
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (entry, i) in scenario.Evidence.Take(Evidence.MostEntries).Select((entry, i) => (entry, i)))
        {
            if (entry.Path.Length > LongestPath || !Exists(scenario, entry.Path))
                faults.Add($"evidence[{i}].path", Texts.EvidencePath.With(entry.Path.Length > LongestPath ? entry.Path[..LongestPath] : entry.Path));
            else if (!paths.Add(entry.Path))
                faults.Add($"evidence[{i}].path", Texts.EvidenceTwice.With(entry.Path));
            foreach (var problem in entry.Problems())
                faults.Add($"evidence[{i}].{problem.Path}", problem.Message);
        }
    }

    /// <summary>True where the document has such an input, be it empty; a place in a list must be taken.</summary>
    private static bool Exists(Scenario scenario, string path)
    {
        if (DocumentSteps.Of(path) is not { } steps)
            return false;
        var (type, value) = (typeof(Scenario), (object?)scenario);
        foreach (var step in steps)
        {
            if (step[0] == '[')
            {
                if (value is not IEnumerable list || !int.TryParse(step.AsSpan(1, step.Length - 2), out var index) || list.Cast<object>().ElementAtOrDefault(index) is not { } element)
                    return false;
                (type, value) = (element.GetType(), element);
            }
            else
            {
                var members = ScenarioJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties : [];
                if (members.FirstOrDefault(member => member.Name == step && member is { Get: not null, IsExtensionData: false }) is not { } found)
                    return false;
                value = value is null ? null : found.Get!(value);
                type = value?.GetType() ?? found.PropertyType;
            }
        }

        return true;
    }
}
