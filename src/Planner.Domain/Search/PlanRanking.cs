using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>A plan whose cost is known.</summary>
/// <param name="Usd">Its ongoing month, USD.</param>
/// <param name="LowUsd">The same if the replicas deliver what only one measurement in ten is below; infinite where it then cannot serve.</param>
/// <param name="Options">The options that the scenario needs for it; the last is the plan's own.</param>
/// <param name="Serving">Its replicas; null for an API.</param>
/// <param name="Figures">What they deliver; null for an API.</param>
/// <param name="Broken">Constraints that it breaks.</param>
internal sealed record Candidate(double Usd, double LowUsd, IReadOnlyList<Option> Options, Serving? Serving, ServingFigures? Figures, Constraints Broken)
{
    /// <summary>What it shares with plans that differ from it only in engine, precision, layout, region and purchase; the cheapest of them is listed.</summary>
    public required string Group { get; init; }

    public bool AsksNoApi => !Options.Any(option => option is ApiOption);
}

/// <summary>The plans that an answer is made of, and which others can still matter to it.</summary>
/// <param name="workload">What is served.</param>
/// <param name="top">Plans listed.</param>
/// <param name="budget">Most that a month may cost, USD; null for any.</param>
internal sealed class PlanRanking(Workload workload, int top, double? budget)
{
    private readonly Dictionary<string, Candidate> _cheapestOfGroup = new(StringComparer.Ordinal);
    private readonly List<double> _listed = [];
    private readonly List<(double Usd, double Seconds, Candidate Plan)> _fast = [];
    private readonly Dictionary<SearchConstraint, Candidate> _nearMisses = [];
    private readonly bool _hasTargets = workload.Slo is not { TtftMs: null, TpotMs: null };
    private Candidate? _safest;

    /// <summary>The cheapest plan that breaks nothing; null for none.</summary>
    public Candidate? Best { get; private set; }

    /// <summary>The cheapest plan that breaks nothing and asks no API, whose latency nobody knows; null for none, and without latency targets.</summary>
    public Candidate? Known { get; private set; }

    /// <summary>The cheapest plans that break nothing, one a group.</summary>
    public List<Candidate> Ranked() => [.. _cheapestOfGroup.Values.OrderBy(plan => plan.Usd).ThenBy(plan => plan.Group, StringComparer.Ordinal).Take(top)];

    /// <summary>Plans than which none is both cheaper and faster, the cheapest first.</summary>
    public List<Candidate> CostLatency() => [.. _fast.Select(point => point.Plan)];

    /// <summary>Plans than which none is both cheaper and cheaper in the bad case, the cheapest first; of those that were evaluated in full, which all that can be on it were.</summary>
    public List<Candidate> CostRisk()
    {
        var frontier = new List<Candidate>();
        foreach (var plan in _risky.OrderBy(plan => plan.Usd).ThenBy(plan => plan.LowUsd))
        {
            if (frontier.Count == 0 || plan.LowUsd < frontier[^1].LowUsd)
                frontier.Add(plan);
        }

        return frontier;
    }

    private readonly List<Candidate> _risky = [];

    /// <summary>The cheapest plan that breaks one constraint alone and would be the answer without it, by constraint.</summary>
    public IReadOnlyDictionary<SearchConstraint, Candidate> NearMisses => _nearMisses;

    /// <summary>Can a plan that costs no less than a bound, and is no faster than a latency, change the answer?</summary>
    /// <param name="bound">USD a month.</param>
    /// <param name="seconds">Time of a mean request.</param>
    /// <param name="broken">What it breaks.</param>
    /// <param name="isKnown">True where it asks no API.</param>
    public bool CanMatter(double bound, double seconds, Constraints broken, bool isKnown)
    {
        // Dearer than the budget, it is a near miss at best, and of nothing else.
        if (bound > budget)
            return broken.AreNone && Best is null && bound < UsdOf(SearchConstraint.Budget);
        if (broken.Only is { } only)
            return bound < UsdOf(only) && bound < (Best?.Usd ?? double.PositiveInfinity);
        if (!broken.AreNone)
            return false;
        return _listed.Count < top || bound < _listed[^1] || bound < (_safest?.LowUsd ?? double.PositiveInfinity)
            || (_hasTargets && isKnown && bound < (Known?.Usd ?? double.PositiveInfinity)) || !IsBehind(bound, seconds);
    }

    public void Add(Candidate plan)
    {
        var broken = plan.Broken | Constraints.If(plan.Usd > budget, SearchConstraint.Budget);
        if (broken.Only is { } only)
        {
            if (plan.Usd < UsdOf(only))
                _nearMisses[only] = plan with { Broken = broken };
            return;
        }

        if (!broken.AreNone)
            return;
        if (plan.Usd < (Best?.Usd ?? double.PositiveInfinity))
            Best = plan;
        if (_hasTargets && plan.AsksNoApi && plan.Usd < (Known?.Usd ?? double.PositiveInfinity))
            Known = plan;
        if (plan.LowUsd < (_safest?.LowUsd ?? double.PositiveInfinity))
            _safest = plan;
        _risky.Add(plan);
        AddToFrontier(plan);
        if (_cheapestOfGroup.TryGetValue(plan.Group, out var known) && known.Usd <= plan.Usd)
            return;
        if (known is not null)
            _listed.Remove(known.Usd);
        _cheapestOfGroup[plan.Group] = plan;
        var place = _listed.BinarySearch(plan.Usd);
        _listed.Insert(place < 0 ? ~place : place, plan.Usd);
        if (_listed.Count > top)
            _listed.RemoveAt(top);
    }

    private double UsdOf(SearchConstraint constraint) => _nearMisses.TryGetValue(constraint, out var plan) ? plan.Usd : double.PositiveInfinity;

    private bool IsBehind(double usd, double seconds)
    {
        foreach (var point in _fast)
        {
            if (point.Usd <= usd && point.Seconds <= seconds)
                return true;
        }

        return false;
    }

    private void AddToFrontier(Candidate plan)
    {
        if (plan.Figures?.SecondsOf(workload) is not { } seconds || IsBehind(plan.Usd, seconds))
            return;
        _fast.RemoveAll(point => point.Usd >= plan.Usd && point.Seconds >= seconds);
        var place = _fast.FindIndex(point => point.Usd > plan.Usd);
        _fast.Insert(place < 0 ? _fast.Count : place, (plan.Usd, seconds, plan));
    }
}
