using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Rules about how large a fleet is, how it is bought and who runs it.</summary>
internal static class FleetRulebook
{
    /// <summary>Utilization below which a fleet counts as idle: a token then costs over three times what it would at full load.</summary>
    internal const double IdleBelow = 0.3;

    /// <summary>Minutes of a cold start beyond which load rises faster than instances come.</summary>
    internal const decimal SlowStartMinutes = 10;

    internal const decimal UsualStartMinutes = 5;

    private static string FixOverhead => AdviceTexts.FixOverhead.With((int)(100 * Search.SearchConstraints.DefaultOverheadShare));

    public static void Find(RuleFacts facts, int index, SelfHostOption option)
    {
        var result = facts.Results[index];
        if (result is { Feasible: true, Utilization: > 0 and < IdleBelow and var used, UsdPerMillionTokens: { } rate, Capacity: { } capacity })
            FindIdle(facts, index, option, result, used, rate, capacity);
        if (result is { Feasible: true, Capacity: { ReplicaTokensPerSecond: { } replica } spare, Replicas: { } replicas } && facts.MixOf(option.Id) is null)
            FindSpare(facts, index, option, spare, replica, replicas);
        if (option is { People: null, OverheadShare: 0, Hiring.Count: 0 })
        {
            facts.Tell(
                "overhead-missing", AdviceTexts.OverheadMissing.With(option.Name), option.Id,
                RuleFacts.Fix(index, FixOverhead, "overheadShare", Search.SearchConstraints.DefaultOverheadShare));
        }

        FindTerms(facts, option);
        if (option.Fleet is { Sizing: FleetSizings.Hourly, ColdStartMinutes: > SlowStartMinutes and var minutes, SpareReplicas: 0 })
            facts.Tell("cold-start-slow", AdviceTexts.ColdStartSlow.With(option.Name, minutes), option.Id, RuleFacts.Fix(index, AdviceTexts.FixSpare, "fleet.spareReplicas", 1));
        else if (option.Fleet is { Sizing: FleetSizings.Hourly, ColdStartMinutes: 0 })
        {
            facts.Tell(
                "cold-start-missing", AdviceTexts.ColdStartMissing.With(option.Name), option.Id,
                RuleFacts.Fix(index, AdviceTexts.FixColdStart.With(UsualStartMinutes), "fleet.coldStartMinutes", UsualStartMinutes));
        }

        if (option.InstanceKey is not { } key || facts.Catalog.Instances.GetValueOrDefault(key) is not { } instance)
            return;
        if (ApiRulebook.OddityOf(instance.Prices, option.InstanceUsdPerHour ?? instance.Prices.OnDemandUsd) is { } odd)
            facts.Tell("price-odd", AdviceTexts.PriceOdd.With(instance.Type, odd), option.Id);
        if (!UsesCatalog(option))
            return;
        ApiRulebook.FindStale(facts, option, instance.Provenance);
        ApiRulebook.FindDisputed(facts, option, instance);
    }

    /// <summary>A mix that sends hours to an API while its fleet is paid for.</summary>
    public static void Find(RuleFacts facts, int index, HybridOption mix)
    {
        if (mix.Mode != HybridModes.Hours)
            return;
        var (fleet, api) = (default(SelfHostOption), default(Option));
        foreach (var option in facts.Scenario.Options)
        {
            if (option.Id == mix.FleetOptionId)
                fleet = option as SelfHostOption;
            else if (option.Id == mix.ApiOptionId)
                api = option;
        }

        if (fleet is null || api is null || fleet.PurchaseMix == PurchaseMixes.Cheapest)
            return;
        var committed = 0m;
        foreach (var share in fleet.Purchase)
            committed += PurchaseKinds.IsCommitted(share.Kind) ? share.Share : 0;
        if (committed > 0)
        {
            facts.Tell(
                "hours-paid-twice", AdviceTexts.HoursPaidTwice.With(api.Name, RuleFacts.Percent((double)committed), fleet.Name), mix.Id,
                new CheckFix(AdviceTexts.FixOverflow, [RuleFacts.Change(index, "mode", HybridModes.Overflow), RuleFacts.Change(index, "hours", null)]));
        }
    }

    /// <summary>Sizes a stated fleet by the load; null where the load does so already.</summary>
    public static CheckFix? ForTheLoad(int index, SelfHostOption option) => option.Fleet.Sizing switch
    {
        FleetSizings.Fixed => new CheckFix(AdviceTexts.FixPeak, [RuleFacts.Change(index, "fleet.sizing", FleetSizings.WeeklyPeak), RuleFacts.Change(index, "fleet.instances", null)]),
        FleetSizings.Scheduled => new CheckFix(AdviceTexts.FixHourly, [RuleFacts.Change(index, "fleet.sizing", FleetSizings.Hourly), RuleFacts.Change(index, "fleet.schedule", null)]),
        _ => null,
    };

