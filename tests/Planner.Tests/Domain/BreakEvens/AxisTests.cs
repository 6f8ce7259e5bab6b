using System.Globalization;
using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>The winning intervals of every axis against evaluating the scenario with the input changed.</summary>
public class AxisTests
{
    [Theory]
    [InlineData(BreakEvenAxes.TokensPerMonth, 1e9, 1)]
    [InlineData(BreakEvenAxes.Utilization, 1, 1e-8)]
    [InlineData(BreakEvenAxes.OutputTokens, 5000, 1e-3)]
    [InlineData(BreakEvenAxes.ApiPrice, 40, 1e-6)]
    [InlineData(BreakEvenAxes.InstancePrice, 20, 1e-6)]
    [InlineData(BreakEvenAxes.Throughput, 5000, 1e-3)]
    public void Winners_agree_with_evaluating_200_changed_scenarios(string axis, double to, double step)
    {
        var random = new Random(20261121);
        var checkedPoints = 0;
        for (var round = 0; round < 200; round++)
        {
            var scenario = RandomScenario(random);
            var optionId = BreakEvenAxes.OptionKind(axis) switch { OptionKinds.Api => "o0", OptionKinds.SelfHost => "o1", _ => null };
            var from = BreakEvenAxes.Range(axis, scenario.Workload).From;
            if (Engine.CheckAxis(scenario, Documents.Catalog, axis, from, to, optionId).Count > 0)
                continue;
            var firstMonth = round % 2 == 0;
            var found = Engine.BreakEven(scenario, Documents.Catalog, axis, from, to, optionId).Single(found => found.CapacityChecked && found.FirstMonth == firstMonth);
            Assert.Equal(optionId, found.OptionId);
            // A crossing that is no short decimal, or whose volume is none, cannot be asked for itself.
            IEnumerable<double> points = found.Crossings.Take(8).SelectMany(crossing => (double[])[crossing.Value - step, .. axis is not (BreakEvenAxes.TokensPerMonth or BreakEvenAxes.Utilization) && Math.Round(crossing.Value, 3) == crossing.Value ? [crossing.Value] : Array.Empty<double>(), crossing.Value + step]);
            foreach (var at in points.Concat(Enumerable.Range(0, 5).Select(_ => from + ((to - from) * random.NextDouble() * random.NextDouble()))).Where(at => at >= from && at < to))
            {
                if (at < found.SearchedFrom || at >= found.SearchedTo || (found.Tail is { } tail && at >= found.Crossings[^1].Value && at <= tail.AlternatesUntil))
                    continue;
                var interval = found.Intervals.Single(interval => interval.From <= at && at < interval.To);
                var costs = RandomScenarios.Evaluate(Changed(scenario, axis, at))
                    .ToDictionary(option => option.Id, option => option.Feasible ? firstMonth ? option.FirstMonthUsd : option.OngoingMonthlyUsd : null);
                var message = $"round {round}, {axis} {at:R}: {interval.CheapestOptionId} of {string.Join(", ", costs)}; {found.Sentence}";
                if (interval.CheapestOptionId is not { } winner)
                    Assert.True(costs.Values.All(cost => cost is null), message);
                else
                    Assert.True(costs[winner] is { } cost && cost <= costs.Values.Min() + 0.000005m + (costs.Values.Min() * 1e-13m), message);
                checkedPoints++;
            }
        }

        Assert.True(checkedPoints >= 1000, $"{checkedPoints} points");
    }

    private static BreakEven Chat(string axis, bool capacityChecked = true, double? from = null, double? to = null, Func<Scenario, Scenario>? change = null)
    {
        var scenario = Documents.Chat(Documents.Api(), Documents.Fleet());
        return Engine.BreakEven(change?.Invoke(scenario) ?? scenario, Documents.Catalog, axis, from, to).Single(found => found.CapacityChecked == capacityChecked && !found.FirstMonth);
    }

    [Fact]
    public void Api_of_1_5_dollars_meets_the_two_instances_at_1_63_dollars_a_million()
    {
        // 2 × 720 h × $5.672 = $8,167.68 for 10 M × 500 tokens = 5,000 M: $1.633536 a million.
        var found = Chat(BreakEvenAxes.ApiPrice, capacityChecked: false);
        Assert.Equal(1.633536, Assert.Single(found.Crossings).Value, 9);
        Assert.Equal(("api", "self", "api", "USD/M tokens"), (found.Crossings[0].FromOptionId, found.Crossings[0].ToOptionId, found.OptionId, found.Unit));
    }

