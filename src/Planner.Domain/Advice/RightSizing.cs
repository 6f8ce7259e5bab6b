using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Domain.Advice;

/// <summary>The kinds of load that the rules of thumb tell apart.</summary>
public static class LoadKinds
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

    /// <summary>Another instance, with the layout that it needs and its list prices.</summary>
    public const string Instance = "instance";

    /// <summary>Everything together.</summary>
    public const string All = "all";
}

/// <summary>What a fleet could cost instead.</summary>
/// <param name="OptionId">The fleet.</param>
/// <param name="MonthlyUsd">Its month as it stands, USD; null where it has no known cost.</param>
/// <param name="Feasible">True where it can serve the workload as it stands.</param>
/// <param name="Profile">One of <see cref="LoadKinds"/>.</param>
/// <param name="PeakToMean">Load of the busiest moment ÷ mean load.</param>
/// <param name="RuleOfThumb">What the source documents advise for the profile, in a sentence; shown beside what was computed.</param>
/// <param name="Variants">Variants that can serve the workload, the cheapest of each single change, and all changes together; the largest saving first.</param>
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
        if (option.Model is { } model)
        {
            foreach (var (change, variant) in Searched(scenario, option, AsBought(option, model), catalog, cancellationToken))
            {
                if (Restated(scenario, option, now, variant, catalog) is { } restated)
                    Offer(change, restated);
            }

            // What a single change keeps of the fleet's own figures, a search of the catalog does not know.
            foreach (var single in variants.GroupBy(variant => variant.Change).Select(same => same.MinBy(variant => variant.MonthlyUsd)!.Option).Append(option).Where(single => single.InstanceKey is not null).ToList())
            {
                foreach (var sizing in (Fleet[])[sized.Fleet, scaled.Fleet, single.Fleet])
                {
                    var alike = single with { Fleet = sizing };
                    Offer(SizingChanges.All, alike);
                    if (Bought(alike, catalog) is { } cheapest)
                        Offer(SizingChanges.All, cheapest);
                }
            }

            if (PlanSearch.Run(scenario, Anything(option, model), catalog, null, cancellationToken).Plans is [{ Options: [SelfHostOption plan] }, ..])
                Offer(SizingChanges.All, plan with { Id = option.Id, Name = option.Name });
        }

        return new RightSizing(
            option.Id, now.OngoingMonthlyUsd, now.Feasible, LoadKinds.Of(scenario.Workload), LoadWeek.Of(scenario.Workload.Shape).PeakToMean, SizingWriter.RuleOfThumb(LoadKinds.Of(scenario.Workload)),
            [.. variants.GroupBy(variant => variant.Change).Select(same => same.MinBy(variant => variant.MonthlyUsd)!).OrderBy(variant => variant.MonthlyUsd)]);
    }

    /// <summary>A fleet alone at the scenario's workload.</summary>
    internal static OptionResult Evaluate(Scenario scenario, SelfHostOption option, CatalogSnapshot catalog) =>
        new OptionResolver(scenario with { Options = [option] }, catalog)[0].Evaluate();

    /// <summary>The ways that its instance has a price for, the cheapest mix of them; null where there is none besides what it has.</summary>
    private static SelfHostOption? Bought(SelfHostOption option, CatalogSnapshot catalog)
    {
        if (option.InstanceKey is not { } key || catalog.Instances.GetValueOrDefault(key) is not { } machine)
            return null;
        var ways = PurchaseKinds.Rented.Where(kind => option.UsdPerHour(machine, kind) is not null && !option.Purchase.Any(share => share.Kind == kind)).Select(kind => new PurchaseShare { Kind = kind, Share = 0 }).ToList();
        return ways.Count == 0 ? null : option with { PurchaseMix = PurchaseMixes.Cheapest, Purchase = [.. option.Purchase.Where(share => share.Kind != PurchaseKinds.Owned), .. ways] };
    }

    /// <summary>What the search finds for the fleet as it is bought, each as the fleet itself with nothing changed but its precision, or its instance with the layout that it needs.</summary>
    private static IEnumerable<(string Change, SelfHostOption Variant)> Searched(Scenario scenario, SelfHostOption option, SearchConstraints asBought, CatalogSnapshot catalog, CancellationToken cancellationToken)
    {
        IEnumerable<SelfHostOption> Plans(SearchConstraints constraints) =>
            PlanSearch.Run(scenario, constraints, catalog, null, cancellationToken).Plans.SelectMany(plan => plan.Options).OfType<SelfHostOption>();
        if (option.InstanceKey is { } key)
        {
            foreach (var plan in Plans(asBought with { Instances = [key], Purchases = PurchaseKinds.Rented }).DistinctBy(plan => WeightPrecisions.Parse(plan.Precision)))
            {
                if (WeightPrecisions.Parse(plan.Precision) != WeightPrecisions.Parse(option.Precision))
                    yield return (SizingChanges.Precision, option with { Precision = plan.Precision });
            }
        }

        // What is owned is owned as it is.
        if (option.Purchase.Any(share => share.Kind == PurchaseKinds.Owned))
            yield break;
        foreach (var plan in Plans(asBought with { Precisions = [option.Precision] }))
        {
            if (plan.InstanceKey == option.InstanceKey)
                continue;
            yield return (SizingChanges.Instance, option with
            {
                InstanceKey = plan.InstanceKey,
                Gpu = null,
                TensorParallel = plan.TensorParallel,
                PipelineParallel = plan.PipelineParallel,
                DataParallel = 1,
                // One's own prices are those of the instance that goes.
                InstanceUsdPerHour = null,
                Purchase = [.. option.Purchase.Select(share => share with { UsdPerHour = null })],
            });
        }
    }

    /// <summary>A variant with the fleet's given throughput times the model's ratio of the two: a figure of one precision, or of one instance, says nothing else of another.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="option">The fleet.</param>
    /// <param name="now">The outcome of the fleet.</param>
    /// <param name="variant">The fleet with another precision or instance.</param>
    /// <param name="catalog">The catalog.</param>
    /// <returns>The variant as it is where the throughput is modelled; null where a throughput is given and the model cannot speak on both.</returns>
    internal static SelfHostOption? Restated(Scenario scenario, SelfHostOption option, OptionResult now, SelfHostOption variant, CatalogSnapshot catalog)
    {
        if (!option.Throughput.IsGiven)
            return variant;
        if (option.Throughput.TokensPerSecond is not { } given || now.Estimate is not { TokensPerSecond: > 0 and var before } || Evaluate(scenario, variant, catalog).Estimate is not { TokensPerSecond: > 0 and var after })
            return null;
        // A figure above the model's is not multiplied past what the model expects of the variant.
        var tokens = Math.Round(Math.Min(given * (decimal)(after / before), Math.Max(given, (decimal)after)), 1);
        return tokens > 0 ? variant with { Throughput = option.Throughput with { Kind = ThroughputKinds.Stated, TokensPerSecond = tokens } } : null;
    }

    /// <summary>Anything that serves the same model on the same engine.</summary>
    private static SearchConstraints Anything(SelfHostOption option, string model) => new()
    {
        Kinds = [OptionKinds.SelfHost],
        Models = [model],
        Engines = [option.Engine],
        Purchases = PurchaseKinds.Rented,
        SkipsNearMisses = true,
        // A share that keeps a stated figure honest is no part of a modelled one, which keeps the targets already.
        Fleet = option with { LoadFactor = option.Throughput.IsGiven ? null : option.LoadFactor, Fleet = option.Fleet with { Sizing = FleetSizings.WeeklyPeak, Instances = null, Schedule = null } },
        Top = 1,
    };

    /// <summary>The same, bought in the ways and sized as the fleet is, as far as a search can: what it finds is then tried in the fleet's own place.</summary>
    private static SearchConstraints AsBought(SelfHostOption option, string model) => Anything(option, model) with
    {
        Sizings = [option.Fleet.Sizing == FleetSizings.Hourly ? FleetSizings.Hourly : FleetSizings.WeeklyPeak],
        Purchases = [.. option.Purchase.Where(share => share.Share > 0 || option.PurchaseMix == PurchaseMixes.Cheapest).Select(share => share.Kind).Where(kind => kind != PurchaseKinds.Owned).DefaultIfEmpty(PurchaseKinds.OnDemand)],
        Top = SearchConstraints.MostPlans,
    };
}

/// <summary>A variant of a fleet that can serve the workload.</summary>
/// <param name="Change">One of <see cref="SizingChanges"/>.</param>
/// <param name="Sentence">The change in words.</param>
/// <param name="Option">The fleet after it, ready to take its place.</param>
/// <param name="MonthlyUsd">Its month, USD.</param>
/// <param name="SavingUsd">What it saves a month, USD; negative where the fleet as it stands cannot serve; null where that has no known cost.</param>
public sealed record SizedVariant(string Change, string Sentence, SelfHostOption Option, decimal MonthlyUsd, decimal? SavingUsd);
