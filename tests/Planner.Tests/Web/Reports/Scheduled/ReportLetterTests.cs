using Planner.Domain.Planning;
using Planner.Web.Reports.Scheduled;
using Xunit;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>What the letter says of today's prices.</summary>
public class ReportLetterTests
{
    private static readonly DecisionAnswer Api = new("api", "API", 7_500m, null);

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
            "Whether today's prices would change the decision cannot be told.",
            ReportLetter.SentenceOf(new DecisionChange(Api, new DecisionAnswer(null, null, null, null, "workload: no"), [DecisionReasons.NoAnswer], [])));
        Assert.Equal("Whether today's prices would change the decision cannot be told.", ReportLetter.SentenceOf(null));
    }

    [Fact]
    public void Subject_is_one_line() => Assert.Equal("a  b c", ReportMail.OneLine("a\r\nb\u2028c\n"));
}
