using System.Globalization;
using Planner.Domain.Actuals;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Actuals;

/// <summary>What is looked at. It is the page's address.</summary>
/// <param name="OptionId">The option; null for the one that has sources.</param>
/// <param name="Measure">What the chart shows, one of <see cref="ActualMeasures"/>.</param>
/// <param name="UsageId">A measured workload to link, chosen but not linked yet; null for none.</param>
public sealed record ActualsState(string? OptionId, string Measure, long? UsageId)
{
    /// <summary>Names a fleet that is to be watched.</summary>
    public const string NewFleet = "new";

    /// <summary>The figure of the months whose working is open, as <see cref="ActualsView.KeyOf"/> names it; null for none.</summary>
    public string? Figure { get; init; }

    /// <summary>The fleet whose form is open: its id, or <see cref="NewFleet"/>; null for none.</summary>
    public string? Fleet { get; init; }

    public static ActualsState Read(Uri address)
    {
        var query = new QueryText(address);
        return new(
            query.Text("option"), query.Text("by") is { } measure && ActualMeasures.All.Contains(measure) ? measure : ActualMeasures.Cost,
            long.TryParse(query.Text("usage"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null)
        {
            Figure = query.Text("figure"),
            Fleet = query.Text("fleet"),
        };
    }

    /// <summary>The address of a scenario's page.</summary>
    public static string PathOf(string scenarioId) => $"/scenarios/{scenarioId}/actuals";

    /// <summary>The address of the editor with a change, nothing of it saved.</summary>
    public static string AddressOf(string scenarioId, string optionId, string changeId) => QueryText.Write($"/scenarios/{scenarioId}", ("actuals", optionId), ("change", changeId));

    public string Write(string scenarioId) => QueryText.Write(
        PathOf(scenarioId), ("option", OptionId), ("by", Measure == ActualMeasures.Cost ? null : Measure), ("usage", UsageId?.ToString(CultureInfo.InvariantCulture)), ("figure", Figure), ("fleet", Fleet));
}
