using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>Facts by their paths.</summary>
internal sealed class FactValues
{
    private readonly JsonNode _document;

    private FactValues(JsonNode document) => _document = document;

    public static FactValues Of<TFacts>(TFacts facts) where TFacts : CatalogFacts => new(JsonSerializer.SerializeToNode(facts, ScenarioJson.Options)!);

    /// <summary>The value at a path; null where it is unknown or its part is left out.</summary>
    public JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)_document, (node, name) => node?[name]);

    /// <summary>A value as a form's box holds it.</summary>
    public static string? Text(FactField field, JsonNode? value) => (field.Input, value) switch
    {
        (_, null) => null,
        (FactInput.Words, JsonArray words) => string.Join(", ", words.Select(word => word!.GetValue<string>())),
        (FactInput.Flag, _) => value.GetValue<bool>() ? "yes" : "no",
        _ => value.GetValue<string>(),
    };

    /// <summary>A value as it is read: with its unit, or as unknown.</summary>
    public static string Shown(FactField field, JsonNode? value) => (field.Input, value) switch
    {
        (_, null) => Format.Unknown,
        (FactInput.Number or FactInput.Whole, _) => field.Unit is null ? Format.Number(value.GetValue<decimal>()) : $"{Format.Number(value.GetValue<decimal>())} {field.Unit}",
        (FactInput.Flag, _) => value.GetValue<bool>() ? ModelsTexts.FlagYes : ModelsTexts.FlagNo,
        (FactInput.Choice, _) => field.Options.FirstOrDefault(option => option.Value == value.GetValue<string>())?.Text ?? value.GetValue<string>(),
        _ => Text(field, value) is { Length: > 0 } text ? text : Format.Unknown,
    };
}
