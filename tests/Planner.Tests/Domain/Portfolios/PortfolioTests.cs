using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Portfolios;
using Xunit;

namespace Planner.Tests.Domain.Portfolios;

/// <summary>Bills small enough to add up by hand.</summary>
public class PortfolioTests
{
    // A: an API, 100 a month for input and 50 for output. Its twelve months are 150 each, from January 2027 on.
    private static readonly PortfolioEntry Chat = Entry("a", "Chat", "api", [Option("api", true, Line("apiInput", 100), Line("apiOutput", 50)), Option("self", false, Line("compute", 80), Line("oneOff", 20, oneOff: true))]) with
    {
        Start = new DateOnly(2027, 1, 1),
        Horizon = Months(12, ("api", true, 150m, 0m), ("self", false, 80m, 20m)),
    };

    // B: a fleet, 200 a month for machines and 30 for people, 70 once. Its 24 months begin in March 2027.
    private static readonly PortfolioEntry Code = Entry("b", "Code", "self", [Option("self", true, Line("compute", 200), Line("operations", 30), Line("oneOff", 70, oneOff: true))]) with
    {
        Start = new DateOnly(2027, 3, 1),
        Horizon = Months(24, ("self", true, 230m, 70m)),
    };

    // C: nobody knows its price.
    private static readonly PortfolioEntry Dark = Entry("c", "Dark", null, [new OptionResult("x", "x", "api", false, ["No price for x."], null, null, null, null, null, null, null, null, [])]) with
    {
        Start = new DateOnly(2027, 1, 1),
        Horizon = new HorizonResult("1", 12, 0, null, [new OptionHorizon("x", "x", "api", false, ["No price for x."], [], null, null, null)]),
    };

    [Fact]
    public void Winners_of_two_scenarios_add_up()
    {
        var totals = Portfolio.Of([Chat, Code]);

        // 150 + 230; and 70 once.
        Assert.Equal(new PortfolioSum(380, 2, 0, 0, 0), totals.Monthly);
        Assert.Equal(450, totals.FirstMonth.Usd);
        // 12 × 150 + (12 × 230 + 70) = 1,800 + 2,830; over the horizons 1,800 + (24 × 230 + 70) = 1,800 + 5,590.
        Assert.Equal(4_630, totals.Year.Usd);
        Assert.Equal(7_390, totals.Horizon.Usd);
        Assert.Equal([12, 24], totals.Items.Select(item => item.HorizonMonths));
        Assert.False(totals.Monthly.IsAtLeast);
        Assert.All(totals.Items, item => Assert.True(item.IsCheapest));
    }

    [Fact]
    public void Kinds_of_cost_add_up_to_the_month_and_stand_in_the_order_of_the_ledger() => Assert.Equal(
        [new CostGroup("apiInput", 100, 0), new CostGroup("apiOutput", 50, 0), new CostGroup("compute", 200, 0), new CostGroup("operations", 30, 0), new CostGroup("oneOff", 0, 70)],
        Portfolio.Of([Code, Chat]).Groups);

    [Fact]
    public void Calendar_months_hold_who_has_begun_by_then()
    {
        var months = Portfolio.Of([Code, Chat]).Months;

        Assert.Equal(12, months.Count);
        Assert.Equal(["2027-01", "2027-02", "2027-03"], months.Take(3).Select(month => month.Month));
        // Chat alone; then both, with what Code pays once; then both.
        Assert.Equal([150m, 150m, 450m, 380m], months.Take(4).Select(month => month.Cost.Usd));
        Assert.Equal([1, 1, 0, 0], months.Take(4).Select(month => month.NotBegun));
        Assert.Equal("2027-12", months[^1].Month);
        Assert.All(months, month => Assert.False(month.Cost.IsAtLeast));
    }

    [Fact]
    public void Cash_of_a_month_is_told_beside_its_cost() =>
        Assert.Equal([151m, 151m], Portfolio.Of([Chat]).Months.Take(2).Select(month => month.Cash.Usd));

    [Fact]
    public void Unknown_cost_is_left_out_counted_and_makes_the_total_a_lower_bound()
    {
        var totals = Portfolio.Of([Chat, Dark]);

        Assert.Equal(new PortfolioSum(150, 1, 1, 0, 0), totals.Monthly);
        Assert.True(totals.Monthly.IsAtLeast);
        Assert.True(totals.Months[0].Cost.IsAtLeast);
        Assert.Equal("No option can serve this workload at a known cost.", Assert.Single(totals.Items[1].Reasons));
        Assert.Null(totals.Items[1].MonthlyUsd);
    }

    [Fact]
    public void Nothing_known_is_not_zero()
    {
        var totals = Portfolio.Of([Dark]);

        Assert.Null(totals.Monthly.Usd);
        Assert.Null(totals.Horizon.Usd);
        Assert.Empty(totals.Months);
        Assert.Equal("No price for x.", Assert.Single(Portfolio.Of([Dark with { OptionId = "x" }]).Items[0].Reasons));
    }

