namespace Planner.Domain.Scenarios;

/// <summary>What a mix must satisfy: the options it names exist, are of the right kind and form no circle.</summary>
internal static class HybridRules
{
    public static void Check(HybridOption option, string path, Scenario scenario, FaultList faults)
    {
        faults.OneOf($"{path}.mode", option.Mode, HybridModes.All);
        faults.Between($"{path}.downtimeShare", option.DowntimeShare, 0, 0.5m);
        faults.Between($"{path}.replicas", option.Replicas, 0, 100_000);
        faults.HoursOfWeek($"{path}.hours", option.Hours);
        if (option.Mode == HybridModes.Tasks)
        {
            CheckRoutes(option, path, scenario, faults);
            return;
        }

        if (Find<ApiOption>(option.ApiOptionId, $"{path}.apiOptionId", scenario, Texts.NotAnApi, faults) is { } api && option.Mode == HybridModes.Overflow && (api.Commitment is not null || api.Provisioned is not null))
            faults.Add($"{path}.apiOptionId", Texts.OverflowNotByToken);
        if (Find<SelfHostOption>(option.FleetOptionId, $"{path}.fleetOptionId", scenario, Texts.NotAFleet, faults) is { } fleet && option.Mode == HybridModes.Overflow)
            CheckBase(fleet, $"{path}.fleetOptionId", faults);
        if (option.Mode == HybridModes.Hours && option.Hours is not { Count: > 0 })
            faults.Add($"{path}.hours", Texts.NoHours);
        if (option.Mode == HybridModes.Fallback && option.DowntimeShare == 0)
            faults.Add($"{path}.downtimeShare", Texts.NoDowntime);
    }

    /// <summary>A base fleet follows the week: what has hours or tenants of its own cannot be one.</summary>
    private static void CheckBase(SelfHostOption fleet, string path, FaultList faults)
    {
        if (fleet.Fleet.Sizing == FleetSizings.Scheduled || fleet.Fleet.RunningHoursPerMonth is not null || fleet.Fleet.OffHours is { Count: > 0 })
            faults.Add(path, Texts.BaseHasHours);
        if (fleet.Tenancy is { Kind: Tenancies.Each })
            faults.Add(path, Texts.BaseHasTenants);
    }

    private static void CheckRoutes(HybridOption option, string path, Scenario scenario, FaultList faults)
    {
        var before = faults.All.Count;
        if (option.Routes.Count is 0 or > 50)
            faults.Add($"{path}.routes", option.Routes.Count == 0 ? Texts.Required : Texts.TooMany.With(50));
        foreach (var (i, route) in option.Routes.Index())
        {
            faults.Name($"{path}.routes[{i}].task", route.Task);
            faults.Above($"{path}.routes[{i}].share", route.Share, 0, 1);
            faults.Between($"{path}.routes[{i}].inputTokens", route.InputTokens, 0, 1e7m);
            faults.Between($"{path}.routes[{i}].outputTokens", route.OutputTokens, 0, 1e7m);
            if ((route.InputTokens ?? scenario.Workload.InputTokens) + (route.OutputTokens ?? scenario.Workload.OutputTokens) + scenario.Workload.ReasoningTokens == 0)
                faults.Add($"{path}.routes[{i}].inputTokens", Texts.NoTokens);
            if (scenario.Options.All(other => other.Id != route.OptionId))
                faults.Add($"{path}.routes[{i}].optionId", Texts.BaselineUnknown.With(route.OptionId));
            else if (Reaches(route.OptionId, option.Id, scenario, []))
                faults.Add($"{path}.routes[{i}].optionId", Texts.RouteCircle);
        }

        if (option.Routes is { Count: > 0 and <= 50 } && option.Routes.Sum(route => Math.Clamp(route.Share, -10, 10)) is var sum && sum != 1)
            faults.Add($"{path}.routes", Texts.SharesSum.With(sum * 100));
        else if (faults.All.Count == before)
            CheckLengths(option.Routes, $"{path}.routes", scenario.Workload, faults);
    }

    /// <summary>Tasks serve what the workload says: the mean of their lengths is the workload's, so that a mix does the same work as the options beside it.</summary>
    private static void CheckLengths(IReadOnlyList<TaskRoute> routes, string path, Workload workload, FaultList faults)
    {
        var (input, output) = (workload.InputTokens, workload.OutputTokens);
        var (meanInput, meanOutput) = (routes.Sum(route => route.Share * (route.InputTokens ?? input)), routes.Sum(route => route.Share * (route.OutputTokens ?? output)));
        if (IsOff(meanInput, input) || IsOff(meanOutput, output))
            faults.Add(path, Texts.RoutesDisagree.With(meanInput, meanOutput, input, output));
    }

    /// <summary>Lengths are typed rounded.</summary>
    private static bool IsOff(decimal mean, decimal length) => Math.Abs(mean - length) > 0.005m * Math.Abs(length);

    private static bool Reaches(string from, string to, Scenario scenario, HashSet<string> seen) => from == to
        || (seen.Add(from) && scenario.Options.FirstOrDefault(option => option.Id == from) is HybridOption { Mode: HybridModes.Tasks } mix && mix.Routes.Any(route => Reaches(route.OptionId, to, scenario, seen)));

    private static T? Find<T>(string? id, string path, Scenario scenario, string wrongKind, FaultList faults)
        where T : Option
    {
        switch (scenario.Options.FirstOrDefault(option => option.Id == id))
        {
            case T found:
                return found;
            case null when id is null:
                faults.Add(path, Texts.Required);
                break;
            case null:
                faults.Add(path, Texts.BaselineUnknown.With(id));
                break;
            default:
                faults.Add(path, wrongKind);
                break;
        }

        return null;
    }
}
