using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.BreakEvens;

/// <summary>The options' costs along one axis. A scenario that is moved along it says what each line is; whole units keep their exact edges.</summary>
internal sealed class AxisCurves
{
    /// <summary>Points between which a modelled throughput, and what follows no straight line, is interpolated.</summary>
    public const int Knots = 128;

    private const double MoreTokens = 1e6;

    private readonly AxisPoint _point;
    private readonly List<OptionCost> _own;
    private readonly (double From, double To) _range;
    private readonly Dictionary<double, List<OptionCost>> _resolved = [];
    private double[]? _knots;

    /// <param name="point">The scenario and the axis.</param>
    /// <param name="own">Its options, resolved.</param>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">End of the range.</param>
    public AxisCurves(AxisPoint point, List<OptionCost> own, double from, double to)
    {
        (_point, _own, _range) = (point, own, (from, to));
        Scale = point.Axis switch
        {
            BreakEvenAxes.TokensPerMonth => new AxisScale((double)(Workload.InputTokens + Workload.OutputTokens + Workload.ReasoningTokens)),
            BreakEvenAxes.Utilization => new AxisScale(point.Here!.Value / (double)Workload.RequestsPerMonth),
            BreakEvenAxes.Throughput => new AxisScale(1, IsReciprocal: true),
            _ => new AxisScale(1),
        };
    }

    /// <summary>True where the axis moves the volume, over which options know their own curves.</summary>
    public bool AreOverVolume => BreakEvenAxes.IsVolume(_point.Axis);

    /// <summary>What is searched for the axis.</summary>
    public AxisScale Scale { get; }

    /// <summary>Where costs that follow no straight line are asked for; most scenarios have none.</summary>
    private double[] InterpolatedAt => _knots ??= KnotsOf(_range.From, _range.To, _point.Here);

    private Workload Workload => _point.Scenario.Workload;

    /// <summary>An option's curve over the variable of <see cref="Scale"/>; null where it takes no part.</summary>
    /// <param name="option">Index of the option.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="capacityChecked">True to let a sized fleet grow and to leave out what cannot serve.</param>
    public CostCurve? Of(int option, bool firstMonth, bool capacityChecked)
    {
        var own = _own[option];
        if (AreOverVolume)
            return own is { IsComparable: true, HasCurve: true } ? own.Curve(firstMonth, capacityChecked) : null;
        if (_point.Axis == BreakEvenAxes.OutputTokens)
            return AlongOutput(option, firstMonth, capacityChecked);
        if (!Moves(own.Id))
            return own is { IsComparable: true, HasCurve: true } ? Constant(own, firstMonth, capacityChecked) : null;
        return _point.Axis == BreakEvenAxes.Throughput ? AlongThroughput(option, firstMonth, capacityChecked) : AlongPrice(option, firstMonth, capacityChecked);
    }

    /// <summary>The variable up to which an option carries the load as it stands; infinite where nothing ends it, null where that is unknown. Where the axis leaves the volume, only what does not grow has an end.</summary>
    /// <param name="option">Index of the option.</param>
    public double? Carries(int option) => AreOverVolume
        ? _own[option].CarriesRequests
        : _own[option].IsLimited ? Of(option, firstMonth: false, capacityChecked: true)?.Limit : double.PositiveInfinity;

    /// <summary>True where the axis' option is this one, or a part of it.</summary>
    private bool Moves(string? id) => id == _point.Own!.Id
        || (_point.Scenario.Options.FirstOrDefault(option => option.Id == id) is HybridOption mix && (mix.Mode == HybridModes.Tasks ? mix.Routes.Any(route => Moves(route.OptionId)) : Moves(mix.ApiOptionId) || Moves(mix.FleetOptionId)));

    private static LineCurve Constant(OptionCost cost, bool firstMonth, bool capacityChecked)
    {
        var usd = cost.MonthUsd(firstMonth, capacityChecked);
        return double.IsFinite(usd) ? new LineCurve(usd, 0) : new LineCurve(0, 0) { Limit = -1 };
    }

    private List<OptionCost> At(double point)
    {
        if (!_resolved.TryGetValue(point, out var costs))
            _resolved.Add(point, costs = new OptionResolver(_point.At(point), _point.Catalog).All());
        return costs;
    }

    private CostCurve? AlongPrice(int option, bool firstMonth, bool capacityChecked)
    {
        if (_own[option] is not { IsComparable: true, HasCurve: true })
            return null;
        return Leaves(_own[option]).Any(leaf => leaf is OverflowCost)
            ? Interpolated(option, firstMonth, capacityChecked)
            : Lines(option, Leaves(_own[option]).SelectMany(PriceKinks).Select(factor => factor * _point.Here!.Value), firstMonth, capacityChecked);
    }

