using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;
using static Planner.Tests.Domain.Uncertainty.Simulations;

namespace Planner.Tests.Domain.Uncertainty;

/// <summary>The shares against a million plain random samples, with each option's month written down by itself.</summary>
public class MonteCarloTests
{
    private const int Samples = 1_000_000;

    [Fact]
    public void Api_against_a_stated_fleet_with_uncertain_volume_length_and_prices()
    {
        var scenario = ApiOrFleet with
        {
            Ranges = [Volume(4_000_000, 9_000_000, 18_000_000), Range("workload.outputTokens", 40, 100, 220), Range("options[0].price.inputUsdPerM", 0.8m, 1.5m, 2), Range("options[1].instanceUsdPerHour", 3.5m, 5, 7)],
        };

        Compare(scenario, draw =>
        {
            var (requests, output, price, hour) = (draw(4e6, 9e6, 18e6), draw(40, 100, 220), draw(0.8, 1.5, 2), draw(3.5, 5, 7));
            return [requests * ((400 * price) + (output * 1.5)) / 1e6, 2 * 720 * hour];
        });
    }

    [Fact]
    public void Api_against_a_fleet_that_grows_by_whole_machines()
    {
        var fleet = Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 5, LoadFactor = 0.8m, People = new PeopleCost { HoursPerMonth = 20, UsdPerHour = 100 } };
        var scenario = Documents.Chat(Documents.Api(6.5m, 18), fleet) with
        {
            Ranges =
            [
                Volume(2_000_000, 5_000_000, 9_000_000), Range("options[1].throughput.tokensPerSecond", 90, 250, 400), Range("options[1].people.hoursPerMonth", 10, 20, 80),
                Range("workload.inputTokens", 300, 400, 800), Range("options[0].discountShare", 0, 0.1m, 0.4m),
            ],
        };

        Compare(scenario, draw =>
        {
            var (requests, throughput, people, input, discount) = (draw(2e6, 5e6, 9e6), draw(90, 250, 400), draw(10, 20, 80), draw(300, 400, 800), draw(0, 0.1, 0.4));
            var machines = Math.Ceiling(requests * (input + 100) / (720 * 3600) / (throughput * 0.8));
            return [requests * ((input * 6.5) + (100 * 18)) / 1e6 * (1 - discount), (machines * 720 * 5) + (people * 100)];
        });
    }

    [Fact]
    public void Two_apis_against_a_fleet_that_may_not_carry_the_load()
    {
        var scenario = Documents.Chat(
            Documents.Api(), Documents.Api(0.6m, 3) with { Id = "other", CommittedMonthlyUsd = 1_200 },
            Fleet(1_400) with { OverheadShare = 0.1m }) with
        {
            BaselineOptionId = "api",
            Ranges =
            [
                Volume(6_000_000, 10_000_000, 22_000_000), Range("workload.outputTokens", 50, 100, 260), Range("workload.retryShare", 0, 0.02m, 0.3m),
                Range("options[1].tokenFactor", 0.9m, 1, 1.5m), Range("options[2].throughput.tokensPerSecond", 900, 1_400, 2_500), Range("options[2].fleet.instances", 1, 2, 4),
            ],
        };

        Compare(scenario, draw =>
        {
            var (requests, output, retries, factor, throughput, machines) = (draw(6e6, 10e6, 22e6), draw(50, 100, 260), draw(0, 0.02, 0.3), draw(0.9, 1, 1.5), draw(900, 1400, 2500), Math.Round(draw(1, 2, 4)));
            var served = requests * (1 + retries);
            var carries = served * (400 + output) / (720 * 3600) <= machines * throughput;
            return
            [
                served * (400 + output) * 1.5 / 1e6, (served * ((400 * 0.6) + (output * 3)) * factor / 1e6) + 1_200,
                carries ? machines * 720 * 5 * 1.1 : double.PositiveInfinity,
            ];
        });
    }

    private static void Compare(Scenario scenario, Func<Func<double, double, double, double>, double[]> month)
    {
        var random = new Random(20261121);
        var wins = new int[scenario.Options.Count];
        var unable = new int[scenario.Options.Count];
        for (var sample = 0; sample < Samples; sample++)
        {
            var usd = month((low, likely, high) => Triangle(random.NextDouble(), low, likely, high));
            wins[Array.IndexOf(usd, usd.Min())]++;
            for (var i = 0; i < usd.Length; i++)
                unable[i] += double.IsInfinity(usd[i]) ? 1 : 0;
        }

        var options = Engine.Simulate(scenario, Documents.Catalog).Month().Options;

        Assert.All(options.Select((option, i) => (option, i)), found =>
        {
            Assert.Equal(wins[found.i] / (double)Samples, found.option.CheapestShare, 0.01);
            Assert.Equal(unable[found.i] / (double)Samples, found.option.InfeasibleShare, 0.01);
        });
        Assert.True(wins.Max() < 0.95 * Samples, "A case that one option nearly always wins proves little.");
    }

    /// <summary>By the areas of the two triangles beside the likeliest value.</summary>
    private static double Triangle(double share, double low, double likely, double high)
    {
        var below = (likely - low) / (high - low);
        return share < below ? low + Math.Sqrt(share * (high - low) * (likely - low)) : high - Math.Sqrt((1 - share) * (high - low) * (high - likely));
    }
}
