using Planner.Domain.Actuals;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Actuals;

/// <summary>Plan and actual by month, by hand.</summary>
public sealed class PlanAgainstActualTests
{
    private static readonly DateOnly September = new(2026, 9, 1);

    [Fact]
    public void The_plan_grows_month_by_month_and_the_error_has_its_sign()
    {
        // 30 × $240 = $7,200 of $7,500; 31 × $300 = $9,300 of $8,250.
        var compared = Compare(Growing(), Measured.Usage([.. Measured.Days(September, new(2026, 9, 30), 240), .. Measured.Days(new(2026, 10, 1), new(2026, 10, 31), 300)]));

        Assert.Equal(["2026-09", "2026-10"], compared.Months.Select(month => month.Month));
        var cost = compared.Months.Select(month => month[ActualMeasures.Cost]).ToList();
        Assert.Equal([(7_500, 7_200), (8_250, 9_300)], cost.Select(figure => (figure.Plan.Value!.Value, figure.Actual.Value!.Value)));
        Assert.Equal(-0.04, cost[0].ErrorShare!.Value, 12);
        Assert.Equal(1_050 / 8_250.0, cost[1].ErrorShare!.Value, 12);
        // 10 M × 400 × 1.1; 31 × 1 M.
        Assert.Equal((4.4e9, 31e6), (Round(compared.Months[1][ActualMeasures.InputTokens].Plan), compared.Months[1][ActualMeasures.InputTokens].Actual.Value!.Value));
        // $9,300 of 34.1 M tokens.
        Assert.Equal((1.5, 9_300 / 34.1), (compared.Months[1][ActualMeasures.UsdPerMillionTokens].Plan.Value!.Value, compared.Months[1][ActualMeasures.UsdPerMillionTokens].Actual.Value!.Value), Near);
        Assert.All(compared.Months, month => Assert.True(month.IsWhole));
    }

    [Fact]
    public void A_mean_error_is_told_of_three_whole_months_and_the_season_is_in_the_plan()
    {
        decimal[] season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1];
        var scenario = Measured.Chat(Documents.Api()) is var chat ? chat with { Workload = chat.Workload with { Seasonality = season } } : null;
        // $7,500 of 7,500; $6,200 of 7,500; $18,000 of 15,000 in November: 0 %, −17.33 %, +20 %.
        var days = Measured.Days(September, new(2026, 9, 30), 250).Concat(Measured.Days(new(2026, 10, 1), new(2026, 10, 31), 200)).ToList();
        Assert.Equal(new MeanError(ActualMeasures.Cost, null, 2), Compare(scenario!, Measured.Usage(days)).Errors[0]);

