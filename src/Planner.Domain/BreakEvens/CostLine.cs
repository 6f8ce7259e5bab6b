using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.BreakEvens;

/// <summary>An option's cost of a month as a line over requests a month.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="Points">Corners of the line: requests a month and USD, in rising order; a step is two points at one volume.</param>
/// <param name="BeyondCapacityFrom">Volume from which the line only continues what a fixed fleet cannot carry; null where it carries all.</param>
public sealed record CostLine(string OptionId, IReadOnlyList<(double Requests, double Usd)> Points, double? BeyondCapacityFrom)
{
    /// <summary>More steps than this cannot be told apart in a chart; the line then runs through evenly chosen upper corners.</summary>
    private const int MostSteps = 400;

    internal static CostLine Of(OptionCost option, double to, bool firstMonth, bool asItStands)
    {
        // A fleet that does not grow goes on, marked, beyond what it carries.
        var isLimited = asItStands || option.IsLimited;
        var curve = option.Curve(firstMonth, capacityChecked: !isLimited);
        var end = Math.Min(to, curve.Limit);
        var points = new List<(double, double)> { (0, curve.At(0)) };
        var position = 0.0;
        for (var steps = 0; position < end && steps < MostSteps; steps++)
        {
            var piece = curve.PieceAbove(position);
            points.Add((position, piece.At(position)));
            position = Math.Min(piece.End, end);
            points.Add((position, piece.At(position)));
        }

        if (position < end)
            points = UpperCorners(curve, end);
        return new CostLine(option.Id, points, isLimited && option.CarriesRequests is { } carries && carries < to ? carries : null);
    }

    private static List<(double, double)> UpperCorners(CostCurve curve, double end)
    {
        var points = new List<(double, double)> { (0, curve.At(0)) };
        for (var i = 0; i < MostSteps; i++)
        {
            var edge = curve.PieceAbove(end * i / MostSteps).End;
            if (edge < end)
                points.Add((edge, curve.PieceAbove(edge).At(edge)));
        }

        points.Add((end, curve.At(end)));
        return points;
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
