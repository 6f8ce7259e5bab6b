using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>How results of many runs spread: a histogram an option, one below the other on one axis, with P10, P50 and P90.</summary>
public sealed class DistributionChart() : CellChart("distribution")
{
    private const int Around = 48;
    private const int OptionHeight = 132;
    private const int OptionHeightInPrint = 96;

    /// <summary>One to three options; those without runs or with anything that is no number are left out.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartDistribution> Options { get; set; }

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        var drawn = Options.Where(CanBeDrawn).ToList();
        if (drawn.Count == 0)
        {
            return null;
        }

        var spec = new DistributionSpec(
            CultureInfo.CurrentCulture.Name, Title, Around + (drawn.Count * (Static ? OptionHeightInPrint : OptionHeight)), Width,
            [.. drawn.Select(option => new LegendEntry(option.Name, option.Color, 0, null))], ChartUnit.Usd, ChartFigures.In(Currency, ChartTexts.UsdAMonth),
            [.. drawn.Select(option => option with
            {
                Edges = [.. option.Edges.Select(Drawn)], P10 = Drawn(option.P10), P50 = Drawn(option.P50), P90 = Drawn(option.P90),
            })])
        {
            Amounts = ChartFigures.Amounts(Currency),
        };
        var rows = drawn.SelectMany(option => Bins(option).Select(IReadOnlyList<string> (bin) =>
            [ChartTexts.BinOf.With(option.Name, Write(bin.From), Write(bin.To)), Format.Percent(bin.Share), Format.Percent(bin.UpTo)]));
        var marks = drawn.Select(IReadOnlyList<string> (option) =>
            [$"{option.Name}: P10 {Write(option.P10)}, P50 {Write(option.P50)}, P90 {Write(option.P90)}", "", ""]);
        var file = drawn.SelectMany(option => Bins(option).Select(IReadOnlyList<string> (bin) =>
            [option.Name, Format.Invariant(bin.From), Format.Invariant(bin.To), Format.Invariant(bin.Count)]));
        return (spec, new ChartTable([ChartFigures.In(Currency, ChartTexts.UsdAMonth), ChartTexts.ShareOfRuns, ChartTexts.UpToHere], [.. marks, .. rows], [[ChartTexts.Option, ChartTexts.FromOf.With(ChartTexts.UsdAMonth), ChartTexts.ToOf.With(ChartTexts.UsdAMonth), ChartTexts.Runs], .. file]));
    }

    private static bool CanBeDrawn(ChartDistribution option) =>
        option.Counts.Count > 0 && option.Edges.Count == option.Counts.Count + 1 && option.Counts.Sum() is > 0 and < double.PositiveInfinity
        && option.Edges.Concat([option.P10, option.P50, option.P90]).All(double.IsFinite);

    private static IEnumerable<(double From, double To, double Count, double Share, double UpTo)> Bins(ChartDistribution option)
    {
        var (all, before) = (option.Counts.Sum(), 0.0);
        for (var i = 0; i < option.Counts.Count; i++)
        {
            before += option.Counts[i];
            yield return (option.Edges[i], option.Edges[i + 1], option.Counts[i], option.Counts[i] / all, before / all);
        }
    }

    private double Drawn(double value) => ChartFigures.In(Currency, ChartUnit.Usd, value);

    private string Write(double value) => ChartFigures.Write(value, ChartUnit.Usd, currency: Currency);
}