    [Fact]
    public void Option_that_cannot_serve_counts_only_where_it_is_chosen_and_is_told_apart()
    {
        var totals = Portfolio.Of([Chat with { OptionId = "self" }, Code]);

        // 80 + 230, of which 80 serve nobody in full.
        Assert.Equal(new PortfolioSum(310, 2, 0, 1, 80), totals.Monthly);
        // 12 × 80 + 20 and 24 × 230 + 70.
        Assert.Equal(new PortfolioSum(6_570, 2, 0, 1, 980), totals.Horizon);
        Assert.False(totals.Items[0].Feasible);
        Assert.False(totals.Items[0].IsCheapest);
        Assert.Equal(["It is too small."], totals.Items[0].Reasons);
        Assert.Equal(1, totals.Months[0].Cost.Infeasible);
    }

    [Fact]
    public void Option_that_is_outgrown_within_the_horizon_is_told_there_and_not_in_the_month()
    {
        var outgrown = Chat.Horizon! with { Options = [Chat.Horizon!.Options[0] with { Feasible = false, Reasons = ["From 2027-06 it is too small."] }] };

        var totals = Portfolio.Of([Chat with { Horizon = outgrown }, Code]);

        Assert.Equal(0, totals.Monthly.Infeasible);
        Assert.Equal(new PortfolioSum(7_390, 2, 0, 1, 1_800), totals.Horizon);
        Assert.Equal("From 2027-06 it is too small.", totals.Items[0].HorizonReason);
        Assert.True(totals.Items[0].Feasible);
    }

    [Fact]
    public void Scenario_without_a_start_month_is_unknown_in_every_calendar_month_but_counts_over_its_horizon()
    {
        var totals = Portfolio.Of([Chat, Code with { Start = null }]);

        Assert.Equal(7_390, totals.Horizon.Usd);
        Assert.All(totals.Months, month => Assert.Equal(new PortfolioSum(150, 1, 1, 0, 0), month.Cost));
        Assert.Contains("no start month", totals.Items[1].HorizonReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Months_that_were_not_worked_out_leave_the_stored_month_in_the_total()
    {
        var totals = Portfolio.Of([Chat, Code with { Horizon = null, HorizonReason = "Computed with engine 0." }]);

        Assert.Equal(380, totals.Monthly.Usd);
        Assert.Equal(new PortfolioSum(1_800, 1, 1, 0, 0), totals.Horizon);
        Assert.Equal("Computed with engine 0.", totals.Items[1].HorizonReason);
        // Code begins in March: until then nothing is missing.
        Assert.Equal([0, 0, 1], totals.Months.Take(3).Select(month => month.Cost.Unknown));
    }

    [Fact]
    public void Option_that_the_answer_does_not_have_is_unknown_by_name() =>
        Assert.Equal("The stored answer has no option “gone”.", Assert.Single(Portfolio.Of([Chat with { OptionId = "gone" }]).Items[0].Reasons));

    [Fact]
    public void Nothing_adds_up_to_nothing_known()
    {
        var totals = Portfolio.Of([]);

        Assert.Equal(new PortfolioSum(null, 0, 0, 0, 0), totals.Monthly);
        Assert.Empty(totals.Groups);
    }

    private static PortfolioEntry Entry(string id, string name, string? cheapest, IReadOnlyList<OptionResult> options) =>
        new(id, name, new Result("1", new Verdict(cheapest, "", null), options, [], []), null);

    private static OptionResult Option(string id, bool feasible, params LedgerLine[] lines) => new(
        id, id, id == "api" ? "api" : "selfHost", feasible, feasible ? [] : ["It is too small."], lines.Where(line => !line.OneOff).Sum(line => line.AmountUsd), lines.Sum(line => line.AmountUsd),
        null, null, null, null, null, null, lines);

    private static LedgerLine Line(string group, decimal usd, bool oneOff = false) => new(group, group, oneOff, "amount", [], usd, "by hand");

    /// <summary>Months of one cost each; what is paid once falls into the first, and a dollar more of cash is due in each.</summary>
    private static HorizonResult Months(int count, params (string Id, bool Feasible, decimal Usd, decimal Once)[] options) => new("1", count, 0, null,
    [
        .. options.Select(option => new OptionHorizon(
            option.Id, option.Id, "api", option.Feasible, [],
            [.. Enumerable.Range(0, count).Select(month => new HorizonMonth(month, null, 1, option.Usd + (month == 0 ? option.Once : 0), option.Usd + 1 + (month == 0 ? option.Once : 0), month == 0 ? option.Once : 0, 0))],
            new HorizonTotals(option.Usd + option.Once, option.Usd, (12 * option.Usd) + option.Once, 0, (count * option.Usd) + option.Once, 0, 0), null, null)),
    ]);
}
