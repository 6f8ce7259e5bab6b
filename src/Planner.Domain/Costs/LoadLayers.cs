namespace Planner.Domain.Costs;

/// <summary>A level of the week's load as layers see it.</summary>
/// <param name="UnitsPerRequest">Units of a fleet that one request a month needs in its hours.</param>
/// <param name="LoadHours">Hours of the month at this level.</param>
/// <param name="PaidHours">Hours paid where units follow the load: with the cold starts that lead up to the level, less those of the level above.</param>
internal readonly record struct LayerLevel(double UnitsPerRequest, double LoadHours, double PaidHours);

/// <summary>What a layer of the load costs in each of the ways to serve it, USD.</summary>
/// <param name="CommittedUsd">A unit for a whole month; infinite where none can be had.</param>
/// <param name="HourlyUsd">A unit for an hour; infinite where units do not follow the load.</param>
/// <param name="OverflowUsd">What an API asks for the load that fills a unit for an hour, beyond what serving it by a unit causes; finite, and below 0 where the API is cheaper than that.</param>
/// <param name="Forced">Lowest layers that a committed unit serves whatever they cost; whole.</param>
/// <param name="Most">Units beyond which only the API serves, at least <paramref name="Forced"/>; whole.</param>
/// <param name="Limit">Load that the API takes in an hour at most, units; what is below the top of an hour by more has a unit, whatever that costs.</param>
internal readonly record struct LayerPrices(double CommittedUsd, double HourlyUsd, double OverflowUsd, double Forced = 0, double Most = double.PositiveInfinity, double Limit = double.PositiveInfinity)
{
    /// <summary>Units that must run in the hours of a level, so that the API gets no more than it takes; whole, at most <see cref="Most"/>.</summary>
    public double Needed(in LayerLevel level, double requests)
    {
        if (double.IsPositiveInfinity(Limit))
            return 0;
        var height = requests * level.UnitsPerRequest;
        var needed = height - Limit;
        var nearest = Math.Round(needed);
        return Math.Clamp(Math.Abs(needed - nearest) <= LoadLayers.Noise * height ? nearest : Math.Ceiling(needed), 0, Most);
    }
}

/// <summary>The cheapest way to serve a month, and the straight piece that its cost follows above the month's volume.</summary>
/// <param name="Usd">Its cost, USD.</param>
/// <param name="Committed">Units paid all month.</param>
/// <param name="UnitHours">Hours of further units.</param>
/// <param name="OverflowHours">Load that goes to the API, in unit-hours.</param>
/// <param name="Peak">Units in the busiest hour.</param>
/// <param name="Growth">Load that one more request on the piece sends to the API, in unit-hours.</param>
/// <param name="Slope">Cost of one more request on the piece, USD.</param>
/// <param name="End">Volume at which the piece ends.</param>
internal readonly record struct LayerSplit(double Usd, double Committed, double UnitHours, double OverflowHours, double Peak, double Growth, double Slope, double End);

/// <summary>The least cost of a month's load over the week, served by units that are committed, units that run by the hour, and an API.</summary>
/// <remarks>
/// The load over the hours is cut into layers one unit high; layer i is the load between i − 1 and i units. In an hour a layer is full, partly full or empty. Either a unit serves it all month at the committed
/// price, or in each hour the cheaper of a unit's hour and the API serves what there is of it. Layers do not depend on each other, so that the cheapest way for each is the cheapest for all:
/// cost = Σ over layers of min(committed, Σ over hours of min(unit hour, API × part of the layer that is full)). Lower layers are full for longer, so the committed ones are the lowest.
/// Where the API takes only so much in an hour, a layer may go to it in that hour only if it lies within so many units of the hour's top; below that, and in part at the edge, it has a unit. Lower layers are held so in
/// more hours, so that the committed ones are still the lowest.
/// Exact, in time proportional to the levels: layers between two heights at which a level is full or held are alike, and each level is partly full in one layer at most. Without a limit the cost is continuous in the volume.
/// </remarks>
internal static class LoadLayers
{
    /// <summary>Heights this close to a whole unit, as a share of them, are whole.</summary>
    internal const double Noise = 1e-12;

