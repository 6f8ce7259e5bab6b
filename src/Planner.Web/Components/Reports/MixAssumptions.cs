using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>A mix of other options in words.</summary>
internal static class MixAssumptions
{
    public static IEnumerable<Assumption> Of(HybridOption option, Scenario scenario)
    {
        string Name(string? id) => scenario.Options.FirstOrDefault(other => other.Id == id)?.Name ?? "not known";
        if (option.Mode == HybridModes.Tasks)
        {
            foreach (var (i, route) in option.Routes.Index())
                yield return new(route.Task, $"{Share(route.Share)} of requests to {Name(route.OptionId)}", Lengths(route)) { Paths = [$"routes[{i}]"] };
            yield break;
        }

        yield return new("Fleet", Name(option.FleetOptionId)) { Paths = ["fleetOptionId"] };
        yield return new("API", Name(option.ApiOptionId), option.Mode switch
        {
            HybridModes.Overflow => "for what exceeds the base fleet",
            HybridModes.Hours => $"in {HoursInWords.Of(option.Hours)}, the fleet being off",
            _ => "while the fleet is down",
        })
        {
            Paths = ["apiOptionId", "mode", "hours"],
        };
        if (option.Mode == HybridModes.Overflow)
            yield return new("Base fleet", option.Replicas is { } replicas ? $"{Format.Number(replicas)} replicas" : "as many replicas as cost least", option.Replicas is null ? "over the week, both pure ends included" : "your figure") { Paths = ["replicas"] };
        if (option.DowntimeShare > 0)
            yield return new("Downtime", $"{Share(option.DowntimeShare)} of the time", "the API serves meanwhile") { Paths = ["downtimeShare"] };
    }

    private static string? Lengths(TaskRoute route) => (route.InputTokens, route.OutputTokens) switch
    {
        (null, null) => null,
        (var input, null) => $"{Format.Number(input)} input tokens",
        (null, var output) => $"{Format.Number(output)} output tokens",
        var (input, output) => $"{Format.Number(input)} input and {Format.Number(output)} output tokens",
    };

    private static string Share(decimal share) => Format.Percent((double)share);
}
