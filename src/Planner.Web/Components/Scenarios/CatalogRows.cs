using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Alerts;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios;

/// <summary>A price that differs between what a scenario was saved with and today's catalog.</summary>
/// <param name="Key">The catalog row.</param>
/// <param name="What">Which price.</param>
/// <param name="Old">As saved.</param>
/// <param name="New">Today.</param>
public sealed record OutdatedPrice(string Key, string What, string Old, string New);

/// <summary>Catalog rows of a scenario: picked and compared.</summary>
internal static class CatalogRows
{
    /// <summary>Only the rows that a scenario names.</summary>
    public static CatalogSnapshot NamedBy(Scenario scenario, CatalogSnapshot catalog)
    {
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        var instances = Pick(catalog.Instances, fleets.Select(option => option.InstanceKey));
        return new CatalogSnapshot
        {
            Prices = Pick(catalog.Prices, scenario.Options.OfType<ApiOption>().Select(option => option.PriceKey)),
            Instances = instances,
            Models = Pick(catalog.Models, fleets.Select(option => option.Model)),
            Gpus = Pick(catalog.Gpus, [.. instances.Values.Select(instance => instance.Gpu), .. fleets.Select(option => option.Gpu)]),
            Engines = Pick(catalog.Engines, fleets.Select(option => option.Engine)),
            Corrections = [.. catalog.Corrections.Where(correction => fleets.Exists(option => option.Model == correction.Deployment.Model))],
        };
    }

    /// <summary>Prices of rows in use that are not what they were. Rows that the user's own price overrides do not count.</summary>
    public static IReadOnlyList<OutdatedPrice> Changes(Scenario scenario, CatalogSnapshot saved, CatalogSnapshot today)
    {
        var changes = new List<OutdatedPrice>();
        foreach (var key in scenario.Options.OfType<ApiOption>().Where(option => option.Price is null).Select(option => option.PriceKey).OfType<string>().Distinct())
        {
            if (saved.Prices.TryGetValue(key, out var old) && today.Prices.TryGetValue(key, out var now))
            {
                Add(changes, key, Sheet(old.Prices), Sheet(now.Prices));
            }
        }

        foreach (var group in scenario.Options.OfType<SelfHostOption>().Where(option => option.InstanceKey is not null).GroupBy(option => option.InstanceKey!))
        {
            if (saved.Instances.TryGetValue(group.Key, out var old) && today.Instances.TryGetValue(group.Key, out var now))
            {
                var used = group.SelectMany(UsedKinds).ToHashSet();
                Add(changes, group.Key, Machine(old.Prices, used), Machine(now.Prices, used));
            }
        }

        var modelled = scenario.Options.OfType<SelfHostOption>().Where(option => !option.Throughput.IsGiven).Select(option => option.Model).ToHashSet();
        foreach (var deployment in saved.Corrections.Concat(today.Corrections).Select(correction => correction.Deployment).Distinct().Where(deployment => modelled.Contains(deployment.Model)))
        {
            Add(changes, deployment.Model, Measured(saved, deployment), Measured(today, deployment));
        }

        return changes;
    }

    /// <summary>What a measurement of a deployment corrects modelled rates by.</summary>
    private static List<(string What, string Price)> Measured(CatalogSnapshot catalog, Deployment deployment) =>
    [
        (ScenariosTexts.CorrectionOn.With(deployment.GpuCount, deployment.Gpu),
            catalog.Corrections.FirstOrDefault(correction => correction.Deployment == deployment) is { } found ? $"× {Format.Count(found.Factors.Output ?? 1)}" : ScenariosTexts.None),
    ];

    private static IEnumerable<string> UsedKinds(SelfHostOption option) => option.Purchase
        .Where(share => (share.Share > 0 || option.PurchaseMix == PurchaseMixes.Cheapest) && share.UsdPerHour is null && !(share.Kind == PurchaseKinds.OnDemand && option.InstanceUsdPerHour is not null))
        .Select(share => share.Kind)
        .Concat(option.AdditionalFleets.Where(fleet => fleet.UsdPerHour is null).Select(fleet => fleet.Purchase));

    private static void Add(List<OutdatedPrice> changes, string key, List<(string What, string Price)> old, List<(string What, string Price)> now) =>
        changes.AddRange(old.Zip(now).Where(pair => pair.First.Price != pair.Second.Price)
            .Select(pair => new OutdatedPrice(key, pair.First.What, pair.First.Price, pair.Second.Price)));

    private static List<(string What, string Price)> Sheet(TokenPrices prices) =>
    [
        .. PricesByKind.Kinds.Select(kind => (DecisionWords.Field(PricesByKind.NameOf(kind)), Format.Rate(prices.Of(kind)))),
        (ScenariosTexts.Tiers, TiersInWords(prices)),
    ];

    private static string TiersInWords(TokenPrices prices) => prices.Tiers.Count == 0 ? ScenariosTexts.None : string.Join("; ", prices.Tiers.Select(tier =>
        ScenariosTexts.TierAbove.With(
            Format.Count((double)tier.AboveTokens), SourceRow.PricesInWords(new TokenPrices { InputUsdPerM = tier.InputUsdPerM, OutputUsdPerM = tier.OutputUsdPerM, CacheReadUsdPerM = tier.CacheReadUsdPerM }))));

    private static List<(string What, string Price)> Machine(HourlyPrices prices, HashSet<string> used) =>
        [.. PurchaseKinds.Rented.Where(used.Contains).Select(kind => (DecisionWords.Field(HourlyPrices.NameOf(kind)), Format.Rate(prices.Of(kind))))];

    private static Dictionary<string, T> Pick<T>(IReadOnlyDictionary<string, T> rows, IEnumerable<string?> keys) =>
        keys.OfType<string>().Distinct().Where(rows.ContainsKey).ToDictionary(key => key, key => rows[key]);
}
