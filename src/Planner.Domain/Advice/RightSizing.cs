using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Domain.Advice;

/// <summary>The kinds of load that the rules of thumb tell apart.</summary>
public static class LoadProfiles
{
    /// <summary>The busiest moment is far above the mean.</summary>
    public const string Bursty = "bursty";

    /// <summary>About the same load in every hour.</summary>
    public const string Steady = "steady";

    /// <summary>Work that may wait: a batch window, or mostly batch requests.</summary>
    public const string Batch = "batch";

    /// <summary>Load of the busiest moment ÷ mean load from which on a load counts as bursty: a fleet for the peak is then idle for a third of its hours.</summary>
    public const double BurstyFrom = 1.5;

    /// <summary>The profile of a workload.</summary>
    /// <param name="workload">A workload without faults.</param>
    public static string Of(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return workload.Shape.Kind == ShapeKinds.BatchWindow || workload.BatchShare >= 0.5m ? Batch : LoadWeek.Of(workload.Shape).PeakToMean >= BurstyFrom ? Bursty : Steady;
    }
}

/// <summary>What changes between a fleet and a variant of it.</summary>
public static class SizingChanges
{
    /// <summary>As many replicas as the load needs, the same all week.</summary>
    public const string Replicas = "replicas";

    /// <summary>Replicas that follow the load by the hour.</summary>
    public const string Autoscaling = "autoscaling";

    /// <summary>The cheapest mix of the ways to buy its instances.</summary>
    public const string Purchase = "purchase";

    /// <summary>Another precision of the weights.</summary>
    public const string Precision = "precision";

    /// <summary>Another instance, with the layout that it needs.</summary>
    public const string Instance = "instance";

    /// <summary>Everything together.</summary>
    public const string All = "all";
}

