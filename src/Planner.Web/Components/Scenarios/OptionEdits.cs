using Planner.Domain.Catalogs;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

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

    /// <summary>What a hosted API is called until somebody names it.</summary>
    /// <param name="sheet">Its prices; null where they are still to be chosen.</param>
    public static string ApiName(PriceSheet? sheet) => sheet?.Name ?? "API";

    /// <summary>What a fleet is called until somebody names it.</summary>
    /// <param name="instance">What it runs on; null where that is still to be chosen.</param>
    public static string FleetName(Instance? instance) => instance is null ? "Self-hosted" : $"Self-hosted on {instance.Type}";

    /// <summary>A hosted API whose prices are still to be chosen.</summary>
    public static Scenario AddApi(Scenario scenario, bool ownPrices) => Add(
        scenario, new ApiOption { Id = OptionIds.Free(scenario, "api"), Name = ownPrices ? "API at own prices" : ApiName(null), Price = ownPrices ? new TokenPrices() : null });

    /// <summary>A fleet whose model and instance are still to be chosen; its throughput is modelled.</summary>
    public static Scenario AddFleet(Scenario scenario) => Add(scenario, new SelfHostOption
    {
        Id = OptionIds.Free(scenario, "self"),
        Name = FleetName(null),
        OverheadShare = SearchConstraints.DefaultOverheadShare,
    });

    /// <summary>A mix of the scenario's options: of its fleet and its API where there is one of each.</summary>
    public static Scenario AddMix(Scenario scenario)
    {
        var (fleets, apis) = (scenario.Options.OfType<SelfHostOption>().ToList(), scenario.Options.OfType<ApiOption>().ToList());
        var mix = new HybridOption { Id = OptionIds.Free(scenario, "mix"), Name = "Mix", FleetOptionId = fleets is [var fleet] ? fleet.Id : null, ApiOptionId = apis is [var api] ? api.Id : null };
        return Add(scenario, fleets.Count == 0 || apis.Count == 0 ? InMode(mix, HybridModes.Tasks, scenario) : mix);
    }

    /// <summary>Adds what a plan is made of. A price sheet that an option has already without any terms of its own is not added again.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="plan">The plan's options, its own last; ids are unique among themselves.</param>
    public static Scenario AddPlan(Scenario scenario, IReadOnlyList<Option> plan)
    {
        var ids = new Dictionary<string, string>();
        foreach (var option in plan)
        {
            if (plan.Count > 1 && option is ApiOption api && Same(scenario, api) is { } same)
            {
                ids[option.Id] = same.Id;
                continue;
            }

            var added = option is HybridOption mix ? mix with { ApiOptionId = ids[mix.ApiOptionId!], FleetOptionId = ids[mix.FleetOptionId!] } : option;
            scenario = Add(scenario, added with { Id = ids[option.Id] = OptionIds.Free(scenario, option.Id), Name = option.Name.Length > 200 ? option.Name[..200] : option.Name });
        }

        return scenario;
    }

    /// <summary>What the mix of tasks' own plans is called.</summary>
    public const string TaskMixName = "Each task its own plan";

    /// <summary>Adds the plans of tasks and a mix that sends each task to its own. Tasks at one price sheet share its option.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="tasks">The tasks, each with its plan's options, the plan's own last.</param>
    public static Scenario AddTaskPlans(Scenario scenario, IReadOnlyList<(SearchTask Task, IReadOnlyList<Option> Plan)> tasks)
    {
        var routes = new List<TaskRoute>();
        foreach (var (task, plan) in tasks)
        {
            Option? option = plan is [ApiOption api] ? Same(scenario, api) : null;
            if (option is null)
            {
                scenario = AddPlan(scenario, plan);
                option = scenario.Options[^1];
            }

            routes.Add(new TaskRoute { Task = task.Name, Share = task.Share, OptionId = option.Id, InputTokens = task.InputTokens, OutputTokens = task.OutputTokens });
        }

        return Add(scenario, new HybridOption { Id = OptionIds.Free(scenario, "mix"), Name = TaskMixName, Mode = HybridModes.Tasks, Routes = routes });
    }

    /// <summary>Downtime that a fallback begins with, which means nothing without any.</summary>
    public const decimal SomeDowntime = 0.01m;

    /// <summary>The mix in another mode, with what that mode cannot be without. What only other modes use stays for the way back.</summary>
    public static HybridOption InMode(HybridOption mix, string mode, Scenario scenario) => mix with
    {
        Mode = mode,
        // The first hours of each day are the quietest of most weeks.
        Hours = mode != HybridModes.Hours || mix.Hours is { Count: > 0 } ? mix.Hours : [.. Enumerable.Range(0, LoadWeek.Hours).Where(hour => hour % 24 < 4)],
        DowntimeShare = mode == HybridModes.Fallback && mix.DowntimeShare == 0 ? SomeDowntime : mix.DowntimeShare,
        Routes = mode != HybridModes.Tasks || mix.Routes.Count > 0 ? mix.Routes : [.. FirstRoutes(mix, scenario)],
    };

    /// <summary>Changes one option of a kind; where it is gone, nothing.</summary>
    public static Scenario Change<T>(Scenario scenario, string id, Func<T, Option> change)
        where T : Option => scenario with { Options = [.. scenario.Options.Select(option => option is T found && found.Id == id ? change(found) : option)] };

    public static Scenario Duplicate(Scenario scenario, int index) => InsertCopy(scenario, index, "copy", option => option);

    /// <summary>Adds a copy of a fleet that serves its tenants the other way: a fleet for each, or one that they share.</summary>
    public static Scenario AddTenancyRival(Scenario scenario, int index)
    {
        var each = scenario.Options[index] is SelfHostOption { Tenancy.Kind: Tenancies.Shared };
        return InsertCopy(scenario, index, each ? "a fleet each" : "shared", option => option is SelfHostOption { Tenancy: { } tenancy } fleet
            ? fleet with
            {
                Tenancy = tenancy with { Kind = each ? Tenancies.Each : Tenancies.Shared },
                // A fleet for each tenant is sized by its load.
                Fleet = each && fleet.Fleet.Sizing is FleetSizings.Fixed or FleetSizings.Scheduled ? fleet.Fleet with { Sizing = FleetSizings.WeeklyPeak, Schedule = null } : fleet.Fleet,
            }
            : option);
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

    private static Scenario InsertCopy(Scenario scenario, int index, string what, Func<Option, Option> change)
    {
        var original = scenario.Options[index];
        var name = original.Name.Length > 180 ? original.Name[..180] : original.Name;
        var copy = change(original with { Id = OptionIds.Free(scenario, original.Id.Length > 60 ? original.Id[..60] : original.Id), Name = $"{name} ({what})" });
        var inserted = Insert(scenario, copy, index + 1);
        return ListPaths.WithCopies(inserted, "options", scenario, index, index + 1);
    }

    private static IEnumerable<TaskRoute> FirstRoutes(HybridOption mix, Scenario scenario)
    {
        List<string> ids = [.. new[] { mix.FleetOptionId, mix.ApiOptionId }.OfType<string>().Concat(scenario.Options.Where(option => option is not HybridOption).Select(option => option.Id)).Distinct().Take(2)];
        return ids is [var one, var other]
            ? [new TaskRoute { Task = "Simple tasks", Share = 0.8m, OptionId = one }, new TaskRoute { Task = "Hard tasks", Share = 0.2m, OptionId = other }]
            : ids.Select(id => new TaskRoute { Task = "All tasks", Share = 1, OptionId = id });
    }

    private static Scenario Insert(Scenario scenario, Option option, int index) => ListPaths.Move(scenario, "options", place => place < index ? place : place + 1) with
    {
        Options = [.. scenario.Options.Take(index), option, .. scenario.Options.Skip(index)],
    };

    /// <summary>The option that is an API's without any terms of its own; null where there is none.</summary>
    private static ApiOption? Same(Scenario scenario, ApiOption api) => scenario.Options.OfType<ApiOption>().FirstOrDefault(known => known with { Id = api.Id, Name = api.Name } == api);

    private static Scenario Add(Scenario scenario, Option option) => scenario with { Options = [.. scenario.Options, option] };
}
