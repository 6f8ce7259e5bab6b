using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Versions;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Versions;

/// <summary>
/// An API at $1 and $2 per M tokens against one machine at $1 an hour. A request has 400 + 100 tokens: $0.0006, so a million cost $600 a month; the machine's 720 hours cost $720.
/// They meet at 720 / 0.0006 = 1.2 M requests.
/// </summary>
public class VersionComparisonTests
{
    private const string Sheet = "acme:chat";

    private static readonly Provenance Old = new("feed", null, new DateOnly(2026, 11, 1));

    private static readonly Scenario Scenario = Documents.Chat(
        new ApiOption { Id = "api", Name = "API", PriceKey = Sheet },
        Documents.Fleet(instances: 1) with { InstanceUsdPerHour = 1, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 10_000, Basis = "total" } })
        with
    { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 400, OutputTokens = 100 } };

    [Fact]
    public void Version_does_not_differ_from_itself()
    {
        var changes = VersionComparison.Of(Version(Scenario, Rows(1, 2)), Version(Scenario, Rows(1, 2)));
        Assert.Empty(changes.Inputs);
        Assert.Empty(changes.Rows);
        Assert.True(changes.Answer.IsEmpty);
        Assert.True(changes.PresentCostsCompared);
    }

    [Fact]
    public void Dearer_price_is_told_with_the_answer_that_it_turns()
    {
        // 400 × 1.5 + 100 × 3 = $900 a month; 720 / 0.0009 = 0.8 M.
        var changes = VersionComparison.Of(Version(Scenario, Rows(1, 2)), Version(Scenario, Rows(1.5m, 3, day: 20)));

        Assert.Empty(changes.Inputs);
        var row = Assert.Single(changes.Rows);
        Assert.Equal((DecisionCauseKinds.PriceSheet, Sheet, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 20)), (row.Kind, row.Key, row.Old!.AsOf, row.New!.AsOf));
        Assert.Equal([new PriceMove("inputUsdPerM", 1, 1.5m), new PriceMove("outputUsdPerM", 2, 3)], row.Prices);
        Assert.Equal((new DecisionAnswer("api", "API", 600, null), new DecisionAnswer("self", "Fleet", 720, null)), (changes.Answer.Verdict!.Old, changes.Answer.Verdict.New));
        var api = Assert.Single(changes.Answer.Options);
        var month = api.Figures.Single(figure => figure.Figure == AnswerFigures.OngoingMonthlyUsd);
        Assert.Equal(("api", 600.0, 900.0, 300.0, 0.5), (api.Id, month.Old!.Value, month.New!.Value, month.Difference!.Value, month.Share!.Value));
        var crossing = changes.Answer.BreakEven.First(change => change is { FirstMonth: false, FromOptionId: "api" });
        Assert.Equal((1_200_000, 800_000), (Math.Round(crossing.Old!.Value), Math.Round(crossing.New!.Value)));
    }

    [Fact]
    public void Present_cost_of_a_year_without_discount_is_twelve_months()
    {
        var year = Scenario with { Horizon = new Horizon { Months = 12, DiscountRatePerYear = 0 } };
        var figures = VersionComparison.Of(Version(year, Rows(1, 2)), Version(year, Rows(2, 4))).Answer.Options.Single().Figures;
        var present = figures.Single(figure => figure.Figure == AnswerFigures.PresentCostUsd);
        Assert.Equal((7_200, 14_400), (Math.Round(present.Old!.Value, 6), Math.Round(present.New!.Value, 6)));
    }

    [Fact]
    public void Present_costs_are_not_compared_where_another_engine_answered()
    {
        var before = Version(Scenario, Rows(1, 2));
        var changes = VersionComparison.Of(before with { Result = before.Result with { EngineVersion = "0.9" } }, Version(Scenario, Rows(2, 4)));
        Assert.False(changes.PresentCostsCompared);
        Assert.DoesNotContain(changes.Answer.Options.SelectMany(option => option.Figures), figure => figure.Figure == AnswerFigures.PresentCostUsd);
    }

    [Fact]
    public void Finding_is_new_or_gone_by_its_rule_and_option()
    {
        // The machine carries 51.84 M requests; 60 M are too many for it.
        var more = Scenario with { Workload = Scenario.Workload with { RequestsPerMonth = 60_000_000 } };
        var changes = VersionComparison.Of(Version(Scenario, Rows(1, 2)), Version(more, Rows(1, 2))).Answer;
        Assert.Contains(changes.NewFindings, check => check is { OptionId: "self", Severity: CheckSeverities.Error });
        Assert.Equal((true, false), changes.Options.Where(option => option.Id == "self").Select(option => (option.OldFeasible, option.NewFeasible)).Single());
        var back = VersionComparison.Of(Version(more, Rows(1, 2)), Version(Scenario, Rows(1, 2))).Answer;
        Assert.Equal(changes.NewFindings.Select(check => check.Message), back.GoneFindings.Select(check => check.Message));
        Assert.Equal(changes.GoneFindings.Select(check => check.Message), back.NewFindings.Select(check => check.Message));
    }

    [Fact]
    public void Unknown_figure_has_no_difference() => Assert.Equal((null, null), (new FigureChange(AnswerFigures.FirstMonthUsd, null, 5).Difference, new FigureChange(AnswerFigures.FirstMonthUsd, 0, 5).Share));

    private static VersionContent Version(Scenario scenario, CatalogSnapshot rows) => new(scenario, rows, Engine.Evaluate(scenario, rows));

    private static CatalogSnapshot Rows(decimal input, decimal output, int day = 1) => Documents.Catalog with
    {
        Prices = new Dictionary<string, PriceSheet>
        {
            [Sheet] = new(Sheet, "acme", "chat", new TokenPrices { InputUsdPerM = input, OutputUsdPerM = output }, 100_000, null, Old with { AsOf = new DateOnly(2026, 11, day) }),
        },
    };
}
