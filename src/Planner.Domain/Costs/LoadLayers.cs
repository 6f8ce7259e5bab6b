namespace Planner.Domain.Costs;

/// <summary>A level of the week's load as layers see it.</summary>
/// <param name="UnitsPerRequest">Units of a fleet that one request a month needs in its hours.</param>
/// <param name="LoadHours">Hours of the month at this level.</param>
/// <param name="PaidHours">Hours paid where units follow the load: with the cold starts that lead up to the level, less those of the level above.</param>
internal readonly record struct LayerLevel(double UnitsPerRequest, double LoadHours, double PaidHours);

/// <summary>What a layer of the load costs in each of the ways to serve it, USD.</summary>
/// <param name="CommittedUsd">A unit for a whole month; infinite where none can be had.</param>
/// <param name="HourlyUsd">A unit for an hour; infinite where units do not follow the load.</param>
/// <param name="OverflowUsd">What an API asks for the load that fills a unit for an hour; finite.</param>
/// <param name="Forced">Lowest layers that a committed unit serves whatever they cost; whole.</param>
/// <param name="Most">Units beyond which only the API serves, at least <paramref name="Forced"/>; whole.</param>
internal readonly record struct LayerPrices(double CommittedUsd, double HourlyUsd, double OverflowUsd, double Forced = 0, double Most = double.PositiveInfinity);

/// <summary>The cheapest way to serve a month, and the straight piece that its cost follows above the month's volume.</summary>
/// <param name="Usd">Its cost, USD.</param>
/// <param name="Committed">Units paid all month.</param>
/// <param name="UnitHours">Hours of further units.</param>
/// <param name="OverflowHours">Load that goes to the API, in unit-hours.</param>
/// <param name="Peak">Units in the busiest hour.</param>
/// <param name="Slope">Cost of one more request on the piece, USD.</param>
/// <param name="End">Volume at which the piece ends.</param>
internal readonly record struct LayerSplit(double Usd, double Committed, double UnitHours, double OverflowHours, double Peak, double Slope, double End);

/// <summary>The least cost of a month's load over the week, served by units that are committed, units that run by the hour, and an API.</summary>
/// <remarks>
/// The load over the hours is cut into layers one unit high; layer i is the load between i − 1 and i units. In an hour a layer is full, partly full or empty. Either a unit serves it all month at the committed
/// price, or in each hour the cheaper of a unit's hour and the API serves what there is of it. Layers do not depend on each other, so that the cheapest way for each is the cheapest for all:
/// cost = Σ over layers of min(committed, Σ over hours of min(unit hour, API × part of the layer that is full)). Lower layers are full for longer, so the committed ones are the lowest.
/// Exact, in time proportional to the levels: layers between two levels are alike, and each level is partly full in one layer at most. The cost is continuous in the volume.
/// </remarks>
internal static class LoadLayers
{
    private const double Noise = 1e-12;

    /// <summary>The least cost at a volume.</summary>
    /// <param name="levels">Levels of the week, the highest first.</param>
    /// <param name="requests">Requests of the month.</param>
    /// <param name="prices">Prices of the ways.</param>
    public static LayerSplit Cheapest(ReadOnlySpan<LayerLevel> levels, double requests, in LayerPrices prices)
    {
        var sum = new Sum(prices) { End = double.PositiveInfinity };
        // Cost, unit-hours and overflow of a layer that is full in the levels passed so far.
        var full = default(Layer);
        for (var i = 0; i < levels.Length;)
        {
            var height = sum.HeightOf(levels[i], requests);
            var below = Math.Floor(height);
            var layer = full;
            for (; i < levels.Length && sum.HeightOf(levels[i], requests) is var part && Math.Floor(part) == below; i++)
            {
                layer.Add(levels[i], part - below, prices, grows: requests * levels[i].UnitsPerRequest >= prices.Forced);
                full.Add(levels[i], 1, prices);
                sum.EndsAt(levels[i], requests, below, part - below);
            }

            sum.Take(layer, below + 1, 1, requests);
            var next = i < levels.Length ? Math.Floor(sum.HeightOf(levels[i], requests)) + 1 : 0;
            if (below > next)
                sum.Take(full, below, below - next, requests);
        }

        return sum.Split(levels, requests);
    }

