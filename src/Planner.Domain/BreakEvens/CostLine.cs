using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.BreakEvens;

/// <summary>An option's cost of a month as a line along an axis.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="Points">Corners of the line: the point on the axis and USD, in rising order; a step is two points at one place.</param>
/// <param name="BeyondCapacityFrom">Point from which the line only continues what a fixed fleet cannot carry; below the start where it carries nothing of it, null where it carries all.</param>
public sealed record CostLine(string OptionId, IReadOnlyList<(double At, double Usd)> Points, double? BeyondCapacityFrom)
{
    /// <summary>More steps than this cannot be told apart in a chart; the line then runs through evenly chosen upper corners.</summary>
    private const int MostSteps = 400;

    /// <summary>The lines of one option: none where it takes no part, one for each stretch that it serves.</summary>
    internal static IEnumerable<CostLine> Of(OptionCost option, int index, AxisCurves curves, double from, double to, bool firstMonth, bool asItStands)
    {
        if (curves.Of(index, firstMonth, capacityChecked: !asItStands) is not { } curve)
            return [];
        var scale = curves.Scale;
        var (low, high) = scale.IsReciprocal ? (scale.FromAxis(to), scale.FromAxis(from)) : (scale.FromAxis(from), scale.FromAxis(to));
        var lines = Corners(curve, low, high);
        // On an axis that falls with what is searched there is nothing beyond.
        double? beyond = null;
        if (!scale.IsReciprocal && asItStands)
            beyond = curves.Carries(index) is { } carries && carries < high ? carries : null;
        else if (!scale.IsReciprocal && option.IsLimited && curve.Limit < high && Beyond(curve, curves.Of(index, firstMonth, capacityChecked: false), low, high) is { } rest)
            (lines, beyond) = (lines.Count == 0 ? rest : [.. lines[..^1], [.. lines[^1], .. rest[0]]], curve.Limit);
        return lines.Select(corners => new CostLine(
            option.Id, [.. (scale.IsReciprocal ? corners.AsEnumerable().Reverse() : corners).Select(corner => (scale.ToAxis(corner.At), corner.Usd))], beyond is { } at ? scale.ToAxis(at) : null));
    }

    /// <summary>How a fleet that does not grow goes on beyond what it carries; null for a mix whose other parts would have to grow.</summary>
    private static List<List<(double At, double Usd)>>? Beyond(CostCurve curve, CostCurve? held, double low, double high)
    {
        if (held is null || (curve.Limit > low && Math.Abs(held.At(curve.Limit) - curve.At(curve.Limit)) > 1e-6 * Math.Abs(curve.At(curve.Limit))))
            return null;
        return Corners(held, Math.Max(low, curve.Limit), high) is { Count: 1 } rest ? rest : null;
    }

    private static List<List<(double At, double Usd)>> Corners(CostCurve curve, double low, double high)
    {
        var lines = new Stretches();
        lines.Add(low, curve.At(low));
        var position = low;
        for (var steps = 0; position < high && steps < MostSteps; steps++)
        {
            var piece = curve.PieceAbove(position);
            lines.Add(position, piece.At(position));
            position = Math.Min(piece.End, high);
            lines.Add(position, piece.At(position));
        }

        if (position < high)
        {
            lines = new Stretches();
            lines.Add(low, curve.At(low));
            for (var i = 0; i < MostSteps; i++)
            {
                var edge = curve.PieceAbove(low + ((high - low) * i / MostSteps)).End;
                if (edge < high)
                    lines.Add(edge, curve.PieceAbove(edge).At(edge));
            }

            lines.Add(high, curve.At(high));
        }

        return lines.Drawn;
    }

    /// <summary>Corners of lines that end where an option cannot serve.</summary>
    private sealed class Stretches
    {
        private readonly List<List<(double At, double Usd)>> _lines = [];
        private bool _serves;

        /// <summary>A line is drawn between two points at least.</summary>
        public List<List<(double At, double Usd)>> Drawn => _lines.FindAll(line => line[^1].At > line[0].At);

        public void Add(double at, double usd)
        {
            if (double.IsFinite(usd) && !_serves)
                _lines.Add([]);
            _serves = double.IsFinite(usd);
            if (_serves)
                _lines[^1].Add((at, usd));
        }
    }
}

/// <summary>An option's cost per million tokens against the utilization of its fleet as sized.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="IsFlat">True for an API, whose cost per token does not depend on a fleet.</param>
/// <param name="Points">Utilization (1 is 100 %) and USD per million tokens, in rising order.</param>
/// <param name="Here">The scenario's own point; null where it is unknown.</param>
public sealed record UtilizationLine(string OptionId, bool IsFlat, IReadOnlyList<(double Utilization, double UsdPerMillion)> Points, (double Utilization, double UsdPerMillion)? Here)
{
    private const double Lowest = 0.02;

    internal static IReadOnlyList<UtilizationLine> Of(IEnumerable<OptionCost> options, decimal tokensPerRequest, decimal requests)
    {
        var lines = new List<UtilizationLine>();
        if (tokensPerRequest == 0)
            return lines;
        // A mix has no one fleet whose utilization could be moved.
        foreach (var option in options.Where(option => option.IsComparable && option.Kind != OptionKinds.Hybrid))
        {
            var curve = option.Curve(firstMonth: false, capacityChecked: false);
            double PerMillion(double volume) => curve.At(volume) * 1e6 / (volume * (double)tokensPerRequest);
            var result = option.Evaluate();
            var isFleet = option.Kind != OptionKinds.Api;
            if (option.CarriesRequests is not { } carries || (isFleet && double.IsFinite(carries) && (carries <= 0 || result.Utilization is null or 0)))
                continue;
            // What limits an API is the vendor's rule; no utilization of a fleet moves its price.
            if (!isFleet || !double.IsFinite(carries))
            {
                if (result.UsdPerMillionTokens is { } flat)
                    lines.Add(new UtilizationLine(option.Id, true, [(Lowest, flat), (1, flat)], null));
                continue;
            }

            // Utilization is proportional to volume on the fleet as it stands.
            var perUtilization = (double)requests / result.Utilization!.Value;
            var points = Enumerable.Range(0, 50).Select(i => Lowest + ((1 - Lowest) * i / 49)).Select(u => (u, PerMillion(u * perUtilization))).ToList();
            lines.Add(new UtilizationLine(option.Id, false, points, (result.Utilization.Value, PerMillion((double)requests))));
        }

        return lines;
    }
}
