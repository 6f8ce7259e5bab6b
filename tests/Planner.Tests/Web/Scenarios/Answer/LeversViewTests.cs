using System.Net;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Answer;

/// <summary>10 M requests of 500 tokens at $1.50: $7,500 a month. A fifth of the requests less is $1,500 less, then half of 100 output tokens $600.</summary>
public class LeversViewTests
{
    private static readonly TokenLevers Two = new() { ResponseCache = new ResponseCache { HitShare = 0.2m }, OutputLimit = new OutputLimit { Share = 0.5m } };

    private static AnswerModel Of(Scenario scenario) => AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));

    private static Scenario With(TokenLevers levers, params Option[] options)
    {
        var scenario = Documents.Chat(options);
        return scenario with { Workload = scenario.Workload with { Levers = levers } };
    }

    [Fact]
    public void Title_names_the_saving_and_the_strongest_lever() =>
        Assert.Equal("The token levers save $2,100 a month on API. The strongest is response cache.", Of(With(Two, Documents.Api())).Levers!.Title);

    [Fact]
    public void Levers_that_cost_more_than_they_save_say_so() => Assert.Equal(
        "The token levers add $500.00 a month to API. The dearest is response cache.",
        Of(With(new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.2m, UsdPerMonth = 2_000 } }, Documents.Api())).Levers!.Title);

    [Fact]
    public void Without_a_lever_there_is_no_view_and_no_tab()
    {
        Assert.Null(Of(Documents.HighVolumeChat).Levers);
        Assert.Null(Of(With(new TokenLevers { OutputLimit = new OutputLimit { On = false } }, Documents.Api())).Levers);
    }

    [Fact]
    public async Task Tab_shows_the_month_without_each_change_and_the_month_with_all()
    {
        using var renderer = TestRenderer.Create();
        var html = WebUtility.HtmlDecode(await renderer.RenderAsync<AnswerView>(("Model", Of(With(Two, Documents.Api(), Documents.Fleet()))), ("Tab", "levers")));
        Assert.Contains("view=levers", html, StringComparison.Ordinal);
        foreach (var figure in new[] { "$7,500.00", "−$1,500.00", "−$600.00", "$5,400.00" })
            Assert.Contains(figure, html, StringComparison.Ordinal);
        // The fleet cannot carry its load, so its amounts are unknown and the reason is below.
        Assert.Contains("Fleet: 2 × g5.12xlarge carries", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_option_whose_amounts_are_known_has_a_waterfall_from_its_month_without_to_its_month_with()
    {
        using var renderer = TestRenderer.Create();
        var html = WebUtility.HtmlDecode(await renderer.RenderAsync<LeversPanel>(("View", Of(With(Two, Documents.Api(), Documents.Fleet())).Levers), ("Static", true)));

        Assert.Contains("API: $2,100 less a month, $5,400 is left.", html, StringComparison.Ordinal);
        var spec = Assert.IsType<WaterfallSpec>(renderer.Find<ChartFrame>().Spec);
        Assert.Equal([("Without levers", 0, 7500), ("Response cache", 7500, 6000), ("Output limit", 6000, 5400), ("With all of them", 0, 5400)], spec.Bars.Select(bar => (bar.Name, bar.From, bar.To)));
        Assert.DoesNotContain("Fleet: $", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_than_three_options_the_cheapest_is_drawn_until_another_is_chosen()
    {
        var levers = Of(With(Two, [.. Enumerable.Range(1, 4).Select(i => Documents.Api(i, i) with { Id = $"api{i}", Name = $"API {i}" })])).Levers;
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<LeversPanel>(("View", levers));
        Assert.StartsWith("API 1: ", renderer.Find<ChartFrame>().Spec.Title, StringComparison.Ordinal);

        await renderer.ChangeAsync("class", "control", "api3");
        Assert.StartsWith("API 3: ", renderer.Find<ChartFrame>().Spec.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Working_says_that_the_levers_changed_an_input()
    {
        var option = Of(With(Two, Documents.Api())).Options[0];
        Assert.Equal("your input: output tokens, after the token levers", Working.OfLine(option, option.Result.Ledger[1]).Operands[1].Source);
    }
}
