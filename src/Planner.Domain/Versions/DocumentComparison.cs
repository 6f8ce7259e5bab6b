using System.Text.Json;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Versions;

/// <summary>Compares two scenario documents value by value. Pure.</summary>
public sealed class DocumentComparison
{
    private readonly JsonElement _old;
    private readonly JsonElement _new;
    private readonly List<DocumentChange> _changes = [];

    private DocumentComparison(JsonElement old, JsonElement now) => (_old, _new) = (old, now);

    /// <summary>All differences, in the order of the later document, what was removed after what stands there; empty where both say the same.</summary>
    /// <param name="before">The earlier document.</param>
    /// <param name="after">The later document.</param>
    /// <returns>One entry for each value that differs. Of an entry that came or went there is one for the whole entry; lists of numbers are one value.</returns>
    public static IReadOnlyList<DocumentChange> Of(Scenario before, Scenario after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var found = new DocumentComparison(JsonSerializer.SerializeToElement(before, ScenarioJson.Options), JsonSerializer.SerializeToElement(after, ScenarioJson.Options));
        found.Compare("", "", found._old, found._new);
        return found._changes;
    }

    private void Compare(string oldPath, string newPath, JsonElement? old, JsonElement? now)
    {
        if (IsNone(old) && IsNone(now))
            return;
        if (old is { } was && now is { } becomes && JsonElement.DeepEquals(was, becomes))
            return;
        if (IsObject(old) && IsObject(now) && IsOption(newPath) && Member(old, "kind") is { } kind && Member(now, "kind") is { } other && !JsonElement.DeepEquals(kind, other))
            Add(DocumentChangeKinds.Changed, Below(oldPath, "kind"), Below(newPath, "kind"), kind, other);
        else if ((IsObject(old) || IsNone(old)) && (IsObject(now) || IsNone(now)))
            CompareMembers(oldPath, newPath, old, now);
        else if (DocumentLists.KeyOf(newPath) is { } key && (IsNone(old) || IsListOf(old!.Value, key)) && (IsNone(now) || IsListOf(now!.Value, key)))
            CompareEntries(oldPath, newPath, Entries(old), Entries(now), key);
        else
            Add(DocumentChangeKinds.Changed, oldPath, newPath, old, now);
    }

    private void CompareMembers(string oldPath, string newPath, JsonElement? old, JsonElement? now)
    {
        var found = _changes.Count;
        foreach (var name in Names(now).Union(Names(old), StringComparer.Ordinal))
            Compare(Below(oldPath, name), Below(newPath, name), Member(old, name), Member(now, name));
        // A part may come or go without any value in it.
        if (found == _changes.Count && IsNone(old) != IsNone(now))
            Add(DocumentChangeKinds.Changed, oldPath, newPath, old, now);
    }

    private void CompareEntries(string oldPath, string newPath, List<JsonElement> old, List<JsonElement> now, string key)
    {
        var partners = Partners(old, now, key);
        foreach (var (place, entry) in now.Index())
        {
            var path = $"{newPath}[{place}]";
            if (partners[place] is not { } partner)
                Add(DocumentChangeKinds.Added, null, path, null, entry);
            else if (key == "path" && DocumentLists.NameOf(_old, old[partner], key) == DocumentLists.NameOf(_new, entry, key))
                CompareMembers($"{oldPath}[{partner}]", path, Without(old[partner], key), Without(entry, key));
            else
                Compare($"{oldPath}[{partner}]", path, old[partner], entry);
        }

        foreach (var (place, entry) in old.Index())
        {
            if (!partners.Contains(place))
                Add(DocumentChangeKinds.Removed, $"{oldPath}[{place}]", null, entry, null);
        }

        var kept = partners.OfType<int>().ToList();
        if (!DocumentLists.IsUnordered(newPath) && !kept.SequenceEqual(kept.Order()))
            Add(DocumentChangeKinds.Reordered, oldPath, newPath, JsonSerializer.SerializeToElement(old), JsonSerializer.SerializeToElement(now));
    }

    /// <summary>The place that each later entry had: that of the entry of its name, or else of one that differs in nothing but the name; null for a new one.</summary>
    private int?[] Partners(List<JsonElement> old, List<JsonElement> now, string key)
    {
        var open = Enumerable.Range(0, old.Count).ToList();
        var partners = new int?[now.Count];
        foreach (var isSame in (Func<JsonElement, JsonElement, bool>[])
            [
                (was, becomes) => DocumentLists.NameOf(_old, was, key) == DocumentLists.NameOf(_new, becomes, key),
                (was, becomes) => JsonElement.DeepEquals(Without(was, key), Without(becomes, key)),
            ])
        {
            foreach (var (place, entry) in now.Index())
            {
                if (partners[place] is not null || open.FindIndex(candidate => isSame(old[candidate], entry)) is var found && found < 0)
                    continue;
                partners[place] = open[found];
                open.RemoveAt(found);
            }
        }

        return partners;
    }

    private void Add(string kind, string? oldPath, string? newPath, JsonElement? old, JsonElement? now) => _changes.Add(new DocumentChange(kind, oldPath, newPath, Some(old), Some(now)));

    private static JsonElement? Some(JsonElement? value) => value is { ValueKind: not JsonValueKind.Null } ? value : null;

    // An empty list says what a missing one says.
    private static bool IsNone(JsonElement? value) => value is not { } element || element.ValueKind == JsonValueKind.Null || (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0);

    private static bool IsObject(JsonElement? value) => value is { ValueKind: JsonValueKind.Object };

    private static bool IsOption(string path) => path.StartsWith("options[", StringComparison.Ordinal) && path.EndsWith(']') && !path.Contains('.', StringComparison.Ordinal);

    private static bool IsListOf(JsonElement list, string key) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out _));

    private static List<JsonElement> Entries(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } entries ? [.. entries.EnumerateArray()] : [];

    private static IEnumerable<string> Names(JsonElement? value) => IsObject(value) ? value!.Value.EnumerateObject().Select(member => member.Name) : [];

    private static JsonElement? Member(JsonElement? value, string name) => IsObject(value) && value!.Value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement Without(JsonElement entry, string key) =>
        JsonSerializer.SerializeToElement(entry.EnumerateObject().Where(member => member.Name != key).ToDictionary(member => member.Name, member => member.Value));

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
