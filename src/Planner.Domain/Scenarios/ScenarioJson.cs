using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Planner.Domain.Scenarios;

/// <summary>Reads and writes the scenario document.</summary>
public static partial class ScenarioJson
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
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(LeaveOutNoStartMonth);
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
            if (FormProblem(json, out var statesVolume) is { } problem)
                return (null, problem);
            var scenario = JsonSerializer.Deserialize<Scenario>(json, Options);
            // Nothing said is not none: a volume has to be stated.
            return statesVolume ? (scenario, null) : (null, new Problem("workload.requestsPerMonth", Texts.Required));
        }
        catch (JsonException exception)
        {
            return (null, ToProblem(exception));
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair is JSON, but no text.
            return (null, new Problem("", Texts.NotUnicode));
        }
        catch (NotSupportedException exception) when (exception.InnerException is NotSupportedException)
        {
            // An option without a kind: the serializer names the place only in its message.
            var place = OptionPlace().Match(exception.Message);
            return (null, new Problem(place.Success ? $"{place.Groups[1].Value}.kind" : "options", Texts.OptionKindUnknown));
        }
    }

    [GeneratedRegex(@"^options\[\d+\]\.kind$")]
    private static partial Regex OptionKindPath();

    [GeneratedRegex(@"Path: \$\.(options\[\d+\])")]
    private static partial Regex OptionPlace();

    /// <summary>What is wrong before any value is read: no object, another version, a list with a gap.</summary>
    private static Problem? FormProblem(string json, out bool statesVolume)
    {
        statesVolume = false;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new Problem("", Texts.DocumentNotObject);
            if (document.RootElement.TryGetProperty("schema", out var schema) && SchemaProblem(schema) is { } problem)
                return problem;
            statesVolume = document.RootElement.TryGetProperty("workload", out var workload) && workload.ValueKind == JsonValueKind.Object && workload.TryGetProperty("requestsPerMonth", out _);
            return NullEntry(document.RootElement, "") is { } path ? new Problem(path, Texts.ValueNotReadable) : null;
        }
        catch (JsonException exception) when (exception.Path is null && IsCutOff(json))
        {
            return new Problem("", Texts.NotJson.With(exception.LineNumber + 1));
        }
        catch (JsonException exception) when (exception.Path is null)
        {
            // The deserializer meets the same fault, but can say at which field: NaN, an unfinished text.
            JsonSerializer.Deserialize<Scenario>(json, Options);
            throw;
        }
    }

    /// <summary>True where the text is the beginning of a document that ends too soon.</summary>
    private static bool IsCutOff(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 32 }));
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? NullEntry(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(member => NullEntry(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select((entry, i) => entry.ValueKind == JsonValueKind.Null ? $"{path}[{i}]" : NullEntry(entry, $"{path}[{i}]")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>The fault behind a failed deserialization, with its path in the document's notation.</summary>
    public static Problem ToProblem(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var path = (exception.Path ?? "").TrimStart('$').TrimStart('.');
        return OptionKindPath().IsMatch(path) || exception.Message.Contains("discriminator", StringComparison.Ordinal)
            ? new Problem(path.EndsWith("kind", StringComparison.Ordinal) ? path : $"{path}.kind", Texts.OptionKindUnknown)
            : new Problem(path, path.Length == 0 ? Texts.NotJson.With(exception.LineNumber + 1) : IsNull(exception) ? Texts.ValueNull : Texts.ValueNotReadable);
    }

    private static bool IsNull(JsonException exception) => exception.Message.Contains("doesn't allow setting null values", StringComparison.Ordinal);

    private static Problem? SchemaProblem(JsonElement schema)
    {
        var name = schema.ValueKind == JsonValueKind.String ? schema.GetString()! : schema.GetRawText();
        if (name == Scenario.CurrentSchema)
            return null;
        var newer = name.StartsWith("planner.scenario/", StringComparison.Ordinal) && int.TryParse(name.AsSpan("planner.scenario/".Length), out var version) && version > 1;
        return new Problem("schema", string.Format(CultureInfo.CurrentCulture, newer ? Texts.SchemaNewer : Texts.SchemaUnknown, name, Scenario.CurrentSchema));
    }

    private static readonly Lazy<JsonSerializerOptions> IndentedOptions = new(() => new JsonSerializerOptions(Options) { WriteIndented = true });

    /// <summary>No month is no member: an empty one is refused where a request says it.</summary>
    private static void LeaveOutNoStartMonth(JsonTypeInfo type)
    {
        if (type.Type == typeof(Scenario))
            type.Properties.First(property => property.Name == "startMonth").ShouldSerialize = static (_, month) => month is not "";
    }

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
