namespace Planner.Domain.Scenarios;

/// <summary>Ids of options, by which mixes name their parts.</summary>
public static class OptionIds
{
    /// <summary>An id for a new option: the wanted one, or with a number behind.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="wanted">Such as <c>api</c>.</param>
    public static string Free(Scenario scenario, string wanted)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var id = wanted;
        // An id that a mix still names stays free for the option that was removed.
        for (var i = 2; scenario.Options.Any(option => option.Id == id) || MixesOf(scenario, id).Count > 0; i++)
            id = $"{wanted}-{i}";
        return id;
    }

    /// <summary>Names of the mixes that need an option.</summary>
    public static IReadOnlyList<string> MixesOf(Scenario scenario, string id) =>
    [
        .. scenario.Options.OfType<HybridOption>()
            .Where(mix => mix.Mode == HybridModes.Tasks ? mix.Routes.Any(route => route.OptionId == id) : mix.FleetOptionId == id || mix.ApiOptionId == id)
            .Select(mix => mix.Name),
    ];
}
