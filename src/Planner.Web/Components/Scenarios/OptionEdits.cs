using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>Changes of a scenario's list of options.</summary>
internal static class OptionEdits
{
    /// <summary>A scenario to begin with when nothing is known yet.</summary>
    public static Scenario Blank(DateTimeOffset now) => new()
    {
        Name = "New scenario",
        StartMonth = now.AddMonths(1).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
        Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 1_000, OutputTokens = 200 },
    };

    /// <summary>A hosted API whose prices are still to be chosen.</summary>
    public static Scenario AddApi(Scenario scenario, bool ownPrices) => Add(
        scenario, new ApiOption { Id = FreshId(scenario, "api"), Name = ownPrices ? "API at own prices" : "API", Price = ownPrices ? new TokenPrices() : null });

    /// <summary>A fleet whose model and instance are still to be chosen; its throughput is modelled.</summary>
    public static Scenario AddFleet(Scenario scenario) => Add(scenario, new SelfHostOption
    {
        Id = FreshId(scenario, "self"),
        Name = "Self-hosted",
        OverheadShare = 0.4m,
    });

    public static Scenario Duplicate(Scenario scenario, int index)
    {
        var original = scenario.Options[index];
        var name = original.Name.Length > 180 ? original.Name[..180] : original.Name;
        var copy = original with { Id = FreshId(scenario, original.Id.Length > 60 ? original.Id[..60] : original.Id), Name = $"{name} (copy)" };
        return scenario with { Options = [.. scenario.Options.Take(index + 1), copy, .. scenario.Options.Skip(index + 1)] };
    }

    public static Scenario Remove(Scenario scenario, int index) => scenario with
    {
        BaselineOptionId = scenario.BaselineOptionId == scenario.Options[index].Id ? null : scenario.BaselineOptionId,
        Options = [.. scenario.Options.Where((_, i) => i != index)],
    };

    /// <summary>Moves an option one place up (−1) or down (1); at the end of the list it stays.</summary>
    public static Scenario Move(Scenario scenario, int index, int by)
    {
        if (index + by < 0 || index + by >= scenario.Options.Count)
        {
            return scenario;
        }

        var options = scenario.Options.ToList();
        (options[index], options[index + by]) = (options[index + by], options[index]);
        return scenario with { Options = options };
    }

    private static Scenario Add(Scenario scenario, Option option) => scenario with { Options = [.. scenario.Options, option] };

    private static string FreshId(Scenario scenario, string stem)
    {
        var id = stem;
        for (var i = 2; scenario.Options.Any(option => option.Id == id); i++)
        {
            id = $"{stem}-{i}";
        }

        return id;
    }
}
