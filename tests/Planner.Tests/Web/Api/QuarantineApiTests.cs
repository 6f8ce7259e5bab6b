using System.Text;
using System.Text.Json.Nodes;
using Planner.Tests.Data.Feeds;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>The review of rows that are held back, on an app of its own.</summary>
public class QuarantineApiTests(FeedsApiTests.FeedsHost host) : IClassFixture<FeedsApiTests.FeedsHost>
{
    private const string WrongUnit = "/feeds/quarantine/litellm/umbra/wrong-unit";

    [Fact]
    public async Task Row_is_rejected_opened_again_and_accepted()
    {
        // As many ordinary models as are shipped, so that the file is not refused for having lost them.
        var ordinary = Encoding.UTF8.GetString(LiteLlmFixture.Plain(120)).TrimEnd('}');
        host.Source.Serve(Encoding.UTF8.GetBytes(ordinary + """
            }, "umbra/wrong-unit": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0.135, "output_cost_per_token": 0.54 },
            "umbra/dear-output": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0.0002, "output_cost_per_token": 0.002 } }
            """));
        Assert.Equal("published", (string)(await host.PostAsync("/feeds/litellm/refresh", null)).Value("status")!);
        Assert.Equal(["umbra/dear-output", "umbra/wrong-unit"], await KeysAsync("?decided=false&feed=litellm"));
        Assert.Equal(["umbra/wrong-unit"], await KeysAsync("?search=wrong"));
        Assert.Empty(await KeysAsync("?feed=vantage"));

        Assert.Equal("rejected", (string)(await DecideAsync("rejected")).Value("row")!["decision"]!);
        Assert.Equal(["umbra/wrong-unit"], await KeysAsync("?decided=true"));
        Assert.Null((await DecideAsync("open")).Value("row")!["decision"]);

        var accepted = await DecideAsync("accepted");
        Assert.Equal(200, (int)accepted.Status);
        Assert.Equal(("accepted", "review"), ((string)accepted.Value("row")!["decision"]!, (string)accepted.Value("run")!["trigger"]!));
        Assert.Equal(135_000m, (decimal)(await host.GetAsync("/catalog/prices/umbra:wrong-unit")).Value("prices")!["inputUsdPerM"]!);
        ApiClient.IsProblem(await DecideAsync("rejected"), 400, "decision");

        // An escaped slash is the same slash.
        Assert.Equal(200, (int)(await host.PostAsync("/feeds/quarantine/litellm/umbra%2Fdear-output", new JsonObject { ["decision"] = "ignored" })).Status);
        Assert.Empty(await KeysAsync("?decided=false"));
    }

    [Fact]
    public async Task What_cannot_be_decided_is_refused_by_name()
    {
        ApiClient.IsProblem(await DecideAsync("maybe"), 400, "decision");
        ApiClient.IsProblem(await host.PostAsync(WrongUnit, new JsonObject()), 400, "decision");
        ApiClient.IsProblem(await host.PostAsync("/feeds/quarantine/litellm/nothing", new JsonObject { ["decision"] = "open" }), 404);
        ApiClient.IsProblem(await host.PostAsync("/feeds/quarantine/nobody/x", new JsonObject { ["decision"] = "accepted" }), 404);
        ApiClient.IsProblem(await host.GetAsync("/feeds/quarantine?decided=perhaps&take=0"), 400, "decided", "take");
    }

    private Task<Answer> DecideAsync(string decision) => host.PostAsync(WrongUnit, new JsonObject { ["decision"] = decision });

    private async Task<List<string>> KeysAsync(string query) =>
        [.. (await host.GetAsync("/feeds/quarantine" + query)).Value("items")!.AsArray().Select(item => (string)item!["sourceKey"]!).Order(StringComparer.Ordinal)];
}
