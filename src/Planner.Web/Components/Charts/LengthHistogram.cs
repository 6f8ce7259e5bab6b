using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Domain.Usage;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>How long prompts or answers are: a histogram over a logarithmic axis, with the mean and the percentiles.</summary>
public sealed class LengthHistogram() : CellChart("lengths")
{
    [Parameter, EditorRequired]
    public required LengthDistribution Lengths { get; set; }

    /// <summary>What the lengths are of, with their unit.</summary>
    [Parameter, EditorRequired]
    public required string XTitle { get; set; }

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        if (Lengths.Bins.Count == 0)
            return null;
        LengthSpecMark[] marks = [new("p50", Lengths.P50), new(ChartTexts.Mean, Math.Round(Lengths.Mean, 1)), new("p95", Lengths.P95), new("p99", Lengths.P99)];
        var spec = new LengthSpec(
            CultureInfo.CurrentCulture.Name, Title, 250, Width, [], XTitle, "var(--pl-accent)", ChartTexts.Requests, [.. Lengths.Bins.Select(bin => new[] { bin.From, bin.To, bin.Count })],
            [.. marks.OrderBy(mark => mark.At)]);
        var (all, before) = (Lengths.Bins.Sum(bin => bin.Count), 0L);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var bin in Lengths.Bins)
        {
            before += bin.Count;
            rows.Add([Range(bin), Format.Number(bin.Count), Format.Percent((double)bin.Count / all), Format.Percent((double)before / all)]);
        }

        return (spec, new ChartTable(
            [ChartTexts.Tokens, ChartTexts.Requests, ChartTexts.Share, ChartTexts.UpToHere], [.. marks.Select(IReadOnlyList<string> (mark) => [$"{mark.Label}: {Format.Number((decimal)mark.At)}", "", "", ""]), .. rows],
            [[ChartTexts.FromTokens, ChartTexts.BelowTokens, ChartTexts.Requests], .. Lengths.Bins.Select(IReadOnlyList<string> (bin) => [Format.Invariant(bin.From), Format.Invariant(bin.To), Format.Invariant((decimal)bin.Count)])]));
    }

    // Lengths are whole: a bin from 1.19 to 1.41 would hold none.
    private static string Range(LengthBin bin) =>
        bin.Index < 0 ? "0" : ChartTexts.Span.With(Format.Number((decimal)Math.Ceiling(bin.From)), Format.Number((decimal)Math.Ceiling(bin.To) - 1));
}
