using System.Globalization;
using Planner.Domain.Actuals;
using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Actuals;

/// <summary>What is looked at. It is the page's address.</summary>
/// <param name="OptionId">The option; null for the one that has sources.</param>
/// <param name="Measure">What the chart shows, one of <see cref="ActualMeasures"/>.</param>
/// <param name="UsageId">A measured workload to link, chosen but not linked yet; null for none.</param>
public sealed record ActualsState(string? OptionId, string Measure, long? UsageId)
{
    public static ActualsState Read(Uri address)
    {
        var query = new QueryText(address);
        return new(
            query.Text("option"), query.Text("by") is { } measure && ActualMeasures.All.Contains(measure) ? measure : ActualMeasures.Cost,
            long.TryParse(query.Text("usage"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }

    /// <summary>The address of a scenario's page.</summary>
    public static string PathOf(string scenarioId) => $"/scenarios/{scenarioId}/actuals";

    /// <summary>The address of the editor with a change, nothing of it saved.</summary>
    public static string AddressOf(string scenarioId, string optionId, string changeId) => QueryText.Write($"/scenarios/{scenarioId}", ("actuals", optionId), ("change", changeId));

    public string Write(string scenarioId) => QueryText.Write(
        PathOf(scenarioId), ("option", OptionId), ("by", Measure == ActualMeasures.Cost ? null : Measure), ("usage", UsageId?.ToString(CultureInfo.InvariantCulture)));
}
