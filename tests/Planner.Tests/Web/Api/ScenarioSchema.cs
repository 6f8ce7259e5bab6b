using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Web.Api;

/// <summary>The JSON Schema of the scenario document, made of the types that read it and of what their comments say.</summary>
internal static partial class ScenarioSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var comments = XDocument.Load(Path.ChangeExtension(typeof(Scenario).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null).ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!));
        var schema = ScenarioJson.Options.GetJsonSchemaAsNode(typeof(Scenario), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                // A converter of our own writes decimals, and the exporter does not ask what it writes.
                if (Nullable.GetUnderlyingType(context.TypeInfo.Type) == typeof(decimal))
                    node = new JsonObject { ["type"] = new JsonArray("number", "null") };
                else if (context.TypeInfo.Type == typeof(decimal))
                    node = new JsonObject { ["type"] = "number" };
                // A document may leave out what has a default, and may hold what a later version knows.
                if (node is JsonObject part)
                {
                    part.Remove("required");
                    if (context.PropertyInfo?.AttributeProvider is PropertyInfo property && comments.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var said))
                        part["description"] = said;
                }

                return node;
            },
        }).AsObject();
        var head = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "/schemas/scenario.v1.json",
            ["title"] = "Planner scenario, version 1",
            ["description"] = "A workload, the options compared for it and the finance settings. What is left out has its default; ranges are checked by the program, which names the path of each fault.",
        };
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            head[name] = value;
        }

        head["required"] = new JsonArray("workload");
        return head.ToJsonString(Indented) + "\n";
    }

    /// <summary>A comment as plain text: references by their last name.</summary>
    private static string Text(XElement summary) => Blanks().Replace(string.Concat(summary.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference => (reference.Attribute("cref") ?? reference.Attribute("name"))?.Value.Split('.')[^1] ?? "",
        XElement element => element.Value,
        _ => "",
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
