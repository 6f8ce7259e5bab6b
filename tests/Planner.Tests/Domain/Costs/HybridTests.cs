using Planner.Domain.BreakEvens;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Costs;

public sealed class HybridTests
{
    private static readonly HybridOption Overflow = new() { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };

    private static Scenario With(HybridOption mix, decimal apiPrice = 15, Func<SelfHostOption, SelfHostOption>? fleet = null, Func<Workload, Workload>? load = null)
    {
        var scenario = Documents.Chat(Documents.Api(apiPrice, apiPrice), (fleet ?? (option => option))(Documents.Fleet(FleetSizings.WeeklyPeak, null)), mix);
        return load is null ? scenario : scenario with { Workload = load(scenario.Workload) };
    }

    private static OptionCost Mix(Scenario scenario) => new OptionResolver(scenario, Documents.Catalog).All()[2];

    [Fact]
    public void Full_units_run_and_the_rest_overflows_where_that_is_cheaper()
    {
        // 5 B tokens ÷ (125 × 720 × 3600) = 15.43 units. A full unit is $4,860 by API and $4,083.84 as an instance: 15 of them and 140 M tokens at $15 per M.
        var mix = Documents.Evaluate(With(Overflow), "mix");

        Assert.Equal((15 * 4083.84m) + 2100m, mix.OngoingMonthlyUsd);
        Assert.Equal((15L, true), (mix.Instances!.Value, mix.Feasible));
        Assert.Equal(1, mix.Utilization!.Value, 1e-9);
        Assert.Equal(mix.OngoingMonthlyUsd, mix.Ledger.Sum(line => line.AmountUsd));
    }

    [Fact]
    public void Mix_is_the_API_alone_where_no_unit_pays()
    {
        var scenario = With(Overflow, apiPrice: 1.5m, fleet => fleet with { People = new PeopleCost { HoursPerMonth = 10, UsdPerHour = 100 }, OneOff = [new OneOffCost { Name = "Work", Usd = 5000 }] });
        var mix = Documents.Evaluate(scenario, "mix");

        Assert.Equal(7500, mix.OngoingMonthlyUsd);
        Assert.Equal(7500, mix.FirstMonthUsd);
        Assert.Null(mix.Instances);
    }

    [Fact]
    public void Stated_base_keeps_its_replicas()
    {
        // Ten replicas carry 3.24 B tokens; 1.76 B go to the API.
        var mix = Documents.Evaluate(With(Overflow with { Replicas = 10 }), "mix");
        Assert.Equal((10 * 4083.84m) + (1760 * 15m), mix.OngoingMonthlyUsd);
    }

