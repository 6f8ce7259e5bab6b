using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Web.Reports;
using Xunit;

namespace Planner.Tests.Web.Api;

public class ScenarioSchemaTests(SharingApp app) : IClassFixture<SharingApp>
{
    private static readonly string Committed = Path.Combine(Repository.Root!, "wwwroot", "schemas", "scenario.v1.json");

    public static TheoryData<string> Examples => [.. new ExampleStore().All.Select(example => example.Id)];

    /// <summary>A change of the document is seen here. It may add members; run with PLANNER_WRITE_SCHEMA=1 to take it over.</summary>
    [Fact]
    public async Task Published_schema_is_that_of_the_types_that_read_the_document()
    {
        var written = ScenarioSchema.Write();
        if (Environment.GetEnvironmentVariable("PLANNER_WRITE_SCHEMA") == "1")
            await File.WriteAllTextAsync(Committed, written);

        Assert.Equal(await File.ReadAllTextAsync(Committed), written);
    }

    [Fact]
    public async Task Schema_is_served_where_documents_may_point_to()
    {
        var served = await app.CreateClient().GetAsync("/schemas/scenario.v1.json");

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal("application/json", served.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Requests a month", JsonNode.Parse(await served.Content.ReadAsStringAsync())!["properties"]!["workload"]!["properties"]!["requestsPerMonth"]!["description"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Members_of_the_worked_examples_are_in_the_schema_with_their_types(string id)
    {
        var document = JsonSerializer.SerializeToNode(new ExampleStore().Find(id)!.Scenario, ScenarioJson.Options)!;

        Assert.Empty(Faults(document, JsonNode.Parse(File.ReadAllText(Committed))!, id));
    }

    [Fact]
    public void Member_of_another_type_is_found()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Committed))!;

        Assert.NotEmpty(Faults(JsonNode.Parse("""{ "workload": { "requestsPerMonth": "many" } }""")!, schema, ""));
        Assert.NotEmpty(Faults(JsonNode.Parse("""{ "options": [ { "kind": "api", "tokenFactor": [] } ] }""")!, schema, ""));
        Assert.NotEmpty(Faults(JsonNode.Parse("""{ "options": [ { "kind": "train" } ] }""")!, schema, ""));
    }

    /// <summary>As much of a validator as the schema uses: types, properties, items, anyOf and const.</summary>
    private static IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string path)
    {
        if (schema is not JsonObject rules)
            return [];
        if (rules["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            return [$"{path}: {value}"];
        if (rules["anyOf"] is JsonArray any)
            return any.Any(choice => !Faults(value, choice!, path).Any()) ? [] : [$"{path}: none of {any.Count}"];
        List<string> types = rules["type"] switch { JsonArray several => [.. several.Select(type => type!.GetValue<string>())], { } one => [one.GetValue<string>()], _ => [] };
        var type = value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            _ => "boolean",
        };
        if (types.Count > 0 && !types.Contains(type) && !(type == "number" && types.Contains("integer")))
            return [$"{path}: {type} instead of {string.Join(" or ", types)}"];
        return value switch
        {
            JsonObject members => members.SelectMany(member => rules["properties"]?[member.Key] is { } rule ? Faults(member.Value, rule, $"{path}.{member.Key}") : rules["properties"] is null ? [] : [$"{path}.{member.Key} is not there"]),
            JsonArray list when rules["items"] is { } item => list.SelectMany((entry, i) => Faults(entry, item, $"{path}[{i}]")),
            _ => [],
        };
    }
}
