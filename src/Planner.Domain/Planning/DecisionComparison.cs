using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>Compares a saved answer with the one that other catalog rows give. Pure.</summary>
public static class DecisionComparison
{
    /// <summary>Share by which a cost or a crossing may move before the decision counts as changed, unless said otherwise.</summary>
    public const double DefaultThresholdShare = 0.05;

    /// <summary>Compares.</summary>
    /// <param name="scenario">The scenario as saved.</param>
    /// <param name="saved">The catalog rows that it was saved with.</param>
    /// <param name="answer">What was answered then. An answer of an older engine is made anew from the saved rows, so that new formulas are not taken for new prices.</param>
    /// <param name="today">The rows to compare with; those that are missing stay as saved.</param>
    /// <param name="thresholdShare">Share, at least 0, by which a month or a crossing has to move to count.</param>
    public static DecisionChange Compare(Scenario scenario, CatalogSnapshot saved, Result answer, CatalogSnapshot today, double thresholdShare = DefaultThresholdShare)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(today);
        ArgumentOutOfRangeException.ThrowIfNegative(thresholdShare);
        var before = answer.EngineVersion == Engine.Version ? answer : Evaluate(scenario, saved).Result ?? answer;
        var (after, fault) = Evaluate(scenario, today.Over(saved));
        var causes = DecisionCauses.Of(scenario, saved, before, today);
        if (after is null)
            return new DecisionChange(DecisionAnswer.Of(before, null), new DecisionAnswer(null, null, null, null, fault), [DecisionReasons.NoAnswer], causes);
        var (crossing, moved) = Crossings(before, after, (double)scenario.Workload.RequestsPerMonth, thresholdShare);
        var (old, now) = (DecisionAnswer.Of(before, crossing.Before), DecisionAnswer.Of(after, crossing.After));
        var reasons = new List<string>();
        if (old.OptionId != now.OptionId)
            reasons.Add(DecisionReasons.CheapestOption);
        if (old.MonthlyUsd is { } was && now.MonthlyUsd is { } becomes && Math.Abs(becomes - was) > (decimal)thresholdShare * was)
            reasons.Add(DecisionReasons.MonthlyCost);
        if (moved)
            reasons.Add(DecisionReasons.BreakEven);
        var known = before.Options.Where(option => option.OngoingMonthlyUsd is not null).Select(option => option.Id).ToHashSet(StringComparer.Ordinal);
        var unknown = after.Options.Where(option => option.OngoingMonthlyUsd is null && known.Contains(option.Id)).Select(option => option.Name).ToList();
        if (unknown.Count > 0)
            reasons.Add(DecisionReasons.UnknownCost);
        return new DecisionChange(old, now, reasons, causes) { Unknown = unknown };
    }

    /// <summary>Whether one answer says what another said: the same option or fault, a month and a crossing that differ by no more than the threshold.</summary>
    /// <param name="said">The earlier answer; shares are of its values.</param>
    /// <param name="answer">The later one.</param>
    /// <param name="thresholdShare">Share, at least 0, by which a month or a crossing has to move to count.</param>
    public static bool IsSame(DecisionAnswer said, DecisionAnswer answer, double thresholdShare)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(answer);
        return said.OptionId == answer.OptionId && said.Fault == answer.Fault && IsNear((double?)said.MonthlyUsd, (double?)answer.MonthlyUsd) && IsNear(said.BreakEvenRequests, answer.BreakEvenRequests);

        bool IsNear(double? was, double? becomes) => was == becomes || Math.Abs((becomes - was) ?? double.PositiveInfinity) <= thresholdShare * was;
    }

    /// <summary>The result; or why there is none.</summary>
    internal static (Result? Result, string? Fault) Evaluate(Scenario scenario, CatalogSnapshot catalog) =>
        ScenarioRules.Check(scenario, catalog) is [var problem, ..] ? (null, $"{problem.Path}: {problem.Message}") : (Engine.Evaluate(scenario, catalog), null);

    /// <summary>Of the crossings the one nearest to the volume, one that moved before one that stands; and whether any moved.</summary>
    private static ((double? Before, double? After) Crossing, bool Moved) Crossings(Result before, Result after, double volume, double thresholdShare)
    {
        var (old, now) = (CrossingsOf(before), CrossingsOf(after));
        // In lists of steps one crossing more says little; what counts is that one like it is near.
        var pairs = old.Select(crossing => (Before: (double?)crossing.Value, After: Nearest(now, crossing)))
            .Concat(now.Select(crossing => (Before: Nearest(old, crossing), After: (double?)crossing.Value)))
            .Select(pair => (Pair: pair, Moved: pair is not ({ } from, { } to) || Math.Abs(to - from) > thresholdShare * from))
            .OrderByDescending(found => found.Moved).ThenBy(found => Math.Abs((found.Pair.Before ?? found.Pair.After!.Value) - volume))
            .ToList();
        return pairs is [var first, ..] ? (first.Pair, first.Moved) : ((null, null), false);
    }

    /// <summary>Crossings of what can carry the load in ongoing months, requests a month, the smallest first; empty where there is none.</summary>
    internal static IReadOnlyList<Crossing> CrossingsOf(Result result) => result.AlongRequests(firstMonth: false, capacityChecked: true)?.Crossings ?? [];

    /// <summary>The nearest crossing of the same two options; where there is none, of one of them in the same place, since the other side may have changed hands.</summary>
    private static double? Nearest(IReadOnlyList<Crossing> crossings, Crossing wanted) =>
        Nearest(crossings.Where(crossing => crossing.FromOptionId == wanted.FromOptionId && crossing.ToOptionId == wanted.ToOptionId), wanted.Value)
        ?? Nearest(crossings.Where(crossing => crossing.FromOptionId == wanted.FromOptionId || crossing.ToOptionId == wanted.ToOptionId), wanted.Value);

    private static double? Nearest(IEnumerable<Crossing> crossings, double point) => crossings.MinBy(crossing => Math.Abs(crossing.Value - point))?.Value;
}
