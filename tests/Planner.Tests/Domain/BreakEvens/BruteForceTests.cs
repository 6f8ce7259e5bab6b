using System.Globalization;
using Planner.Domain.BreakEvens;
using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>The winning intervals against plain evaluation of the scenario at thousands of volumes.</summary>
public class BruteForceTests
{
    private const double Largest = 4e7;

    [Fact]
    public void Intervals_agree_with_evaluating_1000_random_scenarios_at_every_edge_and_between()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 1000; round++)
        {
            var scenario = RandomScenario(random, mixed: round % 4 == 0);
            var capacityChecked = round % 4 != 1;
            var firstMonth = round % 3 == 0;
            var found = Engine.BreakEven(scenario, Documents.Catalog, BreakEvenAxes.RequestsPerMonth, 0, Largest)
                .Single(breakEven => breakEven.CapacityChecked == capacityChecked && breakEven.FirstMonth == firstMonth);

            foreach (var requests in Volumes(found, scenario, random).Where(requests => requests < (decimal)Largest))
            {
                // Through text, since a cast of a decimal of 28 digits is not the nearest double.
                var at = double.Parse(requests.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                var interval = found.Intervals.Single(interval => interval.From <= at && at < interval.To);
                if (found.Tail is { } tail && at >= found.Crossings[^1].Value && at <= tail.AlternatesUntil)
                    continue;
                var costs = Costs(scenario, requests, capacityChecked, firstMonth);
                if (interval.CheapestOptionId is not { } winner)
                    Assert.DoesNotContain(costs.Values, cost => cost is not null);
                else
                    Assert.True(costs[winner] is { } cost && cost <= costs.Values.Min() + 0.000004m, $"round {round}, {requests} requests: {winner} of {string.Join(", ", costs)}; {found.Sentence}");
            }
        }
    }

    private static IEnumerable<decimal> Volumes(BreakEven found, Scenario scenario, Random random)
    {
        var tokensPerRequest = scenario.Workload.InputTokens + scenario.Workload.OutputTokens;
        var token = 1 / tokensPerRequest;
        for (var i = 0; i < 20; i++)
            yield return (decimal)(random.NextDouble() * random.NextDouble() * Largest);
        foreach (var crossing in found.Crossings.Take(6))
        {
            var at = (decimal)crossing.Value;
            yield return Math.Max(0, at - token);
            yield return Math.Min(at + token, (decimal)Largest - 1);
        }

        // Edges of the sized fleets' steps at some levels of the week: one token below, at and above each.
        foreach (var fleet in scenario.Options.OfType<SelfHostOption>().Where(fleet => fleet.Fleet.Sizing is FleetSizings.WeeklyPeak or FleetSizings.Hourly))
        {
            var weights = LoadPresets.WeightsOf(scenario.Workload.Shape);
            var levels = weights.Where(weight => weight > 0).Distinct().Order().ToList();
            var (level, replicas) = (levels[random.Next(levels.Count)], 1 + random.Next(8));
            var burst = scenario.Workload.Shape.Kind == ShapeKinds.Flat ? scenario.Workload.Shape.PeakToMean : 1;
            var tokens = 720m * 3600 * fleet.Throughput.TokensPerSecond!.Value * replicas * weights.Sum() / (168 * level * burst);
            var edge = tokens / tokensPerRequest;
            yield return edge - token;
            yield return edge + token;
            // An edge that is no short decimal cannot be asked for.
            if (Math.Round(edge, 9) == edge)
                yield return edge;
        }
    }

    private static Dictionary<string, decimal?> Costs(Scenario scenario, decimal requests, bool capacityChecked, bool firstMonth)
    {
        // As the fleets stand: their size is that of the scenario's own volume, only the usage moves.
        var at = scenario with { Workload = scenario.Workload with { RequestsPerMonth = requests } };
        var grown = RandomScenarios.Evaluate(at);
        var standing = RandomScenarios.Evaluate(scenario);
        var million = (requests - scenario.Workload.RequestsPerMonth) * (scenario.Workload.InputTokens + scenario.Workload.OutputTokens) / 1e6m;
        return scenario.Options.Select((option, i) => option switch
        {
            ApiOption { Provisioned: { Units: null } } when !capacityChecked => (option.Id, Cost: Amount(standing[i], firstMonth)),
            ApiOption when !capacityChecked => (option.Id, Cost: Amount(grown[i], firstMonth)),
            SelfHostOption fleet when !capacityChecked => (option.Id, Cost: Amount(standing[i], firstMonth) + (million * fleet.Extras.Sum(extra => extra.UsdPerMillionTokens) * (1 + fleet.OverheadShare))),
            _ => (option.Id, Cost: grown[i].Feasible ? Amount(grown[i], firstMonth) : null),
        }).ToDictionary(pair => pair.Id, pair => pair.Cost);
    }

    private static decimal? Amount(OptionResult option, bool firstMonth) => firstMonth ? option.FirstMonthUsd : option.OngoingMonthlyUsd;

    private static Scenario RandomScenario(Random random, bool mixed)
    {
        var shape = RandomScenarios.Shape(random);
        List<Option> options = mixed ? [RandomScenarios.PlainApi(random), RandomScenarios.Base(random), RandomScenarios.Mix(random, shape)] : [];
        for (var i = 0; i < (mixed ? random.Next(2) : 2 + random.Next(3)); i++)
            options.Add(RandomScenarios.Option(random));
        var scenario = Documents.Chat([.. options.Select((option, i) => option with { Id = $"o{i}" })]);
        return RandomScenarios.WithTaskLengths(scenario with
        {
            Workload = scenario.Workload with
            {
                RequestsPerMonth = RandomScenarios.Between(random, 0, 2e7, 0),
                InputTokens = random.Next(50, 2000),
                OutputTokens = random.Next(0, 600),
                Shape = shape,
            },
        });
    }
}
