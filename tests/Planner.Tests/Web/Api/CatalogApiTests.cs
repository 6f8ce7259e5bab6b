using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class CatalogApiTests(PlannerHost host)
{
    private static int _keys;

    [Fact]
    public async Task Prices_are_searched_filtered_sorted_and_paged()
    {
        var answer = await host.GetAsync("/catalog/prices?search=embedding&seller=openai&sort=input&descending=true&take=2");
        var items = answer.Value("items")!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.Equal("openai:text-embedding-3-large", (string)items[0]!["key"]!);
        Assert.Equal("openai", (string)items[1]!["seller"]!);
        Assert.True((int)answer.Value("total")! >= 2);
    }

    [Fact]
    public async Task Instances_models_and_gpus_are_listed()
    {
        var instances = await host.GetAsync("/catalog/instances?cloud=aws&search=g5&take=500");
        Assert.Contains("aws:g5.12xlarge:us-east-1", instances.Value("items")!.AsArray().Select(item => (string)item!["key"]!));
        Assert.All(instances.Value("items")!.AsArray(), item => Assert.Equal("aws", (string)item!["cloud"]!));
        var models = await host.GetAsync("/catalog/models?search=llama%2070B&take=500");
        var model = Assert.Single(models.Value("items")!.AsArray(), item => (string)item!["key"]! == "llama-3-70b")!;
        Assert.Equal((80, 8192, 8, 128), ((int)model["layers"]!, (int)model["hiddenSize"]!, (int)model["kvHeads"]!, (int)model["headDim"]!));
        Assert.Equal(128_256, (int)model["architecture"]!["vocabularySize"]!);
        var gpus = (await host.GetAsync("/catalog/gpus?sort=memoryGb&descending=true&take=2")).Value("items")!.AsArray();
        Assert.True((decimal)gpus[0]!["memoryGb"]! >= (decimal)gpus[1]!["memoryGb"]!);
    }

    [Theory]
    [InlineData("prices", "take=0", "take")]
    [InlineData("prices", "take=x", "take")]
    [InlineData("prices", "skip=-1", "skip")]
    [InlineData("prices", "skip=99999999999", "skip")]
    [InlineData("prices", "sort=colour", "sort")]
    [InlineData("prices", "includeRetired=perhaps", "includeRetired")]
    [InlineData("instances", "descending=2", "descending")]
    [InlineData("models", "sort=7", "sort")]
    [InlineData("gpus", "take=501", "take")]
    public async Task Query_that_cannot_be_read_is_refused_by_name(string list, string query, string name) =>
        ApiClient.IsProblem(await host.GetAsync($"/catalog/{list}?{query}"), 400, name);

    [Theory]
    [InlineData("together_ai:meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo")]
    [InlineData("test:plain")]
    [InlineData("test:a/b/c@eu-west-1")]
    [InlineData("test:ünï+%25")]
    public async Task Keys_with_slashes_are_addresses_escaped_or_not(string name)
    {
        var price = Price($"{name}-{Interlocked.Increment(ref _keys)}", 1);
        var key = (string)price["key"]!;
        var added = await host.PostAsync("/catalog/prices", price);
        Assert.Equal(201, (int)added.Status);

        var escaped = Uri.EscapeDataString(key);
        foreach (var id in new[] { escaped, escaped.Replace("%2F", "/", StringComparison.Ordinal) })
        {
            Assert.Equal(key, (string)(await host.GetAsync($"/catalog/prices/{id}")).Value("key")!);
            Assert.Equal(1, (int)(await host.GetAsync($"/catalog/prices/{id}/history")).Value("total")!);
        }

        using var client = host.CreateClient();
        Assert.Contains(key, (string)JsonNode.Parse(await client.GetStringAsync(added.Message.Headers.Location))!["id"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Price_of_ones_own_applies_until_it_is_retired_and_leaves_a_history()
    {
        var key = NewKey();
        var added = await host.PostAsync("/catalog/prices", Price(key, 1));
        Assert.Equal(201, (int)added.Status);
        Assert.Equal(1_000, await CostOfAsync(key));

        ApiClient.IsProblem(await host.PutAsync($"/catalog/prices/{key}", Price(key, 2), ifMatch: null), 428, "If-Match");
        ApiClient.IsProblem(await host.PutAsync($"/catalog/prices/{key}", Price("other:key", 2), added.Tag), 400, "key");
        var edited = await host.PutAsync($"/catalog/prices/{key}", Price(key, 2), added.Tag);
        Assert.Equal(200, (int)edited.Status);
        var stale = await host.PutAsync($"/catalog/prices/{key}", Price(key, 3), added.Tag);
        ApiClient.IsProblem(stale, 412);
        Assert.Equal(2, (int)stale.Value("currentVersion")!);
        Assert.Equal(2_000, await CostOfAsync(key));

        var history = (await host.GetAsync($"/catalog/prices/{key}/history")).Value("items")!.AsArray();
        Assert.Equal([2m, 1m], history.Select(entry => (decimal)entry!["prices"]!["inputUsdPerM"]!));

        Assert.Equal(204, (int)(await host.DeleteAsync($"/catalog/prices/{key}")).Status);
        Assert.Equal(0, (int)(await host.GetAsync($"/catalog/prices?search={key}")).Value("total")!);
        Assert.Equal(1, (int)(await host.GetAsync($"/catalog/prices?search={key}&includeRetired=true")).Value("total")!);
        Assert.Equal(2_000, await CostOfAsync(key));
        Assert.Equal(200, (int)(await host.PostAsync($"/catalog/prices/{key}/restore", null)).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"/catalog/prices/{key}/override"), 400, "prices");
    }

    [Fact]
    public async Task Shipped_price_can_be_overridden_and_the_override_dropped()
    {
        const string path = "/catalog/prices/cohere:embed-english-v3.0";
        var shipped = await host.GetAsync(path);
        var edit = shipped.Body!.DeepClone();
        edit["prices"]!["inputUsdPerM"] = 0.25m;

        var edited = await host.PutAsync(path, edit, shipped.Tag);
        Assert.Equal(0.25m, (decimal)edited.Value("prices")!["inputUsdPerM"]!);
        Assert.True((bool)edited.Value("state")!["overridden"]!);
        edit["name"] = "Another name";
        ApiClient.IsProblem(await host.PutAsync(path, edit, edited.Tag), 400, "name");

        var cleared = await host.DeleteAsync($"{path}/override", edited.Tag);
        Assert.Equal((decimal)shipped.Value("prices")!["inputUsdPerM"]!, (decimal)cleared.Value("prices")!["inputUsdPerM"]!);
    }

    [Fact]
    public async Task Instance_of_ones_own_is_added_edited_and_retired()
    {
        var key = NewKey();
        var instance = JsonNode.Parse($$"""
            {
              "key": "{{key}}", "cloud": "mine", "type": "box", "region": "cellar", "gpu": "L4", "gpuCount": 1, "gpuMemoryGb": 24,
              "prices": { "onDemandUsd": 0.5 }
            }
            """)!;
        var added = await host.PostAsync("/catalog/instances", instance);
        Assert.Equal(201, (int)added.Status);
        instance["prices"]!["onDemandUsd"] = 0.75;
        var edited = await host.PutAsync($"/catalog/instances/{key}", instance, added.Tag);
        Assert.Equal(0.75m, (decimal)edited.Value("prices")!["onDemandUsd"]!);
        Assert.Equal(204, (int)(await host.DeleteAsync($"/catalog/instances/{key}", edited.Tag)).Status);
        Assert.Equal(200, (int)(await host.PostAsync($"/catalog/instances/{key}/restore", null)).Status);
        ApiClient.IsProblem(await host.PostAsync("/catalog/instances", instance), 400, "key");
    }

    [Theory]
    [InlineData("models", "qwen3-4b", "parametersB", 4.5)]
    [InlineData("gpus", "MI210", "bandwidthGbPerSecond", 1700)]
    [InlineData("engines", "sglang", "maxSequences", 512)]
    public async Task Shipped_facts_are_overridden_as_a_whole_and_the_override_dropped(string list, string key, string field, double value)
    {
        var path = $"/catalog/{list}/{key}";
        var shipped = await host.GetAsync(path);
        var before = (double)shipped.Value(field)!;
        var edit = shipped.Body!.DeepClone();
        edit[field] = value;
        edit["note"] = "Measured here";

        ApiClient.IsProblem(await host.PutAsync(path, edit, ifMatch: null), 428, "If-Match");
        var edited = await host.PutAsync(path, edit, shipped.Tag);
        Assert.Equal((value, "user", "Measured here"), ((double)edited.Value(field)!, (string)edited.Value("provenance")!["source"]!, (string)edited.Value("note")!));
        Assert.Equal(before, (double)edited.Value("shipped")![field]!);
        ApiClient.IsProblem(await host.PutAsync(path, edit, shipped.Tag), 412);
        Assert.Contains(key, (await host.GetAsync($"/catalog/{list}?onlyYours=true")).Value("items")!.AsArray().Select(item => (string)item!["key"]!));

        var reset = await host.DeleteAsync($"{path}/override", edited.Tag);
        Assert.Equal((before, (string?)null), ((double)reset.Value(field)!, (string?)reset.Value("note")));
        Assert.Equal(204, (int)(await host.DeleteAsync(path, reset.Tag)).Status);
        Assert.DoesNotContain(key, (await host.GetAsync($"/catalog/{list}?take=500")).Value("items")!.AsArray().Select(item => (string)item!["key"]!));
        Assert.Equal(200, (int)(await host.PostAsync($"{path}/restore", null)).Status);
    }

    [Fact]
    public async Task Model_without_its_shape_and_engine_of_ones_own_are_added()
    {
        var key = NewKey();
        var added = await host.PostAsync("/catalog/models", JsonNode.Parse($$"""
            { "key": "{{key}}", "name": "Secret", "kind": "dense", "parametersB": 3, "activeParametersB": 3, "contextTokens": 8192, "license": "own" }
            """)!);
        Assert.Equal(201, (int)added.Status);
        Assert.Null(added.Value("architecture"));
        Assert.Null(added.Value("layers"));
        ApiClient.IsProblem(await host.DeleteAsync($"/catalog/models/{key}/override", added.Tag), 400, "");

        var engine = await host.PostAsync("/catalog/engines", JsonNode.Parse($$"""
            { "key": "{{key}}", "name": "Mine", "timing": "vllm", "maxSequences": 64, "chunkTokens": 2048, "precisions": [ "bf16" ], "license": "own" }
            """)!);
        Assert.Equal(1m, (decimal)engine.Value("speedFactor")!);
    }

    [Theory]
    [InlineData("models", "qwen3-8b", "kvHeads", "9", "kvHeads")]
    [InlineData("models", "qwen3-8b", "kind", "\"odd\"", "kind")]
    [InlineData("models", "qwen3-8b", "activeParametersB", "9", "activeParametersB")]
    [InlineData("models", "qwen3-8b", "parametersB", "1e999", "parametersB")]
    [InlineData("models", "qwen3-8b", "name", "null", "name")]
    [InlineData("models", "qwen3-8b", "aliases", "[ \"a\", null ]", "aliases[1]")]
    [InlineData("gpus", "L40S", "bandwidthGbPerSecond", "0", "bandwidthGbPerSecond")]
    [InlineData("gpus", "L40S", "usableMemoryGib", "64", "usableMemoryGib")]
    [InlineData("gpus", "L40S", "fp8Tflops", "-1", "fp8Tflops")]
    [InlineData("engines", "tgi", "timing", "\"tgi\"", "timing")]
    [InlineData("engines", "tgi", "precisions", "[]", "precisions")]
    [InlineData("engines", "tgi", "precisions", "[ \"fp3\" ]", "precisions")]
    [InlineData("engines", "tgi", "speedFactor", "11", "speedFactor")]
    public async Task Fact_that_cannot_be_is_refused_by_its_field(string list, string key, string field, string json, string path)
    {
        var row = await host.GetAsync($"/catalog/{list}/{key}");
        var text = row.Body!.DeepClone();
        text[field] = "<fault>";

        var answer = await host.SendAsync(HttpMethod.Put, $"/catalog/{list}/{key}", text.ToJsonString().Replace("\"\\u003Cfault\\u003E\"", json, StringComparison.Ordinal), row.Tag);

        ApiClient.IsProblem(answer, 400, path);
    }

    [Theory]
    [InlineData("""{ "prices": { "inputUsdPerM": 1 } }""", "key")]
    [InlineData("""{ "key": "a b", "seller": "s", "name": "n", "mode": "chat", "prices": { "inputUsdPerM": 1 } }""", "key")]
    [InlineData("""{ "key": "k", "seller": "s", "name": "n", "mode": "chat", "prices": {} }""", "prices")]
    [InlineData("""{ "key": "k", "seller": "s", "name": "n", "mode": "chat" }""", "prices")]
    [InlineData("""{ "key": "k", "seller": "s", "name": "n", "mode": "chat", "prices": { "inputUsdPerM": -1 } }""", "prices.inputUsdPerM")]
    [InlineData("""{ "key": "k", "seller": "s", "name": "n", "mode": "chat", "prices": { "inputUsdPerM": 1e400 } }""", "prices.inputUsdPerM")]
    [InlineData("""{ "key": "k", "seller": "s", "name": "n", "mode": "chat", "prices": { "inputUsdPerM": 1, "tiers": [ null ] } }""", "prices.tiers[0]")]
    [InlineData("""{ "key": "k", "seller": "s", "name": "n", "mode": "chat", "contextTokens": 1.5, "prices": { "inputUsdPerM": 1 } }""", "contextTokens")]
    public async Task Price_with_a_fault_is_refused_by_its_field(string body, string path) =>
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/catalog/prices", body), 400, path);

    [Fact]
    public async Task Unknown_rows_are_not_found()
    {
        ApiClient.IsProblem(await host.GetAsync("/catalog/prices/no:body"), 404);
        ApiClient.IsProblem(await host.GetAsync("/catalog/prices/no/body/history"), 404);
        ApiClient.IsProblem(await host.GetAsync("/catalog/prices/no/body/quotes"), 404);
        ApiClient.IsProblem(await host.GetAsync("/catalog/instances/no/body/history"), 404);
        ApiClient.IsProblem(await host.GetAsync("/catalog/prices?asOf=yesterday"), 400, "asOf");
        ApiClient.IsProblem(await host.GetAsync("/catalog/instances?asOf=2026-13-01"), 400, "asOf");
        ApiClient.IsProblem(await host.GetAsync("/catalog/models/no/body"), 404);
        ApiClient.IsProblem(await host.GetAsync("/catalog/gpus/nobody"), 404);
        ApiClient.IsProblem(await host.GetAsync("/catalog/engines/nobody"), 404);
        ApiClient.IsProblem(await host.DeleteAsync("/catalog/instances/no:body"), 404);
        ApiClient.IsProblem(await host.PutAsync("/catalog/instances/no:body", new JsonObject(), "\"v1\""), 404);
    }

    private static string NewKey() => $"test:row-{Interlocked.Increment(ref _keys)}";

    private static JsonNode Price(string key, decimal usdPerM) => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "key": "{{key}}", "seller": "test", "name": "A model", "mode": "chat",
          "prices": { "inputUsdPerM": {{usdPerM}}, "outputUsdPerM": {{usdPerM}} }
        }
        """))!;

    /// <summary>A month of 10⁹ tokens at the sheet's price: 1,000 times the price per million.</summary>
    private async Task<decimal> CostOfAsync(string key)
    {
        var scenario = JsonNode.Parse($$"""
            {
              "name": "Cost", "workload": { "requestsPerMonth": 1000000, "inputTokens": 600, "outputTokens": 400 },
              "options": [ { "kind": "api", "id": "api", "name": "API", "priceKey": "{{key}}" } ]
            }
            """);
        return (decimal)(await host.PostAsync("/evaluate", scenario)).Value("options")![0]!["ongoingMonthlyUsd"]!;
    }
}
