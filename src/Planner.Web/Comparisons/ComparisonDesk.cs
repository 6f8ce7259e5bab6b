using System.Text.Json.Serialization;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Portfolios;
using Planner.Domain.Scenarios;

namespace Planner.Web.Comparisons;

/// <summary>Stored versions side by side.</summary>
/// <param name="Scenarios">Those that were found, in the order asked for.</param>
/// <param name="Problems">What was asked for and cannot be shown, at <c>with[i]</c>.</param>
public sealed record Comparison(IReadOnlyList<ComparedScenario> Scenarios, [property: JsonIgnore] IReadOnlyList<Problem> Problems)
{
    /// <summary>Places of the scenarios in what was asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Places { get; init; } = [];
}

/// <summary>Stored versions added up.</summary>
/// <param name="Scenarios">Those that were found, in the order asked for.</param>
/// <param name="Totals">Their totals.</param>
/// <param name="Problems">What was asked for and is not counted, at <c>with[i]</c>.</param>
public sealed record PortfolioAnswer(IReadOnlyList<ComparedScenario> Scenarios, Portfolio Totals, [property: JsonIgnore] IReadOnlyList<Problem> Problems);

/// <summary>Puts stored versions side by side, and adds them up. Stored answers stay as they are. Safe to share.</summary>
/// <remarks>Reading many and working out their months takes longer than a page may be kept from answering, so none of it is done on the caller's thread.</remarks>
public sealed class ComparisonDesk(ScenarioStore scenarios)
{
    /// <summary>Most scenarios or versions side by side.</summary>
    public const int MostCompared = 6;

    /// <summary>Most scenarios of a portfolio.</summary>
    public const int MostAdded = 100;

    /// <summary>Puts versions side by side.</summary>
    /// <param name="with">What the address names (<see cref="ScenarioPick"/>).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Comparison> CompareAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(with);
        return Task.Run(
            async () =>
            {
                var (found, problems) = await ReadAsync([.. with.Take(MostCompared)], cancellationToken);
                foreach (var twice in found.GroupBy(entry => (entry.Stored.Id, entry.Stored.Version)).SelectMany(same => same.Skip(1)).ToList())
                {
                    problems.Add(At(twice.Place, ComparisonTexts.VersionTwice.With(twice.Stored.Scenario.Name, twice.Stored.Version)));
                    found.Remove(twice);
                }

                if (with.Count > MostCompared)
                    problems.Add(At(MostCompared, ComparisonTexts.TooManyCompared.With(MostCompared)));
                return new Comparison([.. found.Select(entry => Answered(entry, cancellationToken).Compared)], problems) { Places = [.. found.Select(entry => entry.Place)] };
            },
            cancellationToken);
    }

    /// <summary>Adds versions up, one option of each.</summary>
    /// <param name="with">What the address names; empty for the current version of every scenario.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<PortfolioAnswer> AddUpAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(with);
        return Task.Run(
            async () =>
            {
                var (found, problems) = await ReadOnceAsync(with, cancellationToken);
                var answered = found.ConvertAll(entry => Answered(entry, cancellationToken));
                return new PortfolioAnswer([.. answered.Select(entry => entry.Compared)], Portfolio.Of([.. answered.Select(entry => entry.Entry)]), problems);
            },
            cancellationToken);
    }

    /// <summary>Checks what a portfolio would add up, and adds nothing up.</summary>
    /// <param name="with">What the address names; empty for the current version of every scenario.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The scenarios with their versions, and what was asked for and would not be counted.</returns>
    public Task<(IReadOnlyList<ScenarioPick> Picks, IReadOnlyList<Problem> Problems)> PinAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(with);
        return Task.Run<(IReadOnlyList<ScenarioPick>, IReadOnlyList<Problem>)>(
            async () =>
            {
                var (found, problems) = await ReadOnceAsync(with, cancellationToken);
                return ([.. found.Select(entry => new ScenarioPick(entry.Stored.Id, entry.Stored.Version, entry.OptionId))], problems);
            },
            cancellationToken);
    }

    private async Task<(List<Found> Found, List<Problem> Problems)> ReadOnceAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        if (with.Count == 0)
            with = [.. await scenarios.IdsAsync(cancellationToken)];
        if (with.Count > MostAdded)
            return ([], [new Problem("with", ComparisonTexts.TooManyAdded.With(MostAdded, with.Count))]);
        var (found, problems) = await ReadAsync(with, cancellationToken);
        foreach (var twice in found.GroupBy(entry => entry.Stored.Id).SelectMany(same => same.Skip(1)).ToList())
        {
            problems.Add(At(twice.Place, ComparisonTexts.ScenarioTwice.With(twice.Stored.Scenario.Name)));
            found.Remove(twice);
        }

        return (found, problems);
    }

    private async Task<(List<Found> Found, List<Problem> Problems)> ReadAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        var picks = with.Select(ScenarioPick.Read).ToList();
        var read = new Queue<ScenarioFound>(await scenarios.FindAsync([.. picks.OfType<ScenarioPick>().Select(pick => (pick.Id, pick.Version))], cancellationToken));
        var (found, problems) = (new List<Found>(), new List<Problem>());
        foreach (var (place, pick) in picks.Index())
        {
            var hit = pick is null ? null : read.Dequeue();
            var refusal = hit is null ? ComparisonTexts.PickUnreadable.With(with[place]) : Refusal(pick!, hit);
            if (refusal is null)
                found.Add(new Found(place, hit!.Stored!, pick!.OptionId));
            else
                problems.Add(At(place, refusal));
        }

        return (found, problems);
    }

    private static string? Refusal(ScenarioPick pick, ScenarioFound found) => found switch
    {
        { CurrentVersion: null } => ComparisonTexts.ScenarioUnknown.With(pick.Id),
        { IsThere: false } => ComparisonTexts.VersionUnknown.With(pick.Id, pick.Version ?? found.CurrentVersion),
        { Stored: null } => ComparisonTexts.Unreadable.With(pick.Id),
        { Stored: var stored } => pick.OptionId is { } option && stored.Result.Options.All(other => other.Id != option)
            ? ComparisonTexts.OptionUnknown.With(stored.Scenario.Name, stored.Version, option)
            : null,
    };

    private static (ComparedScenario Compared, PortfolioEntry Entry) Answered(Found found, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (stored, (horizon, reason)) = (found.Stored, HorizonOf(found.Stored));
        return (
            ComparedScenario.Of(stored, found.OptionId, horizon, reason),
            new PortfolioEntry(stored.Id, stored.Scenario.Name, stored.Result, found.OptionId) { Start = stored.Scenario.FirstDay, Horizon = horizon, HorizonReason = reason });
    }

    /// <summary>The months are not stored; formulas and rules of another version would draw others beside the stored figures.</summary>
    private static (HorizonResult? Horizon, string? Reason) HorizonOf(StoredScenario stored)
    {
        if (stored.EngineVersion != Engine.Version)
            return (null, ComparisonTexts.OlderEngine.With(stored.EngineVersion));
        return ScenarioRules.Check(stored.Scenario, stored.Snapshot).Count > 0 ? (null, ComparisonTexts.FaultyToday) : (Engine.Horizon(stored.Scenario, stored.Snapshot), null);
    }

    private static Problem At(int place, string message) => new($"with[{place}]", message);

    private sealed record Found(int Place, StoredScenario Stored, string? OptionId);
}
