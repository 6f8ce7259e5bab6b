using Microsoft.AspNetCore.Components;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Prices;

/// <summary>The fields of a price sheet.</summary>
public sealed partial class PriceForm
{
    private readonly List<int> _tierIds = [];
    private int _lastTier;

    /// <summary>The feed's prices, shown beside the boxes; null where no feed has any.</summary>
    [Parameter]
    public TokenPrices? FeedPrices { get; set; }

    /// <summary>The prices that are stored now, shown after a conflict; null otherwise.</summary>
    [Parameter]
    public TokenPrices? StoredPrices { get; set; }

    protected override void OnParametersSet()
    {
        while (_tierIds.Count < Draft.Prices.Tiers.Count)
            _tierIds.Add(++_lastTier);
    }

    private string? HintOf(PriceField field) => Hints(
        FeedPrices is null ? null : PricesTexts.FeedHint.With(Format.Rate(FeedPrices.Of(field.Kind))),
        StoredPrices is null ? null : Catalog.CatalogTexts.StoredNow.With(Format.Rate(StoredPrices.Of(field.Kind))));

    private void SetTier(int index, PriceTier tier) =>
        Draft.Prices = Draft.Prices with { Tiers = [.. Draft.Prices.Tiers.Select((old, i) => i == index ? tier : old)] };

    private void AddTier()
    {
        var above = Draft.Prices.Tiers.Count == 0 ? 128_000m : Draft.Prices.Tiers[^1].AboveTokens * 2;
        Draft.Prices = Draft.Prices with { Tiers = [.. Draft.Prices.Tiers, new PriceTier { AboveTokens = above }] };
        _tierIds.Add(++_lastTier);
    }

    private void RemoveTier(int index)
    {
        Draft.Prices = Draft.Prices with { Tiers = [.. Draft.Prices.Tiers.Where((_, i) => i != index)] };
        _tierIds.RemoveAt(index);
        ForgetBelow("prices.tiers[");
    }
}
