using System.Text.Json;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Entities;

/// <summary>A model, a GPU or an engine.</summary>
/// <remarks>
/// The facts are one JSON value and not a column each: an override replaces them as a whole, the domain's record alone says what they are, and lists of a
/// few dozen rows are searched and sorted in memory.
/// </remarks>
public sealed class FactRow<TFacts> : CatalogRow where TFacts : CatalogFacts
{
    /// <summary>The facts as shipped, without key and source, which are columns; null where the user added the row.</summary>
    public string? FactsJson { get; set; }

    /// <summary>The facts as shipped; null where the user added the row.</summary>
    public TFacts? Shipped() => FactsJson is null ? null : Read(FactsJson, new Provenance(Source, SourceUrl, AsOf));

    /// <summary>The facts that apply: the user's where there are any, else the shipped ones.</summary>
    public TFacts Effective() => Read(OverrideJson ?? FactsJson!, this.EffectiveProvenance());

    private TFacts Read(string json, Provenance provenance) =>
        JsonSerializer.Deserialize<TFacts>(json, ScenarioJson.Options)! with { Key = Key, Provenance = provenance };
}

/// <summary>Writes the facts of rows.</summary>
public static class FactJson
{
    /// <summary>Facts as a row keeps them: without key and source, which are columns.</summary>
    public static string Write<TFacts>(TFacts facts) where TFacts : CatalogFacts
    {
        var json = JsonSerializer.SerializeToNode(facts, ScenarioJson.Options)!.AsObject();
        json.Remove("key");
        json.Remove("provenance");
        return json.ToJsonString(ScenarioJson.Options);
    }
}
