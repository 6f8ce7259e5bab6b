using Planner.Domain.Costs;
using Xunit;

namespace Planner.Tests.Domain.Costs;

public sealed class LoadLayersTests
{
    // One request a month needs one unit in the upper level and half of one in the lower; 100 and 600 hours.
    private static readonly LayerLevel[] TwoLevels = [new(1, 100, 100), new(0.5, 600, 600)];

    [Fact]
    public void Base_serves_what_is_there_all_month_and_the_API_the_peak()
    {
        // Heights 4 and 2: layers 1 and 2 are full for 700 hours (700 × $0.5 = $350 by API), 3 and 4 for 100 ($50).
        var split = LoadLayers.Cheapest(TwoLevels, 4, new LayerPrices(CommittedUsd: 200, HourlyUsd: double.PositiveInfinity, OverflowUsd: 0.5));

        Assert.Equal(500, split.Usd, 1e-9);
        Assert.Equal((2.0, 0.0, 200.0, 2.0), (split.Committed, split.UnitHours, split.OverflowHours, split.Peak));
    }

    [Fact]
    public void Autoscaled_units_take_the_hours_that_they_fill_enough()
    {
        // Heights 3.5 and 1.75, a unit's hour $0.4 against $0.5 of a full API hour: worth it from 80 % on.
        // Layer 4 is half full for 100 h: API 100 × 0.5 × 0.5 = 25. Layer 3 full for 100 h: units 40. Layer 2: full for 100 h 40, three quarters for 600 h: API 225. Layer 1: 700 h × 0.4 = 280.
        var split = LoadLayers.Cheapest(TwoLevels, 3.5, new LayerPrices(double.PositiveInfinity, 0.4, 0.5));

        Assert.Equal(25 + 40 + 40 + 225 + 280, split.Usd, 1e-9);
        Assert.Equal((0.0, 900.0, 500.0, 3.0), (split.Committed, split.UnitHours, split.OverflowHours, split.Peak));
    }

    [Fact]
    public void What_the_API_does_not_take_in_an_hour_has_a_unit()
    {
        // Heights 4 and 2 as above, but the API takes 1.2 units in an hour: ⌈4 − 1.2⌉ = 3 committed, one unit for 100 h by API.
        var limited = new LayerPrices(CommittedUsd: 200, HourlyUsd: double.PositiveInfinity, OverflowUsd: 0.5, Limit: 1.2);
        var split = LoadLayers.Cheapest(TwoLevels, 4, limited);
        Assert.Equal((650.0, 3.0, 100.0), (Math.Round(split.Usd, 9), split.Committed, split.OverflowHours));

        // Where units follow the load, at $0.9 an hour against $0.5: three in the 100 h (270 + 50), one in the 600 h (540 + 300).
        split = LoadLayers.Cheapest(TwoLevels, 4, limited with { CommittedUsd = double.PositiveInfinity, HourlyUsd = 0.9 });
        Assert.Equal((1160.0, 900.0, 700.0, 3.0), (Math.Round(split.Usd, 9), split.UnitHours, split.OverflowHours, split.Peak));
    }

    [Fact]
    public void Cheapest_split_agrees_with_trying_every_base_on_a_thousand_weeks()
    {
        var random = new Random(11);
        for (var round = 0; round < 1000; round++)
        {
            var levels = Week(random);
            var committed = random.Next(4) == 0 ? double.PositiveInfinity : 50 + (random.NextDouble() * 600);
            var hourly = double.IsInfinity(committed) || random.Next(2) == 0 ? 0.2 + random.NextDouble() : double.PositiveInfinity;
            var prices = new LayerPrices(committed, hourly, 0.1 + (random.NextDouble() * 1.5), Forced: double.IsInfinity(committed) ? 0 : random.Next(2), Most: random.Next(3) == 0 ? 3 : double.PositiveInfinity, Limit: Limit(random));
            var requests = random.Next(3) == 0 ? random.Next(20) : random.NextDouble() * 30;

            var split = LoadLayers.Cheapest(levels, requests, prices);

            Assert.Equal(Tried(levels, requests, prices), split.Usd, 1e-7);
        }
    }

    [Fact]
    public void Cost_follows_its_straight_piece_up_to_its_end()
    {
        var random = new Random(12);
        for (var round = 0; round < 1000; round++)
        {
            var levels = Week(random);
            var prices = new LayerPrices(50 + (random.NextDouble() * 600), random.Next(2) == 0 ? 0.2 + random.NextDouble() : double.PositiveInfinity, 0.1 + (random.NextDouble() * 1.5), random.Next(2), random.Next(3) == 0 ? 3 : double.PositiveInfinity, Limit(random));
            // Just above an edge: with a limit the cost may rise there, and the edge itself is still below.
            var from = (random.Next(3) == 0 ? random.Next(20) : random.NextDouble() * 30) * (1 + 4e-12);
            var split = LoadLayers.Cheapest(levels, from, prices);
            var to = double.IsFinite(split.End) ? split.End : from + 5;

            Assert.True(split.End > from, $"The piece from {from} ends at {split.End}.");
            foreach (var part in (double[])[0.001, 0.3, 0.7, 0.999])
            {
                var at = from + (part * (to - from));
                Assert.Equal(split.Usd + (split.Slope * (at - from)), LoadLayers.Cheapest(levels, at, prices).Usd, 1e-7);
            }
        }
    }

    /// <summary>No limit, a whole number of units or a broken one.</summary>
    private static double Limit(Random random) => random.Next(3) switch { 0 => double.PositiveInfinity, 1 => random.Next(5), _ => random.NextDouble() * 10 };

    private static LayerLevel[] Week(Random random)
    {
        var heights = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => random.Next(4) == 0 ? random.Next(3) : random.NextDouble() * 2).Distinct().OrderDescending().ToList();
        return [.. heights.Select(height => new LayerLevel(height, 20, 20)).Select(level => level with { LoadHours = 10 + random.Next(200) }).Select(level => level with { PaidHours = level.LoadHours })];
    }

    /// <summary>The cost with the committed units that cost least of all numbers there could be, every hour above them served in its cheaper way, unit by unit.</summary>
    private static double Tried(LayerLevel[] levels, double requests, LayerPrices prices)
    {
        var highest = (int)Math.Ceiling(levels.Max(level => level.UnitsPerRequest) * requests) + 1;
        var least = double.PositiveInfinity;
        for (var committed = (int)prices.Forced; committed <= Math.Min(Math.Max(highest, prices.Forced), prices.Most); committed++)
        {
            var usd = committed == 0 ? 0 : committed * prices.CommittedUsd;
            foreach (var level in levels)
            {
                var above = Math.Max(0, (level.UnitsPerRequest * requests) - committed);
                // As many units by the hour as cost least, of those that leave the API no more than it takes.
                var fewest = double.PositiveInfinity;
                for (var units = 0; units <= Math.Min(Math.Ceiling(above), prices.Most - committed); units++)
                {
                    var overflow = Math.Max(0, above - units);
                    if (overflow <= prices.Limit + 1e-9 || units == prices.Most - committed)
                        fewest = Math.Min(fewest, (units > 0 ? units * level.PaidHours * prices.HourlyUsd : 0) + (overflow * level.LoadHours * prices.OverflowUsd));
                }

                usd += fewest;
            }

            least = Math.Min(least, usd);
        }

        return least;
    }
}
