using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Break-evens along axes other than requests a month, and the map of two: 10 M requests of 500 tokens at $1.50 against two instances at $5.672 for 720 hours.</summary>
public class AxesTests
{
    private static readonly Scenario Chat = Documents.HighVolumeChat;
    private static readonly Scenario Sized = Documents.Chat(Documents.Api(10, 10), Documents.Fleet(FleetSizings.WeeklyPeak, null));

    private static AnswerModel Answer(Scenario scenario) => AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));

    private static AxisOffer Offer(Scenario scenario, string axis) => AxisOffer.Find(AxisOffer.Of(scenario, Documents.Catalog), axis, null)!;

    private static BreakEvenFace Along(Scenario scenario, string axis, bool capacityChecked = false) =>
        BreakEvenView.Along(scenario, Documents.Catalog, Offer(scenario, axis), Answer(scenario).Options).Face(false, capacityChecked)!;

    private static MapView Map(Scenario scenario, string x, string y) =>
        MapView.Of(scenario, Documents.Catalog, Offer(scenario, x), Offer(scenario, y), Answer(scenario).Options);

    private static AxesState State(Scenario scenario, string x, string? y = null) => new(
        AxisOffer.Of(scenario, Documents.Catalog), Offer(scenario, x), y is null ? null : Offer(scenario, y),
        new RunState<BreakEvenView>(BreakEvenView.Along(scenario, Documents.Catalog, Offer(scenario, x), Answer(scenario).Options), false),
        new RunState<MapView>(y is null ? null : Map(scenario, x, y), false));

    [Fact]
    public void Axes_are_offered_for_every_option_of_their_kind_and_named_where_there_are_several()
    {
        var two = Documents.Chat(Documents.Api(), Documents.Api(3, 3) with { Id = "other", Name = "Other" });
        Assert.Equal(
            ["Requests a month", "Tokens a month", "Output tokens a request", "API price of API", "API price of Other"],
            AxisOffer.Of(two, Documents.Catalog).Select(offer => offer.Name));
        Assert.Equal("Instance price", AxisOffer.Of(Chat, Documents.Catalog)[5].Name);
    }

    [Fact]
    public void Axis_that_cannot_be_asked_says_why()
    {
        var idle = Chat with { Workload = Chat.Workload with { RequestsPerMonth = 0 } };
        Assert.Equal("API has no usage in this month whose price could be moved.", Offer(idle, BreakEvenAxes.ApiPrice).Reason);
        Assert.Null(Offer(Chat, BreakEvenAxes.ApiPrice).Reason);
    }

    [Theory]
    [InlineData("requestsPerMonth", "apiPrice")]
    [InlineData("utilization", "apiPrice")]
    [InlineData("apiPrice", "requestsPerMonth")]
    public void Map_begins_with_the_volume_and_the_price_of_an_api(string x, string y) =>
        Assert.Equal(y, AxisOffer.Beside(AxisOffer.Of(Chat, Documents.Catalog), Offer(Chat, x))!.Axis);

    [Fact]
    public void Map_of_fleets_alone_begins_with_another_input_than_the_volume()
    {
        var fleets = Documents.Chat(Documents.Fleet());
        Assert.Equal(BreakEvenAxes.OutputTokens, AxisOffer.Beside(AxisOffer.Of(fleets, Documents.Catalog), Offer(fleets, BreakEvenAxes.RequestsPerMonth))!.Axis);
    }

    [Fact]
    public void Price_at_which_the_winner_changes_is_marked_on_the_lines_beside_your_own()
    {
        // $8,167.68 ÷ 5,000 M tokens are $1.633536 a million.
        var face = Along(Chat, BreakEvenAxes.ApiPrice);
        Assert.Equal("Ongoing: break-even at $1.634 a million tokens", face.Title);
        Assert.Equal("You: $1.50", face.Here!.Label);
        var mark = Assert.Single(face.Crossings);
        Assert.Equal((1.633536, 8167.68, "$1.634"), (Math.Round(mark.X, 9), Math.Round(mark.Y, 6), mark.Label));
        // The first month crosses at $14,167.68 ÷ 5,000 M, $2.83, and all four questions share one chart.
        Assert.All(face.Series, series => Assert.Equal((0, 4), (series.Points[0].X, series.Points[^1].X)));
    }

    [Fact]
    public void Own_point_beyond_an_axis_is_said_in_words()
    {
        var face = Along(Chat, BreakEvenAxes.Utilization);
        Assert.Null(face.Here);
        Assert.Equal("You stand at 772 %, beyond this chart.", face.Elsewhere);
    }

    [Fact]
    public void Chart_of_the_throughput_begins_below_yours_and_holds_what_the_load_needs()
    {
        // 125 tokens/s here, half of which is 62.5; two replicas need 964.5 each, and a fifth more is 1,157.
        var face = Along(Documents.Chat(Documents.Api(3.75m, 3.75m), Documents.Fleet()), BreakEvenAxes.Throughput, capacityChecked: true);
        Assert.Equal((60, 1500), (face.Series[0].Points[0].X, face.Series[0].Points[^1].X));
        Assert.Equal("965 tokens/s", Assert.Single(face.Crossings).Label);
        Assert.Equal(["API", "Fleet"], face.Winners.Select(winner => winner.Name));
    }

    [Fact]
    public void Chart_of_the_throughput_holds_what_the_fleet_lacks_also_where_that_would_not_make_it_the_cheapest()
    {
        var face = Along(Chat, BreakEvenAxes.Throughput, capacityChecked: true);
        Assert.Empty(face.Crossings);
        Assert.Equal(964.506, face.Series[1].Points[0].X, 3);
    }

    [Fact]
    public async Task Prices_on_the_axis_are_drawn_in_the_display_currency_and_files_say_dollars()
    {
        var euros = Chat with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 20), Source = "ECB" } };
        using var renderer = TestRenderer.Create();
        var html = WebUtility.HtmlDecode(await renderer.RenderAsync<BreakEvenPanel>(("View", Answer(euros).BreakEven), ("Axes", State(euros, BreakEvenAxes.ApiPrice))));
        var frame = renderer.Find<ChartFrame>();
        var spec = JsonDocument.Parse(frame.Spec.ToJson()).RootElement;

        Assert.Equal("API price, EUR a million tokens", spec.GetProperty("xTitle").GetString());
        Assert.Equal(1.633536 / 2, spec.GetProperty("crossings")[0].GetProperty("x").GetDouble(), 9);
        Assert.Equal(0.75, spec.GetProperty("here").GetProperty("x").GetDouble(), 9);
        Assert.Equal(2, spec.GetProperty("series")[0].GetProperty("points").EnumerateArray().Last()[0].GetDouble());
        Assert.Equal("API price, USD a million tokens", frame.Table.File[0][1]);
        Assert.Contains("€0.816768", html, StringComparison.Ordinal);
        Assert.Contains("You: €0.75", frame.Spec.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_asks_for_the_axis_that_was_chosen_and_for_a_map_beside_it()
    {
        var asked = new List<AxesChoice>();
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<BreakEvenPanel>(
            ("View", Answer(Chat).BreakEven), ("Axes", State(Chat, BreakEvenAxes.RequestsPerMonth)), ("OnAxes", EventCallback.Factory.Create<AxesChoice>(this, asked.Add)));

        await renderer.ChangeAsync("class", "control", BreakEvenAxes.InstancePrice);
        await renderer.ClickAsync("aria-pressed", "false");
        Assert.Equal([(BreakEvenAxes.InstancePrice, null), (BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.ApiPrice)], asked.Select(choice => (choice.X.Axis, choice.Y?.Axis)));
    }

    [Fact]
    public async Task Axis_that_cannot_be_asked_stays_in_the_list_with_its_reason_and_draws_nothing()
    {
        var idle = Chat with { Workload = Chat.Workload with { RequestsPerMonth = 0 } };
        var offers = AxisOffer.Of(idle, Documents.Catalog);
        var state = new AxesState(offers, Offer(idle, BreakEvenAxes.ApiPrice), null, new RunState<BreakEvenView>(null, false), new RunState<MapView>(null, false));
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<BreakEvenPanel>(("View", Answer(idle).BreakEven), ("Axes", state));

        Assert.Contains("API price: API has no usage in this month whose price could be moved.</option>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<figure", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_tells_who_is_cheapest_at_your_point_and_how_much_of_it_each_wins()
    {
        // At 10 M requests the API asks 5,000 M × $10 = $50,000, sized instances $65,341.44; at ten times the price or a tenth of the rent it turns.
        var face = Map(Sized, BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.ApiPrice).Face(false)!;
        Assert.Equal("Ongoing: API is cheapest at your point", face.Title);
        Assert.StartsWith("Cheapest on this map: ", face.Sentence, StringComparison.Ordinal);
        Assert.Equal((3600, 60, 60), (face.Winners.Count, face.X.Values.Count, face.Y.Values.Count));
        // At the highest price and volume the fleet wins, at the lowest the API.
        Assert.Equal((0, 1), (face.Winners[0], face.Winners[^1]));
        Assert.Equal((10_000_000, 10), (face.Here!.X, Math.Round(face.Here.Y, 9)));
        Assert.Equal("You: 10 M requests, $10.00", face.Here.Label);
    }

    [Fact]
    public void Map_on_which_nothing_can_serve_names_that_and_one_winner_all_over_too()
    {
        Assert.Equal("Ongoing: API is cheapest all over this map", Map(Chat, BreakEvenAxes.OutputTokens, BreakEvenAxes.ApiPrice).Face(false)!.Title);
        var full = Map(Documents.Chat(Documents.Fleet()), BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.InstancePrice).Face(false)!;
        Assert.Equal("Ongoing: no option can serve at your point", full.Title);
        Assert.Contains("none can serve on ", full.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_of_one_input_with_itself_is_refused_in_words()
    {
        var view = Map(Sized, BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.TokensPerMonth);
        Assert.Empty(view.Faces);
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<BreakEvenMap>(("State", new RunState<MapView>(view, false)));
        Assert.Contains("Tokens a month: Must move another input than the axis of the columns.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_has_no_switch_for_fleets_and_follows_the_month()
    {
        // 400 h × $2,500 once are $1 M: nothing beside a month of 100 M requests at $100 a million, all at a tenth of what is typed.
        var once = Sized with { Options = [Sized.Options[0], ((SelfHostOption)Sized.Options[1]) with { OneOff = [new OneOffCost { Name = "Engineering", Hours = 400, UsdPerHour = 2500 }] }] };
        var look = new ViewState();
        look.Keep("month", "first");
        using var renderer = TestRenderer.Create(services => services.AddCascadingValue(_ => look));
        var html = await renderer.RenderAsync<BreakEvenPanel>(("View", Answer(once).BreakEven), ("Axes", State(once, BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.ApiPrice)));

        Assert.DoesNotContain("As the fleets stand", html, StringComparison.Ordinal);
        Assert.Contains("First month: API is cheapest at your point", html, StringComparison.Ordinal);
        var view = Map(once, BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.ApiPrice);
        Assert.True(view.Face(true)!.Winners.Count(winner => winner == 0) > view.Face(false)!.Winners.Count(winner => winner == 0));
        Assert.Equal((0, 1), (view.Face(true)!.Winners[0], view.Face(true)!.Winners[^1]));
    }

    [Fact]
    public async Task Shared_link_and_print_have_requests_a_month_alone()
    {
        using var renderer = TestRenderer.Create();
        Assert.DoesNotContain("<select", await renderer.RenderAsync<AnswerView>(("Model", Answer(Chat))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_begins_at_once_for_another_question_about_the_same_draft()
    {
        using var run = new BackgroundRun<string>(TimeProvider.System, () => Task.CompletedTask);
        await run.AskAsync(Chat, Documents.Catalog, "one", _ => "first");
        await run.AskAsync(Chat, Documents.Catalog, "one", _ => "again");
        Assert.Equal("first", run.State.View);
        await run.AskAsync(Chat, Documents.Catalog, "two", _ => "second");
        Assert.Equal("second", run.State.View);
    }
}