        var error = Compare(scenario!, Measured.Usage([.. days, .. Measured.Days(new(2026, 11, 1), new(2026, 11, 30), 600)])).Errors[0];
        Assert.Equal((ActualMeasures.Cost, 3), (error.Measure, error.Months));
        Assert.Equal(((1_300 / 7_500.0) + 0.2) / 3, error.Share!.Value, 12);
    }

    [Fact]
    public void A_part_of_a_month_is_scaled_and_says_of_how_many_days()
    {
        // Ten of 30 days: $3,630 are $10,890 of a planned $9,075.
        var month = Assert.Single(Compare(Growing(), Measured.Usage(Measured.Days(new(2026, 11, 1), new(2026, 11, 10), 363))).Months);

        Assert.Equal(new SourceCoverage("November's log", 10, 30, "days"), Assert.Single(month.Coverage));
        Assert.False(month.IsWhole);
        var cost = month[ActualMeasures.Cost];
        Assert.Equal((10_890, 0.2), (cost.Actual.Value!.Value, cost.ErrorShare!.Value), Near);
        Assert.Equal(("measured × days ÷ covered", "measured, days, covered"), (cost.Actual.Formula, string.Join(", ", cost.Actual.Operands.Select(operand => operand.Name))));
        Assert.Equal([3_630.0, 30, 10], cost.Actual.Operands.Select(operand => operand.Value));
        // Volume × 1.1² × 400.
        Assert.Equal("requests × (1 + growth)^months × input", month[ActualMeasures.InputTokens].Plan.Formula);
    }

    [Fact]
    public void Models_that_do_not_count_are_left_out_but_their_days_are_measured()
    {
        var days = Measured.Days(September, new(2026, 9, 15), 100).Concat(Measured.Days(September, new(2026, 9, 30), 7, model: "other"));
        var month = Assert.Single(Compare(Growing(), Measured.Usage(days, "gpt-4o")).Months);
        Assert.Equal((1_500, true), (month[ActualMeasures.Cost].Actual.Value!.Value, month.IsWhole));
    }

    [Fact]
    public void What_a_row_does_not_say_is_unknown_and_not_zero()
    {
        var month = Assert.Single(Compare(Growing(), Measured.Usage(Measured.Days(September, new(2026, 9, 30), null))).Months);
        Assert.Equal((null, "“November's log” has rows of this month without a cost."), (month[ActualMeasures.Cost].Actual.Value, month[ActualMeasures.Cost].Actual.Unknown));
        Assert.Equal("“November's log” has rows of this month without a cost.", month[ActualMeasures.UsdPerMillionTokens].Actual.Unknown);
        Assert.Equal((30e6, null), (month[ActualMeasures.InputTokens].Actual.Value!.Value, month[ActualMeasures.Cost].ErrorShare));
        Assert.Null(month.AsPlannedUsd);
        Assert.Equal("An API has no machines of one's own.", month[ActualMeasures.Utilization].Actual.Unknown);
    }

    [Fact]
    public void Days_that_are_not_billed_yet_leave_the_others_to_tell_the_month()
    {
        var month = Assert.Single(Compare(Growing(), Measured.Usage([.. Measured.Days(September, new(2026, 9, 24), 240), .. Measured.Days(new(2026, 9, 25), new(2026, 9, 30), null)])).Months);
        // 24 × $240 are $5,760; × 30 ÷ 24.
        Assert.Equal((7_200, 24), (month[ActualMeasures.Cost].Actual.Value!.Value, month[ActualMeasures.Cost].Actual.Operands.Single(operand => operand.Name == "covered").Value));
        Assert.Equal(30e6, month[ActualMeasures.InputTokens].Actual.Value);
    }

    [Fact]
    public void A_log_tells_the_tokens_of_the_months_before_the_fleet_was_watched()
    {
        var sources = new ActualSources(Measured.Usage(Measured.Days(September, new(2026, 10, 31), null)).Usage, Measured.Fleet(3, Measured.Hours(Measured.Start(10), 744)).Fleets);
        var months = Compare(Two(), sources, "self").Months;
        Assert.Equal(["2026-09", "2026-10"], months.Select(month => month.Month));
        Assert.Equal(3e6, months[0][ActualMeasures.OutputTokens].Actual.Value); // 30 × 100,000
        Assert.Equal(37.2e6, months[1][ActualMeasures.OutputTokens].Actual.Value); // 744 × 50,000
        var unread = sources with { Fleets = [sources.Fleets[0] with { Hours = [] }] };
        Assert.Equal(2, Compare(Two(), unread, "self").Months.Count);
    }

    [Fact]
    public void Retries_and_the_vendors_tokenizer_are_planned_as_they_are_billed()
    {
        var scenario = Measured.Chat(Documents.Api() with { TokenFactor = 1.2m });
        scenario = scenario with { Workload = scenario.Workload with { RetryShare = 0.1m } };
        var month = Assert.Single(Compare(scenario, Measured.Usage(Measured.Days(September, new(2026, 9, 30), 250))).Months);
        // 10 M requests of 400 tokens × 1.1 × 1.2; the plan's cost per million stays the sheet's.
        Assert.Equal((5.28e9, 1.5), (month[ActualMeasures.InputTokens].Plan.Value!.Value, month[ActualMeasures.UsdPerMillionTokens].Plan.Value!.Value), Near);
    }

    [Fact]
    public void A_month_without_a_row_between_two_exports_is_missing_and_not_idle()
    {
        var months = Compare(Growing(), Measured.Usage([.. Measured.Days(September, new(2026, 9, 30), 250), .. Measured.Days(new(2026, 11, 1), new(2026, 11, 30), 250)])).Months;
        Assert.Equal((null, "“November's log” has no rows around this month."), (months[1][ActualMeasures.Cost].Actual.Value, months[1][ActualMeasures.Cost].Actual.Unknown));
    }

    [Fact]
    public void Less_than_a_day_is_no_month()
    {
        var watched = Assert.Single(Compare(Two(), Measured.Fleet(3, Measured.Hours(Measured.Start(10), 23)), "self").Months);
        Assert.Equal("“vLLM in the cellar” was watched for less than 24 hours in this month, of which no month is told.", watched[ActualMeasures.OutputTokens].Actual.Unknown);
        Assert.Null(watched[ActualMeasures.Cost].Actual.Value);
        Assert.NotNull(Assert.Single(Compare(Two(), Measured.Fleet(3, Measured.Hours(Measured.Start(10), 24)), "self").Months)[ActualMeasures.Cost].Actual.Value);
    }

    [Fact]
    public void Months_before_the_start_have_no_plan()
    {
        var months = Compare(Growing(), Measured.Usage(Measured.Days(new(2026, 8, 1), new(2026, 9, 30), 250))).Months;
        Assert.Equal((null, "The plan begins in 2026-09."), (months[0][ActualMeasures.Cost].Plan.Value, months[0][ActualMeasures.Cost].Plan.Unknown));
        Assert.Equal((7_750, null), (months[0][ActualMeasures.Cost].Actual.Value!.Value, months[0][ActualMeasures.Cost].ErrorShare));
        Assert.Equal(7_500, months[1][ActualMeasures.Cost].Plan.Value);
        var undated = Compare(Growing() with { StartMonth = "" }, Measured.Usage(Measured.Days(September, new(2026, 9, 30), 250)));
        Assert.StartsWith("The scenario has no start month", Assert.Single(undated.Months)[ActualMeasures.Cost].Plan.Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_that_nobody_measured_between_two_others_is_a_gap()
    {
        var months = Compare(Two(), Measured.Fleet(3, [.. Measured.Hours(Measured.Start(9), 720), .. Measured.Hours(Measured.Start(11), 720)]), "self").Months;
        Assert.Equal((3, 0), (months.Count, months[1].Coverage[0].Covered));
        Assert.Equal("“vLLM in the cellar” was not watched in this month.", months[1][ActualMeasures.OutputTokens].Actual.Unknown);
        Assert.Equal("“vLLM in the cellar” was not watched in this month.", months[1][ActualMeasures.Cost].Actual.Unknown);
        Assert.Equal(36e6, months[2][ActualMeasures.OutputTokens].Actual.Value); // 720 × 50,000
    }

    [Fact]
    public void A_fleet_costs_its_instance_hours_at_the_plans_price_and_the_rest_as_planned()
    {
        // 3 × 744 h × $5.672, and $100 for monitoring that nobody measures.
        var month = Assert.Single(Compare(Two(fleet => fleet with { Extras = [new ExtraCost { Name = "Monitoring", UsdPerMonth = 100 }] }), Measured.Fleet(3, Measured.Hours(Measured.Start(10), 744)), "self").Months);
        Assert.Equal((8_267.68, 12_759.904), (month[ActualMeasures.Cost].Plan.Value!.Value, month[ActualMeasures.Cost].Actual.Value!.Value), Near);
        Assert.Equal(100, month.AsPlannedUsd!.Value, 6);
        Assert.Equal("instanceHours × price + as planned", month[ActualMeasures.Cost].Actual.Formula);
        Assert.Equal([2_232, 5.672, 100], month[ActualMeasures.Cost].Actual.Operands.Select(operand => Math.Round(operand.Value, 6)));
        // 450,000 tokens an hour of 3 × 125 × 3,600.
        Assert.Equal(1 / 3.0, month[ActualMeasures.Utilization].Actual.Value!.Value, 12);
        // Four GPUs each: 2 × 720 h were planned.
        Assert.Equal((5_760, 8_928), (month[ActualMeasures.GpuHours].Plan.Value!.Value, month[ActualMeasures.GpuHours].Actual.Value!.Value), Near);
    }

    [Fact]
    public void Reserved_instances_are_paid_as_planned_and_others_as_they_ran()
    {
        var shares = new[] { new PurchaseShare { Kind = PurchaseKinds.Reserved1Y, Share = 0.5m }, new PurchaseShare { Kind = PurchaseKinds.OnDemand, Share = 0.5m } };
        // One of two is reserved: 720 × $3.57336. Of three that ran, two are paid by the hour: 2 × 744 × $5.672.
        var month = Assert.Single(Compare(Two(fleet => fleet with { Purchase = shares }), Measured.Fleet(3, Measured.Hours(Measured.Start(10), 744)), "self").Months);
        Assert.Equal((2_572.8192, 2_572.8192 + 8_439.936), (month.AsPlannedUsd!.Value, month[ActualMeasures.Cost].Actual.Value!.Value), Near);
        Assert.Equal("max(0, instanceHours − committed) × price + as planned", month[ActualMeasures.Cost].Actual.Formula);
    }

    [Fact]
    public void A_fleet_of_as_many_instances_as_planned_costs_what_was_planned()
    {
        var month = Assert.Single(Compare(Two(), Measured.Fleet(null, Measured.Hours(Measured.Start(10), 744)), "self").Months);
        Assert.Equal((8_167.68, null), (month[ActualMeasures.Cost].Actual.Value!.Value, month[ActualMeasures.Cost].ErrorShare));
        Assert.Equal("as planned", month[ActualMeasures.Cost].Actual.Formula);
    }

    [Fact]
    public void A_fleet_that_was_watched_for_a_tenth_of_the_month_is_scaled()
    {
        var month = Assert.Single(Compare(Two(), Measured.Fleet(3, Measured.Hours(Measured.Start(11), 72)), "self").Months);
        Assert.Equal(new SourceCoverage("vLLM in the cellar", 72, 720, "hours"), Assert.Single(month.Coverage));
        Assert.Equal((36e6, 3 * 720 * 5.672), (month[ActualMeasures.OutputTokens].Actual.Value!.Value, month[ActualMeasures.Cost].Actual.Value!.Value), Near);
        Assert.Equal(1 / 3.0, month[ActualMeasures.Utilization].Actual.Value!.Value, 12);
    }

    [Fact]
    public void A_fleet_that_is_off_at_night_is_not_scaled_to_hours_in_which_it_does_not_run()
    {
        // 360 of the plan's 720 hours are half of the month: 372 of 744.
        var scenario = Two(fleet => fleet with { Fleet = fleet.Fleet with { RunningHoursPerMonth = 360 } });
        var month = Assert.Single(Compare(scenario, Measured.Fleet(2, Measured.Hours(Measured.Start(10), 372)), "self").Months);
        Assert.True(month.IsWhole);
        Assert.Equal((18.6e6, 2 * 372 * 5.672), (month[ActualMeasures.OutputTokens].Actual.Value!.Value, month[ActualMeasures.Cost].Actual.Value!.Value), Near);
    }

    [Fact]
    public void A_percentile_beyond_the_last_bucket_is_above_it_and_has_no_error()
    {
        var scenario = Two() is var two ? two with { Workload = two.Workload with { Slo = new ServiceLevel { TtftMs = 500, TpotMs = 50 } } } : null;
        var hours = Measured.Hours(Measured.Start(10), 2).Select(hour => hour with
        {
            Ttft = new LatencyBuckets([0.1, 0.5, double.PositiveInfinity], [40, 50, 10]),
            Itl = new LatencyBuckets([0.01, 0.02, double.PositiveInfinity], [90, 10, 0]),
        });
        var month = Assert.Single(Compare(scenario!, Measured.Fleet(2, hours), "self").Months);

        var first = month[ActualMeasures.TtftP95];
        Assert.Equal((0.5, true, 0.5, null), (first.Actual.Value!.Value, first.Actual.IsAbove, first.Plan.Value!.Value, first.ErrorShare));
        // The 190th of 200: ten of the twenty between 10 and 20 ms.
        Assert.Equal((0.015, -0.7), (month[ActualMeasures.ItlP95].Actual.Value!.Value, month[ActualMeasures.ItlP95].ErrorShare!.Value), Near);
    }

    [Fact]
    public void A_machine_of_processors_has_no_gpu_hours()
    {
        var cpu = new Gpu("CPU", "CPU", "cpu", 4, 5, 0.03m, null, null, new Provenance("test", null, new DateOnly(2026, 11, 1)));
        var catalog = Documents.Catalog with { Gpus = new Dictionary<string, Gpu> { ["CPU"] = cpu } };
        var scenario = Two(fleet => fleet with { Model = null, InstanceKey = null, InstanceUsdPerHour = 1, Gpu = "CPU" });
        var month = Assert.Single(PlanAgainstActual.Of(scenario, catalog, "self", Measured.Fleet(3, Measured.Hours(Measured.Start(10), 744))).Months);
        Assert.Equal((0, 0, 2_232), (month[ActualMeasures.GpuHours].Plan.Value!.Value, month[ActualMeasures.GpuHours].Actual.Value!.Value, month[ActualMeasures.Cost].Actual.Value!.Value));
    }

    [Fact]
    public void Several_fleets_add_up_and_each_must_say_its_instances()
    {
        WatchedFleet Fleet(string name, decimal? instances) => new(name, instances, [.. Measured.Hours(Measured.Start(10), 744)]);
        var month = Assert.Single(Compare(Two(), new ActualSources(null, [Fleet("A", 1), Fleet("B", 2)]), "self").Months);
        Assert.Equal((2 * 37.2e6, 3 * 744 * 5.672), (month[ActualMeasures.OutputTokens].Actual.Value!.Value, month[ActualMeasures.Cost].Actual.Value!.Value), Near);
        Assert.Equal(2 / 3.0, month[ActualMeasures.Utilization].Actual.Value!.Value, 12);

        var unsaid = Assert.Single(Compare(Two(), new ActualSources(null, [Fleet("A", 1), Fleet("B", null)]), "self").Months);
        Assert.Equal("Several fleets are watched, and “B” does not say how many instances it runs on.", unsaid[ActualMeasures.Cost].Actual.Unknown);
    }

    [Fact]
    public void A_mix_costs_its_bill_and_the_hours_of_its_fleet()
    {
        var mix = new HybridOption { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api", Replicas = 1 };
        var sources = new ActualSources(Measured.Usage(Measured.Days(September, new(2026, 9, 30), 10)).Usage, Measured.Fleet(1, Measured.Hours(Measured.Start(9), 720)).Fleets);
        var month = Assert.Single(Compare(Measured.Chat(Documents.Api(), Documents.Fleet(), mix), sources, "mix").Months);
        // $300 and 720 h × $5.672; 30 × 100,000 and 720 × 50,000 tokens.
        Assert.Equal((300 + 4_083.84, 39e6), (month[ActualMeasures.Cost].Actual.Value!.Value, month[ActualMeasures.OutputTokens].Actual.Value!.Value), Near);
        Assert.NotNull(month[ActualMeasures.Cost].Plan.Value);
        Assert.Equal("No fleet of this option is watched.", Compare(Measured.Chat(Documents.Api(), Documents.Fleet(), mix), sources with { Fleets = [] }, "mix").Months[0][ActualMeasures.Cost].Actual.Unknown);
    }

    [Fact]
    public void Without_sources_there_are_no_months() => Assert.Empty(Compare(Growing(), new ActualSources(null, [])).Months);

    private static readonly IEqualityComparer<(double, double)> Near = new Close();

    private static Scenario Growing() => Measured.Chat(Documents.Api()) is var chat ? chat with { Workload = chat.Workload with { GrowthPerMonth = 0.1m } } : null!;

    private static Scenario Two(Func<SelfHostOption, SelfHostOption>? change = null) => Measured.Chat((change ?? (fleet => fleet))(Documents.Fleet()));

    private static PlanAgainstActual Compare(Scenario scenario, ActualSources sources, string option = "api") => PlanAgainstActual.Of(scenario, Documents.Catalog, option, sources);

    private static double Round(ActualFigure figure) => Math.Round(figure.Value!.Value, 3);

    /// <summary>Equal within the noise of doubles.</summary>
    private sealed class Close : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Same(x.Item1, y.Item1) && Same(x.Item2, y.Item2);

        public int GetHashCode((double, double) obj) => 0;

        private static bool Same(double x, double y) => Math.Abs(x - y) <= 1e-9 * Math.Max(1, Math.Abs(y));
    }
}
