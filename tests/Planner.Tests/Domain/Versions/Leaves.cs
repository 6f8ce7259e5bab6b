using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Domain.Versions;

/// <summary>A document with one leaf changed, and still valid.</summary>
/// <param name="Path">Path of the leaf.</param>
/// <param name="Changed">The document.</param>
internal sealed record ChangedLeaf(string Path, Scenario Changed)
{
    /// <summary>Path of the value: a list of plain values is one.</summary>
    public string ValuePath => Path.EndsWith(']') ? Path[..Path.LastIndexOf('[')] : Path;
}

/// <summary>Changes the leaves of a document one by one.</summary>
internal static class Leaves
{
    private static readonly string[] Words =
    [
        .. ShapeKinds.All, .. FleetSizings.All, .. PurchaseKinds.All, .. SpotBackups.All, PurchaseMixes.Stated, PurchaseMixes.Cheapest, ThroughputKinds.Stated, ThroughputKinds.Measured,
        ThroughputKinds.Modelled, ThroughputBases.Total, ThroughputBases.Output, ThroughputBases.Input, KvPrecisions.Bf16, KvPrecisions.Fp8, "int8", "bf16", "sglang", "vllm", "2027-03", "2027-03-01", "workload.outputTokens",
        "workload.retryShare", "https://example.com/other",
    ];

    /// <summary>All leaves that can have another value.</summary>
    public static IEnumerable<ChangedLeaf> Of(Scenario scenario)
    {
        var root = JsonSerializer.SerializeToNode(scenario, ScenarioJson.Options)!;
        var faults = ScenarioRules.Check(scenario, CatalogSnapshot.Empty).Count;
        foreach (var (path, parent, key) in Walk(root, "").ToList())
        {
            var old = Get(parent, key)?.DeepClone();
            foreach (var value in Others(old))
            {
                Set(parent, key, value);
                var (changed, _) = ScenarioJson.Read(root.ToJsonString());
                if (changed is not null && changed.Options.Select(option => option.Unknown?.Count).SequenceEqual(scenario.Options.Select(option => option.Unknown?.Count)) && ScenarioRules.Check(changed, CatalogSnapshot.Empty).Count <= faults)
                {
                    yield return new ChangedLeaf(path, changed);
                    break;
                }
            }

            Set(parent, key, old);
        }
    }

    private static IEnumerable<(string Path, JsonNode Parent, object Key)> Walk(JsonNode node, string path)
    {
        IEnumerable<(string Path, object Key, JsonNode? Child)> children = node switch
        {
            JsonObject members => members.Select(member => (path.Length == 0 ? member.Key : $"{path}.{member.Key}", (object)member.Key, member.Value)),
            JsonArray entries => entries.Select((entry, i) => ($"{path}[{i}]", (object)i, entry)),
            _ => [],
        };
        return children.SelectMany(child => child.Child is JsonObject or JsonArray ? Walk(child.Child, child.Path) : [(child.Path, node, child.Key)]);
    }

    private static JsonNode? Get(JsonNode parent, object key) => key is int place ? parent[place] : parent[(string)key];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int place)
            parent[place] = value;
        else
            parent[(string)key] = value;
    }

    private static IEnumerable<JsonNode?> Others(JsonNode? old) => old?.GetValueKind() switch
    {
        JsonValueKind.True => [JsonValue.Create(false)],
        JsonValueKind.False => [JsonValue.Create(true)],
        JsonValueKind.Number when old.GetValue<decimal>() is var number => new[] { number + 1, number * 2, number / 2, number + 0.01m, number - 1, 12 }.Where(value => value != number).Select(value => (JsonNode?)JsonValue.Create(value)),
        JsonValueKind.String when old.GetValue<string>() is var text => Words.Append($"{text}x").Append($"{text} and more").Where(word => word != text).Select(word => (JsonNode?)JsonValue.Create(word)).Reverse(),
        _ => [JsonValue.Create(1), JsonValue.Create(0.5m), JsonValue.Create("2027-03"), JsonValue.Create("https://example.com/"), JsonValue.Create("api")],
    };
}