    [Fact]
    public void Instance_is_worth_its_price_up_to_7500_dollars_over_1440_hours()
    {
        // The API's month is 5,000 M × $1.5 = $7,500; two instances run 1,440 hours.
        var found = Chat(BreakEvenAxes.InstancePrice, capacityChecked: false);
        Assert.Equal(7500 / 1440.0, Assert.Single(found.Crossings).Value, 9);
        Assert.Equal(("self", "self"), (found.Crossings[0].FromOptionId, found.OptionId));
    }

    [Fact]
    public void Fixed_fleet_serves_from_the_throughput_on_that_its_load_needs()
    {
        // 5,000 M tokens ÷ (720 × 3,600 s) = 1,929.01 tokens/s on two replicas: 964.506 each; at $3.75 the API asks $18,750.
        var found = Chat(BreakEvenAxes.Throughput, change: scenario => scenario with { Options = [Documents.Api(3.75m, 3.75m), scenario.Options[1]] });
        Assert.Equal(5_000_000_000 / (720 * 3600.0) / 2, Assert.Single(found.Crossings).Value, 9);
        Assert.Equal(("api", "self"), (found.Crossings[0].FromOptionId, found.Crossings[0].ToOptionId));
        Assert.Equal(found.Crossings[0].Value, found.Intervals[1].From);
    }

    [Fact]
    public void Sized_fleet_gains_a_unit_at_each_whole_quotient_of_load_and_throughput()
    {
        // 1,296,000 requests × 500 tokens ÷ 2,592,000 s = 250 tokens/s: n units from 250 ÷ n on. One unit costs $4,083.84, the API 648 M × $10 = $6,480: it loses below 250.
        var found = Chat(BreakEvenAxes.Throughput, change: scenario => scenario with
        {
            Options = [Documents.Api(10, 10), Documents.Fleet(FleetSizings.WeeklyPeak, null)],
            Workload = scenario.Workload with { RequestsPerMonth = 1_296_000 },
        });
        Assert.Equal(250, Assert.Single(found.Crossings).Value);
        Assert.Equal((1, 250, 250, 1e6), (found.Intervals[0].From, found.Intervals[0].To, found.Intervals[1].From, found.Intervals[1].To));
    }

