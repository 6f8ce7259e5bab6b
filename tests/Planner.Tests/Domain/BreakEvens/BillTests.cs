using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>A curve's cost at a volume is what the engine bills there, at 0 as well, where fleets that nothing keeps running are not billed.</summary>
public class BillTests
{
    [Fact]
    public void Curves_of_1000_random_scenarios_are_what_is_billed_at_their_volume()
    {
        var random = new Random(20261122);
        var checkedCosts = 0;
        for (var round = 0; round < 1000; round++)
        {
            var shape = RandomScenarios.Shape(random);
            // A mix pays what its API asks besides usage where the API serves something; as it stands it is drawn as if it did, and so is what it takes once.
            Option[] options = [RandomScenarios.PlainApi(random) with { CommittedMonthlyUsd = 0 }, RandomScenarios.Base(random), RandomScenarios.Mix(random, shape), RandomScenarios.Option(random), RandomScenarios.Option(random)];
            var scenario = Documents.Chat([.. options.Select((option, i) => option with { Id = $"o{i}" })]);
            scenario = RandomScenarios.WithTaskLengths(scenario with
            {
                Workload = scenario.Workload with { RequestsPerMonth = round % 2 == 0 ? 0 : RandomScenarios.Between(random, 0, 2e7, 0), OutputTokens = random.Next(0, 600), Shape = shape },
            });
            if (ScenarioRules.Check(scenario, Documents.Catalog).Count > 0)
                continue;
            foreach (var cost in new OptionResolver(scenario, Documents.Catalog).All().Where(cost => cost is { IsComparable: true, HasCurve: true } && (cost.Kind != OptionKinds.Hybrid || scenario.Workload.RequestsPerMonth > 0)))
            {
                var billed = cost.Evaluate();
                if (billed is not { OngoingMonthlyUsd: { } ongoing, FirstMonthUsd: { } first })
                    continue;
                foreach (var (firstMonth, usd) in ((bool, decimal)[])[(false, ongoing), (true, first)])
                {
                    var said = $"round {round}, {scenario.Workload.RequestsPerMonth} requests: {cost.Id} {cost.GetType().Name}, first month {firstMonth}";
                    Near(usd, cost.MonthUsd(firstMonth, capacityChecked: false), $"{said}, as it stands");
                    if (billed.Feasible)
                        Near(usd, cost.MonthUsd(firstMonth, capacityChecked: true), $"{said}, capacity checked");
                    checkedCosts++;
                }
            }
        }

        Assert.True(checkedCosts > 5_000, $"{checkedCosts} were.");
    }

    [Fact]
    public void Line_of_a_fleet_without_load_begins_with_no_bill_and_goes_on_with_its_first_unit()
    {
        var scenario = Documents.Chat(Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 0.9m }, Documents.Fleet() with { Id = "fixed" });
        scenario = scenario with { Workload = scenario.Workload with { RequestsPerMonth = 0 } };

        // 720 hours at $0.90; two instances at $5.672, load or none.
        var lines = Engine.CostLines(scenario, Documents.Catalog, "requestsPerMonth", 0, 1000, firstMonth: false, asItStands: true);
        Assert.Equal([(0.0, 0.0), (0, 648), (1000, 648)], lines[0].Points.Distinct());
        Assert.All(lines[1].Points, point => Assert.Equal(8167.68, point.Usd, 1e-6));
        Assert.Equal([0, 8167.68m], Engine.Evaluate(scenario, Documents.Catalog).Options.Select(option => option.OngoingMonthlyUsd!.Value));
    }

    private static void Near(decimal expected, double actual, string said) =>
        Assert.True(Math.Abs((double)expected - actual) <= 1e-5 + (1e-9 * Math.Abs((double)expected)), $"{said}: billed {expected}, drawn {actual}");
}
