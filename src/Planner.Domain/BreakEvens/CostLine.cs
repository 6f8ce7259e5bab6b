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

    internal static CostLine Of(OptionCost option, double to, bool firstMonth)
    {
        var curve = option.Curve(firstMonth, capacityChecked: true);
        var limit = option.IsLimited ? curve.Limit : double.PositiveInfinity;
        to = option.IsLimited ? to : Math.Min(to, curve.Limit);
        var points = new List<(double, double)> { (0, curve.At(0)) };
        var first = curve.UnitsAbove(0);
        var steps = curve.Grows ? curve.UnitsAbove(Math.BitDecrement(to)) - first : 0;
        if (steps > MostSteps)
        {
            for (var units = first; curve.Edge(units) < to; units += steps / MostSteps)
                points.Add((curve.Edge(units), curve.Fixed + ((units + 1) * curve.UnitUsd) + (curve.PerRequest * curve.Edge(units))));
            points.Add((to, curve.At(to)));
            return new CostLine(option.Id, points, null);
        }

        for (var position = 0.0; position < to;)
        {
            var (intercept, end) = curve.PieceAbove(position);
            end = Math.Min(end, to);
            points.Add((position, intercept + (curve.PerRequest * position)));
            points.Add((end, intercept + (curve.PerRequest * end)));
            position = end;
        }

        return new CostLine(option.Id, points, limit < to ? limit : null);
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
        foreach (var option in options.Where(option => option.IsComparable && option.HasCurve))
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