    [Fact]
    public void Best_mix_agrees_with_trying_every_base_and_is_never_dearer_than_a_pure_option()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var scenario = With(Overflow, 5 + random.Next(20), fleet => fleet with { People = new PeopleCost { HoursPerMonth = random.Next(3) * 10, UsdPerHour = 50 }, Extras = [new ExtraCost { Name = "Egress", UsdPerMillionTokens = 0.5m }] }, work => work with
            {
                RequestsPerMonth = random.Next(100, 8_000_000),
                Shape = random.Next(3) switch { 0 => new LoadShape { Kind = ShapeKinds.BusinessHours }, 1 => new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = 1 + random.Next(40) }, _ => new LoadShape { Kind = ShapeKinds.ConsumerEvening } },
            });
            var found = new OptionResolver(scenario, Documents.Catalog).All().ConvertAll(cost => cost.Evaluate());
            var (api, fleet, mix) = (found[0].OngoingMonthlyUsd!.Value, found[1].OngoingMonthlyUsd!.Value, found[2].OngoingMonthlyUsd!.Value);

            var best = Math.Min(api, fleet);
            Assert.True(mix <= best, $"{mix} is dearer than {best}.");
            for (var replicas = 1; replicas <= found[1].Replicas; replicas++)
                best = Math.Min(best, (decimal)Mix(scenario with { Options = [scenario.Options[0], scenario.Options[1], Overflow with { Replicas = replicas }] }).Month(new MonthTerms((double)scenario.Workload.RequestsPerMonth)).Usd);
            Assert.Equal((double)best, (double)mix, 1e-5 * (double)best / 1000);
        }
    }

    [Fact]
    public void Best_mix_within_the_APIs_limit_agrees_with_trying_every_base()
    {
        var random = new Random(6);
        for (var round = 0; round < 300; round++)
        {
            var downtime = random.Next(4) == 0 ? 0.02m : 0;
            var scenario = With(Overflow with { DowntimeShare = downtime }, 1 + random.Next(20), fleet => fleet with { People = new PeopleCost { HoursPerMonth = random.Next(3) * 10, UsdPerHour = 50 }, Extras = [new ExtraCost { Name = "Egress", UsdPerMillionTokens = random.Next(3) }] }, work => work with
            {
                RequestsPerMonth = random.Next(100, 8_000_000),
                Shape = random.Next(3) switch { 0 => new LoadShape { Kind = ShapeKinds.BusinessHours }, 1 => new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = 1 + random.Next(40) }, _ => new LoadShape { Kind = ShapeKinds.ConsumerEvening } },
            });
            var api = (ApiOption)scenario.Options[0] with { Limits = new RateLimits { RequestsPerMinute = 1 + random.Next(random.Next(2) == 0 ? 20 : 2000) } };
            Scenario Stated(HybridOption mix) => scenario with { Options = [api, scenario.Options[1], mix] };
            List<OptionResult> Found(Scenario with) => new OptionResolver(with, Documents.Catalog).All().ConvertAll(cost => cost.Evaluate());
            var found = Found(Stated((HybridOption)scenario.Options[2]));

            // While the fleet is down the API takes everything.
            Assert.Equal(downtime == 0 || found[0].Feasible, found[2].Feasible);
            if (!found[2].Feasible)
            {
                Assert.Contains("while the fleet is down", Assert.Single(found[2].Reasons), StringComparison.Ordinal);
                continue;
            }

            var ways = Enumerable.Range(0, (int)found[1].Replicas! + 1).Select(replicas => Found(Stated(Overflow with { Replicas = replicas, DowntimeShare = downtime }))[2]).Where(way => way.Feasible).ToList();
            var best = ways.Select(way => way.OngoingMonthlyUsd!.Value).DefaultIfEmpty(decimal.MaxValue).Min();
            best = Math.Min(best, found[0].Feasible ? found[0].OngoingMonthlyUsd!.Value : decimal.MaxValue);
            best = downtime == 0 ? Math.Min(best, found[1].OngoingMonthlyUsd!.Value) : best;
            Assert.Equal((double)best, (double)found[2].OngoingMonthlyUsd!.Value, 1e-5 * (double)best / 1000);
            var cost = Mix(Stated((HybridOption)scenario.Options[2]));
            Assert.Equal((double)best, cost.Month(new MonthTerms((double)scenario.Workload.RequestsPerMonth)).Usd, 1e-2);
            if (cost.HasCurve)
                Assert.Equal((double)best, cost.MonthUsd(false, capacityChecked: true), 1e-2);
        }
    }

    [Fact]
    public void Base_that_is_stated_and_too_small_beside_a_limited_API_names_what_is_left()
    {
        // 10 of 15.432 units carry 6.48 M requests; 3.52 M are left. 70 a minute are 70 × 60 × 720 = 3.024 M.
        var scenario = With(Overflow with { Replicas = 10 });
        scenario = scenario with { Options = [(ApiOption)scenario.Options[0] with { Limits = new RateLimits { RequestsPerMinute = 70 } }, .. scenario.Options.Skip(1)] };
        Assert.Equal("API takes at most 3.02 M requests a month within its limits; what the base leaves in the busiest hour needs 3.52 M.", Assert.Single(Documents.Evaluate(scenario, "mix").Reasons));
        Assert.Equal(3_024_000 + 6_480_000, Mix(scenario).CarriesRequests!.Value, 1e-3);
    }

    [Fact]
    public void A_mix_that_costs_what_its_fleet_does_wherever_the_fleet_is_full_stays_cheapest()
    {
        // A unit's $4,083.84 buy 272.256 M tokens at $15 per M, 544,512 requests; it holds 324 M, 648,000 requests. Until then mix and fleet are the same, and the fleet stands first.
        var found = Engine.BreakEven(With(Overflow), Documents.Catalog, BreakEvenAxes.RequestsPerMonth).Single(found => found is { CapacityChecked: true, FirstMonth: false });

        Assert.Equal([new Crossing(544_512, "api", "self"), new Crossing(648_000, "self", "mix")], found.Crossings.Select(crossing => crossing with { Value = Math.Round(crossing.Value, 6) }));
        Assert.Null(found.Tail);
        Assert.Null(found.SearchedTo);
    }

    [Fact]
    public void Downtime_is_served_by_the_API_at_its_price()
    {
        // 16 instances, and 2 % of 5 B tokens at $15 per M.
        var mix = Documents.Evaluate(With(Overflow with { Mode = HybridModes.Fallback, DowntimeShare = 0.02m }), "mix");
        Assert.Equal((16 * 4083.84m) + 1500m, mix.OngoingMonthlyUsd);
    }

    [Fact]
    public void API_serves_the_named_hours_while_the_fleet_is_off()
    {
        // Half of a flat week: 2.5 B tokens by API, 16 instances for 360 hours.
        var mix = Documents.Evaluate(With(Overflow with { Mode = HybridModes.Hours, Hours = [.. Enumerable.Range(0, 84)] }), "mix");
        Assert.Equal((16 * 360 * 5.672m) + 37500m, mix.OngoingMonthlyUsd);
    }

    [Fact]
    public void Each_task_goes_to_its_option_with_its_lengths()
    {
        // Three quarters with 300 + 20 tokens to the fleet: 2.4 B tokens, 8 instances of 324 M. A quarter with 700 + 340 to the API: 2.6 B tokens at $15.
        var mix = Documents.Evaluate(With(Overflow with
        {
            Mode = HybridModes.Tasks,
            Routes = [new TaskRoute { Task = "Classify", Share = 0.75m, OptionId = "self", InputTokens = 300, OutputTokens = 20 }, new TaskRoute { Task = "Answer", Share = 0.25m, OptionId = "api", InputTokens = 700, OutputTokens = 340 }],
        }), "mix");
        Assert.Equal((8 * 4083.84m) + 39000m, mix.OngoingMonthlyUsd);
    }

    [Theory]
    [InlineData(100, null, false)]
    [InlineData(304, 700, false)]
    [InlineData(300, 700, true)]
    [InlineData(302, 700, true)]
    public void Tasks_serve_as_many_tokens_as_the_workload_has(int first, int? second, bool sound)
    {
        // The workload has 400 prompt tokens; 0.75 × 304 + 0.25 × 700 = 403 is more than half a percent off.
        var scenario = With(Overflow with
        {
            Mode = HybridModes.Tasks,
            Routes = [new TaskRoute { Task = "Classify", Share = 0.75m, OptionId = "self", InputTokens = first }, new TaskRoute { Task = "Answer", Share = 0.25m, OptionId = "api", InputTokens = second }],
        });
        var faults = ScenarioRules.Check(scenario, Documents.Catalog);
        if (sound)
            Assert.Empty(faults);
        else
            Assert.Contains("but the workload has 400 and 100", Assert.Single(faults, fault => fault.Path == "options[2].routes").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_of_tasks_move_with_those_of_the_workload()
    {
        // Answers twice as long: 40 and 680 tokens in place of 20 and 340, so 0.75 × 340 + 0.25 × 1,380 = 600, as for everybody.
        var mix = Overflow with
        {
            Mode = HybridModes.Tasks,
            Routes = [new TaskRoute { Task = "Classify", Share = 0.75m, OptionId = "api", InputTokens = 300, OutputTokens = 20 }, new TaskRoute { Task = "Answer", Share = 0.25m, OptionId = "api", InputTokens = 700, OutputTokens = 340 }],
        };
        var longer = new AxisPoint(With(mix), Documents.Catalog, BreakEvenAxes.OutputTokens, null).At(200);
        Assert.Empty(ScenarioRules.Check(longer, Documents.Catalog));
        Assert.Equal(6000 * 15m, Documents.Evaluate(longer, "mix").OngoingMonthlyUsd);

        var ranged = With(mix) with { Ranges = [new InputRange { Path = "workload.outputTokens", Low = 50, Likely = 100, High = 200 }] };
        Assert.Empty(ScenarioRules.Check(ranged, Documents.Catalog));
        Assert.Equal(90_000, Engine.Simulate(ranged, Documents.Catalog).Tornado.Single().AtHigh.Usd[2]!.Value, 1e-6);
    }

    [Fact]
    public void Requests_that_the_API_serves_while_the_fleet_is_down_cause_no_lines_of_the_fleet()
    {
        // Egress of $1 per M tokens: 95 % of the 15 units' 4.86 B tokens. The API serves what exceeds them, and the rest of theirs, at $15.
        var mix = Documents.Evaluate(With(Overflow with { DowntimeShare = 0.05m }, fleet: fleet => fleet with { Extras = [new ExtraCost { Name = "Egress", UsdPerMillionTokens = 1 }] }), "mix");
        Assert.Equal(4860 * 0.95m, mix.Ledger.Single(line => line.Item.EndsWith("Egress", StringComparison.Ordinal)).AmountUsd);
        Assert.Equal((15 * 4083.84m) + (4860 * 0.95m) + ((140 + (4860 * 0.05m)) * 15), mix.OngoingMonthlyUsd!.Value, 3);
    }

    [Fact]
    public void A_base_needs_what_it_serves_in_its_busiest_hour()
    {
        // 15 full units of 125 tokens/s: the API takes what exceeds them.
        var capacity = Documents.Evaluate(With(Overflow), "mix").Capacity!;
        Assert.Equal((1875, 1875), (Math.Round(capacity.RequiredTokensPerSecond, 6), capacity.TokensPerSecond));
    }

    [Fact]
    public void A_month_costs_what_the_ledger_says_for_every_kind_of_mix()
    {
        HybridOption[] mixes = [Overflow, Overflow with { Replicas = 3 }, Overflow with { DowntimeShare = 0.01m }, Overflow with { Mode = HybridModes.Hours, Hours = [1, 2, 3] }, Overflow with { Mode = HybridModes.Fallback, DowntimeShare = 0.1m }];
        foreach (var mix in mixes)
        {
            foreach (var (sizing, bought) in from sizing in (string[])[FleetSizings.WeeklyPeak, FleetSizings.Hourly] from bought in (string[])[PurchaseMixes.Stated, PurchaseMixes.Cheapest] select (sizing, bought))
            {
                // Reserved at $2.45 is dearer than on demand at $1.5, so that the cheapest mix commits to nothing.
                PurchaseShare[] ways = bought == PurchaseMixes.Stated ? [new()] : [new(), new() { Kind = PurchaseKinds.Reserved3Y, Share = 0 }];
                var scenario = With(mix, 15, fleet => fleet with { InstanceUsdPerHour = 1.5m, Purchase = ways, PurchaseMix = bought, OverheadShare = 0.1m, Fleet = new Fleet { Sizing = sizing, ColdStartMinutes = 10 } }, work => work with
                {
                    Shape = new LoadShape { Kind = ShapeKinds.BusinessHours },
                    Levers = new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.1m, UsdPerMonth = 100 } },
                });
                var cost = Mix(scenario);
                Assert.Equal((double)cost.Evaluate().OngoingMonthlyUsd!.Value, cost.Month(new MonthTerms((double)scenario.Workload.RequestsPerMonth)).Usd, 1e-3);
            }
        }
    }

    [Theory]
    [InlineData(HybridModes.Overflow, 0, 0.972)]
    [InlineData(HybridModes.Overflow, 0.1, 0.8748)]
    [InlineData(HybridModes.Hours, 0, 0.5)]
    [InlineData(HybridModes.Fallback, 0.1, 0.9)]
    public void Shares_of_a_mix_say_who_serves_what(string mode, double downtime, double fleet)
    {
        // 15 of 15.432 units are the fleet's; of what it serves a tenth more goes to the API where it is down for a tenth.
        var mix = Overflow with { Mode = mode, DowntimeShare = (decimal)downtime, Hours = mode == HybridModes.Hours ? [.. Enumerable.Range(0, 84)] : null };
        var parts = Assert.Single(Engine.Week(With(mix), Documents.Catalog).Mixes).Parts;
        Assert.Equal([("self", fleet), ("api", Math.Round(1 - fleet, 6))], parts.Select(part => (part.OptionId, Math.Round(part.ServedShare, 6))).OrderByDescending(part => part.OptionId));
    }

    [Fact]
    public void Mix_without_a_base_that_pays_is_all_the_APIs() =>
        Assert.Equal([new MixPart("api", 1)], Engine.Week(With(Overflow, apiPrice: 1.5m), Documents.Catalog).Mixes[0].Parts);

    [Fact]
    public void As_it_stands_a_mix_bends_where_its_base_is_full()
    {
        // 15 units carry 9.72 M requests; above them each costs $15 × 500 tokens.
        var scenario = With(Overflow);
        var line = Engine.CostLines(scenario, Documents.Catalog, BreakEvenAxes.RequestsPerMonth, 0, 20_000_000, firstMonth: false, asItStands: true).Single(line => line.OptionId == "mix");
        Assert.Contains(line.Points, point => Math.Abs(point.At - 9_720_000) < 1 && Math.Abs(point.Usd - (15 * 4083.84)) < 0.01);
        Assert.Equal(15 * 4083.84 + (10_280_000 * 0.0075), line.Points[^1].Usd, 0.01);
    }

    [Theory]
    [InlineData("options[2].fleetOptionId", "nobody", "api")]
    [InlineData("options[2].fleetOptionId", "api", "api")]
    [InlineData("options[2].apiOptionId", "self", "self")]
    public void A_mix_of_what_is_not_there_is_named(string path, string fleet, string api) =>
        Assert.Contains(ScenarioRules.Check(With(Overflow with { FleetOptionId = fleet, ApiOptionId = api }), Documents.Catalog), fault => fault.Path == path);

    [Fact]
    public void A_mix_that_leads_back_to_itself_is_refused()
    {
        var circle = Overflow with { Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "All", Share = 1, OptionId = "mix" }] };
        Assert.Equal(["options[2].routes[0].optionId"], ScenarioRules.Check(With(circle), Documents.Catalog).Select(fault => fault.Path));
    }
}
