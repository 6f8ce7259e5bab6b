using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Actuals;
using Planner.Data.Entities;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Actuals;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>From a log and a fleet's hours to the figures of a month, by hand.</summary>
public sealed class ActualsApiTests(ActualsApiTests.OwnHost host) : IClassFixture<ActualsApiTests.OwnHost>
{
    private static readonly SelfHostOption Own = Documents.Fleet() with { Model = null, InstanceKey = null, InstanceUsdPerHour = 5 };

    [Fact]
    public async Task A_log_becomes_the_actual_cost_and_tokens_of_an_api()
    {
        var id = await StoreAsync();
        await LinkAsync(id, "api");

        var answer = await host.GetAsync($"/scenarios/{id}/actuals?option=api");
        Assert.Equal((200, "api", 1), ((int)answer.Status, (string)answer.Value("optionId")!, (int)answer.Value("version")!));
        var months = answer.Value("months")!.AsArray();
        Assert.Equal(["2026-09", "2026-10"], months.Select(month => (string)month!["month"]!));
        // 30 days of $400 against a plan of $7,500; ten of 31 days of October.
        Assert.Equal((7_500, 12_000, 0.6), Cost(months[0]!));
        Assert.Equal((7_500, 12_400, 0.6533), Cost(months[1]!));
        Assert.Equal((true, false), ((bool)months[0]!["isWhole"]!, (bool)months[1]!["isWhole"]!));
        Assert.Equal((10, 31), ((int)months[1]!["coverage"]![0]!["covered"]!, (int)months[1]!["coverage"]![0]!["of"]!));
        Assert.Equal(30e6, (double)Figure(months[0]!, "inputTokens")["actual"]!["value"]!);
        Assert.Null(Figure(months[0]!, "utilization")["actual"]!["value"]);
        Assert.NotEmpty((string)Figure(months[0]!, "utilization")["actual"]!["unknown"]!);
        // Two instances at $5 for 720 hours carry it: $7,200 of what cost $12,000.
        var change = Assert.Single(answer.Value("advice")!["changes"]!.AsArray())!;
        Assert.Equal(("cheapest", 7_200m, 4_800m), ((string)change["id"]!, (decimal)change["monthlyUsd"]!, (decimal)change["savingUsd"]!));
        Assert.Null(change["scenario"]);
    }

    [Fact]
    public async Task A_model_that_the_workload_does_not_have_is_refused_rather_than_counted_as_nothing()
    {
        var id = await StoreAsync();
        await LinkAsync(id, "api");
        var set = (long)Assert.Single((await host.GetAsync($"/scenarios/{id}/usage-links")).Body!.AsArray())!["usageSetId"]!;

        Assert.Equal(200, (int)(await host.PutAsync($"/scenarios/{id}/usage-links/api", new JsonObject { ["usageSetId"] = set, ["models"] = new JsonArray("gpt-4o") }, null)).Status);
        ApiClient.IsProblem(await host.PutAsync($"/scenarios/{id}/usage-links/api", new JsonObject { ["usageSetId"] = set, ["models"] = new JsonArray("gpt-4o", "nope") }, null), 400, "models");
    }

    [Fact]
    public async Task A_fleets_hours_become_its_cost_utilization_and_latency()
    {
        var id = await StoreAsync();
        await WatchAsync(id, 3);

        // The only option with a source is the one that is asked for.
        var answer = await host.GetAsync($"/scenarios/{id}/actuals");
        Assert.Equal("self", (string)answer.Value("optionId")!);
        var month = Assert.Single(answer.Value("months")!.AsArray())!;
        // 3 × 720 h × $5 of a planned 2 × 720 h; 450,000 tokens an hour of 3 × 125 × 3,600.
        Assert.Equal((7_200, 10_800, 0.5), Cost(month));
        Assert.Equal(0.3333, Math.Round((double)Figure(month, "utilization")["actual"]!["value"]!, 4));
        Assert.Equal(("s", 0.5, true), ((string)Figure(month, "ttftP95")["unit"]!, (double)Figure(month, "ttftP95")["actual"]!["value"]!, (bool)Figure(month, "ttftP95")["actual"]!["isAbove"]!));
        Assert.Contains(answer.Value("advice")!["changes"]!.AsArray(), change => (string)change!["id"]! == "instances" && (decimal)change["savingUsd"]! == 7_200);
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        var id = await StoreAsync();
        ApiClient.IsProblem(await host.GetAsync("/scenarios/nobody/actuals"), 404);
        ApiClient.IsProblem(await host.GetAsync($"/scenarios/{id}/actuals?option=none"), 400, "option");
        var empty = await host.GetAsync($"/scenarios/{id}/actuals");
        Assert.Equal((200, 0), ((int)empty.Status, empty.Value("months")!.AsArray().Count));
        Assert.NotEmpty((string)empty.Value("advice")!["nothing"]!);
    }

    private static JsonNode Figure(JsonNode month, string measure) => month["figures"]!.AsArray().Single(figure => (string)figure!["measure"]! == measure)!;

    private static (double Plan, double Actual, double Error) Cost(JsonNode month) => Figure(month, "cost") is var cost
        ? (Math.Round((double)cost["plan"]!["value"]!, 6), Math.Round((double)cost["actual"]!["value"]!, 6), Math.Round((double)cost["errorShare"]!, 4)) : default;

    private async Task<string> StoreAsync()
    {
        var stored = await host.PostAsync("/scenarios", JsonNode.Parse(ScenarioJson.Write(Measured.Chat(Documents.Api(), Own))));
        Assert.Equal(201, (int)stored.Status);
        return (string)stored.Value("id")!;
    }

    /// <summary>A million prompt and 100,000 generated tokens a day for $400, from September to 10 October.</summary>
    private async Task LinkAsync(string scenarioId, string option)
    {
        var log = new StringBuilder("day,model,requests,input,output,usd\n");
        for (var day = new DateOnly(2026, 9, 1); day <= new DateOnly(2026, 10, 10); day = day.AddDays(1))
            log.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},gpt-4o,2500,1000000,100000,400\n");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(log.ToString())), "file", "log.csv" },
            { new StringContent("""{"rowIsRequest":false,"start":"day","model":"model","requests":"requests","input":"input","output":"output","cost":"usd"}"""), "mapping" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage/imports") { Content = form };
        var set = (long)(await host.SendAsync(request)).Value("setId")!;
        Assert.True(await host.Services.GetRequiredService<UsageLinkStore>().SetAsync(new UsageLink(scenarioId, option, set, [])));
    }

    private async Task WatchAsync(string scenarioId, decimal instances)
    {
        var target = await host.Services.GetRequiredService<FleetStore>().AddAsync(
            scenarioId, new FleetTargetDraft("self", "Cellar", FleetTargetKinds.Metrics, [new Uri("http://127.0.0.1:1/metrics")], null, instances, 30));
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        for (var hour = 0; hour < 720; hour++)
        {
            context.Add(new FleetHourRow
            {
                TargetId = target!.Id,
                Hour = (long)(Measured.Start(9, hour: 0).AddHours(hour) - DateTime.UnixEpoch).TotalHours,
                Seconds = 3600,
                PromptTokens = 400_000,
                GeneratedTokens = 50_000,
                Requests = 1_000,
                TtftJson = "[[0.1,0.5],[40,50,10],[]]",
            });
        }

        await context.SaveChangesAsync();
    }

    /// <summary>An app of its own, so that nobody else measures in it.</summary>
    public sealed class OwnHost : PlannerHost;
}
