using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>Finds the cheapest ways to serve a workload over a whole catalog.</summary>
/// <remarks>
/// Model by model, the smallest first: every replica that fits gives a bound below which no fleet of it can cost (never idle, lowest price), and what the bound leaves over is worked off in rising order. What is left out
/// is proven dearer than the plans listed, behind both frontiers, and no cheaper near miss; so the answer is that of evaluating everything. A model's replicas are bounded on all cores, against what the models before it came to;
/// everything else runs on the caller's thread. Deterministic, without a clock.
/// </remarks>
public sealed class PlanSearch
{
    private const int PlansPerReport = 64;

    /// <summary>What a mix has to save against the better of its parts to be a plan of its own, USD a month: less is a double's noise.</summary>
    private const double LeastSavingUsd = 0.01;

    private readonly Scenario _scenario;
    private readonly SearchConstraints _constraints;
    private readonly CatalogSnapshot _catalog;
    private readonly IProgress<SearchProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly PlanSpace _space;
    private readonly PlanCosts _costs;
    private readonly PlanRanking _ranking;
    private long _considered;
    private long _evaluated;

    // The cheapest API that breaks nothing, and those that are cheaper than it and break one constraint.
    private readonly Dictionary<Constraints, Candidate> _cheapestApis = [];
    private Candidate[] _overflows = [];

    private PlanSearch(Scenario scenario, SearchConstraints constraints, CatalogSnapshot catalog, IProgress<SearchProgress>? progress, CancellationToken cancellation)
    {
        (_scenario, _constraints, _catalog, _progress, _cancellation) = (scenario, constraints, catalog, progress, cancellation);
        _space = new PlanSpace(scenario, constraints, catalog);
        _costs = new PlanCosts(scenario, constraints.Template, catalog);
        _ranking = new PlanRanking(_space.Workload, constraints.Top, (double?)constraints.BudgetMonthlyUsd);
    }

