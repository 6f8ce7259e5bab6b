using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>Reads and sets values of the scenario document by their paths, so that fields, faults and the stored file speak of the same place.</summary>
internal static partial class DocumentPath
{
    /// <summary>The scenario as a document.</summary>
    public static JsonNode DocumentOf(Scenario scenario) => JsonSerializer.SerializeToNode(scenario, ScenarioJson.Options)!;

    /// <summary>What a document has at a path; the type's default where it has nothing of the type there.</summary>
    public static T? Read<T>(JsonNode document, string path)
    {
        JsonNode? node = document;
        foreach (var step in StepsOf(path))
        {
            node = node switch
            {
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => list.ElementAtOrDefault(index),
                JsonObject part => part[step],
                _ => null,
            };
        }

        return node is JsonValue value && value.TryGetValue<T>(out var found) ? found : default;
    }

    /// <summary>The scenario with one value changed.</summary>
    /// <returns>The scenario, or why the value cannot stand there.</returns>
    public static (Scenario? Scenario, string? Problem) With(Scenario scenario, string path, object? value)
    {
        var root = DocumentOf(scenario);
        var node = root;
        var steps = StepsOf(path);
        for (var i = 0; i < steps.Count - 1; i++)
        {
            node = Child(node, steps[i]);
        }

        var leaf = value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), ScenarioJson.Options);
        if (node is JsonArray list)
        {
            list[Index(steps[^1])] = leaf;
        }
        else
        {
            node[steps[^1]] = leaf;
        }

        try
        {
            return (root.Deserialize<Scenario>(ScenarioJson.Options), null);
        }
        catch (JsonException)
        {
            return (null, value is null ? Texts.ScenarioValueNeeded : value is decimal ? Texts.ScenarioWholeNumber : Texts.ScenarioValueRefused);
        }
    }

    /// <summary>The scenario without one entry of a list.</summary>
    public static Scenario Without(Scenario scenario, string list, int index)
    {
        var root = DocumentOf(scenario);
        var node = StepsOf(list).Aggregate(root, Child);
        node.AsArray().RemoveAt(index);
        return root.Deserialize<Scenario>(ScenarioJson.Options)!;
    }

    private static List<string> StepsOf(string path) => [.. Steps().Matches(path).Select(step => step.Value.Trim('[', ']'))];

    private static JsonNode Child(JsonNode node, string step)
    {
        if (node is JsonArray list)
        {
            return list[Index(step)]!;
        }

        // A part that was left out, such as people or own prices, begins with the first value set in it.
        return node[step] ?? (node[step] = new JsonObject());
    }

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[A-Za-z0-9]+|\[\d+\]")]
    private static partial Regex Steps();
}