    /// <summary>One layer, served hour by hour.</summary>
    private record struct Layer(double Usd, double UnitHours, double OverflowHours, double Slope)
    {
        public void Add(LayerLevel level, double part, in LayerPrices prices, bool grows = false)
        {
            var (unit, overflow) = (level.PaidHours * prices.HourlyUsd, level.LoadHours * prices.OverflowUsd * part);
            if (overflow <= unit)
            {
                Usd += overflow;
                OverflowHours += level.LoadHours * part;
                Slope += grows ? level.LoadHours * prices.OverflowUsd * level.UnitsPerRequest : 0;
            }
            else
            {
                Usd += unit;
                UnitHours += level.PaidHours;
            }
        }
    }

    /// <summary>The layers taken so far.</summary>
    private struct Sum(in LayerPrices prices)
    {
        private readonly LayerPrices _prices = prices;
        private double _usd, _committed, _unitHours, _overflowHours, _peak, _slope;

        public double End { get; set; }

        /// <summary>Units above the forced ones that a level needs, up to the most there may be.</summary>
        public readonly double HeightOf(LayerLevel level, double requests)
        {
            var height = Math.Min(requests * level.UnitsPerRequest, _prices.Most) - _prices.Forced;
            var nearest = Math.Round(height);
            return Math.Max(0, Math.Abs(height - nearest) <= Noise * Math.Max(1, height) ? nearest : height);
        }

        /// <summary>A level's share of the piece ends where it fills its layer, and where a unit's hour becomes cheaper than the API.</summary>
        public void EndsAt(LayerLevel level, double requests, double below, double part)
        {
            if (level.UnitsPerRequest == 0 || requests * level.UnitsPerRequest >= _prices.Most)
                return;
            if (requests * level.UnitsPerRequest < _prices.Forced)
            {
                End = Math.Min(End, _prices.Forced / level.UnitsPerRequest);
                return;
            }

            var turn = level.PaidHours * _prices.HourlyUsd / (level.LoadHours * _prices.OverflowUsd);
            End = Math.Min(End, (_prices.Forced + below + (part < turn && turn < 1 ? turn : 1)) / level.UnitsPerRequest);
        }

        /// <summary>Takes so many equal layers, of which the highest is the one with this number.</summary>
        public void Take(in Layer layer, double number, double count, double requests)
        {
            if (layer.Usd > _prices.CommittedUsd)
            {
                _usd += count * _prices.CommittedUsd;
                _committed += count;
                _peak = Math.Max(_peak, number);
                return;
            }

            _usd += count * layer.Usd;
            _unitHours += count * layer.UnitHours;
            _overflowHours += count * layer.OverflowHours;
            _slope += layer.Slope;
            if (layer.UnitHours > 0)
                _peak = Math.Max(_peak, number);
            if (layer.Slope > 0)
                End = Math.Min(End, requests + ((_prices.CommittedUsd - layer.Usd) / layer.Slope));
        }

        /// <summary>All layers: those taken, the forced ones below them, and the load above the most units.</summary>
        public readonly LayerSplit Split(ReadOnlySpan<LayerLevel> levels, double requests)
        {
            var (usd, overflow) = (_usd, _overflowHours);
            foreach (var level in levels)
            {
                var beyond = Math.Max(0, (requests * level.UnitsPerRequest) - _prices.Most) * level.LoadHours;
                usd += beyond * _prices.OverflowUsd;
                overflow += beyond;
            }

            var forced = _prices.Forced > 0 ? _prices.Forced * _prices.CommittedUsd : 0;
            return new LayerSplit(usd + forced, _committed + _prices.Forced, _unitHours, overflow, _peak + _prices.Forced, _slope, End);
        }
    }
}
