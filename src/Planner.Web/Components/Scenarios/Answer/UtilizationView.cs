using Planner.Domain;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>Cost per million tokens against utilization.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Series">A falling line a fleet, a flat one an API; empty where no throughput is known.</param>
/// <param name="Here">The scenario's own point within the chart; null where it lies beyond 100 % or is unknown.</param>
/// <param name="Notes">Where the fleets stand.</param>
public sealed record UtilizationView(string Title, IReadOnlyList<ChartSeries> Series, ChartHere? Here, IReadOnlyList<string> Notes)
{
    /// <summary>The currency in which costs are shown; the series are in USD.</summary>
    public DisplayCurrency Currency { get; init; } = DisplayCurrency.Usd;

    internal static UtilizationView Of(Scenario scenario, CatalogSnapshot catalog, IReadOnlyList<OptionView> options, bool sound, string? older)
    {
        if (older is not null)
        {
            return new UtilizationView(AnswerTexts.UtilizationTitle, [], null, [older]);
        }

        var currency = DisplayCurrency.Of(scenario);
        var lines = sound ? Engine.UtilizationLines(scenario, catalog) : [];
        var byId = options.ToDictionary(option => option.Id);
        var fleets = lines.Where(line => !line.IsFlat).ToList();
        if (fleets.Count == 0)
        {
            return new UtilizationView(AnswerTexts.UtilizationNone, [], null, []);
        }

        var here = fleets.Select(line => line.Here).FirstOrDefault(point => point is { Utilization: <= 1 });
        return new UtilizationView(
            TitleOf(lines, fleets, byId, currency), [.. lines.Select(line => ToSeries(line, byId[line.OptionId]))],
            here is { } point ? new ChartHere(point.Utilization, AnswerTexts.You.With(Format.Percent(point.Utilization)), point.UsdPerMillion) : null,
            [.. fleets.Select(line => Note(line, byId[line.OptionId])).OfType<string>()])
        {
            Currency = currency,
        };
    }

    private static ChartSeries ToSeries(UtilizationLine line, OptionView option) =>
        new(option.Name, option.Style.Hue.Fill, option.Style.Dash, [.. line.Points.Select(point => (point.Utilization, point.UsdPerMillion))])
        {
            Marker = line.IsFlat ? option.Style.Marker : ChartMarker.None,
        };

    private static string TitleOf(IReadOnlyList<UtilizationLine> lines, List<UtilizationLine> fleets, Dictionary<string, OptionView> byId, DisplayCurrency currency)
    {
        var fleet = fleets.MinBy(line => line.Points[^1].UsdPerMillion)!;
        var (name, full) = (byId[fleet.OptionId].Name, fleet.Points[^1].UsdPerMillion);
        var api = lines.Where(line => line.IsFlat).MinBy(line => line.Points[0].UsdPerMillion);
        if (api is null)
        {
            return AnswerTexts.UtilizationFull.With(name, Format.Rate(full, currency));
        }

        var (apiName, flat) = (byId[api.OptionId].Name, api.Points[0].UsdPerMillion);
        return BreakEvenUtilization(fleet, flat) is { } share
            ? AnswerTexts.UtilizationBeats.With(name, apiName, Format.Percent(share))
            : AnswerTexts.UtilizationNeverBeats.With(name, Format.Rate(full, currency), apiName, Format.Rate(flat, currency));
    }

    /// <summary>Where a fleet's line, which is a ÷ utilization + b, meets a flat price; null where it does not up to 100 %.</summary>
    private static double? BreakEvenUtilization(UtilizationLine fleet, double flat)
    {
        var (low, high) = (fleet.Points[0], fleet.Points[^1]);
        var a = (low.UsdPerMillion - high.UsdPerMillion) / ((1 / low.Utilization) - (1 / high.Utilization));
        var b = high.UsdPerMillion - (a / high.Utilization);
        return flat > b && a / (flat - b) is <= 1 and var share ? share : null;
    }

    private static string? Note(UtilizationLine line, OptionView option) => line.Here is not { } here
        ? null
        : here.Utilization > 1
            ? AnswerTexts.UtilizationBeyond.With(option.Name, Format.Percent(here.Utilization))
            : AnswerTexts.UtilizationHere.With(option.Name, Format.Percent(here.Utilization), Format.Rate(here.UsdPerMillion, option.Currency));
}
