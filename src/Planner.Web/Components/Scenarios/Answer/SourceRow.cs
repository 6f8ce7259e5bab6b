using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>A catalog row that the answer rests on.</summary>
/// <param name="Kind">What it is: price sheet, instance or model.</param>
/// <param name="Key">Its key.</param>
/// <param name="Facts">What was taken from it, in words.</param>
/// <param name="UsedBy">The options that name it.</param>
/// <param name="Provenance">Source and date.</param>
public sealed record SourceRow(string Kind, string Key, string Facts, string UsedBy, Provenance Provenance)
{
    /// <summary>True where a price was taken from it.</summary>
    public bool IsPrice { get; init; }

    /// <summary>The day on which the oldest price held that an option takes from the catalog; null where it takes none.</summary>
    internal static DateOnly? OldestPrice(Option option, CatalogSnapshot catalog) => option switch
    {
        ApiOption { Price: null, PriceKey: { } key } when catalog.Prices.TryGetValue(key, out var sheet) => sheet.Provenance.AsOf,
        SelfHostOption { InstanceKey: { } key } fleet when !IsOwnPrice(fleet) && catalog.Instances.TryGetValue(key, out var instance) => instance.Provenance.AsOf,
        _ => null,
    };

    private static bool IsOwnPrice(SelfHostOption option) => option.InstanceUsdPerHour is not null || option.Purchase.All(share => share.UsdPerHour is not null);

    internal static IReadOnlyList<SourceRow> Of(Scenario scenario, CatalogSnapshot catalog)
    {
        var apis = scenario.Options.OfType<ApiOption>().Where(option => option.PriceKey is not null).GroupBy(option => option.PriceKey!);
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        return
        [
            .. apis.Where(group => catalog.Prices.ContainsKey(group.Key)).Select(group => Sheet(catalog.Prices[group.Key], group)),
            .. fleets.Where(option => option.InstanceKey is not null).GroupBy(option => option.InstanceKey!).Where(group => catalog.Instances.ContainsKey(group.Key))
                .Select(group => Machine(catalog.Instances[group.Key], group)),
            .. fleets.Where(option => option.Model is not null).GroupBy(option => option.Model!).Where(group => catalog.Models.ContainsKey(group.Key))
                .Select(group => Weights(catalog.Models[group.Key], group)),
        ];
    }

    /// <summary>A sheet's prices in words.</summary>
    internal static string PricesInWords(TokenPrices prices)
    {
        (string Text, decimal? Usd)[] named =
        [
            (AnswerTexts.PriceInput, prices.InputUsdPerM), (AnswerTexts.PriceOutput, prices.OutputUsdPerM), (AnswerTexts.PriceCacheRead, prices.CacheReadUsdPerM), (AnswerTexts.PriceCacheWrite, prices.CacheWriteUsdPerM),
            (AnswerTexts.PriceBatchInput, prices.BatchInputUsdPerM), (AnswerTexts.PriceBatchOutput, prices.BatchOutputUsdPerM),
        ];
        var known = string.Join(", ", named.Where(price => price.Usd is not null).Select(price => price.Text.With(Format.Rate(price.Usd))));
        return known.Length == 0 ? AnswerTexts.PricesNone
            : (prices.Tiers.Count switch { 0 => AnswerTexts.PricesPerMTokens, 1 => AnswerTexts.PricesTiersOne, _ => AnswerTexts.PricesTiersMany }).With(known, prices.Tiers.Count);
    }

    /// <summary>An instance's prices in words.</summary>
    internal static string PricesInWords(HourlyPrices prices)
    {
        var known = string.Join(", ", PurchaseKinds.Rented.Where(kind => prices.Of(kind) is not null).Select(kind => $"{Format.Rate(prices.Of(kind))} {PurchaseWords.Within(kind)}"));
        return known.Length == 0 ? AnswerTexts.PricesNone : AnswerTexts.PricesAnHour.With(known);
    }

    private static SourceRow Sheet(PriceSheet sheet, IEnumerable<ApiOption> options)
    {
        var own = options.All(option => option.Price is not null);
        return new SourceRow(AnswerTexts.PriceSheet, sheet.Key, own ? AnswerTexts.SheetOwnPrices : PricesInWords(sheet.Prices), Names(options), sheet.Provenance) { IsPrice = !own };
    }

    private static SourceRow Machine(Instance instance, IEnumerable<SelfHostOption> options)
    {
        var own = options.All(IsOwnPrice);
        var facts = (own ? AnswerTexts.InstanceFactsOwn : AnswerTexts.InstanceFacts).With(instance.GpuCount, instance.Gpu, Format.Number(instance.GpuMemoryGb), PricesInWords(instance.Prices));
        return new SourceRow(AnswerTexts.Instance, instance.Key, facts, Names(options), instance.Provenance) { IsPrice = !own };
    }

    private static SourceRow Weights(LanguageModel model, IEnumerable<Option> options) => new(
        AnswerTexts.Model, model.Key, AnswerTexts.ModelFacts.With(Format.Number(model.ParametersB), Format.Number(model.ContextTokens), model.License), Names(options), model.Provenance);

    private static string Names(IEnumerable<Option> options) => string.Join(", ", options.Select(option => option.Name));
}
