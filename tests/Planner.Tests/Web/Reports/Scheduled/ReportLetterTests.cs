using Planner.Domain.Planning;
using Planner.Web.Reports.Scheduled;
using Xunit;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>What the letter says of today's prices.</summary>
public class ReportLetterTests
{
    private static readonly DecisionAnswer Api = new("api", "API", 7_500m, null);
    private static readonly DecisionAnswer None = new(null, null, null, null);

    [Fact]
    public void Letter_says_in_one_sentence_whether_todays_prices_would_change_the_decision()
    {
        Assert.Equal("Today's prices would not change the decision.", ReportLetter.SentenceOf(new DecisionChange(Api, Api, [], [])));
        Assert.Equal(
            "Today's prices would change the decision: Fleet at $7,200 a month, where it was API at $7,500 a month.",
            ReportLetter.SentenceOf(new DecisionChange(Api, new DecisionAnswer("self", "Fleet", 7_200m, null), [DecisionReasons.CheapestOption], [])));
        Assert.Equal(
            "Today's prices keep the cheapest option but move the figures: API at $9,000 a month, where it was API at $7,500 a month.",
            ReportLetter.SentenceOf(new DecisionChange(Api, Api with { MonthlyUsd = 9_000m }, [DecisionReasons.MonthlyCost], [])));
        Assert.Equal(
            "Today's prices would decide what was open: API at $7,500 a month.",
            ReportLetter.SentenceOf(new DecisionChange(None, Api, [DecisionReasons.CheapestOption], [])));
        Assert.Equal(
            "Whether today's prices would change the decision cannot be told.",
            ReportLetter.SentenceOf(new DecisionChange(Api, new DecisionAnswer(null, null, null, null, "workload: no"), [DecisionReasons.NoAnswer], [])));
        Assert.Equal("Whether today's prices would change the decision cannot be told.", ReportLetter.SentenceOf(null));
    }

    [Theory]
    [InlineData(1_000_000d, 1_200_000d, "The break-even moves to 1.2 M requests a month, from 1 M requests a month.")]
    [InlineData(null, 1_200_000d, "There is now a break-even, at 1.2 M requests a month.")]
    [InlineData(1_000_000d, null, "There is no break-even any more; it was at 1 M requests a month.")]
    public void Break_even_that_moved_is_told_also_where_nothing_else_did(double? before, double? after, string told)
    {
        var (old, now) = (Api with { BreakEvenRequests = before }, Api with { BreakEvenRequests = after });

        Assert.Equal($"Today's prices keep the cheapest option, API at $7,500 a month. {told}", ReportLetter.SentenceOf(new DecisionChange(old, now, [DecisionReasons.BreakEven], [])));
        Assert.Equal(
            $"Today's prices keep the cheapest option but move the figures: API at $9,000 a month, where it was API at $7,500 a month. {told}",
            ReportLetter.SentenceOf(new DecisionChange(old, now with { MonthlyUsd = 9_000m }, [DecisionReasons.MonthlyCost, DecisionReasons.BreakEven], [])));
    }

    [Fact]
    public void Cost_that_is_not_known_any_more_is_told_with_its_option()
    {
        Assert.Equal(
            "Today's prices keep the cheapest option, API at $7,500 a month. Not known any more is the cost of Fleet and Mix.",
            ReportLetter.SentenceOf(new DecisionChange(Api, Api, [DecisionReasons.UnknownCost], []) { Unknown = ["Fleet", "Mix"] }));
        Assert.Equal(
            "With today's prices no option that can serve the workload has a known cost; it was API at $7,500 a month. Not known any more is the cost of API.",
            ReportLetter.SentenceOf(new DecisionChange(Api, None, [DecisionReasons.CheapestOption, DecisionReasons.UnknownCost], []) { Unknown = ["API"] }));
        Assert.Equal(
            "With today's prices, as before, no option can be called the cheapest. Not known any more is the cost of Fleet.",
            ReportLetter.SentenceOf(new DecisionChange(None, None, [DecisionReasons.UnknownCost], []) { Unknown = ["Fleet"] }));
    }

    [Fact]
    public void Subject_is_one_line() => Assert.Equal("a  b c", ReportMail.OneLine("a\r\nb\u2028c\n"));
}