    private static void FindIdle(RuleFacts facts, int index, SelfHostOption option, OptionResult result, double used, double rate, FleetCapacity capacity)
    {
        var week = LoadWeek.Of(facts.Workload.Shape);
        var beside = facts.CheapestApi is { UsdPerMillionTokens: { } api } rival ? AdviceTexts.IdleBeside.With(rival.Name, facts.Rate(api)) : "";
        var isBursty = week.PeakToMean >= LoadKinds.BurstyFrom;
        var message = isBursty
            ? AdviceTexts.IdleGpuBursty.With(option.Name, RuleFacts.Percent(used), Wording.Count(week.PeakToMean), facts.Rate(rate), beside)
            : AdviceTexts.IdleGpu.With(option.Name, RuleFacts.Percent(used), Wording.Count(capacity.RequestsPerMonth), facts.Rate(rate), beside);
        // What is too large for its busiest hour shrinks; what is idle between busy hours follows them.
        var fix = option.Fleet.Sizing == FleetSizings.Fixed && result.Instances > 1 && capacity.TokensPerSecond > 2 * capacity.RequiredTokensPerSecond ? ForTheLoad(index, option)
            : isBursty && week.Levels.Count > 1 && result.Replicas > 1 && option.Fleet.Sizing == FleetSizings.WeeklyPeak
                ? new CheckFix(AdviceTexts.FixHourly, [RuleFacts.Change(index, "fleet.sizing", FleetSizings.Hourly), RuleFacts.Change(index, "fleet.runningHoursPerMonth", null), RuleFacts.Change(index, "fleet.coldStartMinutes", Math.Max(option.Fleet.ColdStartMinutes, UsualStartMinutes))])
                : null;
        facts.Tell("idle-gpu", message, option.Id, fix);
    }

    private static void FindSpare(RuleFacts facts, int index, SelfHostOption option, FleetCapacity capacity, double replica, long replicas)
    {
        var left = Math.Max(0, capacity.TokensPerSecond + ((option.Fleet.SpareReplicas - 1) * replica));
        if (replicas < 1 || left >= capacity.RequiredTokensPerSecond * (1 - 1e-9))
            return;
        var fix = option.Fleet.Sizing switch
        {
            FleetSizings.Scheduled => null,
            FleetSizings.Fixed => RuleFacts.Fix(index, AdviceTexts.FixInstance, "fleet.instances", option.Fleet.Instances + InstancesOf(facts, option)),
            _ => RuleFacts.Fix(index, AdviceTexts.FixSpare, "fleet.spareReplicas", option.Fleet.SpareReplicas + 1),
        };
        facts.Tell(
            "no-spare",
            replicas == 1 ? AdviceTexts.NoSpareSingle.With(option.Name) : AdviceTexts.NoSpare.With(option.Name, Wording.Count(replicas), Wording.Count(left), Wording.Count(capacity.RequiredTokensPerSecond)),
            option.Id, fix);
    }

    /// <summary>Instances that one more replica takes.</summary>
    private static int InstancesOf(RuleFacts facts, SelfHostOption option)
    {
        var gpus = option.InstanceKey is { } key ? facts.Catalog.Instances.GetValueOrDefault(key)?.GpuCount ?? option.GpusPerReplica : option.GpusPerReplica;
        return (option.GpusPerReplica + gpus - 1) / gpus;
    }

    private static void FindTerms(RuleFacts facts, SelfHostOption option)
    {
        var longest = 0;
        foreach (var share in option.Purchase)
        {
            if (share.Share > 0 || option.PurchaseMix == PurchaseMixes.Cheapest)
                longest = Math.Max(longest, PurchaseKinds.TermMonths(share.Kind) ?? (share.Kind == PurchaseKinds.Owned ? option.Owned?.LifeMonths ?? 0 : 0));
        }

        if (longest <= facts.Scenario.Horizon.Months)
            return;
        facts.Tell(
            "term-beyond-horizon", (option.PurchaseMix == PurchaseMixes.Cheapest ? AdviceTexts.TermMayOutlive : AdviceTexts.TermBeyondHorizon).With(option.Name, longest, facts.Scenario.Horizon.Months), option.Id,
            longest > HorizonRules.MostMonths ? null : new CheckFix(AdviceTexts.FixHorizon.With(longest), [new CheckChange("horizon.months", longest)]));
    }

    /// <summary>True where a price of the catalog's is in the bill.</summary>
    private static bool UsesCatalog(SelfHostOption option)
    {
        foreach (var share in option.Purchase)
        {
            if (share.UsdPerHour is null && share.Kind != PurchaseKinds.Owned && (share.Kind != PurchaseKinds.OnDemand || option.InstanceUsdPerHour is null))
                return true;
        }

        return false;
    }
}
