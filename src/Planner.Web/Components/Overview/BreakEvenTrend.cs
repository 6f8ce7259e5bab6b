using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios;

namespace Planner.Web.Components.Overview;

/// <summary>Where a scenario's options cost the same at the prices of a day.</summary>
/// <param name="From">First day of the prices; null for those before the first change.</param>
/// <param name="Requests">First crossing of what can carry the load, requests a month; null where there is none.</param>
public sealed record BreakEvenAt(DateOnly? From, double? Requests);

/// <summary>How the break-even of stored scenarios moved with the catalog's prices. Safe to share.</summary>
public sealed class BreakEvenTrend(ScenarioStore scenarios, CatalogStore catalog, TimeProvider time)
{
    private const int MostChanges = 12;
    private const int Days = 365;

    /// <summary>The break-even before the first change of a price that the scenario takes from the catalog, and after each that moved it, within the last 365 days and the last 12 changes; the last one at today's prices.</summary>
    /// <returns>The earliest first; empty where no price moved it, or what is stored cannot be read.</returns>
    public Task<IReadOnlyList<BreakEvenAt>> OfAsync(string id, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadAsync(id, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<BreakEvenAt>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await StoredAsync(id, cancellationToken) is not { } stored)
            return [];
        var today = (await catalog.SnapshotAsync(stored.Scenario, cancellationToken)).Over(stored.Snapshot);
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
        if (changes.Count == 0)
            return [];
        var moved = new List<BreakEvenAt>();
        foreach (var day in changes.Select(day => (DateOnly?)day).Prepend(null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = day ?? changes[0].AddDays(-1);
            var then = today with
            {
                Prices = today.Prices.ToDictionary(row => row.Key, row => PricesAt(sheets[row.Key], at) is { } prices ? row.Value with { Prices = prices } : row.Value),
                Instances = today.Instances.ToDictionary(row => row.Key, row => PricesAt(machines[row.Key], at) is { } prices ? row.Value with { Prices = prices } : row.Value),
            };
            var requests = ScenarioRules.Check(stored.Scenario, then).Count == 0 ? ScenarioOverview.FirstCrossing(Engine.Evaluate(stored.Scenario, then)) : null;
            if (moved.Count == 0 || moved[^1].Requests != requests)
                moved.Add(new BreakEvenAt(day, requests));
        }

        return moved.Count > 1 ? moved : [];
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
