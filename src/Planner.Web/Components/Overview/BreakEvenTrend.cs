using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Hosting;

namespace Planner.Web.Components.Overview;

/// <summary>Where a scenario's options cost the same at the prices of a day.</summary>
/// <param name="From">First day of the prices; null for those before the first change.</param>
/// <param name="Requests">The crossing of what can carry the load that is nearest to the volume, requests a month; null where there is none.</param>
public sealed record BreakEvenAt(DateOnly? From, double? Requests);

/// <summary>How the break-even of stored scenarios moved with the catalog's prices. Safe to share.</summary>
public sealed class BreakEvenTrend(ScenarioStore scenarios, CatalogStore catalog, TimeProvider time)
{
    /// <summary>How far back it looks.</summary>
    internal const int Days = 365;

    private const int MostChanges = 12;

    /// <summary>The break-even before the first change of a price that the scenario takes from the catalog, and after each that moved it, within the last 365 days and the last 12 changes; the last one at today's prices.</summary>
    /// <returns>The earliest first; empty where no price moved it, or what is stored cannot be read.</returns>
    public async Task<IReadOnlyList<BreakEvenAt>> OfAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await StoredAsync(id, cancellationToken) is not { Scenario: var scenario } stored)
            return [];
        var today = (await catalog.SnapshotAsync(scenario, cancellationToken)).Over(stored.Snapshot);
        var sheets = new Dictionary<string, IReadOnlyList<PriceHistoryEntry<TokenPrices>>>();
        foreach (var key in today.Prices.Keys)
            sheets[key] = await catalog.Prices.HistoryAsync(key, cancellationToken);
        var machines = new Dictionary<string, IReadOnlyList<PriceHistoryEntry<HourlyPrices>>>();
        foreach (var key in today.Instances.Keys)
            machines[key] = await catalog.Instances.HistoryAsync(key, cancellationToken);
        var now = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // The first price of a row is no change.
        var changes = sheets.Values.SelectMany(history => history.SkipLast(1).Select(entry => entry.EffectiveFrom))
            .Concat(machines.Values.SelectMany(history => history.SkipLast(1).Select(entry => entry.EffectiveFrom)))
            .Where(day => day <= now && day > now.AddDays(-Days)).Distinct().Order().TakeLast(MostChanges).ToList();
        return changes.Count == 0 ? [] : await SpareProcessors.RunAsync(left => Moves(scenario, changes, day => Then(today, sheets, machines, day), left), cancellationToken);
    }

    /// <summary>What the catalog was on a day, but for its other facts.</summary>
    private static CatalogSnapshot Then(
        CatalogSnapshot today, Dictionary<string, IReadOnlyList<PriceHistoryEntry<TokenPrices>>> sheets, Dictionary<string, IReadOnlyList<PriceHistoryEntry<HourlyPrices>>> machines, DateOnly day) => today with
        {
            Prices = today.Prices.ToDictionary(row => row.Key, row => PricesAt(sheets[row.Key], day) is { } prices ? row.Value with { Prices = prices } : row.Value),
            Instances = today.Instances.ToDictionary(row => row.Key, row => PricesAt(machines[row.Key], day) is { } prices ? row.Value with { Prices = prices } : row.Value),
        };

    private static List<BreakEvenAt> Moves(Scenario scenario, List<DateOnly> changes, Func<DateOnly, CatalogSnapshot> then, CancellationToken cancellationToken)
    {
        var moves = new List<BreakEvenAt>();
        foreach (var day in changes.Select(day => (DateOnly?)day).Prepend(null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = then(day ?? changes[0].AddDays(-1));
            var requests = ScenarioRules.Check(scenario, rows).Count == 0 ? ScenarioOverview.NearestCrossing(scenario, Engine.Evaluate(scenario, rows)) : null;
            if (moves.Count == 0 || moves[^1].Requests != requests)
                moves.Add(new BreakEvenAt(day, requests));
        }

        return moves.Count > 1 ? moves : [];
    }

    private async Task<StoredScenario?> StoredAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await scenarios.GetAsync(id, cancellationToken: cancellationToken);
        }
        // The list says so.
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What applied on a day; before the first entry that first one, null where there is none.</summary>
    private static TPrices? PricesAt<TPrices>(IReadOnlyList<PriceHistoryEntry<TPrices>> history, DateOnly day) where TPrices : class =>
        (history.FirstOrDefault(entry => entry.EffectiveFrom <= day) ?? (history is [.., var first] ? first : null))?.Prices;
}
