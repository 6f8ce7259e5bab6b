using Planner.Domain.Advice;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
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
        Assert.Contains("the rule says an API, the figures say Fleet", tokens.Answer, StringComparison.Ordinal);
        Assert.Equal(Leanings.Api, tokens.Leans);
    }

    [Theory]
    [InlineData(900_000, 500, Leanings.Api, Leanings.Api)]
    [InlineData(2_000_000, 1000, Leanings.Neither, Leanings.Neither)]
    [InlineData(3_500_000, 2000, Leanings.SelfHost, Leanings.SelfHost)]
    public void Rows_on_volume_lean_by_their_own_number_whoever_is_cheapest(int requests, int tokens, string byRequests, string byTokens)
    {
        // The API is the cheapest at every volume: the fleet is full at 648,000 requests of 500 tokens.
        var decision = Decide(Small with { Workload = Small.Workload with { RequestsPerMonth = requests, InputTokens = tokens - 100 } });

        Assert.Equal("api", decision.OptionId);
        Assert.Equal((byRequests, byTokens), (Row(decision, "volume").Leans, Row(decision, "tokens").Leans));
    }

    [Fact]
    public void A_model_of_ones_own_decides_nothing_alone()
    {
        var custom = Decide(Small with { Options = [Small.Options[1]], Workload = Small.Workload with { Requirements = new Requirements { CustomModel = true } } });
        Assert.Equal((Leanings.SelfHost, false), (Row(custom, "custom-model").Leans, Row(custom, "custom-model").IsDecisive));
    }

    [Fact]
    public void Costs_of_what_cannot_serve_lean_to_what_can()
    {
        // 700,000 requests are beyond the fleet; an API of one request a minute carries 43,200.
        var full = Small with { Workload = Small.Workload with { RequestsPerMonth = 700_000 } };
        Assert.Equal(Leanings.Api, Row(Decide(full), "cost").Leans);
        var both = full with { Options = [(ApiOption)Small.Options[0] with { Limits = new RateLimits { RequestsPerMinute = 1 } }, Small.Options[1]] };
        Assert.Equal(Leanings.Neither, Row(Decide(both), "cost").Leans);
        Assert.EndsWith("But neither of them can serve.", Row(Decide(both), "cost").Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_beyond_which_nobody_can_serve_is_no_option_that_wins()
    {
        var alone = Decide(Small with { Options = [Small.Options[1]] });
        Assert.Contains("Above 648,000 requests a month, no option can serve.", alone.Changes);

        var hosted = Decide(Small with { Options = [Documents.Api(1, 4)] });
        Assert.Contains("If prompts had to stay inside, no option could serve.", hosted.Changes);
    }

    [Fact]
    public void Prices_of_a_change_are_in_the_currency_of_the_scenario()
    {
        // The API wins below $72 ÷ (500,000 × 0.0005 M tokens) = $0.288 per million; at $1 and $4 a request's mean is $1.60.
        var dollars = Decide(Small).Changes.Single(change => change.Contains("per million", StringComparison.Ordinal));
        Assert.StartsWith("Below $", dollars, StringComparison.Ordinal);
        var price = decimal.Parse(dollars["Below $".Length..dollars.IndexOf(" per", StringComparison.Ordinal)], System.Globalization.CultureInfo.CurrentCulture);

        var euros = Decide(Small with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 1), Source = "test" } }).Changes.Single(change => change.Contains("per million", StringComparison.Ordinal));
        Assert.StartsWith($"Below €{price / 2:0.####} per million", euros, StringComparison.Ordinal);
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
        // 500,000 of 648,000 requests; three times that in the busiest hour is more than the fleet has, and its use says nothing.
        Assert.EndsWith("Fleet uses 77.2 % of its paid hours.", Row(Decide(Small), "shape").Answer, StringComparison.Ordinal);
        Assert.EndsWith("times the mean load.", Row(Decide(bursty), "shape").Answer, StringComparison.Ordinal);
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
        Assert.Equal(["If prompts might leave the organisation: API."], none.Changes);
        Assert.Equal([null], none.Path.Phases.Select(phase => phase.OptionId));
    }

    [Fact]
    public void Where_nothing_can_serve_what_would_let_something_serve_is_named()
    {
        var fleet = (SelfHostOption)Small.Options[1];
        // One machine carries 648,000 requests.
        var full = Decide(Small with { Options = [fleet], Workload = Small.Workload with { RequestsPerMonth = 700_000 } });
        Assert.Null(full.OptionId);
        Assert.Equal(["Below 648,000 requests a month, Fleet is the cheapest."], full.Changes);

        var elsewhere = Decide(Small with { Options = [fleet], Workload = Small.Workload with { Requirements = new Requirements { Regions = ["eu-west-1"] } } });
        Assert.Equal(["If instances might run in any region: Fleet."], elsewhere.Changes);

        var late = Decide(Small with { Options = [Documents.Api(1, 4) with { Latency = new ApiLatency { TtftMs = 900 } }], Workload = Small.Workload with { Slo = new ServiceLevel { TtftMs = 500 } } });
        Assert.Equal(["Without latency targets: API."], late.Changes);
    }

    [Theory]
    [InlineData(0, 0, "Fleet can run at once and without one-off work, as an API can.")]
    [InlineData(0, 900, "Fleet can run at once, after $900 of one-off work; so can an API, without.")]
    [InlineData(1, 0, "Fleet can run after one month, without one-off work; an API runs at once.")]
    [InlineData(3, 900, "Fleet can run after 3 months and $900 of one-off work; an API runs at once.")]
    public void The_start_is_told_without_months_or_work_that_are_not_there(int months, int work, string answer)
    {
        var fleet = (SelfHostOption)Small.Options[1] with { LeadMonths = months, OneOff = work == 0 ? [] : [new OneOffCost { Name = "Migration", Usd = work }] };
        Assert.Equal(answer, Row(Decide(Small with { Options = [Documents.Api(1, 4), fleet] }), "start").Answer);
    }

    private static Decision Decide(Scenario scenario) => Engine.Decide(scenario, RuleCases.Catalog);

    private static DecisionRow Row(Decision decision, string id) => decision.Rows.Single(row => row.Id == id);
}