    private IEnumerable<double> PriceKinks(OptionCost leaf) => leaf switch
    {
        ApiCost { MinimumUsd: > 0, UsageUsd: > 0 } api when leaf.Id == _point.Own!.Id => [api.MinimumUsd / api.UsageUsd],
        FleetCost fleet when leaf.Id == _point.Own!.Id => fleet.PriceKinks(),
        _ => [],
    };

    /// <summary>Straight pieces between known corners, each through two points at which the moved scenario is asked for its cost.</summary>
    private CostCurve Lines(int option, IEnumerable<double> corners, bool firstMonth, bool capacityChecked)
    {
        double[] edges = [.. corners.Where(corner => double.IsFinite(corner) && corner > 0).Distinct().Order()];
        var pieces = new CostPiece[edges.Length + 1];
        for (var i = 0; i <= edges.Length; i++)
        {
            var start = i == 0 ? 0 : edges[i - 1];
            var end = i < edges.Length ? edges[i] : Math.Max(2 * start, BreakEvenAxes.Range(_point.Axis, Workload).To);
            var (low, high) = (start + ((end - start) / 4), end - ((end - start) / 4));
            var (lowUsd, highUsd) = (Cost(option, low, firstMonth, capacityChecked), Cost(option, high, firstMonth, capacityChecked));
            if (!double.IsFinite(lowUsd))
                return new LineCurve(0, 0) { Limit = -1 };
            var slope = (highUsd - lowUsd) / (high - low);
            pieces[i] = new CostPiece(lowUsd - (slope * low), slope, i < edges.Length ? edges[i] : double.PositiveInfinity);
        }

        return pieces is [var line] ? new LineCurve(line.Fixed, line.Slope) : new PiecewiseCurve(pieces);
    }

    private double Cost(int option, double point, bool firstMonth, bool capacityChecked) => At(point)[option].MonthUsd(firstMonth, capacityChecked);

    private CostCurve? AlongThroughput(int option, bool firstMonth, bool capacityChecked)
    {
        // What limits it is searched for, so that the best replica decides whether it takes part at all.
        const double best = BreakEvenAxes.MostTokensPerSecond;
        if (!capacityChecked)
            return _own[option] is { IsComparable: true, HasCurve: true } own ? Constant(own, firstMonth, capacityChecked) : null;
        var cost = At(best)[option];
        if (cost is not { IsComparable: true, HasCurve: true })
            return null;
        return Leaves(cost).Any(leaf => leaf is OverflowCost) ? Interpolated(option, firstMonth, capacityChecked) : Sum(cost, firstMonth, leaf => leaf is FleetCost fleet && leaf.Id == _point.Own!.Id
            ? fleet.ThroughputCurve((decimal)best, firstMonth)
            : Constant(leaf, firstMonth, capacityChecked));
    }

    private CostCurve? AlongOutput(int option, bool firstMonth, bool capacityChecked)
    {
        var near = _range.From;
        var (cost, more) = (At(near)[option], At(near + MoreTokens)[option]);
        if (Leaves(_own[option]).Any(leaf => leaf is FleetCost { IsModelled: true }) && capacityChecked)
            return _own[option] is FleetCost ? Modelled(option, firstMonth) : Interpolated(option, firstMonth, capacityChecked);
        if (cost is not { IsComparable: true, HasCurve: true } || (!capacityChecked && _own[option] is not { IsComparable: true, HasCurve: true }))
            return null;
        if (Leaves(cost).Any(leaf => leaf is OverflowCost or ApiCost { HasUnits: true }))
            return Interpolated(option, firstMonth, capacityChecked);
        var curve = Along(cost, more, _own[option]);
        return Limited(option, curve, capacityChecked);

        CostCurve Along(OptionCost at, OptionCost then, OptionCost own) => (at, then, own) switch
        {
            (PartsCost mix, PartsCost further, PartsCost standing) => Sum(mix, firstMonth, [.. mix.Parts.Select((part, i) => Along(part.Cost, further.Parts[i].Cost, standing.Parts[i].Cost))]),
            (FleetCost fleet, FleetCost further, FleetCost standing) => capacityChecked
                ? fleet.OutputCurve((decimal)near, further, firstMonth)
                : standing.StandingOutputCurve(near, fleet, further, firstMonth),
            _ => Billed((ApiCost)at, (ApiCost)then, firstMonth),
        };
    }

