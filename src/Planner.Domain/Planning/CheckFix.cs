using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>What a click would change about a check: values of the document, set together.</summary>
/// <param name="Label">The change in a few words, for a button.</param>
/// <param name="Changes">The values to set, in order.</param>
public sealed record CheckFix(string Label, IReadOnlyList<CheckChange> Changes)
{
    /// <summary>The scenario after the change.</summary>
    /// <param name="scenario">The scenario that was checked.</param>
    /// <exception cref="JsonException">A value cannot stand at its path: the fix belongs to another scenario.</exception>
    public Scenario Apply(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var root = JsonSerializer.SerializeToNode(scenario, ScenarioJson.Options)!;
        foreach (var change in Changes)
            change.Set(root);
        return VolumeEntry.Follow(scenario, root.Deserialize<Scenario>(ScenarioJson.Options)!);
    }
}

/// <summary>A value of the document.</summary>
/// <param name="Path">Its path, such as <c>options[1].fleet.sizing</c>; the place after the last of a list adds to it.</param>
/// <param name="Value">The value as the document writes it; null to clear it.</param>
public sealed record CheckChange(string Path, object? Value)
{
    internal void Set(JsonNode root)
    {
        if (DocumentSteps.Of(Path) is not { } steps)
            throw new JsonException($"{Path} is no path.");
        var node = root;
        for (var i = 0; i < steps.Count - 1; i++)
        {
            node = steps[i][0] == '['
                ? node.AsArray()[PlaceOf(steps[i])]!
                // A part that was left out begins with the first value set in it.
                : node[steps[i]] ?? (node[steps[i]] = new JsonObject());
        }

        var leaf = Value is null ? null : JsonSerializer.SerializeToNode(Value, Value.GetType(), ScenarioJson.Options);
        if (node is not JsonArray list)
            node[steps[^1]] = leaf;
        else if (PlaceOf(steps[^1]) is var place && place == list.Count)
            list.Add(leaf);
        else
            list[place] = leaf;
    }

    private static int PlaceOf(string step) => int.Parse(step.AsSpan(1, step.Length - 2), System.Globalization.CultureInfo.InvariantCulture);
}
