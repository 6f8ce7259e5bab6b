using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>A frontier as a chart and a table.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Description">The chart in a sentence.</param>
/// <param name="XTitle">What it costs against.</param>
/// <param name="XUnit">How that is written.</param>
/// <param name="Plans">Plans by rising x, in the order of the points.</param>
/// <param name="Points">The points.</param>
/// <param name="Currency">The currency in which amounts are shown.</param>
/// <param name="FileName">Name of saved files, without its ending.</param>
public sealed record FrontierView(
    string Title, string Description, string XTitle, ChartUnit XUnit, IReadOnlyList<Plan> Plans, IReadOnlyList<FrontierPoint> Points, DisplayCurrency Currency, string FileName)
{
    /// <summary>Cost against the time of a mean request; null where nothing is to be traded.</summary>
    public static FrontierView? OfLatency(SearchResult found, DisplayCurrency currency) => Of(
        found.CostLatency, plan => plan.LatencySeconds, Texts.FrontierLatency, plan => Seconds(plan.LatencySeconds!.Value), PlansTexts.FrontierLatencyAxis, ChartUnit.Count, currency, "cost-latency");

    /// <summary>Cost against what it is where throughput turns out low; null where nothing is to be traded.</summary>
    public static FrontierView? OfRisk(SearchResult found, DisplayCurrency currency) => Of(
        found.CostRisk, plan => (double?)plan.LowThroughputUsd, Texts.FrontierRisk, plan => Format.Money(plan.LowThroughputUsd, currency), PlansTexts.FrontierRiskAxis, ChartUnit.Usd, currency, "cost-risk");

    private static FrontierView? Of(
        IReadOnlyList<Plan> frontier, Func<Plan, double?> x, string title, Func<Plan, string> written, string xTitle, ChartUnit unit, DisplayCurrency currency, string fileName)
    {
        // What nobody knows, or what then cannot serve, has no place on the axis.
        List<(Plan Plan, double X, double Y)> known = [.. frontier
            .Where(plan => x(plan) is > 0 && plan.Result.OngoingMonthlyUsd is > 0)
            .Select(plan => (plan, x(plan)!.Value, (double)plan.Result.OngoingMonthlyUsd!.Value))
            .OrderBy(point => point.Item2)];
        if (known.Count < 2)
        {
            return null;
        }

        var oneModel = known.Select(point => FleetOf(point.Plan)?.Model).OfType<string>().Distinct().Count() < 2;
        var (dearest, cheapest) = (known[0], known[^1]);
        var said = title.With(known.Count, Format.Money(cheapest.Plan.Result.OngoingMonthlyUsd, currency), written(cheapest.Plan), Format.Money(dearest.Plan.Result.OngoingMonthlyUsd, currency), written(dearest.Plan));
        return new FrontierView(
            said, $"{said}. {Texts.FrontierEnds.With(cheapest.Plan.Result.Name, dearest.Plan.Result.Name)}", xTitle, unit, [.. known.Select(point => point.Plan)],
            [.. known.Select(point => Point(point.Plan, point.X, point.Y, oneModel))], currency, fileName);
    }

    private static FrontierPoint Point(Plan plan, double x, double y, bool oneModel)
    {
        var style = OptionPalette.ForKinds([plan.Result.Kind])[0];
        return new FrontierPoint(plan.Result.Name, x, y, PlanNames.Kind(plan.Result.Kind), style.Hue.Fill, style.Marker) { Label = Label(plan, oneModel) };
    }

    /// <summary>The model where there are several, the precision and the machine: the rest of a plan's name differs little between neighbours.</summary>
    private static string Label(Plan plan, bool oneModel) => FleetOf(plan) is { } fleet
        ? PlansTexts.FrontierPointOn.With($"{(oneModel ? "" : $"{fleet.Model} ")}{fleet.Precision?.ToUpperInvariant()}", fleet.InstanceKey?.Split(':').ElementAtOrDefault(1))
        : plan.Result.Name;

    private static SelfHostOption? FleetOf(Plan plan) => plan.Options.OfType<SelfHostOption>().FirstOrDefault();

    private static string Seconds(double seconds) => seconds >= 1 ? $"{Format.Number(Math.Round((decimal)seconds, 1))} s" : Wording.Seconds(seconds);
}
