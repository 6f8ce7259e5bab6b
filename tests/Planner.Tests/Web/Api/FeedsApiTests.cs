using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Planner.Tests.Data.Feeds;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Feeds on an app of their own, as runs change the catalog.</summary>
public class FeedsApiTests(FeedsApiTests.FeedsHost host) : IClassFixture<FeedsApiTests.FeedsHost>
{
    private static readonly string[] RunMembers =
    [
        "id", "feedId", "trigger", "startedUtc", "status", "reason", "rowsRead", "published", "added", "changed", "retired", "unavailable", "warnings",
        "currency", "quarantined", "durationMs", "changes",
    ];

    [Fact]
    public async Task Feeds_are_listed_with_their_schedule()
    {
        var feeds = (await host.GetAsync("/feeds")).Body!.AsArray();
        var feed = feeds.Single(feed => (string)feed!["id"]! == "litellm")!;
        Assert.True(feeds.Count > 1, "There is one feed only.");
        Assert.NotEmpty((string)feed["cron"]!);
        Assert.False((bool)feed["enabled"]!);
    }

    [Fact]
    public async Task File_is_imported_and_its_run_is_kept()
    {
        var run = await UploadAsync(LiteLlmFixture.Plain(120, lastUsdPerToken: "0.135"));
        Assert.Equal(200, (int)run.Status);
        Assert.Equal("published", (string)run.Value("status")!);
        Assert.Equal("upload", (string)run.Value("trigger")!);
        Assert.Equal((120, 119), ((int)run.Value("rowsRead")!, (int)run.Value("published")!));
        Assert.Equal("USD", (string)run.Value("currency")!);
        Assert.Equal("m119", (string)Assert.Single(run.Value("quarantined")!.AsArray())!["key"]!);
        Assert.All(RunMembers, member => Assert.True(run.Body!.AsObject().ContainsKey(member), member));

        var id = (long)run.Value("id")!;
        Assert.True(JsonNode.DeepEquals(run.Body, (await host.GetAsync($"/feeds/runs/{id}")).Body));
        Assert.Contains(id, (await host.GetAsync("/feeds/runs?feed=litellm&take=500")).Value("items")!.AsArray().Select(item => (long)item!["id"]!));
        Assert.Equal(1, (decimal)(await host.GetAsync("/catalog/prices/acme:m7")).Value("prices")!["inputUsdPerM"]!);
    }

    [Fact]
    public async Task Broken_file_is_a_refused_run_with_its_reason()
    {
        var run = await UploadAsync("{ \"half\": "u8.ToArray());
        Assert.Equal(200, (int)run.Status);
        Assert.Equal("refused", (string)run.Value("status")!);
        Assert.NotEmpty((string)run.Value("reason")!);
    }

    [Fact]
    public async Task Source_that_has_no_file_is_a_failed_run()
    {
        host.Source.Fail(404);
        var run = await host.PostAsync("/feeds/litellm/refresh", null);
        Assert.Equal(200, (int)run.Status);
        Assert.Equal("failed", (string)run.Value("status")!);
        Assert.Equal("manual", (string)run.Value("trigger")!);
    }

    [Fact]
    public async Task Form_without_the_file_is_refused_by_name()
    {
        ApiClient.IsProblem(await UploadAsync("{}"u8.ToArray(), field: "other"), 400, "file");
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/feeds/litellm/import", "{}"), 415);
        using var cutOff = new HttpRequestMessage(HttpMethod.Post, "/api/v1/feeds/litellm/import");
        cutOff.Content = new StringContent("--x\r\nContent-", Encoding.ASCII);
        cutOff.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        ApiClient.IsProblem(await host.SendAsync(cutOff), 400, "file");
    }

    [Fact]
    public async Task Unknown_feeds_and_runs_are_not_found()
    {
        ApiClient.IsProblem(await host.PostAsync("/feeds/nobody/refresh", null), 404);
        ApiClient.IsProblem(await host.GetAsync("/feeds/runs/999999"), 404);
        ApiClient.IsProblem(await host.GetAsync("/feeds/runs/first"), 404);
        ApiClient.IsProblem(await host.GetAsync("/feeds/runs?take=0"), 400, "take");
    }

