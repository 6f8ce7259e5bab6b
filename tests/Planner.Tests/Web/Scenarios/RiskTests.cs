using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Tests.Domain.Uncertainty;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>What a reader sees of ranges, and how inputs get them.</summary>
public class RiskTests
{
    private static readonly Scenario Ranged = Simulations.ApiOrFleet with { BaselineOptionId = "api" };

    private static AnswerModel Answer(Scenario scenario) => AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));

    private static RiskView View(Scenario scenario) => RiskView.From(scenario, Engine.Simulate(scenario, Documents.Catalog), Answer(scenario));

    [Fact]
    public async Task Verdict_says_how_sure_it_is_and_what_that_means()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<AnswerView>(("Model", Answer(Ranged)), ("Risk", new RunState<RiskView>(View(Ranged), false)));

        Assert.Contains("Confidence 54 %", html, StringComparison.Ordinal);
        Assert.Contains("In 54 % of 10,000 samples Fleet is the cheapest.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verdict_without_ranges_claims_no_confidence()
    {
        var nothing = Ranged with { Ranges = [] };
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<AnswerView>(("Model", Answer(nothing)), ("Risk", new RunState<RiskView>(View(nothing), false)), ("Tab", "risk"));

        Assert.DoesNotContain("Confidence", html, StringComparison.Ordinal);
        Assert.Contains("there is nothing to be uncertain about", html, StringComparison.Ordinal);
        Assert.Contains("to see how sure the answer is", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tab_shows_shares_flips_and_what_measuring_is_worth()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<AnswerView>(("Model", Answer(Ranged)), ("Risk", new RunState<RiskView>(View(Ranged), false)), ("Tab", "risk"));

        Assert.Contains("The horizon, at present value", html, StringComparison.Ordinal);
        Assert.Contains("46 %", html, StringComparison.Ordinal);
        Assert.Contains("falls to 9.6 M, API becomes the cheapest in place of Fleet.", html, StringComparison.Ordinal);
        Assert.Contains(" is worth $1,1", html, StringComparison.Ordinal);
        Assert.Contains("What API costs more than Fleet in a month", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Spread_shows_the_two_that_are_compared_and_the_likeliest_other()
    {
        // Only the cheapest is ever cheapest; the API at $2 is its runner-up, whatever its place in the list.
        ApiOption Dear(string id, decimal usd) => Documents.Api(usd, usd) with { Id = id, Name = id };
        var scenario = Ranged with { BaselineOptionId = null, Options = [Dear("four", 4), Dear("three", 3), Dear("one", 1), Dear("five", 5), Dear("two", 2)], Ranges = [Simulations.Volume(9_000_000, 10_000_000, 11_000_000)] };
        Assert.Equal(["one", "two", "three"], View(scenario).Distributions.Select(drawn => drawn.Name));
    }

    [Fact]
    public async Task Tab_is_quiet_at_first_and_says_that_it_computes_when_that_takes_long()
    {
        using var renderer = TestRenderer.Create();
        Assert.DoesNotContain("Drawing", await renderer.RenderAsync<RiskPanel>(("State", new RunState<RiskView>(null, false))), StringComparison.Ordinal);
        Assert.Contains("Drawing 10,000 samples", await renderer.RenderAsync<RiskPanel>(("State", new RunState<RiskView>(null, true))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_shows_the_month_the_eight_strongest_inputs_and_how_they_are_drawn()
    {
        string[] paths =
        [
            "workload.requestsPerMonth", "workload.inputTokens", "workload.outputTokens", "workload.retryShare", "options[0].price.inputUsdPerM", "options[0].price.outputUsdPerM",
            "options[1].instanceUsdPerHour", "options[1].overheadShare", "options[0].discountShare",
        ];
        var many = Ranged with { Ranges = [.. paths.Select(path => RangeTargets.RangeAround(Ranged, Documents.Catalog, path)!)] };
        var view = View(many);
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<RiskPanel>(("State", new RunState<RiskView>(view, false)), ("Static", true));

        Assert.Contains("The ongoing month", html, StringComparison.Ordinal);
        Assert.DoesNotContain("The horizon, at present value", html, StringComparison.Ordinal);
        Assert.Contains("These are the 8 strongest of 9 inputs.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<details", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
        Assert.Contains("seed 1", html, StringComparison.Ordinal);
        // The ninth is listed among the inputs and drawn nowhere.
        var chart = html[html.IndexOf("What each input alone does", StringComparison.Ordinal)..html.IndexOf("What would flip it", StringComparison.Ordinal)];
        Assert.Contains(view.Tornado[7].Name, chart, StringComparison.Ordinal);
        Assert.DoesNotContain(view.Tornado[8].Name, chart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_without_a_simulation_has_no_risk_tab()
    {
        using var renderer = TestRenderer.Create();
        Assert.DoesNotContain("view=risk", await renderer.RenderAsync<AnswerView>(("Model", Answer(Ranged)), ("Tab", "risk")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_shows_what_it_found_and_asks_once_for_one_draft()
    {
        var told = 0;
        using var run = new BackgroundRun<RiskView>(TimeProvider.System, () => Task.FromResult(told++));
        await run.AskAsync(Ranged, Documents.Catalog, null, _ => View(Ranged));
        var found = run.State.View;
        Assert.NotNull(found);
        Assert.False(run.State.IsRunning);

        var before = told;
        await run.AskAsync(Ranged, Documents.Catalog, null, _ => View(Ranged));
        Assert.Equal(before, told);
        Assert.Same(found, run.State.View);
    }

    [Fact]
    public async Task Later_edit_takes_the_place_of_an_earlier_one()
    {
        using var run = new BackgroundRun<RiskView>(TimeProvider.System, () => Task.CompletedTask);
        var first = run.AskAsync(Ranged, Documents.Catalog, null, _ => View(Ranged));
        var edited = Ranged with { Ranges = [Simulations.Volume(9_700_000, 10_000_000, 20_000_000)] };
        await run.AskAsync(edited, Documents.Catalog, null, _ => View(edited));
        await first;

        Assert.Equal("100 %", run.State.View!.Confidence);
    }

    [Fact]
    public async Task Any_input_is_found_by_its_words_and_gets_a_fifth_to_either_side()
    {
        var form = new ScenarioForm(new ScenarioEditor(Documents.HighVolumeChat, Documents.Catalog, TimeProvider.System), () => { });
        form.AddRange("workload.requestsPerMonth");
        form.AddRange("workload.requestsPerMonth");
        form.AddRange("options[1].fleet.instances");
        form.AddRange("options[1].instanceUsdPerHour");
        form.AddRange("options[1].loadFactor");
        form.AddRange("name");

        Assert.Equal(
            [(8_000_000m, 10_000_000m, 12_000_000m), (2, 2, 2), (4.5376m, 5.672m, 6.8064m), (0.8m, 1m, 1m)],
            form.Draft.Ranges.Select(range => (range.Low, range.Likely, range.High)));
        Assert.Empty(form.Editor.Problems);

        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<RangeInputs>>(("Form", form));
        Assert.Contains("Remove the range of Requests per month", html, StringComparison.Ordinal);
        Assert.Contains("in-ranges[0]-low".Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_of_a_share_is_shown_and_typed_in_percent_as_its_field_is()
    {
        var form = new ScenarioForm(new ScenarioEditor(Documents.HighVolumeChat with { Ranges = [new InputRange { Path = "workload.cacheReadShare", Low = 0, Likely = 0.2m, High = 0.5m }] }, Documents.Catalog, TimeProvider.System), () => { });
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<RangeInputs>>(("Form", form));
        Assert.Contains("Remove the range of Read from cache", html, StringComparison.Ordinal);
        Assert.Contains("value=\"50\"", html, StringComparison.Ordinal);

        await renderer.TypeAsync("id", "in-ranges-0-high", "70%");
        Assert.Equal(0.7m, form.Draft.Ranges[0].High);
        await renderer.TypeAsync("id", "in-ranges-0-high", "150");
        Assert.Contains("Must be between 0 % and 100 %.", await renderer.HtmlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_offered_may_have_a_range()
    {
        var targets = RangeTargets.All(Documents.HighVolumeChat, Documents.Catalog);

        Assert.Contains(targets, target => target is { Path: "options[0].price.inputUsdPerM", Value: 1.5m, Name: "API: price, input USD per M" });
        Assert.Contains(targets, target => target is { Path: "options[1].instanceUsdPerHour", Value: 5.672m });
        Assert.DoesNotContain(targets, target => target.Path.StartsWith("exchange", StringComparison.Ordinal));
        Assert.All(targets, target =>
        {
            var range = RangeTargets.RangeAround(Documents.HighVolumeChat, Documents.Catalog, target.Path)!;
            Assert.Empty(ScenarioRules.Check(Documents.HighVolumeChat with { Ranges = [range] }, Documents.Catalog));
        });
    }
}
