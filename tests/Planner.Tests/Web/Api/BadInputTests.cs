using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Every kind of bad input gets a problem document that names the field.</summary>
public class BadInputTests(PlannerHost host)
{
    [Theory]
    [InlineData("hoursPerMonth", "0")]
    [InlineData("hoursPerMonth", "-730")]
    [InlineData("hoursPerMonth", "NaN")]
    [InlineData("hoursPerMonth", "-Infinity")]
    [InlineData("hoursPerMonth", "1e400")]
    [InlineData("hoursPerMonth", "1e29")]
    [InlineData("hoursPerMonth", "\"\"")]
    [InlineData("hoursPerMonth", "\"NaN\"")]
    [InlineData("hoursPerMonth", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "7")]
    [InlineData("name", "\"a\\u0000b\"")]
    [InlineData("options[1].notes", "\"\\u0000\"")]
    [InlineData("startMonth", "\"2026-13\"")]
    [InlineData("startMonth", "\"1999-12\"")]
    [InlineData("startMonth", "\"3000-01\"")]
    [InlineData("startMonth", "\"9999-12\"")]
    [InlineData("baselineOptionId", "\"nobody\"")]
    [InlineData("schema", "\"planner.scenario/2\"")]
    [InlineData("schema", "\"recipe/1\"")]
    [InlineData("schema", "7")]
    [InlineData("options", "[]")]
    [InlineData("options", "null")]
    [InlineData("workload", "null")]
    [InlineData("workload.requestsPerMonth", "-1")]
    [InlineData("workload.requestsPerMonth", "1e13")]
    [InlineData("workload.inputTokens", "-400")]
    [InlineData("workload.cacheReadShare", "1.5")]
    [InlineData("options[0].price.inputUsdPerM", "-1.5")]
    [InlineData("options[0].price.inputUsdPerM", "Infinity")]
    [InlineData("options[0].kind", "\"magic\"")]
    [InlineData("options[1].id", "\"api\"")]
    [InlineData("options[1].model", "\"no-such-model\"")]
    [InlineData("options[1].instanceKey", "\"no:such:instance\"")]
    [InlineData("options[1].fleet.instances", "0")]
    [InlineData("options[1].fleet.instances", "2.5")]
    [InlineData("options[1].fleet.instances", "99999999999")]
    [InlineData("options[1].throughput.tokensPerSecond", "0")]
    public async Task Fault_is_told_at_its_field(string path, string value)
    {
        var document = await host.ExampleAsync();
        Set(document, path, "§");
        var json = document.ToJsonString().Replace("\"\\u00A7\"", value, StringComparison.Ordinal);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/evaluate", json), 400, path);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/scenarios", json), 400, path);
    }

    [Theory]
    [InlineData("""{ "id": "x", "kind": "api", "name": "No price" }""", "options[0].priceKey")]
    [InlineData("""{ "id": "x", "kind": "api", "name": "Unknown price", "priceKey": "no:body" }""", "options[0].priceKey")]
    [InlineData("""{ "id": "x", "name": "No kind", "priceKey": "openai:gpt-4o" }""", "options[0].kind")]
    [InlineData("""{ "id": "x", "kind": "selfHost", "name": "Half", "instanceUsdPerHour": 1, "purchase": [ { "share": 0.5 } ] }""", "options[0].purchase")]
    [InlineData("""{ "id": "x", "kind": "selfHost", "name": "Null share", "instanceUsdPerHour": 1, "purchase": [ null ] }""", "options[0].purchase[0]")]
    [InlineData("""{ "id": "x", "kind": "selfHost", "name": "Null extra", "instanceUsdPerHour": 1, "extras": [ null ] }""", "options[0].extras[0]")]
    [InlineData("""{ "id": "x", "kind": "selfHost", "name": "Null work", "instanceUsdPerHour": 1, "oneOff": [ null ] }""", "options[0].oneOff[0]")]
    [InlineData("""{ "id": "x", "kind": "api", "name": "Null tier", "price": { "inputUsdPerM": 1, "tiers": [ null ] } }""", "options[0].price.tiers[0]")]
    [InlineData("null", "options[0]")]
    public async Task Option_with_a_fault_is_told_at_its_field(string option, string path)
    {
        var document = await host.ExampleAsync();
        document["baselineOptionId"] = null;
        document["options"] = new JsonArray(JsonNode.Parse(option));
        ApiClient.IsProblem(await host.PostAsync("/evaluate", document), 400, path);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var document = await host.ExampleAsync();
        document["hoursPerMonth"] = 0;
        document["name"] = "";
        Set(document, "options[1].fleet.instances", -1);
        ApiClient.IsProblem(await host.PostAsync("/evaluate", document), 400, "hoursPerMonth", "name", "options[1].fleet.instances");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{ \"name\": \"x\" ", "name")]
    [InlineData("{ \"name\": \"\\ud800\" }", "name")]
    [InlineData("{ \"schema\": \"\\ud800\" }")]
    [InlineData("{ \"\\ud800\": 1 }")]
    [InlineData("{ \"options\": [ {}, { \"id\": nope } ] }", "options[1].id")]
    [InlineData("{ \"ranges\": [ 1, NaN ] }", "ranges[1]")]
    [InlineData("{ \"options\": [ null ] }", "options[0]")]
    [InlineData("<scenario/>")]
    public async Task Body_that_is_no_document_is_refused(string body, params string[] paths) =>
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/evaluate", body), 400, paths);

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var deep = new string('[', 100_000);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/evaluate", $$"""{ "x": {{deep}}"""), 400);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    [InlineData(null, null)]
    public async Task Wrong_content_type_is_415(string? type, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/evaluate") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);
        ApiClient.IsProblem(await host.SendAsync(request), 415);
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/evaluate") { Content = new ByteArrayContent([(byte)'{', 0xFF, 0xFE, (byte)'}']) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        ApiClient.IsProblem(await host.SendAsync(request), 400);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_above_a_megabyte_is_413(bool declared)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{ "notes": "{{new string('x', 1_000_000)}}" }""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/evaluate");
        request.Content = declared ? new ByteArrayContent(bytes) : new StreamContent(new UnknownLength(bytes));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        ApiClient.IsProblem(await host.SendAsync(request), 413);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/API/V1/nothing")]
    [InlineData("GET", "/api/v2/evaluate")]
    public async Task Unknown_address_below_api_is_a_problem_and_no_page(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd("text/html");
        ApiClient.IsProblem(await host.SendAsync(request), 404);
    }

    [Fact]
    public async Task Wrong_method_is_405_with_those_allowed()
    {
        var answer = await host.DeleteAsync("/evaluate");
        ApiClient.IsProblem(answer, 405);
        Assert.Contains("POST", answer.Message.Content.Headers.Allow);
    }

    /// <summary>Puts a value at a path such as <c>options[1].fleet.instances</c>, making the objects on its way.</summary>
    private static void Set(JsonObject document, string path, JsonNode? value)
    {
        JsonNode node = document;
        var steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1])
            node = (node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node[step] ??= new JsonObject())!;
        node[steps[^1]] = value;
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
