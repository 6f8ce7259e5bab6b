using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Prices;

/// <summary>A price of a sheet beside the feed's.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Applies">The price that applies.</param>
/// <param name="Feed">The feed's, where the user's hides it; null otherwise.</param>
public sealed record PriceLine(string Label, string Applies, string? Feed);

/// <summary>A tier of a sheet; cells in the order of <see cref="PriceField.All"/>. One that is left open says what applies.</summary>
public sealed record TierLine(string Above, IReadOnlyList<string> Cells);

/// <summary>What the drawer shows of a price sheet.</summary>
public sealed record PriceDetailModel(
    string Key, string Seller, string Mode, string Context, string Deprecated, bool Overridden, IReadOnlyList<PriceLine> Prices,
    IReadOnlyList<TierLine> Tiers, PastModel Past, IReadOnlyList<Flag> Flags, SourceModel Source, SourceModel? FeedSource,
    string? Note, bool Retired)
{
    private static IReadOnlyList<PastField<TokenPrices>> Fields => [.. PriceField.All.Select(price => new PastField<TokenPrices>(price.Name, price.Label, prices => prices.Of(price.Kind)))];

    /// <param name="entry">The sheet.</param>
    /// <param name="history">What applied before, the latest first.</param>
    /// <param name="quotes">What the feeds say of it.</param>
    /// <param name="today">The day; that of the prices where not given.</param>
    public static PriceDetailModel From(
        PriceEntry entry, IReadOnlyList<PriceHistoryEntry<TokenPrices>> history, IReadOnlyList<SourceQuote<TokenPrices>>? quotes = null, DateOnly? today = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(history);
        var (sheet, state) = (entry.Sheet, entry.State);
        var feed = state.Overridden ? entry.FeedPrices : null;
        return new(
            sheet.Key, sheet.Seller, entry.Mode, sheet.ContextTokens is { } context ? PricesTexts.ContextTokens.With(Format.Number(context)) : PricesTexts.ContextUnknown,
            sheet.DeprecatedFrom is { } day ? Format.Day(day) : PricesTexts.EndNone, state.Overridden,
            [
                .. PriceField.All.Select(field =>
                    new PriceLine(field.Label, Format.Rate(sheet.Prices.Of(field.Kind)), feed is null ? null : Format.Rate(feed.Of(field.Kind)))),
            ],
            [.. sheet.Prices.Tiers.OrderBy(tier => tier.AboveTokens).Select(TierOf)], PastOf(entry, history, quotes ?? [], today ?? sheet.Provenance.AsOf), PriceMarks.Of(entry),
            SourceModel.From(sheet.Provenance, state), feed is null ? null : SourceModel.Hidden(state), state.UserNote, state.Retired);
    }

    private static TierLine TierOf(PriceTier tier) => new(
        Format.Number(tier.AboveTokens), [.. PriceField.All.Select(field => tier.Of(field.Kind) is { } usd ? Format.Rate(usd) : field.Open switch
        {
            OpenTier.Base => PricesTexts.TierBase,
            OpenTier.Input => tier.InputUsdPerM is null ? PricesTexts.TierBase : PricesTexts.TierInput,
            _ => Format.Unknown,
        })]);

    private static PastModel PastOf(PriceEntry entry, IReadOnlyList<PriceHistoryEntry<TokenPrices>> history, IReadOnlyList<SourceQuote<TokenPrices>> quotes, DateOnly today) =>
        new PastPrices<TokenPrices>(entry.Sheet.Provenance.Source, entry.Sheet.Provenance.AsOf, entry.Sheet.Prices, history, quotes)
        {
            Announced = [.. entry.Sheet.Announced.Where(later => later.FirstDay > today).Select(later => (later.FirstDay!.Value, later.Price))],
            AnnouncedBy = entry.AnnouncedBy,
            Today = today,
        }.ToModel(PricesTexts.UnitTokens, Fields);
}
