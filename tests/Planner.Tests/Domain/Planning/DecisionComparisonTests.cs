using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Planning;

/// <summary>
/// An API at $1 and $2 per M tokens against one machine at $1 an hour. A request has 400 + 100 tokens: $0.0006, so a million cost $600 a month; the machine's 720 hours cost $720.
/// They meet at 720 / 0.0006 = 1.2 M requests. 10,000 tokens/s carry 10,000 × 3,600 × 720 / 500 = 51.84 M, from where on the API has it alone.
/// </summary>
public class DecisionComparisonTests
{
    private const string Sheet = "acme:chat";
    private const string Machine = "aws:g5.12xlarge:us-east-1";

    private static readonly Scenario Scenario = Documents.Chat(
        new ApiOption { Id = "api", Name = "API", PriceKey = Sheet },
        Documents.Fleet(instances: 1) with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 10_000, Basis = "total" } })
        with
    { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 400, OutputTokens = 100 } };

    private static readonly CatalogSnapshot Saved = Rows(1, 2, 1);

    [Fact]
    public void Answer_stands_where_no_row_changed()
    {
        var change = Compare(Rows(1, 2, 1));
        Assert.Equal(new DecisionAnswer("api", "API", 600, 1_200_000), Rounded(change.Before));
        Assert.Equal(change.Before, change.After);
        Assert.Empty(change.Reasons);
        Assert.Empty(change.Causes);
    }

    [Fact]
    public void Dearer_api_makes_the_machine_the_cheapest()
    {
        // 400 × 1.5 + 100 × 3 = $900 a month; 720 / 0.0009 = 0.8 M.
        var change = Compare(Rows(1.5m, 3, 1));
        Assert.Equal(new DecisionAnswer("self", "Fleet", 720, 800_000), Rounded(change.After));
        Assert.Equal([DecisionReasons.CheapestOption, DecisionReasons.MonthlyCost, DecisionReasons.BreakEven], change.Reasons);
        var cause = Assert.Single(change.Causes);
        Assert.Equal((DecisionCauseKinds.PriceSheet, Sheet, true, 300m), (cause.Kind, cause.Key, cause.Flips, cause.EffectUsd));
        Assert.Equal([new PriceMove("inputUsdPerM", 1, 1.5m), new PriceMove("outputUsdPerM", 2, 3)], cause.Prices);
        Assert.Equal("feed", cause.Source!.Source);
    }

    [Fact]
    public void Option_that_loses_a_price_is_named_though_another_stays_the_cheapest()
    {
        // The machine costs $720 and stays the dearer one of the two; without its rent nobody knows what it costs.
        var change = Compare(Rows(1, 2, null));
        Assert.Equal(("api", "api"), (change.Before.OptionId, change.After.OptionId));
        Assert.Equal(["Fleet"], change.Unknown);
        Assert.Contains(DecisionReasons.UnknownCost, change.Reasons);
    }

    [Fact]
    public void Rows_are_told_by_what_each_does_alone_the_strongest_first()
    {
        // The machine alone: 1.02 × 720 = $734.40, $14.40 more, and still dearer than $600.
        var change = Compare(Rows(1.5m, 3, 1.02m));
        Assert.Equal(new DecisionAnswer("self", "Fleet", 734.4m, 816_000), Rounded(change.After));
        Assert.Equal([(Sheet, true, (decimal?)300), (Machine, false, 14.4m)], change.Causes.Select(cause => (cause.Key, cause.Flips, cause.EffectUsd)));
        Assert.Equal([new PriceMove("onDemandUsd", 1, 1.02m)], change.Causes[1].Prices);
    }

    [Theory]
    // 1.04 × 720 / 0.0006 = 1.248 M is 4 % up, 1.06 gives 1.272 M, 6 % up.
    [InlineData(1.04, 0.05, 0)]
    [InlineData(1.06, 0.05, 1)]
    [InlineData(1.06, 0.07, 0)]
    [InlineData(1.04, 0, 1)]
    public void Break_even_counts_from_the_threshold_on(double hourly, double threshold, int reasons)
    {
        var change = Compare(Rows(1, 2, (decimal)hourly), threshold);
        Assert.Equal(reasons, change.Reasons.Count);
        Assert.All(change.Reasons, reason => Assert.Equal(DecisionReasons.BreakEven, reason));
        Assert.Equal(1_200_000 * hourly, change.After.BreakEvenRequests!.Value, 0.5);
    }

    [Fact]
    public void Month_of_the_cheapest_option_counts_by_itself()
    {
        // 1.05 and 2.1 cost 5 %, $630, which is not above the threshold; 1.1 and 2.2 cost $660. The machine's hour moves along, so the crossing stays.
        Assert.Empty(Compare(Rows(1.05m, 2.1m, 1.05m)).Reasons);
        Assert.Equal([DecisionReasons.MonthlyCost], Compare(Rows(1.1m, 2.2m, 1.1m)).Reasons);
    }

    [Fact]
    public void Crossing_whose_other_side_changed_hands_is_compared_and_not_lost()
    {
        // A second API costs 400 × 1.1 + 100 × 2.2 = $660 a million: it meets the machine at 720 / 0.00066 = 1,090,909.
        var scenario = Scenario with { Options = [.. Scenario.Options, Documents.Api(1.1m, 2.2m) with { Id = "second", Name = "Second" }] };
        var change = DecisionComparison.Compare(scenario, Saved, Engine.Evaluate(scenario, Saved), Rows(1.5m, 3, 1));
        Assert.Equal((new DecisionAnswer("api", "API", 600, 1_200_000), new DecisionAnswer("second", "Second", 660, 1_090_909.091)), (Rounded(change.Before), Rounded(change.After)));
        Assert.Contains(DecisionReasons.BreakEven, change.Reasons);
    }

    [Fact]
    public void Price_that_is_gone_makes_the_cost_unknown_and_not_free()
    {
        var change = Compare(Rows(1, null, 1));
        Assert.Equal(("self", 720m), (change.After.OptionId, change.After.MonthlyUsd));
        Assert.Null(change.After.BreakEvenRequests);
        var cause = Assert.Single(change.Causes);
        Assert.True(cause.Flips);
        Assert.Null(cause.EffectUsd);
        Assert.Equal([new PriceMove("outputUsdPerM", 2, null)], cause.Prices);
    }

    [Fact]
    public void Row_that_moves_nothing_is_no_cause()
    {
        var today = Saved with { Instances = new Dictionary<string, Instance> { [Machine] = Saved.Instances[Machine] with { Prices = new HourlyPrices(1, 0.5m, null, null) } } };
        Assert.Empty(Compare(today).Causes);
    }

    [Fact]
    public void Scenario_that_today_s_rows_do_not_allow_has_no_answer_and_says_why()
    {
        // The saved rows lack the sheet that the document names, and so do today's.
        var broken = Scenario with { Options = [new ApiOption { Id = "api", Name = "API", PriceKey = "nobody:knows" }, Scenario.Options[1]] };
        var change = DecisionComparison.Compare(broken, Saved, Engine.Evaluate(Scenario, Saved), Saved);
        Assert.Equal([DecisionReasons.NoAnswer], change.Reasons);
        Assert.Equal("api", change.Before.OptionId);
        Assert.StartsWith("options[0].priceKey: ", change.After.Fault, StringComparison.Ordinal);
        Assert.Null(change.After.OptionId);
    }

    [Fact]
    public void New_formulas_are_not_taken_for_new_prices()
    {
        var old = Engine.Evaluate(Scenario, Rows(3, 6, 1)) with { EngineVersion = "0.9" };
        var change = DecisionComparison.Compare(Scenario, Saved, old, Saved);
        Assert.Empty(change.Reasons);
        Assert.Equal(600, change.Before.MonthlyUsd);
    }

    private static DecisionChange Compare(CatalogSnapshot today, double threshold = 0.05) =>
        DecisionComparison.Compare(Scenario, Saved, Engine.Evaluate(Scenario, Saved), today, threshold);

    private static DecisionAnswer Rounded(DecisionAnswer answer) => answer with { BreakEvenRequests = answer.BreakEvenRequests is { } at ? Math.Round(at, 3) : null };

    private static CatalogSnapshot Rows(decimal? input, decimal? output, decimal? hourly)
    {
        var source = new Provenance("feed", null, new DateOnly(2026, 12, 1));
        return new CatalogSnapshot
        {
            Prices = new Dictionary<string, PriceSheet> { [Sheet] = new(Sheet, "acme", "chat", new TokenPrices { InputUsdPerM = input, OutputUsdPerM = output }, 128_000, null, source) },
            Instances = new Dictionary<string, Instance> { [Machine] = Documents.Catalog.Instances[Machine] with { Prices = new HourlyPrices(hourly, null, null, null), Provenance = source } },
            Models = Documents.Catalog.Models,
        };
    }
}
