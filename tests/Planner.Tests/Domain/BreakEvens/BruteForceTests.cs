using System.Globalization;
using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>The winning intervals against plain evaluation of the scenario at thousands of volumes.</summary>
public class BruteForceTests
{
    private const double Largest = 4e7;

    [Fact]
    public void Intervals_agree_with_evaluating_300_random_scenarios_at_every_edge_and_between()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 300; round++)
        {
            var scenario = RandomScenario(random);
            var capacityChecked = round % 2 == 0;
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
        for (var i = 0; i < 60; i++)
            yield return (decimal)(random.NextDouble() * random.NextDouble() * Largest);
        foreach (var crossing in found.Crossings.Take(12))
        {
            var at = (decimal)crossing.Value;
            yield return Math.Max(0, at - token);
            yield return Math.Min(at + token, (decimal)Largest - 1);
        }

        // Every edge of the first fleet's steps: one token below, at and above. 720 h × 3,600 s × 125 tokens/s × instances ÷ tokens.
        for (var instances = 1; instances < 8; instances++)
        {
            var tokens = 720m * 3600 * 125 * instances;
            var edge = tokens * token;
            yield return edge - token;
            yield return edge + token;
            // An edge that is no decimal cannot be asked for.
            if (tokens % tokensPerRequest == 0)
                yield return tokens / tokensPerRequest;
        }
    }

    private static Dictionary<string, decimal?> Costs(Scenario scenario, decimal requests, bool capacityChecked, bool firstMonth)
    {
        // As the fleets stand: their size is that of the scenario's own volume, only the usage moves.
        var at = scenario with { Workload = scenario.Workload with { RequestsPerMonth = requests } };
        var grown = Engine.Evaluate(at, Documents.Catalog).Options;
        var standing = Engine.Evaluate(scenario, Documents.Catalog).Options;
        return scenario.Options.Select((option, i) => option switch
        {
            ApiOption => (option.Id, Cost: Amount(grown[i], firstMonth)),
            _ when capacityChecked => (option.Id, Cost: grown[i].Feasible ? Amount(grown[i], firstMonth) : null),
            _ => (option.Id, Cost: Amount(standing[i], firstMonth)),
        }).ToDictionary(pair => pair.Id, pair => pair.Cost);
    }

    private static decimal? Amount(OptionResult option, bool firstMonth) => firstMonth ? option.FirstMonthUsd : option.OngoingMonthlyUsd;

    private static Scenario RandomScenario(Random random)
    {
        decimal Between(double low, double high, int digits) => Math.Round((decimal)(low + (random.NextDouble() * (high - low))), digits);
        var options = new List<Option>();
        for (var i = 0; i < 2 + random.Next(3); i++)
        {
            Option option = random.Next(3) switch
            {
                0 => Documents.Api(Between(0.1, 5, 2), Between(0.1, 20, 2)) with { CommittedMonthlyUsd = random.Next(2) * Between(0, 4000, 0), DiscountShare = random.Next(2) * 0.1m },
                1 => Documents.Fleet(FleetSizings.Fixed, 1 + random.Next(12)),
                _ => Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = Between(0.5, 6, 3) },
            };
            if (option is SelfHostOption fleet)
            {
                option = fleet with
                {
                    TensorParallel = new[] { 1, 2, 4, 8 }[random.Next(4)],
                    Throughput = fleet.Throughput with { TokensPerSecond = random.Next(3) == 0 ? 125 : Between(50, 4000, 1) },
                    Fleet = fleet.Fleet with { SpareReplicas = fleet.Fleet.Sizing == FleetSizings.Fixed ? 0 : random.Next(3), MinimumReplicas = random.Next(4) },
                    OneOff = [new OneOffCost { Name = "Work", Usd = Between(0, 9000, 0) }],
                };
            }

            options.Add(option with { Id = $"o{i}" });
        }

        var scenario = Documents.Chat([.. options]);
        return scenario with { Workload = scenario.Workload with { RequestsPerMonth = Between(0, 2e7, 0), InputTokens = random.Next(50, 2000), OutputTokens = random.Next(0, 600), Shape = new LoadShape { PeakToMean = Between(1, 3, 1) } } };
    }
}
