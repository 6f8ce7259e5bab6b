using System.Text.Json.Nodes;

namespace Planner.Data.Stores;

/// <summary>A value of a catalog row under its name in JSON, for the audit log.</summary>
/// <param name="Name">The field.</param>
/// <param name="Text">What it says; null where it says nothing.</param>
internal readonly record struct NamedValue(string Name, string? Text)
{
    // Notes and lists have no end, entries of the log do.
    private const int Longest = 200;

    /// <summary>The fields of a JSON object.</summary>
    internal static IEnumerable<NamedValue> Of(JsonNode json) => json.AsObject().Select(field => new NamedValue(field.Key, field.Value is JsonValue value ? value.ToString() : field.Value?.ToJsonString(Domain.Scenarios.ScenarioJson.Options)));

    /// <summary>What differs between two states of a row, in words.</summary>
    internal static IEnumerable<string> Changes(IReadOnlyList<NamedValue> before, IReadOnlyList<NamedValue> after)
    {
        var (old, now) = (before.ToDictionary(value => value.Name, value => value.Text), after.ToDictionary(value => value.Name, value => value.Text));
        return old.Keys.Union(now.Keys).Where(name => old.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => Texts.AuditValue.With(name, Short(old.GetValueOrDefault(name)), Short(now.GetValueOrDefault(name))));
    }

    private static string Short(string? text) => text is null ? "–" : text.Length > Longest ? $"{text[..Longest]}…" : text;
}