/// <summary>What a fleet could cost instead.</summary>
/// <param name="OptionId">The fleet.</param>
/// <param name="MonthlyUsd">Its month as it stands, USD; null where it has no known cost.</param>
/// <param name="Feasible">True where it can serve the workload as it stands.</param>
/// <param name="Profile">One of <see cref="LoadProfiles"/>.</param>
/// <param name="PeakToMean">Load of the busiest moment ÷ mean load.</param>
/// <param name="RuleOfThumb">What the source documents advise for the profile, in a sentence; shown beside what was computed.</param>
/// <param name="Variants">Variants that can serve the workload, each with one change, and all changes together; the largest saving first.</param>
public sealed record RightSizing(
    string OptionId, decimal? MonthlyUsd, bool Feasible, string Profile, double PeakToMean, string RuleOfThumb, IReadOnlyList<SizedVariant> Variants)
{
    /// <summary>Looks for what a fleet could cost instead.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="option">One of its fleets.</param>
    /// <param name="catalog">The whole catalog.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static RightSizing Of(Scenario scenario, SelfHostOption option, CatalogSnapshot catalog, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(catalog);
        var now = Evaluate(scenario, option, catalog);
        var variants = new List<SizedVariant>();
        void Offer(string change, SelfHostOption variant)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Evaluate(scenario, variant, catalog) is { Feasible: true, OngoingMonthlyUsd: { } usd } result && !(now.Feasible && usd >= now.OngoingMonthlyUsd))
                variants.Add(new SizedVariant(change, SizingWriter.Write(change, option, variant, result), variant, usd, now.OngoingMonthlyUsd - usd));
        }

        var sized = option with { Fleet = option.Fleet with { Sizing = FleetSizings.WeeklyPeak, Instances = null, Schedule = null } };
        var scaled = sized with { Fleet = sized.Fleet with { Sizing = FleetSizings.Hourly, RunningHoursPerMonth = null } };
        if (option.Fleet.Sizing != FleetSizings.WeeklyPeak)
            Offer(SizingChanges.Replicas, sized);
        if (option.Fleet.Sizing != FleetSizings.Hourly)
            Offer(SizingChanges.Autoscaling, scaled);
        if (option.PurchaseMix != PurchaseMixes.Cheapest && Bought(option, catalog) is { } bought)
            Offer(SizingChanges.Purchase, bought);
        foreach (var (change, constraints) in Questions(option))
        {
            if (PlanSearch.Run(scenario, constraints, catalog, null, cancellationToken).Plans is [{ Options: [SelfHostOption plan] }, ..])
                Offer(change, plan with { Id = option.Id, Name = option.Name });
        }

        return new RightSizing(
            option.Id, now.OngoingMonthlyUsd, now.Feasible, LoadProfiles.Of(scenario.Workload), LoadWeek.Of(scenario.Workload.Shape).PeakToMean, SizingWriter.RuleOfThumb(LoadProfiles.Of(scenario.Workload)),
            [.. variants.OrderBy(variant => variant.MonthlyUsd)]);
    }

    /// <summary>A fleet alone at the scenario's workload.</summary>
    internal static OptionResult Evaluate(Scenario scenario, SelfHostOption option, CatalogSnapshot catalog) =>
        new OptionResolver(scenario with { Options = [option] }, catalog)[0].Evaluate();

    /// <summary>The ways that its instance has a price for, the cheapest mix of them; null where there is none besides what it has.</summary>
    private static SelfHostOption? Bought(SelfHostOption option, CatalogSnapshot catalog)
    {
        if (option.InstanceKey is not { } key || catalog.Instances.GetValueOrDefault(key)?.Prices is not { } prices)
            return null;
        var listed = new (string Kind, decimal? Usd)[] { (PurchaseKinds.OnDemand, option.InstanceUsdPerHour ?? prices.OnDemandUsd), (PurchaseKinds.Spot, prices.SpotUsd), (PurchaseKinds.Reserved1Y, prices.Reserved1YUsd), (PurchaseKinds.Reserved3Y, prices.Reserved3YUsd) };
        var ways = listed.Where(way => way.Usd is not null && !option.Purchase.Any(share => share.Kind == way.Kind)).Select(way => new PurchaseShare { Kind = way.Kind, Share = 0 }).ToList();
        return ways.Count == 0 ? null : option with { PurchaseMix = PurchaseMixes.Cheapest, Purchase = [.. option.Purchase.Where(share => share.Kind != PurchaseKinds.Owned), .. ways] };
    }

    /// <summary>What the search is asked: another precision on the same instance, another instance at the same precision, and anything of the same model.</summary>
    private static IEnumerable<(string Change, SearchConstraints Constraints)> Questions(SelfHostOption option)
    {
        if (option.Model is not { } model)
            yield break;
        var all = new SearchConstraints
        {
            Kinds = [OptionKinds.SelfHost],
            Models = [model],
            Engines = [option.Engine],
            SkipsNearMisses = true,
            // A share that keeps a stated figure honest is no part of a modelled one, which keeps the targets already.
            Fleet = option with { LoadFactor = option.Throughput.IsGiven ? null : option.LoadFactor, Fleet = option.Fleet with { Sizing = FleetSizings.WeeklyPeak, Instances = null, Schedule = null } },
            Top = 1,
        };
        var asBought = all with { Sizings = [option.Fleet.Sizing == FleetSizings.Hourly ? FleetSizings.Hourly : FleetSizings.WeeklyPeak], Purchases = [.. option.Purchase.Select(share => share.Kind).Where(kind => kind != PurchaseKinds.Owned).DefaultIfEmpty(PurchaseKinds.OnDemand)] };
        if (option.InstanceKey is { } key)
            yield return (SizingChanges.Precision, asBought with { Instances = [key] });
        yield return (SizingChanges.Instance, asBought with { Precisions = [option.Precision] });
        yield return (SizingChanges.All, all);
    }
}

/// <summary>A variant of a fleet that can serve the workload.</summary>
/// <param name="Change">One of <see cref="SizingChanges"/>.</param>
/// <param name="Sentence">The change in words.</param>
/// <param name="Option">The fleet after it, ready to take its place.</param>
/// <param name="MonthlyUsd">Its month, USD.</param>
/// <param name="SavingUsd">What it saves a month, USD; negative where the fleet as it stands cannot serve; null where that has no known cost.</param>
public sealed record SizedVariant(string Change, string Sentence, SelfHostOption Option, decimal MonthlyUsd, decimal? SavingUsd);
