namespace Planner.Web.Components.Reports;

/// <summary>What is looked at: all schedules of a scenario.</summary>
public sealed record SchedulesState
{
    /// <summary>The address of a scenario's page.</summary>
    public static string PathOf(string scenarioId) => $"/scenarios/{Uri.EscapeDataString(scenarioId)}/schedules";
}
