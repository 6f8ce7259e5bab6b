using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.BreakEvens;

/// <summary>One of the two axes of a map.</summary>
/// <param name="Axis">One of <see cref="BreakEvenAxes.All"/>.</param>
/// <param name="OptionId">The option that the axis belongs to; null for the first of its kind.</param>
/// <param name="From">Start of the range; null for a tenth of the scenario's own point.</param>
/// <param name="To">End of the range; null for ten times the scenario's own point.</param>
/// <param name="IsLinear">True for equal steps; otherwise each cell is the same multiple of the one before.</param>
public sealed record MapAxis(string Axis, string? OptionId = null, double? From = null, double? To = null, bool IsLinear = false);

/// <summary>An axis of a map that was made.</summary>
/// <param name="Axis">Its id.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="OptionId">The option that it belongs to; null for an axis of the whole scenario.</param>
/// <param name="From">Start of the first cell.</param>
/// <param name="To">End of the last cell.</param>
/// <param name="IsLinear">True for equal steps.</param>
/// <param name="Centres">The points at which the cells were asked, in rising order: middles of equal steps, geometric means otherwise.</param>
/// <param name="Here">The scenario's own point; null where it is unknown.</param>
public sealed record MapSide(string Axis, string Unit, string? OptionId, double From, double To, bool IsLinear, IReadOnlyList<double> Centres, double? Here);

/// <summary>Which option is cheapest over two inputs at once, capacity checked.</summary>
/// <param name="FirstMonth">True where one-off costs count.</param>
/// <param name="X">The axis of the columns.</param>
/// <param name="Y">The axis of the rows.</param>
/// <param name="OptionIds">The scenario's options.</param>
/// <param name="Cells">Rows by rising y, each with a cell for each column: index into <paramref name="OptionIds"/>, −1 where no option can serve.</param>
public sealed record WinnerMap(bool FirstMonth, MapSide X, MapSide Y, IReadOnlyList<string> OptionIds, IReadOnlyList<IReadOnlyList<int>> Cells)
{
    /// <summary>Most columns, and most rows.</summary>
    public const int MostCells = 200;

    /// <summary>Differences below this are ties, USD: the earlier option has them.</summary>
    private const double Tie = 1e-7;

    internal static WinnerMap Of(Scenario scenario, CatalogSnapshot catalog, MapSide x, MapSide y, bool firstMonth, CancellationToken cancellationToken)
    {
        // Each line of cells is asked of curves along one axis; answers of another length change most, so that the scenario is moved along them.
        var isTurned = x.Axis == BreakEvenAxes.OutputTokens;
        var (outer, inner) = isTurned ? (x, y) : (y, x);
        var point = Point(scenario, catalog, outer);
        var lines = new List<int[]>(outer.Centres.Count);
        foreach (var at in outer.Centres)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lines.Add(Line(point.At(at), catalog, inner, firstMonth));
        }

        IReadOnlyList<IReadOnlyList<int>> rows = isTurned ? [.. y.Centres.Select((_, row) => (IReadOnlyList<int>)[.. lines.Select(line => line[row])])] : lines;
        return new WinnerMap(firstMonth, x, y, [.. scenario.Options.Select(option => option.Id)], rows);
    }

    /// <summary>The centres of so many cells.</summary>
    internal static double[] Centres(double from, double to, int count, bool isLinear) =>
        [.. Enumerable.Range(0, count).Select(i => (i + 0.5) / count).Select(part => isLinear ? from + (part * (to - from)) : from * Math.Pow(to / from, part))];

    private static AxisPoint Point(Scenario scenario, CatalogSnapshot catalog, MapSide side) =>
        new(scenario, catalog, side.Axis, side.OptionId is null ? null : new OptionResolver(scenario, catalog).All().First(cost => cost.Id == side.OptionId));

    private static int[] Line(Scenario scenario, CatalogSnapshot catalog, MapSide side, bool firstMonth)
    {
        var cells = new int[side.Centres.Count];
        Array.Fill(cells, -1);
        var point = Point(scenario, catalog, side);
        // A price or a utilization that is nothing here cannot be moved.
        if (side.Axis is BreakEvenAxes.ApiPrice or BreakEvenAxes.InstancePrice or BreakEvenAxes.Utilization && !point.IsMovable)
            return cells;
        var costs = new OptionResolver(scenario, catalog).All();
        var curves = new AxisCurves(point, costs, side.From, side.To);
        var least = new double[cells.Length];
        Array.Fill(least, double.PositiveInfinity);
        for (var option = 0; option < costs.Count; option++)
        {
            if (curves.Of(option, firstMonth, capacityChecked: true) is not { } curve)
                continue;
            for (var i = 0; i < cells.Length; i++)
            {
                var usd = curve.At(curves.Scale.FromAxis(side.Centres[i]));
                if (usd < least[i] - Tie)
                    (least[i], cells[i]) = (usd, option);
            }
        }

        return cells;
    }
}