    /// <summary>An API's bill: usage rises with the answers' length, up to where it passes the least bill it does not count.</summary>
    private CostCurve Billed(ApiCost at, ApiCost then, bool firstMonth)
    {
        var slope = (then.UsageUsd - at.UsageUsd) / MoreTokens;
        var usage = at.UsageUsd - (slope * _range.From);
        var beside = at.MonthUsd(firstMonth, capacityChecked: false) - Math.Max(at.MinimumUsd, at.UsageUsd);
        return at.MinimumUsd > usage && slope > 0
            ? new PiecewiseCurve([new CostPiece(at.MinimumUsd + beside, 0, (at.MinimumUsd - usage) / slope), new CostPiece(usage + beside, slope, double.PositiveInfinity)])
            : new LineCurve(Math.Max(at.MinimumUsd, usage) + beside, slope);
    }

    /// <summary>Ends a curve where the option stops serving: a context, a rate limit, a fleet of a stated size. It is looked for between the range's ends, since longer answers only ever ask for more.</summary>
    private CostCurve Limited(int option, CostCurve curve, bool capacityChecked)
    {
        bool Serves(double point) => At(point)[option] is { Excluded.Count: 0 } cost && (!capacityChecked || double.IsFinite(cost.MonthUsd(false, true)));
        if (Serves(_range.To))
            return curve;
        if (!Serves(_range.From))
            return new LineCurve(0, 0) { Limit = -1 };
        var (low, high) = _range;
        while (low + ((high - low) / 2) is var middle && middle > low && middle < high)
            (low, high) = Serves(middle) ? (middle, high) : (low, middle);
        return new JoinedCurve([(low, curve)]) { Limit = low };
    }

    private JoinedCurve Modelled(int option, bool firstMonth)
    {
        var knots = InterpolatedAt;
        var stretches = new (double, CostCurve?)[knots.Length - 1];
        for (var i = 0; i < stretches.Length; i++)
        {
            var (low, high) = ((FleetCost)At(knots[i])[option], (FleetCost)At(knots[i + 1])[option]);
            stretches[i] = (knots[i + 1], low.OutputCurve(knots[i], high, knots[i + 1], firstMonth));
        }

        return new JoinedCurve(stretches);
    }

    /// <summary>A cost that follows no straight line, between points at which the moved scenario is asked for it; a stretch that begins or ends where the option cannot serve is left out.</summary>
    private JoinedCurve Interpolated(int option, bool firstMonth, bool capacityChecked)
    {
        var points = InterpolatedAt.Select(point => (At: Scale.FromAxis(point), Usd: Cost(option, point, firstMonth, capacityChecked))).OrderBy(point => point.At).ToArray();
        var stretches = new (double, CostCurve?)[points.Length - 1];
        for (var i = 0; i < stretches.Length; i++)
        {
            var (low, high) = (points[i], points[i + 1]);
            var slope = (high.Usd - low.Usd) / (high.At - low.At);
            stretches[i] = (high.At, double.IsFinite(slope) ? new LineCurve(low.Usd - (slope * low.At), slope) : null);
        }

        return new JoinedCurve(stretches);
    }

    private static CostCurve Sum(OptionCost cost, bool firstMonth, Func<OptionCost, CostCurve> along) =>
        cost is PartsCost mix ? Sum(mix, firstMonth, [.. mix.Parts.Select(part => Sum(part.Cost, firstMonth, along))]) : along(cost);

    private static SumCurve Sum(PartsCost mix, bool firstMonth, IReadOnlyList<CostCurve> parts) =>
        new([.. parts.Select(part => (part, 1.0)), (new LineCurve(mix.LeversUsd(firstMonth), 0), 1)]);

    private static IEnumerable<OptionCost> Leaves(OptionCost cost) => cost is PartsCost mix ? mix.Parts.SelectMany(part => Leaves(part.Cost)) : [cost];

    /// <summary>Points over the range, each a fixed multiple of the one before, and the scenario's own.</summary>
    private static double[] KnotsOf(double from, double to, double? here)
    {
        // A range that begins at 0 is spaced from a millionth of its end on.
        var start = Math.Max(from, to / 1e6);
        var knots = Enumerable.Range(0, Knots).Select(i => i == Knots - 1 ? to : start * Math.Pow(to / start, i / (Knots - 1.0))).Append(from);
        if (here is { } own && own > from && own < to)
            knots = knots.Append(own);
        return [.. knots.Distinct().Order()];
    }
}