    [Fact]
    public void Longer_answers_fill_the_fleet_at_whole_units()
    {
        // A request a second: 400 + x tokens/s, at $0.45 a million generated tokens $1.1664 x. n units cost $648 n: they tie at 5,000 n ÷ 9 and are full at 1,000 n − 400.
        var found = Chat(BreakEvenAxes.OutputTokens, to: 3000, change: scenario => scenario with
        {
            Options = [Documents.Api(0, 0.45m), Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 0.9m, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 1000 } }],
            Workload = scenario.Workload with { RequestsPerMonth = 2_592_000 },
        });
        Assert.Equal([5000 / 9.0, 600, 10_000 / 9.0, 1600, 15_000 / 9.0], found.Crossings.Select(crossing => crossing.Value), (expected, actual) => Math.Abs(expected - actual) < 1e-9);
        Assert.Equal(1600, found.Crossings[3].Value);
        Assert.Equal("self", found.Intervals[^1].CheapestOptionId);
    }

    [Fact]
    public void Utilization_is_the_volume_over_what_the_fleet_as_sized_could_serve()
    {
        // $8,167.68 meets $0.00075 a request at 10,890,240 requests: 8.4 times what two replicas could serve, 1,296,000. At $20 a million, $0.01 a request, it is 816,768: 63.02 %.
        var never = Chat(BreakEvenAxes.Utilization, capacityChecked: false);
        Assert.Empty(never.Crossings);
        var found = Chat(BreakEvenAxes.Utilization, change: scenario => scenario with { Options = [Documents.Api(20, 20), scenario.Options[1]] });
        Assert.Equal(816_768 / 1_296_000.0, Assert.Single(found.Crossings).Value, 9);
    }

    [Fact]
    public void Sentence_names_the_reason_that_binds()
    {
        Assert.Equal("Never, because Fleet needs at least 965 tokens/s a replica to carry the load: API is cheapest from 1 to 900.", Chat(BreakEvenAxes.Throughput, from: 1, to: 900).Sentence);
        Assert.Equal("Never, because Fleet cannot carry the load as it stands: API is cheapest from 0 to 1,000 USD/M tokens.", Chat(BreakEvenAxes.ApiPrice).Sentence);
    }

    [Theory]
    [InlineData("apiPrice", "self", null, null, "optionId")]
    [InlineData("apiPrice", "nobody", null, null, "optionId")]
    [InlineData("requestsPerMonth", "api", null, null, "optionId")]
    [InlineData("utilization", null, null, 1.5, "to")]
    [InlineData("outputTokens", null, 0.5, null, "from")]
    [InlineData("throughput", null, 2e6, null, "to")]
    [InlineData("instancePrice", null, null, 1e6, "to")]
    public void Faulty_question_is_refused_by_name(string axis, string? optionId, double? from, double? to, string path) =>
        Assert.Equal(path, Assert.Single(Engine.CheckAxis(Documents.HighVolumeChat, Documents.Catalog, axis, from, to, optionId)).Path);

    [Fact]
    public void Axis_of_a_kind_of_option_that_the_scenario_lacks_is_refused() =>
        Assert.Equal("axis", Assert.Single(Engine.CheckAxis(Documents.Chat(Documents.Api()), Documents.Catalog, BreakEvenAxes.Throughput, null, null)).Path);

    /// <summary>A double with all its digits.</summary>
    private static decimal Exact(double value) => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static Scenario Changed(Scenario scenario, string axis, double point)
    {
        var work = scenario.Workload;
        var (api, fleet) = ((ApiOption)scenario.Options[0], (SelfHostOption)scenario.Options[1]);
        var at = Exact(point);
        Scenario With(Option option, int index) => scenario with { Options = [.. scenario.Options.Select((other, i) => i == index ? option : other)] };
        switch (axis)
        {
            case BreakEvenAxes.TokensPerMonth:
                return scenario with { Workload = work with { RequestsPerMonth = at / (work.InputTokens + work.OutputTokens) } };
            case BreakEvenAxes.OutputTokens:
                return RandomScenarios.WithTaskLengths(scenario with { Workload = work with { OutputTokens = at } });
            case BreakEvenAxes.Utilization:
                var here = RandomScenarios.Evaluate(scenario)[1].Utilization!.Value;
                return scenario with { Workload = work with { RequestsPerMonth = Exact(point / here * (double)work.RequestsPerMonth) } };
            case BreakEvenAxes.ApiPrice:
                // The blended price before the change: the lines of usage, discounts counted, by million tokens.
                var usage = RandomScenarios.Evaluate(scenario with { Options = [api with { Commitment = api.Commitment is { } terms ? terms with { MinimumMonthlyUsd = 0 } : null, CommittedMonthlyUsd = 0 }] })[0].OngoingMonthlyUsd!.Value;
                var factor = at * work.RequestsPerMonth * (work.InputTokens + work.OutputTokens) / 1e6m / usage;
                return With(api with { Price = new TokenPrices { InputUsdPerM = api.Price!.InputUsdPerM * factor, OutputUsdPerM = api.Price.OutputUsdPerM * factor } }, 0);
            case BreakEvenAxes.InstancePrice:
                var rise = at / fleet.InstanceUsdPerHour!.Value;
                return With(
                    fleet with
                    {
                        InstanceUsdPerHour = at,
                        Purchase = [.. fleet.Purchase.Select(share => share with { UsdPerHour = share.Kind switch { PurchaseKinds.Spot => 2.137m * rise, PurchaseKinds.Reserved1Y => 3.57336m * rise, PurchaseKinds.Reserved3Y => 2.4503m * rise, _ => null } })],
                    },
                    1);
            default:
                return With(fleet with { Throughput = fleet.Throughput with { TokensPerSecond = at } }, 1);
        }
    }

    private static Scenario RandomScenario(Random random)
    {
        var shape = RandomScenarios.Shape(random);
        List<Option> options = [RandomScenarios.PlainApi(random) with { Commitment = random.Next(3) == 0 ? new SpendCommitment { MinimumMonthlyUsd = RandomScenarios.Between(random, 0, 9000, 0), DiscountShare = 0.2m } : null }, RandomScenarios.Fleet(random)];
        if (random.Next(3) == 0)
            options.Add(new HybridOption { Name = "Tasks", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "one", Share = 0.25m, OptionId = "o0" }, new TaskRoute { Task = "two", Share = 0.75m, OptionId = "o1" }] });
        options.Add(RandomScenarios.PlainApi(random));
        options.Add(RandomScenarios.Fleet(random));
        var scenario = Documents.Chat([.. options.Select((option, i) => option with { Id = $"o{i}" })]);
        return RandomScenarios.WithTaskLengths(scenario with
        {
            Workload = scenario.Workload with { RequestsPerMonth = RandomScenarios.Between(random, 1e5, 2e7, 0), InputTokens = random.Next(50, 2000), OutputTokens = random.Next(1, 600), Shape = shape },
        });
    }
}