    [Fact]
    public async Task Second_source_and_the_past_of_a_machine_are_told()
    {
        const string path = "/catalog/instances/aws:g5.12xlarge:us-west-2-lax-1";
        await UploadAsync(InstanceFixture.Bytes(InstanceFixture.Vantage), feed: "vantage");
        await UploadAsync(InstanceFixture.Replace(InstanceFixture.Vantage, "\"6.806\"", "\"7.5\""), feed: "vantage");
        Assert.Empty((await host.GetAsync($"{path}/quotes")).Body!.AsArray());
        await UploadAsync(InstanceFixture.Replace(InstanceFixture.Aws, "6.806,,us-east-1,use1-bos1-az1", "6.806,2.5,us-west-2-lax-1,usw2-lax1-az1"), feed: "skypilot-aws");

        var quote = Assert.Single((await host.GetAsync($"{path}/quotes")).Body!.AsArray())!;
        Assert.Equal(("skypilot-aws", 6.806m, 2.5m), ((string)quote["feedId"]!, (decimal)quote["prices"]!["onDemandUsd"]!, (decimal)quote["prices"]!["spotUsd"]!));
        Assert.Null(quote["prices"]!["reserved1YUsd"]);
        Assert.Empty(quote["dated"]!.AsArray());
        var history = await host.GetAsync($"{path}/history");
        Assert.Equal(2, (int)history.Value("total")!);
        Assert.Equal([7.5m, 6.806m], history.Value("items")!.AsArray().Select(entry => (decimal)entry!["prices"]!["onDemandUsd"]!));
        Assert.All(history.Value("items")!.AsArray(), entry => Assert.Equal(("vantage", true), ((string)entry!["source"]!, (long)entry["feedRunId"]! > 0)));
        var other = Assert.Single((await host.GetAsync(path)).Value("otherQuotes")!.AsArray())!;
        Assert.Equal((6.806m, "skypilot-aws"), ((decimal)other["prices"]!["onDemandUsd"]!, (string)other["provenance"]!["source"]!));
    }

    [Fact]
    public async Task Second_source_of_a_price_sheet_is_told_with_its_prices_of_other_days()
    {
        await UploadAsync(LiteLlmFixture.Plain(120));
        const string file = """
            { "vendor": "acme", "models": [ { "id": "m7", "name": "M7", "price_history": [
              { "input": 1, "output": 1.5, "input_cached": null, "from_date": null, "to_date": "2026-01-01" },
              { "input": 1, "output": 2.5, "input_cached": null, "from_date": "2026-01-01", "to_date": null } ] } ] }
            """;
        await UploadAsync(Encoding.UTF8.GetBytes(file), feed: "llm-prices");

        var quote = Assert.Single((await host.GetAsync("/catalog/prices/acme:m7/quotes")).Body!.AsArray())!;

        Assert.Equal(("llm-prices", 1m, 2.5m), ((string)quote["feedId"]!, (decimal)quote["prices"]!["inputUsdPerM"]!, (decimal)quote["prices"]!["outputUsdPerM"]!));
        Assert.Equal([1.5m, 2.5m], quote["dated"]!.AsArray().Select(dated => (decimal)dated!["prices"]!["outputUsdPerM"]!));
        Assert.Equal(2m, (decimal)(await host.GetAsync("/catalog/prices/acme:m7")).Value("prices")!["outputUsdPerM"]!);
    }

    private async Task<Answer> UploadAsync(byte[] file, string field = "file", string feed = "litellm")
    {
        using var form = new MultipartFormDataContent { { new StringContent("by hand"), "note" }, { new ByteArrayContent(file), field, "prices.json" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/feeds/{feed}/import") { Content = form };
        return await host.SendAsync(request);
    }

    /// <summary>An app whose feed is served by this process.</summary>
    public sealed class FeedsHost : PlannerHost, IAsyncLifetime
    {
        private readonly Dictionary<string, string> _settings = [];

        internal FeedServer Source { get; private set; } = null!;

        public override IReadOnlyDictionary<string, string> Settings => _settings;

        public async ValueTask InitializeAsync()
        {
            Source = await FeedServer.StartAsync();
            _settings["Feeds:litellm:Url"] = Source.Url;
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Source.DisposeAsync();
        }
    }
}
