using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>Sets a value of the scenario document by its path, so that fields, faults and the stored file speak of the same place.</summary>
internal static partial class DocumentPath
{
    /// <summary>The scenario with one value changed.</summary>
    /// <returns>The scenario, or why the value cannot stand there.</returns>
    public static (Scenario? Scenario, string? Problem) With(Scenario scenario, string path, object? value)
    {
        var root = JsonSerializer.SerializeToNode(scenario, ScenarioJson.Options)!;
        var node = root;
        var steps = Steps().Matches(path).Select(step => step.Value.Trim('[', ']')).ToList();
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
        var root = JsonSerializer.SerializeToNode(scenario, ScenarioJson.Options)!;
        var node = Steps().Matches(list).Aggregate(root, (found, step) => Child(found, step.Value.Trim('[', ']')));
        node.AsArray().RemoveAt(index);
        return root.Deserialize<Scenario>(ScenarioJson.Options)!;
    }

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
