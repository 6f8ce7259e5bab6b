using Planner.Data.Entities;
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

/// <summary>A cell of the history.</summary>
/// <param name="Text">The price.</param>
/// <param name="Changed">True where the entry before had another.</param>
public sealed record HistoryCell(string Text, bool Changed);

/// <summary>A line of the history; cells in the order of <see cref="PriceField.All"/>.</summary>
public sealed record HistoryLine(string From, string Source, long? FeedRunId, IReadOnlyList<HistoryCell> Cells);

/// <summary>What the drawer shows of a price sheet.</summary>
public sealed record PriceDetailModel(
    string Key, string Name, string Seller, string Mode, string Context, string Deprecated, bool Overridden, IReadOnlyList<PriceLine> Prices,
    IReadOnlyList<TierLine> Tiers, IReadOnlyList<HistoryLine> History, IReadOnlyList<Flag> Flags, SourceModel Source, SourceModel? FeedSource,
    string? Note, bool Retired)
{
    public static PriceDetailModel From(PriceEntry entry, IReadOnlyList<PriceHistoryEntry<TokenPrices>> history)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(history);
        var (sheet, state) = (entry.Sheet, entry.State);
        var feed = state.Overridden ? entry.FeedPrices : null;
        return new(
            sheet.Key, sheet.Name, sheet.Seller, entry.Mode, sheet.ContextTokens is { } context ? $"{Format.Number(context)} tokens" : "unknown",
            sheet.DeprecatedFrom is { } day ? Format.Day(day) : "none announced", state.Overridden,
            [
                .. PriceField.All.Select(field =>
                    new PriceLine(field.Label, Format.Rate(field.Get(sheet.Prices)), feed is null ? null : Format.Rate(field.Get(feed)))),
            ],
            [.. sheet.Prices.Tiers.OrderBy(tier => tier.AboveTokens).Select(TierOf)], HistoryOf(history), Flag.Of(state, entry.Warnings),
            SourceModel.From(sheet.Provenance, state), feed is null ? null : SourceModel.Hidden(state), state.UserNote, state.Retired);
    }

    private static TierLine TierOf(PriceTier tier) => new(
        Format.Number(tier.AboveTokens), [.. PriceField.All.Select(field => field.GetTier(tier) is { } usd ? Format.Rate(usd) : field.Open switch
        {
            OpenTier.Base => "base",
            OpenTier.Input => tier.InputUsdPerM is null ? "base" : "input",
            _ => Format.Unknown,
        })]);

    private static IReadOnlyList<HistoryLine> HistoryOf(IReadOnlyList<PriceHistoryEntry<TokenPrices>> history) =>
    [
        .. history.Select((entry, index) => new HistoryLine(
            Format.Day(entry.EffectiveFrom), entry.Source == Origins.User ? "you" : entry.Source, entry.FeedRunId,
            [.. PriceField.All.Select(field => new HistoryCell(
                Format.Rate(field.Get(entry.Prices)), index + 1 < history.Count && field.Get(entry.Prices) != field.Get(history[index + 1].Prices)))])),
    ];
}
