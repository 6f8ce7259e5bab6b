using Planner.Domain.Actuals;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Actuals;

/// <summary>What would have cost less, by hand.</summary>
public sealed class ActualAdviceTests
{
    /// <summary>Two instances at $5.672, each of which serves 125 tokens/s; of no model, so that no other machine is looked for.</summary>
    private static readonly SelfHostOption Own = Documents.Fleet() with { Model = null };

    [Fact]
    public void Fewer_instances_and_the_cheaper_option_are_told_with_their_saving()
    {
        // 450,000 tokens in each hour are 125 tokens/s: one instance of the three that ran. 1,000 requests an hour are 720,000 a month of 450 tokens.
        var scenario = Measured.Chat(Documents.Api(), Own);
        var advice = Advise(scenario, Measured.Fleet(3, Measured.Hours(Measured.Start(10), 744)), "self");

        Assert.Equal(("2026-10", 12_251.52m), (advice.Months, advice.NowUsd!.Value)); // 3 × 720 h × $5.672
        var cheapest = advice.Changes.Single(change => change.Id == ActualAdvice.Cheapest);
        Assert.Equal((486m, 11_765.52m), (cheapest.MonthlyUsd, cheapest.SavingUsd)); // 324 M × $1.50
        Assert.Equal((720_000m, 400m, 50m), (cheapest.Scenario.Workload.RequestsPerMonth, cheapest.Scenario.Workload.InputTokens, cheapest.Scenario.Workload.OutputTokens));
        var fewer = advice.Changes.Single(change => change.Id == ActualAdvice.Instances);
        Assert.Equal((4_083.84m, 8_167.68m, "One instance carries the busiest hour; 3 ran."), (fewer.MonthlyUsd, fewer.SavingUsd, fewer.Sentence));
        Assert.Equal((FleetSizings.Fixed, 1), (fewer.Scenario.Options.OfType<SelfHostOption>().Single().Fleet.Sizing, fewer.Scenario.Options.OfType<SelfHostOption>().Single().Fleet.Instances));
        Assert.Equal([125.0, 125, 1], fewer.Figures.Select(figure => Math.Round(figure.Value, 9)));
        Assert.True(advice.Changes.Count <= 3);
        Assert.Equal(advice.Changes.OrderByDescending(change => change.SavingUsd), advice.Changes);
        Assert.Null(advice.Nothing);
    }

