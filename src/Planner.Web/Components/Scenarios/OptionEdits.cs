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
        var inserted = Insert(scenario, copy, index + 1);
        return ListPaths.WithCopies(inserted, "options", scenario, index, index + 1);
    }

    /// <summary>Removes an option, and with it what was noted on its inputs.</summary>
    public static Scenario Remove(Scenario scenario, int index) => ListPaths.WithoutEntry(scenario, "options", index) with
    {
        BaselineOptionId = scenario.BaselineOptionId == scenario.Options[index].Id ? null : scenario.BaselineOptionId,
        Options = [.. scenario.Options.Where((_, i) => i != index)],
    };

    /// <summary>Puts a removed option back, where it still is not there, with what was noted on it.</summary>
    /// <param name="now">The scenario as it is now.</param>
    /// <param name="before">The scenario before the removal.</param>
    /// <param name="index">The option's place then.</param>
    public static Scenario Restore(Scenario now, Scenario before, int index)
    {
        var baseline = now.BaselineOptionId ?? before.BaselineOptionId;
        if (now.Options.Any(other => other.Id == before.Options[index].Id))
        {
            return now with { BaselineOptionId = baseline };
        }

        var place = Math.Min(index, now.Options.Count);
        var inserted = Insert(now, before.Options[index], place) with { BaselineOptionId = baseline };
        return ListPaths.WithCopies(inserted, "options", before, index, place);
    }

    /// <summary>Moves an option one place up (−1) or down (1); at the end of the list it stays.</summary>
    public static Scenario Move(Scenario scenario, int index, int by)
    {
        if (index + by < 0 || index + by >= scenario.Options.Count)
        {
            return scenario;
        }

        var options = scenario.Options.ToList();
        (options[index], options[index + by]) = (options[index + by], options[index]);
        return ListPaths.Move(scenario, "options", place => place == index ? index + by : place == index + by ? index : place) with { Options = options };
    }

    private static Scenario Insert(Scenario scenario, Option option, int index) => ListPaths.Move(scenario, "options", place => place < index ? place : place + 1) with
    {
        Options = [.. scenario.Options.Take(index), option, .. scenario.Options.Skip(index)],
    };

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