    /// <summary>Searches.</summary>
    /// <param name="scenario">The scenario whose workload is to be served; its own options take no part.</param>
    /// <param name="constraints">What a plan must keep to.</param>
    /// <param name="catalog">The catalog that is searched.</param>
    /// <param name="progress">Told how far it is and what it has found, from the thread that searches; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The question has a fault (<see cref="SearchRules.Check"/>); a caller checks first.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static SearchResult Run(
        Scenario scenario, SearchConstraints constraints, CatalogSnapshot catalog, IProgress<SearchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (SearchRules.Check(scenario, constraints, catalog) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Message}");
        return new PlanSearch(scenario, constraints, catalog, progress, cancellationToken).Run();
    }

    /// <summary>Fleets of one kind of replica on one size of machine, bought for the bound's price or more.</summary>
    private readonly record struct Bundle(double Bound, Serving Serving, PlanSpace.Machines Machines, string Sizing, MachineLoad Load);

    private SearchResult Run()
    {
        SearchApis();
        Report(0, 1);
        // Fleets that are not asked for may still be what a constraint costs.
        if (!_constraints.SkipsNearMisses || _constraints.Allows(OptionKinds.SelfHost) || _overflows.Length > 0)
            SearchFleets();
        return SearchResult.Of(_ranking, _scenario, _catalog, _considered, _evaluated);
    }

    private void SearchApis()
    {
        var requirements = _scenario.Workload.Requirements;
        var ofAll = Constraints.If(requirements.DataStaysInside, SearchConstraint.Privacy) | Constraints.If(requirements.CustomModel, SearchConstraint.CustomModel);
        var ofApis = Constraints.If(!_constraints.Allows(OptionKinds.Api), SearchConstraint.Kind);
        foreach (var sheet in _catalog.Prices.Values)
        {
            _cancellation.ThrowIfCancellationRequested();
            _considered++;
            var broken = Constraints.If(_constraints.Prices.Count > 0 && !_constraints.Prices.Contains(sheet.Key), SearchConstraint.Model)
                | Constraints.If(_constraints.Sellers.Count > 0 && !_constraints.Sellers.Contains(sheet.Seller, StringComparer.OrdinalIgnoreCase), SearchConstraint.Provider) | _space.BrokenTier(sheet.Key) | ofAll;
            if (broken.AreSeveral || !Sells(sheet))
                continue;
            var option = new ApiOption { Id = "api", Name = Texts.PlanApiName.With(sheet.Name, sheet.Seller), PriceKey = sheet.Key };
            _evaluated++;
            var (usd, cost) = _costs.Month([option], null);
            if (double.IsInfinity(usd))
                continue;
            var candidate = new Candidate(usd, usd, [option], null, null, broken | ofApis) { Group = sheet.Key };
            _ranking.Add(candidate);
            // A mix asks only for the price of a request, so that the cheapest API is the best one for every fleet.
            if (!_constraints.RulesOut(broken | OfMixes) && cost is ApiCost { IsLine: true, IsLimited: false } && usd < (_cheapestApis.GetValueOrDefault(broken)?.Usd ?? double.PositiveInfinity))
                _cheapestApis[broken] = candidate with { Broken = broken };
        }

        var best = _cheapestApis.GetValueOrDefault(default)?.Usd ?? double.PositiveInfinity;
        _overflows = [.. _cheapestApis.Values.Where(api => api.Broken.AreNone || api.Usd < best).OrderBy(api => api.Broken.Bits)];
    }

    /// <summary>What every mix breaks.</summary>
    private Constraints OfMixes => Constraints.If(!_constraints.Allows(OptionKinds.Hybrid), SearchConstraint.Kind);

    /// <summary>A chat needs a price for what is generated, or a sheet for embeddings would serve it free of charge; an embedding needs a sheet that sells nothing else.</summary>
    private bool Sells(PriceSheet sheet) => _scenario.Workload.OutputTokens + _scenario.Workload.ReasoningTokens > 0
        ? sheet.Prices is { OutputUsdPerM: > 0, InputUsdPerM: not null }
        : sheet.Prices is { OutputUsdPerM: null or 0, InputUsdPerM: > 0 };

    private void SearchFleets()
    {
        var models = _space.Models();
        for (var i = 0; i < models.Count; i++)
        {
            foreach (var bundle in Bundles(models[i]))
                SearchBundle(bundle);
            Report(i + 1, models.Count);
        }
    }

    private void SearchBundle(in Bundle bundle)
    {
        var serving = bundle.Serving;
        (ServingFigures Figures, MachineLoad Machines)? known = null;
        foreach (var row in bundle.Machines.Rows)
        {
            var broken = serving.Broken | row.Broken;
            if (broken.AreSeveral)
                continue;
            if (Matters(bundle.Load, serving.Bound.LatencySeconds, row, broken) is (false, false))
            {
                // Rows come by rising price.
                if (!bundle.Machines.BreaksAny)
                    return;
                continue;
            }

            // What thirty evaluations of the model say once for all machines is sharper than the bound.
            if (known is null)
            {
                var found = serving.Figures(_space.Workload);
                if (found.TokensPerSecond <= 0)
                    return;
                known = (found, _costs.LoadOf(serving, found.TokensPerSecond, bundle.Machines.GpuCount, bundle.Sizing));
            }

            var (figures, machines) = known.Value;
            if (Matters(machines, figures.SecondsOf(_space.Workload), row, broken) is var matters && (matters.Fleet || matters.Mix))
                Evaluate(serving, figures, row, bundle.Sizing, broken, matters.Mix);
        }
    }

    /// <summary>Whether a fleet on a row, and a mix of it with an API, can change the answer.</summary>
    private (bool Fleet, bool Mix) Matters(in MachineLoad machines, double seconds, PlanSpace.Row row, Constraints broken)
    {
        var ofKind = Constraints.If(!_constraints.Allows(OptionKinds.SelfHost), SearchConstraint.Kind);
        var mix = false;
        foreach (var api in _overflows)
            mix |= MixMatters(machines, seconds, row, broken, api);
        return (_ranking.CanMatter(_costs.FleetBound(machines, row.LeastUsdPerHour), seconds, broken | ofKind, isKnown: true), mix);
    }

    private bool MixMatters(in MachineLoad machines, double seconds, PlanSpace.Row row, Constraints broken, Candidate api)
    {
        var all = broken | api.Broken | OfMixes;
        return !_constraints.RulesOut(all) && !all.AreSeveral && _costs.MixBound(machines, row.LeastUsdPerHour, api.Usd) is var bound && bound < api.Usd && _ranking.CanMatter(bound, seconds, all, isKnown: false);
    }

    /// <summary>A model's fleets that can matter after the models before it, by the lowest price of their machines, the cheapest first.</summary>
    private List<Bundle> Bundles(LanguageModel model)
    {
        var bundles = new List<Bundle>();
        foreach (var (found, considered) in _space.Seats(model).AsParallel().AsOrdered().WithCancellation(_cancellation).Select(BundlesOf))
        {
            bundles.AddRange(found);
            _considered += considered;
        }

        bundles.Sort(static (one, other) => one.Bound.CompareTo(other.Bound));
        return bundles;
    }

    private (List<Bundle> Found, long Considered) BundlesOf(PlanSpace.Seat seat)
    {
        var (bundles, considered) = (new List<Bundle>(), 0L);
        foreach (var serving in _space.Servings(seat))
        {
            foreach (var machines in _space.MachinesOf(seat.Gpu))
            {
                if (machines.GpuCount < serving.Parts.Option.GpusPerReplica)
                    continue;
                foreach (var sizing in _constraints.SizingsOrDefault)
                {
                    considered += machines.Rows.Length * (1 + _overflows.Length);
                    var load = _costs.LoadOf(serving, serving.Bound.TokensPerSecond, machines.GpuCount, sizing);
                    // The cheapest row may be one that breaks something, and then says nothing of the others.
                    if (!machines.BreaksAny && Matters(load, serving.Bound.LatencySeconds, machines.Rows[0], serving.Broken) is (false, false))
                        continue;
                    var least = machines.Rows[0].LeastUsdPerHour;
                    bundles.Add(new Bundle(_overflows.Aggregate(_costs.FleetBound(load, least), (bound, api) => Math.Min(bound, _costs.MixBound(load, least, api.Usd))), serving, machines, sizing, load));
                }
            }
        }

        return (bundles, considered);
    }

    private void Evaluate(Serving serving, ServingFigures figures, PlanSpace.Row row, string sizing, Constraints broken, bool mixes)
    {
        if (_evaluated++ % PlansPerReport == 0)
            Report(0, 0);
        ReplicaThroughput? Typical(SelfHostOption option, Workload served) => ReplicaThroughput.Modelled(option, figures.TokensPerSecond, figures.Basis);
        ReplicaThroughput? Low(SelfHostOption option, Workload served) => ReplicaThroughput.Modelled(option, figures.TokensPerSecond * figures.LowFactor, figures.Basis);
        var fleet = WithWholeSpot(_space.Plan(serving, row, sizing), Typical);
        var alone = Offer([fleet], broken | Constraints.If(!_constraints.Allows(OptionKinds.SelfHost), SearchConstraint.Kind));
        if (!mixes || !double.IsFinite(alone))
            return;
        foreach (var api in _overflows)
        {
            var all = broken | api.Broken | OfMixes;
            if (all.AreSeveral)
                continue;
            var mix = new HybridOption
            {
                Id = "mix",
                Name = Texts.PlanMixName.With(fleet.Name, api.Options[0].Name),
                Mode = HybridModes.Overflow,
                ApiOptionId = api.Options[0].Id,
                FleetOptionId = fleet.Id,
            };
            Offer([api.Options[0], fleet, mix], all, better: Math.Min(alone, api.Usd));
        }

        double Offer(IReadOnlyList<Option> options, Constraints all, double better = double.PositiveInfinity)
        {
            var (usd, _) = _costs.Month(options, Typical);
            // A mix that is one of its parts is no plan of its own.
            if (usd < better - LeastSavingUsd && _ranking.CanMatter(usd, figures.SecondsOf(_space.Workload), all, isKnown: options.Count == 1))
            {
                var low = _costs.Month(options, Low).Usd;
                _ranking.Add(new Candidate(usd, low, options, serving, figures, all) { Group = $"{options[^1].Kind} {serving.Parts.Model.Key} {row.Instance.Cloud}:{row.Instance.Type}" });
            }

            return usd;
        }
    }

    /// <summary>A fleet with no more on spot than whole instances of the share that is allowed: of one instance none.</summary>
    private SelfHostOption WithWholeSpot(SelfHostOption fleet, Func<SelfHostOption, Workload, ReplicaThroughput?> capacity)
    {
        // Who allows nothing but spot has nothing else to buy.
        if (!fleet.Purchase.Any(share => share.Kind == PurchaseKinds.Spot) || !fleet.Purchase.Any(share => share.Kind == PurchaseKinds.OnDemand))
            return fleet;
        return _costs.Month([fleet], capacity).Cost is FleetCost { PeakInstances: > 0 and var instances } && Math.Floor(fleet.LargestSpotShare * instances) / instances is var share && share < fleet.LargestSpotShare
            ? fleet with { MaximumSpotShare = share }
            : fleet;
    }

    private void Report(int done, int of)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new SearchProgress(_considered, _evaluated, of == 0 ? null : (double)done / of, _ranking.Best is { } best ? new PlanGlance(best.Options[^1].Name, (decimal)best.Usd) : null));
    }
}

/// <summary>How far a search is.</summary>
/// <param name="Considered">Plans that were bounded or evaluated.</param>
/// <param name="Evaluated">Plans whose cost was worked out.</param>
/// <param name="Share">Share of the fleets that was worked off, 0 to 1; null where it has not moved.</param>
/// <param name="Best">The cheapest plan so far; null for none yet.</param>
public sealed record SearchProgress(long Considered, long Evaluated, double? Share, PlanGlance? Best);

/// <summary>A plan at a glance.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MonthlyUsd">Its ongoing month, USD.</param>
public sealed record PlanGlance(string Name, decimal MonthlyUsd);
