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
public sealed class ComparisonDesk(ScenarioStore scenarios)
{
    /// <summary>Most scenarios or versions side by side.</summary>
    public const int MostCompared = 6;

    /// <summary>Most scenarios of a portfolio.</summary>
    public const int MostAdded = 100;

    /// <summary>Puts versions side by side.</summary>
    /// <param name="with">What the address names (<see cref="ScenarioPick"/>).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Comparison> CompareAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(with);
        var (found, problems) = await ReadAsync([.. with.Take(MostCompared)], cancellationToken);
        foreach (var twice in found.GroupBy(entry => (entry.Stored.Id, entry.Stored.Version)).SelectMany(same => same.Skip(1)).ToList())
        {
            problems.Add(At(twice.Place, Wording.Say(ComparisonTexts.VersionTwice, twice.Stored.Scenario.Name, twice.Stored.Version)));
            found.Remove(twice);
        }

        if (with.Count > MostCompared)
            problems.Add(At(MostCompared, Wording.Say(ComparisonTexts.TooManyCompared, MostCompared)));
        return new Comparison([.. found.Select(entry => entry.Compared)], problems) { Places = [.. found.Select(entry => entry.Place)] };
    }

    /// <summary>Adds versions up, one option of each.</summary>
    /// <param name="with">What the address names; empty for the current version of every scenario.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PortfolioAnswer> AddUpAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(with);
        if (with.Count == 0)
            with = [.. await scenarios.IdsAsync(cancellationToken)];
        if (with.Count > MostAdded)
            return new PortfolioAnswer([], Portfolio.Of([]), [new Problem("with", Wording.Say(ComparisonTexts.TooManyAdded, MostAdded, with.Count))]);
        var (found, problems) = await ReadAsync(with, cancellationToken);
        foreach (var twice in found.GroupBy(entry => entry.Stored.Id).SelectMany(same => same.Skip(1)).ToList())
        {
            problems.Add(At(twice.Place, Wording.Say(ComparisonTexts.ScenarioTwice, twice.Stored.Scenario.Name)));
            found.Remove(twice);
        }

        return new PortfolioAnswer([.. found.Select(entry => entry.Compared)], Portfolio.Of([.. found.Select(entry => entry.ToPortfolio())]), problems);
    }

    private async Task<(List<Found> Found, List<Problem> Problems)> ReadAsync(IReadOnlyList<string?> with, CancellationToken cancellationToken)
    {
        var (found, problems) = (new List<Found>(), new List<Problem>());
        foreach (var (place, text) in with.Index())
        {
            var (entry, refusal) = ScenarioPick.Read(text) is { } pick ? await FindAsync(place, pick, cancellationToken) : (null, Wording.Say(ComparisonTexts.PickUnreadable, text));
            if (entry is not null)
                found.Add(entry);
            else
                problems.Add(At(place, refusal!));
        }

        return (found, problems);
    }

    private async Task<(Found? Found, string? Refusal)> FindAsync(int place, ScenarioPick pick, CancellationToken cancellationToken)
    {
        StoredScenario? stored;
        try
        {
            stored = await scenarios.GetAsync(pick.Id, pick.Version, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return (null, Wording.Say(ComparisonTexts.Unreadable, pick.Id));
        }

        if (stored is null)
        {
            return (null, pick.Version is { } version && await scenarios.CurrentVersionAsync(pick.Id, cancellationToken) is not null
                ? Wording.Say(ComparisonTexts.VersionUnknown, pick.Id, version)
                : Wording.Say(ComparisonTexts.ScenarioUnknown, pick.Id));
        }

        if (pick.OptionId is { } option && stored.Result.Options.All(other => other.Id != option))
            return (null, Wording.Say(ComparisonTexts.OptionUnknown, stored.Scenario.Name, stored.Version, option));
        var (horizon, reason) = HorizonOf(stored);
        return (new Found(place, stored, pick.OptionId, horizon, reason, ComparedScenario.Of(stored, pick.OptionId, horizon, reason)), null);
    }

    /// <summary>The months are not stored; formulas and rules of another version would draw others beside the stored figures.</summary>
    private static (HorizonResult? Horizon, string? Reason) HorizonOf(StoredScenario stored)
    {
        if (stored.EngineVersion != Engine.Version)
            return (null, Wording.Say(ComparisonTexts.OlderEngine, stored.EngineVersion));
        return ScenarioRules.Check(stored.Scenario, stored.Snapshot).Count > 0 ? (null, ComparisonTexts.FaultyToday) : (Engine.Horizon(stored.Scenario, stored.Snapshot), null);
    }

    private static Problem At(int place, string message) => new($"with[{place}]", message);

    private sealed record Found(int Place, StoredScenario Stored, string? OptionId, HorizonResult? Horizon, string? HorizonReason, ComparedScenario Compared)
    {
        public PortfolioEntry ToPortfolio() => new(Stored.Id, Stored.Scenario.Name, Stored.Result, OptionId) { Start = Stored.Scenario.FirstDay, Horizon = Horizon, HorizonReason = HorizonReason };
    }
}
