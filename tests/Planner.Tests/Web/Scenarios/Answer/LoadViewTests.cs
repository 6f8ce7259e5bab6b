using System.Net;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Answer;

/// <summary>10 M requests of 500 tokens in 720 hours: 1,929 tokens/s on average, at 125 a replica and g5.12xlarge.</summary>
public class LoadViewTests
{
    private static readonly HybridOption Mix = new() { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };

    private static AnswerModel Of(Scenario scenario) => AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));

    private static Scenario Chat(LoadShape shape, params Option[] options)
    {
        var scenario = Documents.Chat(options);
        return scenario with { Workload = scenario.Workload with { Shape = shape } };
    }

    private static SelfHostOption Fleet(string sizing = FleetSizings.WeeklyPeak) => Documents.Fleet(sizing, null);

    private static async Task<string> TabAsync(AnswerModel model)
    {
        using var renderer = TestRenderer.Create();
        return WebUtility.HtmlDecode(await renderer.RenderAsync<AnswerView>(("Model", model), ("Tab", "load")));
    }

    [Fact]
    public void Title_says_when_the_load_is_highest_and_how_far_above_the_mean()
    {
        Assert.Equal("Every hour of the week has the same load: 3.86 requests a second.", Of(Documents.Chat(Documents.Api())).Load.Title);
        // 3 × 168 ÷ 170 = 2.96.
        var peaked = Of(Chat(new LoadShape { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Range(0, 168).Select(hour => hour == 34 ? 3m : 1m)] }, Documents.Api())).Load;
        Assert.Equal("The load is highest on Tuesday 10:00: 11.44 requests a second, 2.96 times the mean.", peaked.Title);
    }

    [Fact]
    public void Bursts_within_the_hour_are_said_apart() => Assert.Equal(
        "Every hour of the week has the same load, with moments of 2 times it: 3.86 requests a second on average.",
        Of(Chat(new LoadShape { PeakToMean = 2 }, Documents.Api())).Load.Title);

    [Fact]
    public void Hours_beyond_what_runs_are_counted_and_spare_replicas_carry_nothing()
    {
        // 16 instances carry 2,000 of 1,929 tokens/s; with one of them spare 1,875.
        var full = Of(Documents.Chat(Documents.Fleet(instances: 16))).Load.Fleets[0];
        Assert.Equal("What runs carries the load in every hour of the week.", full.Title);
        var spared = Of(Documents.Chat(Documents.Fleet(instances: 16) with { Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 16, SpareReplicas = 1 } })).Load.Fleets[0];
        Assert.Equal("In 168 of 168 hours the load exceeds what runs.", spared.Title);
        Assert.Equal(1_875, spared.Limit[0], 0.001);
        Assert.True(spared.Load[0] > spared.Limit[0]);
    }

    [Fact]
    public void A_full_fleet_is_not_over()
    {
        // 125 × 720 × 3600 ÷ 500 = 648,000 requests fill one replica to the last token.
        var scenario = Documents.Chat(Documents.Fleet(instances: 1));
        var fleet = Of(scenario with { Workload = scenario.Workload with { RequestsPerMonth = 648_000 } }).Load.Fleets[0];
        Assert.DoesNotContain(Enumerable.Range(0, 168), hour => fleet.Load[hour] > fleet.Limit[hour]);
    }

    [Fact]
    public void Cheapest_mix_is_named_with_its_saving_and_can_be_bought()
    {
        // 16 × 720 h: $65,341.44 on demand at $5.672, $28,227.46 for three years at $2.4503.
        var purchases = Of(Documents.Chat(Fleet())).Load.Fleets[0].Purchases!;
        Assert.Equal("Bought in the cheapest mix, these hours cost $37,114 a month less (57 %).", purchases.Title);
        Assert.Equal(["As stated", "All on demand", "Cheapest mix"], purchases.Rows.Select(row => row.Name));
        Assert.Equal(["16 reserved 3 years all month: $28,227.46"], purchases.Rows[2].Parts);
        Assert.True(purchases.CanBuy);
    }

    [Theory]
    [InlineData(ShapeKinds.Flat)]
    [InlineData(ShapeKinds.BusinessHours)]
    [InlineData(ShapeKinds.ConsumerEvening)]
    public void What_is_bought_costs_what_was_compared(string shape)
    {
        var fleet = Fleet(FleetSizings.Hourly) with { Purchase = [new PurchaseShare { Kind = PurchaseKinds.Reserved1Y, Share = 0.4m }, new PurchaseShare { Share = 0.6m }] };
        var compared = Of(Chat(new LoadShape { Kind = shape }, fleet)).Load.Fleets[0].Purchases!.Rows[2].MonthlyUsd;

        var bought = Of(Chat(new LoadShape { Kind = shape }, FleetEdits.BoughtCheapest(fleet, Documents.Catalog.Instances[fleet.InstanceKey!])));
        Assert.Equal((double)compared, (double)bought.Options[0].Result.OngoingMonthlyUsd!.Value, 0.001);
        Assert.False(bought.Load.Fleets[0].Purchases!.CanBuy);
    }

    [Fact]
    public void Mix_says_who_serves_what()
    {
        // 15 of 15.432 units.
        var mix = Of(Documents.Chat(Documents.Api(15, 15), Fleet(), Mix)).Load.Mixes[0];
        Assert.Equal("Fleet serves 97.2 % of the requests, API takes 2.8 %.", mix.Sentence);
        Assert.Equal("15 instances at the busiest hour, 100 % used", mix.Base);
        Assert.Equal("No base fleet pays at this volume: API serves all requests.", Of(Documents.Chat(Documents.Api(), Fleet(), Mix)).Load.Mixes[0].Sentence);
    }

    [Fact]
    public void Fleet_of_unknown_throughput_is_named_with_the_reason()
    {
        var load = Of(Documents.Chat(Documents.Api(), Fleet() with { Throughput = new Throughput() })).Load;
        Assert.Empty(load.Fleets);
        Assert.StartsWith("Fleet: its hours are not known. The throughput is unknown", Assert.Single(load.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tab_shows_the_load_the_instances_and_the_ways_of_buying()
    {
        var html = await TabAsync(Of(Chat(new LoadShape { Kind = ShapeKinds.BusinessHours, TimeZone = "Europe/Berlin" }, Documents.Api(15, 15), Fleet(FleetSizings.Hourly), Mix)));
        foreach (var text in new[] { "Hours in Europe/Berlin.", "instances run", "Cheapest mix", "of the requests", "Reserved", "Utilization" })
            Assert.Contains(text, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Print_shows_the_load_once_and_has_nothing_to_click()
    {
        using var renderer = TestRenderer.Create();
        var html = WebUtility.HtmlDecode(await renderer.RenderAsync<LoadPanel>(("View", Of(Documents.Chat(Documents.Api(15, 15), Fleet(), Mix)).Load), ("Static", true)));
        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
        Assert.Contains("Every hour of the week has the same load", html, StringComparison.Ordinal);
        Assert.Contains("16 reserved 3 years all month", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_week_is_even_where_no_hour_differs()
    {
        Assert.True(Of(Documents.Chat(Documents.Api())).Load.IsEven);
        Assert.False(Of(Chat(new LoadShape { Kind = ShapeKinds.BusinessHours }, Documents.Api())).Load.IsEven);
    }

    [Fact]
    public async Task Card_of_a_mix_shows_its_base_or_that_there_is_none()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<OptionCards>(("Options", Of(Documents.Chat(Documents.Api(15, 15), Fleet(), Mix)).Options));
        Assert.Contains("15 instances, 15 replicas", html, StringComparison.Ordinal);
        using var other = TestRenderer.Create();
        html = await other.RenderAsync<OptionCards>(("Options", new[] { Of(Documents.Chat(Documents.Api(), Fleet(), Mix)).Options[2] }));
        Assert.Contains(">none</dd>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Utilization", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Ledger_of_a_mix_names_the_part_of_each_line()
    {
        var mix = Of(Documents.Chat(Documents.Api(15, 15), Fleet(), Mix)).Options[2];
        Assert.Contains(mix.Lines, line => line.Item == "Fleet: On-demand instances");
        Assert.Contains(mix.Lines, line => line.Item.StartsWith("API: ", StringComparison.Ordinal));
    }
}
