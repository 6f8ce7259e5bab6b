using Planner.Data.Stores;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Prices;

/// <summary>A row of the price grid. Prices are USD per million tokens.</summary>
public sealed record PriceRowModel(
    string Key, string Name, string Seller, string Mode, string Input, string Output, string CacheRead, string BatchInput, string BatchOutput, string Context,
    int Tiers, SourceModel Source, IReadOnlyList<Flag> Flags, bool Retired)
{
    /// <param name="entry">The row.</param>
    /// <param name="asOf">The day whose prices it has; null for today.</param>
    public static PriceRowModel From(PriceEntry entry, DateOnly? asOf = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var prices = entry.Sheet.Prices;
        return new(
            entry.Sheet.Key, entry.Sheet.Name, entry.Sheet.Seller, entry.Mode, Format.Rate(prices.InputUsdPerM), Format.Rate(prices.OutputUsdPerM),
            Format.Rate(prices.CacheReadUsdPerM), Format.Rate(prices.BatchInputUsdPerM), Format.Rate(prices.BatchOutputUsdPerM),
            Format.Count(entry.Sheet.ContextTokens), prices.Tiers.Count, asOf is { } day ? SourceModel.ThatDay(entry.Sheet.Provenance, entry.State, day) : SourceModel.From(entry.Sheet.Provenance, entry.State),
            PriceMarks.Of(entry), entry.State.Retired);
    }
}
