using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Versions;

/// <summary>A version by value.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="Catalog">The catalog rows that it used.</param>
/// <param name="Result">What was answered.</param>
public sealed record VersionContent(Scenario Scenario, CatalogSnapshot Catalog, Result Result);

/// <summary>How two versions differ.</summary>
/// <param name="Inputs">Differences of the documents.</param>
/// <param name="Rows">Catalog rows that both used and that say something else.</param>
/// <param name="Answer">Differences of the answers, as stored.</param>
public sealed record VersionChanges(IReadOnlyList<DocumentChange> Inputs, IReadOnlyList<CatalogRowChange> Rows, AnswerChanges Answer)
{
    /// <summary>True where present costs over the horizon were compared: they are no part of what is stored, and are the same again only from the engine that answered.</summary>
    public bool PresentCostsCompared { get; init; }
}

/// <summary>Compares two versions of a scenario, or two scenarios. Pure.</summary>
public static class VersionComparison
{
    // Crossings are found in double: what differs less is the same point.
    private const double SamePoint = 1e-9;

    /// <summary>Compares.</summary>
    /// <param name="before">The earlier version.</param>
    /// <param name="after">The later version.</param>
    public static VersionChanges Of(VersionContent before, VersionContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (PresentCosts(before), PresentCosts(after));
        var compared = old is not null && now is not null;
        return new VersionChanges(
            DocumentComparison.Of(before.Scenario, after.Scenario), CatalogComparison.Of(before.Catalog, after.Catalog),
            Answers(before.Result, after.Result, compared ? old! : [], compared ? now! : []))
        {
            PresentCostsCompared = compared,
        };
    }

    private static AnswerChanges Answers(Result before, Result after, Dictionary<string, decimal?> oldPresent, Dictionary<string, decimal?> newPresent)
    {
        var verdict = before.Verdict.CheapestOptionId == after.Verdict.CheapestOptionId ? null : new VerdictChange(DecisionAnswer.Of(before, null), DecisionAnswer.Of(after, null));
        var options = new List<OptionChange>();
        foreach (var now in after.Options)
        {
            if (before.Options.FirstOrDefault(option => option.Id == now.Id) is not { } old)
                continue;
            List<FigureChange> figures =
            [
                new(AnswerFigures.OngoingMonthlyUsd, (double?)old.OngoingMonthlyUsd, (double?)now.OngoingMonthlyUsd),
                new(AnswerFigures.FirstMonthUsd, (double?)old.FirstMonthUsd, (double?)now.FirstMonthUsd),
                new(AnswerFigures.PresentCostUsd, (double?)oldPresent.GetValueOrDefault(now.Id), (double?)newPresent.GetValueOrDefault(now.Id)),
                new(AnswerFigures.UsdPerMillionTokens, old.UsdPerMillionTokens, now.UsdPerMillionTokens),
                new(AnswerFigures.CapacityRequests, old.Capacity?.RequestsPerMonth, now.Capacity?.RequestsPerMonth),
                new(AnswerFigures.Instances, old.Instances, now.Instances),
            ];
            figures.RemoveAll(figure => IsNear(figure.Old, figure.New));
            if (figures.Count > 0 || old.Feasible != now.Feasible)
                options.Add(new OptionChange(now.Id, now.Name, old.Feasible, now.Feasible, figures));
        }

        return new AnswerChanges(
            verdict, options, [.. Crossings(before, after, firstMonth: false), .. Crossings(before, after, firstMonth: true)], Only(after.Checks, before.Checks), Only(before.Checks, after.Checks));
    }

    /// <summary>Present cost of each option; null where this engine is not the one that answered, or can no longer evaluate the version.</summary>
    private static Dictionary<string, decimal?>? PresentCosts(VersionContent version) =>
        version.Result.EngineVersion != Engine.Version || ScenarioRules.Check(version.Scenario, version.Catalog).Count > 0
            ? null
            : Engine.Horizon(version.Scenario, version.Catalog).Options.ToDictionary(option => option.Id, option => option.Totals?.PresentCostUsd);

    /// <summary>Crossings between the same two options are told apart by their order.</summary>
    private static IEnumerable<CrossingChange> Crossings(Result before, Result after, bool firstMonth)
    {
        var (old, now) = (Points(before, firstMonth), Points(after, firstMonth));
        return old.Select(group => group.Key).Union(now.Select(group => group.Key))
            .SelectMany(pair =>
            {
                var (was, becomes) = (old[pair].ToList(), now[pair].ToList());
                return Enumerable.Range(0, Math.Max(was.Count, becomes.Count)).Select(place => new CrossingChange(firstMonth, pair.From, pair.To, At(was, place), At(becomes, place)));
            })
            .Where(change => !IsNear(change.Old, change.New));
    }

    private static ILookup<(string? From, string? To), double> Points(Result result, bool firstMonth) =>
        (result.AlongRequests(firstMonth, capacityChecked: true)?.Crossings ?? [])
            .ToLookup(crossing => (crossing.FromOptionId, crossing.ToOptionId), crossing => crossing.Value);

    private static double? At(List<double> points, int place) => place < points.Count ? points[place] : null;

    private static bool IsNear(double? old, double? now) => old == now || (old is { } was && now is { } becomes && Math.Abs(becomes - was) <= SamePoint * Math.Max(Math.Abs(was), Math.Abs(becomes)));

    private static IReadOnlyList<Check> Only(IReadOnlyList<Check> checks, IReadOnlyList<Check> others) =>
        [.. checks.Where(check => !others.Any(other => other.Id == check.Id && other.OptionId == check.OptionId))];
}
