using Planner.Data.Actuals;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Actuals;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Actuals;

/// <summary>An option of a saved scenario with what was measured of it.</summary>
/// <param name="Stored">The scenario as it is saved.</param>
/// <param name="Option">The option.</param>
/// <param name="Link">The measured workload that it is linked to; null for none.</param>
/// <param name="Set">That workload; null for none, or one that was deleted.</param>
/// <param name="Targets">Its fleets.</param>
/// <param name="Sources">What was measured.</param>
/// <param name="Compared">Plan against actual.</param>
public sealed record OptionActuals(
    StoredScenario Stored, Option Option, UsageLink? Link, UsageSet? Set, IReadOnlyList<FleetTarget> Targets, ActualSources Sources, PlanAgainstActual Compared);

/// <summary>Brings together what was planned and what was measured. Safe to share.</summary>
public sealed class ActualsDesk(ScenarioStore scenarios, CatalogStore catalog, UsageStore usage, UsageLinkStore links, FleetStore fleets)
{
    private static readonly DateTime AfterAll = new(3000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Compares an option of a saved scenario.</summary>
    /// <param name="stored">The scenario.</param>
    /// <param name="optionId">The option; null for the one that has sources, else the present one, else the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null where there is no such option.</returns>
    /// <exception cref="InvalidDataException">What is saved has a fault by today's rules.</exception>
    public async Task<OptionActuals?> CompareAsync(StoredScenario stored, string? optionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var (scenario, snapshot) = (stored.Scenario, stored.Snapshot);
        if (ScenarioRules.Check(scenario, snapshot) is [var fault, ..])
            throw new InvalidDataException($"{fault.Path}: {fault.Message}");
        var linked = await links.ListAsync(stored.Id, cancellationToken);
        var targets = await fleets.ListAsync(stored.Id, cancellationToken);
        var id = optionId ?? linked.Select(link => link.OptionId).Concat(targets.Select(target => target.OptionId)).FirstOrDefault(known => scenario.Options.Any(option => option.Id == known))
            ?? scenario.BaselineOptionId ?? scenario.Options[0].Id;
        if (scenario.Options.FirstOrDefault(option => option.Id == id) is not { } chosen)
            return null;

        // A mix is what its parts are.
        var (apiId, fleetId) = chosen is HybridOption mix ? (mix.ApiOptionId, mix.FleetOptionId) : (chosen.Id, chosen.Id);
        var link = linked.FirstOrDefault(one => one.OptionId == chosen.Id) ?? linked.FirstOrDefault(one => one.OptionId == apiId);
        var own = targets.Where(target => target.OptionId == fleetId).ToList();
        var set = link is null ? null : await usage.FindAsync(link.UsageSetId, cancellationToken);
        var watched = new List<WatchedFleet>();
        foreach (var target in own)
            watched.Add(new WatchedFleet(target.Name, target.Instances, await fleets.HoursAsync(target.Id, DateTime.UnixEpoch, AfterAll, cancellationToken)));
        var sources = new ActualSources(set?.Profile is { } profile ? new MeasuredUsage(set.Name, profile, link!.Models) : null, watched);
        var compared = await Task.Run(() => PlanAgainstActual.Of(scenario, snapshot, chosen.Id, sources), cancellationToken);
        return new OptionActuals(stored, chosen, link, set, own, sources, compared);
    }

    /// <summary>What to change. Prices that the scenario has already stay what they are.</summary>
    public async Task<ActualAdvice> AdviseAsync(OptionActuals actuals, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actuals);
        var rows = actuals.Stored.Snapshot.Over(await catalog.WholeAsync(cancellationToken));
        return await Task.Run(() => ActualAdvice.Of(actuals.Stored.Scenario, rows, actuals.Sources, actuals.Compared, cancellationToken), cancellationToken);
    }

    /// <summary>A change that was offered, worked out anew; null where it is not offered any more.</summary>
    public async Task<ActualChange?> ChangeAsync(string scenarioId, string optionId, string changeId, CancellationToken cancellationToken = default) =>
        await scenarios.GetAsync(scenarioId, cancellationToken: cancellationToken) is { } stored && await CompareAsync(stored, optionId, cancellationToken) is { } actuals
            ? (await AdviseAsync(actuals, cancellationToken)).Changes.FirstOrDefault(change => change.Id == changeId)
            : null;
}
