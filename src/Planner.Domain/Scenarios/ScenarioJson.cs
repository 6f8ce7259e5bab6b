using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>Reads and writes the scenario document.</summary>
public static class ScenarioJson
{
    /// <summary>How documents and results are written: camelCase, decimals without trailing zeros, members in any order, unknown members kept.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>The settings of <see cref="Options"/>, for hosts that bring options of their own.</summary>
    /// <param name="options">The options to change.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.MaxDepth = 32;
        options.Converters.Add(new PlainDecimalConverter());
    }

    /// <summary>Writes the document.</summary>
    public static string Write(Scenario scenario, bool indented = false) =>
        JsonSerializer.Serialize(scenario, indented ? IndentedOptions.Value : Options);

    /// <summary>Reads a document. Faults of form are reported; ranges are left to <see cref="ScenarioRules"/>.</summary>
    /// <param name="json">The document as UTF-16 text.</param>
    /// <returns>The scenario, or the fault that kept it from being read.</returns>
    public static (Scenario? Scenario, Problem? Problem) Read(string json)
    {
        try
        {
            using (var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 }))
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                    return (null, new Problem("", Texts.DocumentNotObject));
                if (document.RootElement.TryGetProperty("schema", out var schema) && SchemaProblem(schema) is { } problem)
                    return (null, problem);
            }

            return JsonSerializer.Deserialize<Scenario>(json, Options) is { } scenario ? (scenario, null) : (null, new Problem("", Texts.DocumentNotObject));
        }
        catch (JsonException exception)
        {
            return (null, ToProblem(exception));
        }
    }

    /// <summary>The fault behind a failed deserialization, with its path in the document's notation.</summary>
    public static Problem ToProblem(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var path = (exception.Path ?? "").TrimStart('$').TrimStart('.');
        return path.EndsWith(".kind", StringComparison.Ordinal) || exception.Message.Contains("discriminator", StringComparison.Ordinal)
            ? new Problem(path.EndsWith("kind", StringComparison.Ordinal) ? path : $"{path}.kind", Texts.OptionKindUnknown)
            : new Problem(path, exception.Path is null ? string.Format(CultureInfo.CurrentCulture, Texts.NotJson, exception.LineNumber + 1) : Texts.ValueNotReadable);
    }

    private static Problem? SchemaProblem(JsonElement schema)
    {
        var name = schema.ValueKind == JsonValueKind.String ? schema.GetString()! : schema.GetRawText();
        if (name == Scenario.CurrentSchema)
            return null;
        var newer = name.StartsWith("planner.scenario/", StringComparison.Ordinal) && int.TryParse(name.AsSpan("planner.scenario/".Length), out var version) && version > 1;
        return new Problem("schema", string.Format(CultureInfo.CurrentCulture, newer ? Texts.SchemaNewer : Texts.SchemaUnknown, name, Scenario.CurrentSchema));
    }

    private static readonly Lazy<JsonSerializerOptions> IndentedOptions = new(() => new JsonSerializerOptions(Options) { WriteIndented = true });

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Writes 7500.000000 as 7500: the scale of a decimal is not information.</summary>
    private sealed class PlainDecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.000000000000000000000000000000m);
    }
}