    [Fact]
    public void The_busiest_hour_decides_how_many_instances_are_needed()
    {
        var hours = Measured.Hours(Measured.Start(10), 744).Select((hour, place) => place == 100 ? hour with { GeneratedTokens = 60_000 } : hour);
        var advice = Advise(Measured.Chat(Own), Measured.Fleet(3, hours), "self");
        Assert.StartsWith("2 instances", advice.Changes.Single(change => change.Id == ActualAdvice.Instances).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_hour_of_unknown_load_leaves_the_instances_alone()
    {
        var hours = Measured.Hours(Measured.Start(10), 744).Select((hour, place) => place == 100 ? hour with { PromptTokens = null } : hour);
        Assert.DoesNotContain(Advise(Measured.Chat(Own), Measured.Fleet(3, hours), "self").Changes, change => change.Id == ActualAdvice.Instances);
    }

    [Fact]
    public void The_prefix_cache_is_what_the_engine_found()
    {
        var hours = Measured.Hours(Measured.Start(10), 744).Select(hour => hour with { PrefixQueries = 400_000, PrefixHits = 100_000 });
        var advice = Advise(Measured.Chat(Documents.Api(), Own), Measured.Fleet(3, hours), "self");
        Assert.All(advice.Changes, change => Assert.Equal(0.25m, change.Scenario.Options.OfType<SelfHostOption>().Single().PrefixCacheShare));
    }

    [Fact]
    public void Where_nothing_saves_it_is_said()
    {
        // $1,500 a month of the API; two instances would be $8,167.68.
        var advice = Advise(Measured.Chat(Documents.Api(), Own), Measured.Usage(Measured.Days(new(2026, 9, 1), new(2026, 9, 30), 50)), "api");
        Assert.Equal((1_500m, 0), (advice.NowUsd!.Value, advice.Changes.Count)); // a month of 720 hours, as September has
        Assert.StartsWith("Nothing that was tried costs less than what 2026-09 really cost", advice.Nothing, StringComparison.Ordinal);
    }

    [Fact]
    public void An_api_that_costs_more_than_planned_is_left_for_the_cheaper_fleet()
    {
        // 30 × $400 = $12,000; 75,000 requests of 440 tokens in the last 28 days' pace are carried by the two instances.
        var advice = Advise(Measured.Chat(Documents.Api(), Own), Measured.Usage(Measured.Days(new(2026, 9, 1), new(2026, 9, 30), 400)), "api");
        var change = Assert.Single(advice.Changes);
        Assert.Equal((ActualAdvice.Cheapest, "Fleet serves what was really used.", 8_167.68m, 3_832.32m), (change.Id, change.Sentence, change.MonthlyUsd, change.SavingUsd));
        Assert.Equal((75_000m, 12_000m), (change.Scenario.Workload.RequestsPerMonth, change.Scenario.BaselineMonthlyUsd));
    }

    [Fact]
    public void An_option_of_the_same_price_saves_nothing_however_the_month_went()
    {
        // 2,500 requests of 440 tokens on each of three days, then a tenth of that: all at the options' own $1.50 per million.
        static UsageDay Least(UsageDay day) => day with { Totals = new UsageTotals(250, 0, 0, 100_000, 0, 0, 10_000, 0.165m) };
        var days = Measured.Days(new(2026, 10, 1), new(2026, 10, 31), 1.65m).Select(day => day.Day.Day <= 3 ? day : Least(day));
        var twin = Documents.Api() with { Id = "twin", Name = "Twin" };
        var advice = Advise(Measured.Chat(Documents.Api(), twin), Measured.Usage(days), "api");
        Assert.Equal(9.261290m, advice.NowUsd!.Value); // (3 × $1.65 + 28 × $0.165) × 720 ÷ 744
        Assert.Empty(advice.Changes);
    }

    [Fact]
    public void Part_of_a_month_is_no_month_to_change_anything_for()
    {
        var advice = Advise(Measured.Chat(Documents.Api(), Own), Measured.Usage(Measured.Days(new(2026, 9, 1), new(2026, 9, 20), 400)), "api");
        Assert.Empty(advice.Changes);
        Assert.StartsWith("What to change is told from a whole month", advice.Nothing, StringComparison.Ordinal);
    }

    [Fact]
    public void Months_before_a_mix_had_its_fleet_watched_are_not_rested_on()
    {
        var mix = new HybridOption { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api", Replicas = 1 };
        var sources = new ActualSources(Measured.Usage(Measured.Days(new(2026, 9, 1), new(2026, 10, 31), 50)).Usage, Measured.Fleet(1, Measured.Hours(Measured.Start(10), 744)).Fleets);
        Assert.Equal("2026-10", Advise(Measured.Chat(Documents.Api(), Own, mix), sources, "mix").Months);
    }

    [Fact]
    public void Only_the_models_that_count_are_planned_with()
    {
        var days = Measured.Days(new(2026, 9, 1), new(2026, 9, 30), 400).Concat(Measured.Days(new(2026, 9, 1), new(2026, 9, 30), 1, model: "other"));
        var advice = Advise(Measured.Chat(Documents.Api(), Own), Measured.Usage(days, "gpt-4o"), "api");
        Assert.Equal(75_000m, Assert.Single(advice.Changes).Scenario.Workload.RequestsPerMonth);
    }

    private static ActualAdvice Advise(Scenario scenario, ActualSources sources, string option) =>
        ActualAdvice.Of(scenario, Documents.Catalog, sources, PlanAgainstActual.Of(scenario, Documents.Catalog, option, sources), TestContext.Current.CancellationToken);
}
