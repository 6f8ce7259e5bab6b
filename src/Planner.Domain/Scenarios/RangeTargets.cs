using System.Text.Json.Serialization.Metadata;
using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>A number that may have a range.</summary>
/// <param name="Path">Its path in the document.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Value">Its value; that of the catalog where the document leaves it to the catalog.</param>
public sealed record RangeTarget(string Path, string Name, decimal Value);

/// <summary>The numbers of a scenario that may have a range.</summary>
public static class RangeTargets
{
    /// <summary>How far a range reaches at first, as a share of the value.</summary>
    private const decimal Around = 0.2m;

    /// <summary>All of them that have a value, in the order of the document; lists of bare numbers are left out.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    public static IReadOnlyList<RangeTarget> All(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        var priced = scenario.Options.Select((_, i) => $"options[{i}].price.").ToList();
        var copy = new ScenarioCopy(scenario, catalog, priced).Scenario;
        return [.. Paths(copy, "").Select(path => TargetAt(scenario, copy, catalog, path)).OfType<RangeTarget>()];
    }

    /// <summary>A range of a fifth of the value to either side, less where the input's rules end sooner; null where the path names no number that has a value.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="path">Path of the input.</param>
    public static InputRange? RangeAround(Scenario scenario, CatalogSnapshot catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        var copy = new ScenarioCopy(scenario, catalog, [path]);
        if (copy.At(path) is not { } number || TargetAt(scenario, copy.Scenario, catalog, path) is not { Value: var value })
            return null;
        var reach = Math.Abs(value) * Around;
        var (low, high) = (Rounded(value - reach, number.IsWhole), Rounded(value + reach, number.IsWhole));
        var range = new InputRange { Path = path, Low = low, Likely = value, High = high };
        var faults = ScenarioRules.Check(scenario with { Ranges = [range] }, catalog);
        return range with
        {
            Low = faults.Any(fault => fault.Path == "ranges[0].low") ? value : low,
            High = faults.Any(fault => fault.Path == "ranges[0].high") ? value : high,
        };
    }

    private static decimal Rounded(decimal value, bool isWhole) => isWhole ? decimal.Round(value) : value / 1.000000000000000000000000000000m;

    private static RangeTarget? TargetAt(Scenario scenario, Scenario copy, CatalogSnapshot catalog, string path) =>
        ValueAt(scenario, copy, catalog, path) is { } value ? new RangeTarget(path, InputNames.Of(scenario, path), value) : null;

    /// <summary>The value that a range may stand around; null where the capacity model says it, and where there is none.</summary>
    internal static decimal? ValueAt(Scenario scenario, Scenario copy, CatalogSnapshot catalog, string path) => RangeRules.ModelledAt(scenario, path) is null ? ValueAt(copy, catalog, path) : null;

    /// <summary>The value of a number; that of the catalog where the document leaves it to the catalog, null where there is none.</summary>
    /// <param name="copy">The scenario; prices of the catalog are written down in it where they are asked for.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="path">Path of the input.</param>
    internal static decimal? ValueAt(Scenario copy, CatalogSnapshot catalog, string path) => DocumentNumber.At(copy, path) is { } number ? number.Value ?? Listed(copy, catalog, path) : null;

    /// <summary>The catalog's price of an option's instances, where the option leaves it to the catalog.</summary>
    private static decimal? Listed(Scenario scenario, CatalogSnapshot catalog, string path)
    {
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            if (path == $"options[{i}].instanceUsdPerHour" && scenario.Options[i] is SelfHostOption { InstanceKey: { } key })
                return catalog.Instances.GetValueOrDefault(key)?.Prices.OnDemandUsd;
        }

        return null;
    }

    private static IEnumerable<string> Paths(DocumentNode node, string start)
    {
        foreach (var member in ScenarioJson.Options.GetTypeInfo(node.GetType()) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties : [])
        {
            if (member is not { Get: not null, Set: not null, IsExtensionData: false })
                continue;
            if (!member.PropertyType.IsClass && !member.PropertyType.IsInterface)
                yield return start + member.Name;
            var inner = member.Get(node) switch
            {
                DocumentNode child => Paths(child, $"{start}{member.Name}."),
                IEnumerable<DocumentNode> list => list.SelectMany((child, i) => Paths(child, $"{start}{member.Name}[{i}].")),
                _ => [],
            };
            foreach (var path in inner)
                yield return path;
        }
    }
}