    /// <summary>The least cost at a volume.</summary>
    /// <param name="levels">Levels of the week, the highest first.</param>
    /// <param name="requests">Requests of the month.</param>
    /// <param name="prices">Prices of the ways.</param>
    public static LayerSplit Cheapest(ReadOnlySpan<LayerLevel> levels, double requests, in LayerPrices prices)
    {
        var sum = new Sum(prices) { End = double.PositiveInfinity };
        // Cost, unit-hours and overflow of a layer that is full in the levels passed so far, and held by a unit in the first of them.
        var full = default(Layer);
        var (passed, held) = (0, 0);
        for (var number = levels.Length > 0 ? sum.TopOf(levels[0], requests) : 0; number > 0;)
        {
            for (; held < passed && sum.HeldOf(levels[held], requests) >= number; held++)
                full.Hold(levels[held], prices);
            var layer = full;
            for (; passed < levels.Length && sum.TopOf(levels[passed], requests) == number; passed++)
            {
                var level = levels[passed];
                var (part, isHeld) = (sum.HeightOf(level, requests) - (number - 1), sum.HeldOf(level, requests));
                layer.Add(level, part, prices, isHeld >= number, grows: requests * level.UnitsPerRequest >= prices.Forced);
                full.Add(level, 1, prices);
                sum.EndsAt(level, requests, number - 1, part, isHeld);
            }

            sum.Take(layer, number, 1, requests);
            var next = Math.Min(number - 1, Math.Max(passed < levels.Length ? sum.TopOf(levels[passed], requests) : 0, held < passed ? sum.HeldOf(levels[held], requests) : 0));
            if (number - 1 > next)
                sum.Take(full, number - 1, number - 1 - next, requests);
            number = next;
        }

        return sum.Split(levels, requests);
    }

    /// <summary>One layer, served hour by hour.</summary>
    private record struct Layer(double Usd, double UnitHours, double OverflowHours, double Growth)
    {
        public void Add(LayerLevel level, double part, in LayerPrices prices, bool isHeld = false, bool grows = false)
        {
            var (unit, overflow) = (level.PaidHours * prices.HourlyUsd, level.LoadHours * prices.OverflowUsd * part);
            if (overflow <= unit && !isHeld)
            {
                Usd += overflow;
                OverflowHours += level.LoadHours * part;
                Growth += grows ? level.LoadHours * level.UnitsPerRequest : 0;
            }
            else
            {
                Usd += unit;
                UnitHours += level.PaidHours;
            }
        }

        /// <summary>A unit takes what the API served in the hours of a level that fills the layer.</summary>
        public void Hold(LayerLevel level, in LayerPrices prices)
        {
            var (unit, overflow) = (level.PaidHours * prices.HourlyUsd, level.LoadHours * prices.OverflowUsd);
            if (overflow > unit)
                return;
            Usd += unit - overflow;
            UnitHours += level.PaidHours;
            OverflowHours -= level.LoadHours;
        }
    }

    /// <summary>The layers taken so far.</summary>
    private struct Sum(in LayerPrices prices)
    {
        private readonly LayerPrices _prices = prices;
        private double _usd, _committed, _unitHours, _overflowHours, _peak, _growth;

        public double End { get; set; }

        /// <summary>Units above the forced ones that a level needs, up to the most there may be.</summary>
        public readonly double HeightOf(LayerLevel level, double requests)
        {
            var height = Math.Min(requests * level.UnitsPerRequest, _prices.Most) - _prices.Forced;
            var nearest = Math.Round(height);
            return Math.Max(0, Math.Abs(height - nearest) <= Noise * Math.Max(1, height) ? nearest : height);
        }

        /// <summary>The highest layer above the forced ones that a level reaches.</summary>
        public readonly double TopOf(LayerLevel level, double requests) => Math.Floor(HeightOf(level, requests)) + 1;

        /// <summary>The highest layer above the forced ones that must have a unit in a level's hours; 0 where none must.</summary>
        public readonly double HeldOf(LayerLevel level, double requests) => Math.Max(0, _prices.Needed(level, requests) - _prices.Forced);

        /// <summary>A level's share of the piece ends where it fills its layer, where a unit's hour becomes cheaper than the API, and where it needs a further unit beside the API.</summary>
        public void EndsAt(LayerLevel level, double requests, double below, double part, double held)
        {
            if (level.UnitsPerRequest == 0)
                return;
            if (_prices.Forced + held < _prices.Most)
                End = Math.Min(End, (_prices.Forced + held + _prices.Limit) / level.UnitsPerRequest);
            if (requests * level.UnitsPerRequest >= _prices.Most)
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
            _growth += layer.Growth;
            if (layer.UnitHours > 0)
                _peak = Math.Max(_peak, number);
            if (layer.Growth * _prices.OverflowUsd is > 0 and var slope)
                End = Math.Min(End, requests + ((_prices.CommittedUsd - layer.Usd) / slope));
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
            return new LayerSplit(usd + forced, _committed + _prices.Forced, _unitHours, overflow, _peak + _prices.Forced, _growth, _growth * _prices.OverflowUsd, End);
        }
    }
}
