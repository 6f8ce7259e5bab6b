using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>A mix of other options in words.</summary>
internal static class MixAssumptions
{
    public static IEnumerable<Assumption> Of(HybridOption option, Scenario scenario)
    {
        string Name(string? id) => scenario.Options.FirstOrDefault(other => other.Id == id)?.Name ?? ReportsTexts.NotKnown;
        if (option.Mode == HybridModes.Tasks)
        {
            foreach (var (i, route) in option.Routes.Index())
                yield return new(route.Task, ReportsTexts.TaskTo.With(Format.Percent(route.Share), Name(route.OptionId)), Lengths(route)) { Paths = [$"routes[{i}]"] };
            yield break;
        }

        yield return new(ReportsTexts.Fleet, Name(option.FleetOptionId)) { Paths = ["fleetOptionId"] };
        yield return new("API", Name(option.ApiOptionId), option.Mode switch
        {
            HybridModes.Overflow => ReportsTexts.MixOverflow,
            HybridModes.Hours => ReportsTexts.MixHours.With(HoursInWords.Of(option.Hours)),
            _ => ReportsTexts.MixDown,
        })
        {
            Paths = ["apiOptionId", "mode", "hours"],
        };
        if (option.Mode == HybridModes.Overflow)
            yield return new(ReportsTexts.BaseFleet, option.Replicas is { } replicas ? ReportsTexts.CountReplicas.With(Format.Number(replicas)) : ReportsTexts.ReplicasCheapest, option.Replicas is null ? ReportsTexts.ReplicasCheapestNote : ReportsTexts.YourFigure) { Paths = ["replicas"] };
        if (option.DowntimeShare > 0)
            yield return new(ReportsTexts.Downtime, ReportsTexts.DowntimeValue.With(Format.Percent(option.DowntimeShare)), ReportsTexts.DowntimeNote) { Paths = ["downtimeShare"] };
    }

    private static string? Lengths(TaskRoute route) => (route.InputTokens, route.OutputTokens) switch
    {
        (null, null) => null,
        (var input, null) => ReportsTexts.CountInputTokens.With(Format.Number(input)),
        (null, var output) => ReportsTexts.CountOutputTokens.With(Format.Number(output)),
        var (input, output) => ReportsTexts.CountBothTokens.With(Format.Number(input), Format.Number(output)),
    };
}
