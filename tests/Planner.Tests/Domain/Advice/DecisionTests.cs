using Planner.Domain.Advice;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Advice;

public class DecisionTests
{
    /// <summary>500,000 requests of 500 tokens: an API at $1 and $4 per million costs $400; the fleet of one machine at $0.10 an hour costs $72 and carries 648,000.</summary>
    private static readonly Scenario Small = Documents.Chat(Documents.Api(1, 4), RuleCases.Sound with { InstanceUsdPerHour = 0.1m, OverheadShare = 0, LoadFactor = 1, Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1 } })
        with
    { Workload = new Workload { RequestsPerMonth = 500_000, InputTokens = 400, OutputTokens = 100 } };

    [Fact]
    public void The_recommendation_is_the_verdict_and_counts_the_rows_on_either_side()
    {
        var decision = Decide(Small);

        Assert.Equal(("self", OptionKinds.SelfHost), (decision.OptionId, decision.Kind));
        Assert.Contains("cost", decision.For);
        Assert.Contains("$400", Row(decision, "cost").Answer, StringComparison.Ordinal);
        Assert.Contains("$72", Row(decision, "cost").Answer, StringComparison.Ordinal);
        Assert.All(decision.For.Concat(decision.Against), id => Assert.NotEqual(Leanings.Neither, Row(decision, id).Leans));
    }

    [Fact]
    public void A_rule_of_thumb_stands_beside_the_figures_and_does_not_decide()
    {
        // 0.25 B tokens a month: the rule says an API, the figures say the fleet.
        var tokens = Row(Decide(Small), "tokens");
        Assert.Contains("250 M", tokens.Answer, StringComparison.Ordinal);
        Assert.Contains("an API", tokens.Answer, StringComparison.Ordinal);
        Assert.Equal(Leanings.SelfHost, tokens.Leans);
    }

    [Fact]
    public void What_cannot_be_answered_says_why()
    {
        var decision = Decide(Small with { Options = [Documents.Api(1, 4)] });
        Assert.Null(Row(decision, "team").Leans);
        Assert.Null(Row(decision, "latency").Leans);
        Assert.All(decision.Rows, row => Assert.NotEmpty(row.Answer));
    }

    [Fact]
    public void Privacy_decides_and_is_told_as_what_would_change_an_answer()
    {
        var inside = Decide(Small with { Workload = Small.Workload with { Requirements = new Requirements { DataStaysInside = true } } });
        Assert.True(Row(inside, "privacy").IsDecisive);
        Assert.Equal(Leanings.SelfHost, Row(inside, "privacy").Leans);

        var dear = Small with { Options = [Documents.Api(1, 4), (SelfHostOption)Small.Options[1] with { InstanceUsdPerHour = 5 }] };
        Assert.Equal("api", Decide(dear).OptionId);
        Assert.Contains(Decide(dear).Changes, change => change.Contains("prompts had to stay inside: Fleet", StringComparison.Ordinal));
    }

    [Fact]
    public void Nearest_crossings_on_either_side_are_named()
    {
        // $72 ÷ $0.0008 a request = 90,000 requests below which the API is cheaper; above 648,000 the fleet is full.
        var changes = Decide(Small).Changes;
        Assert.Contains("Below 90,000 requests a month, API is the cheapest.", changes);
        Assert.Contains("Above 648,000 requests a month, API is the cheapest.", changes);
    }

    [Fact]
    public void A_load_that_bursts_leans_to_an_api()
    {
        var bursty = Small with { Workload = Small.Workload with { Shape = new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = 3 } } };
        Assert.Equal(Leanings.Api, Row(Decide(bursty), "shape").Leans);
        Assert.Equal(Leanings.SelfHost, Row(Decide(Small), "shape").Leans);
    }

    [Fact]
    public void The_path_changes_in_the_month_in_which_growth_crosses_the_break_even()
    {
        // 50,000 requests growing by 20 % pass 90,000 in month 4 (103,680) and 648,000 in month 15 (770,351).
        var growing = Small with { Workload = Small.Workload with { RequestsPerMonth = 50_000, GrowthPerMonth = 0.2m } };

        var path = Decide(growing).Path;

        Assert.Equal([(0, 4, "api"), (4, 15, "self"), (15, 36, "api")], path.Phases.Select(phase => (phase.FromMonth, phase.ToMonth, phase.OptionId!)));
        Assert.Equal("2027-04", path.Phases[1].From);
        Assert.Equal("API until 2027-04, then Fleet until 2028-03, then API.", path.Sentence);
    }

    [Fact]
    public void A_fleet_that_is_not_there_yet_serves_no_month()
    {
        var late = Small with { Options = [Documents.Api(1, 4), (SelfHostOption)Small.Options[1] with { LeadMonths = 6 }] };
        Assert.Equal([(0, 6, "api"), (6, 36, "self")], Decide(late).Path.Phases.Select(phase => (phase.FromMonth, phase.ToMonth, phase.OptionId!)));
    }

    [Fact]
    public void Nothing_that_can_serve_leaves_no_recommendation()
    {
        var none = Decide(Small with { Options = [Documents.Api(1, 4)], Workload = Small.Workload with { Requirements = new Requirements { DataStaysInside = true } } });
        Assert.Null(none.OptionId);
        Assert.Equal([null], none.Path.Phases.Select(phase => phase.OptionId));
    }

    private static Decision Decide(Scenario scenario) => Engine.Decide(scenario, RuleCases.Catalog);

    private static DecisionRow Row(Decision decision, string id) => decision.Rows.Single(row => row.Id == id);
}
