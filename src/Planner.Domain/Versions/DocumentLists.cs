using System.Globalization;
using System.Text;
using System.Text.Json;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Versions;

/// <summary>Lists of the document whose entries have a name of their own, so that they are recognised in another place.</summary>
internal static class DocumentLists
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["options"] = "id",
        ["ranges"] = "path",
        ["evidence"] = "path",
        ["extras"] = "name",
        ["oneOff"] = "name",
        ["additionalFleets"] = "name",
        ["routes"] = "task",
        ["purchase"] = "kind",
        ["priceChanges"] = "from",
        ["hiring"] = "fromMonth",
        ["tiers"] = "aboveTokens",
    };

    /// <summary>The member by which entries of a list are told apart; null where they are not.</summary>
    /// <param name="path">The list's path.</param>
    public static string? KeyOf(string path) => Keys.GetValueOrDefault(path[(path.LastIndexOf('.') + 1)..]);

    /// <summary>True where the order of a list means nothing.</summary>
    public static bool IsUnordered(string path) => path is "ranges" or "evidence";

    /// <summary>What tells an entry apart; a path in the document is written with the names of the entries that it leads through.</summary>
    public static string NameOf(JsonElement document, JsonElement entry, string key) => !entry.TryGetProperty(key, out var name) ? ""
        : name.ValueKind != JsonValueKind.String ? name.GetRawText()
        : key == "path" ? Named(document, name.GetString()!) : name.GetString()!;

    /// <summary>A path whose places are names: <c>options[1].price</c> is <c>options{api}.price</c>, whatever stands before it.</summary>
    private static string Named(JsonElement document, string path)
    {
        if (DocumentSteps.Of(path) is not { } steps)
            return path;
        var named = new StringBuilder();
        JsonElement? node = document;
        var list = "";
        foreach (var step in steps)
        {
            if (step[0] != '[')
            {
                named.Append('.').Append(step);
                node = node is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(step, out var member) ? member : null;
                list = step;
                continue;
            }

            node = node is { ValueKind: JsonValueKind.Array } entries && int.Parse(step.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture) is var place && place < entries.GetArrayLength()
                ? entries[place]
                : null;
            // Paths of ranges and notes lead to neither of these lists.
            var name = node is { ValueKind: JsonValueKind.Object } entry && Keys.GetValueOrDefault(list) is { } key and not "path" ? NameOf(document, entry, key) : null;
            named.Append(name is null ? step : $"{{{name}}}");
        }

        return named.ToString();
    }
}
