using System.Text.Json;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Entities;

/// <summary>Rows of instances as the domain reads them, and what all rows say of their source.</summary>
public static class CatalogRowFacts
{
    /// <summary>The feed-side prices of an instance.</summary>
    public static HourlyPrices FeedPrices(this InstanceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new HourlyPrices(
            Nanos.ToUsd(row.OnDemandNanos), Nanos.ToUsd(row.SpotNanos), Nanos.ToUsd(row.Reserved1YNanos), Nanos.ToUsd(row.Reserved3YNanos));
    }

    /// <summary>Writes the feed-side prices of an instance and leaves the user's alone.</summary>
    public static void SetFeedPrices(this InstanceRow row, HourlyPrices prices)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(prices);
        row.OnDemandNanos = Nanos.FromUsd(prices.OnDemandUsd);
        row.SpotNanos = Nanos.FromUsd(prices.SpotUsd);
        row.Reserved1YNanos = Nanos.FromUsd(prices.Reserved1YUsd);
        row.Reserved3YNanos = Nanos.FromUsd(prices.Reserved3YUsd);
    }

    /// <summary>The prices that apply: the user's where there are any, else the feed's.</summary>
    public static HourlyPrices EffectivePrices(this InstanceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.OverrideJson is null ? row.FeedPrices() : JsonSerializer.Deserialize<HourlyPrices>(row.OverrideJson, ScenarioJson.Options)!;
    }

    /// <summary>The instance as the engine reads it, with the prices that apply.</summary>
    /// <param name="row">The row.</param>
    /// <param name="quotes">What feeds say of it besides.</param>
    public static Instance ToInstance(this InstanceRow row, IReadOnlyList<InstanceQuote> quotes)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(quotes);
        return new Instance(
            row.Key, row.Cloud, row.Type, row.Region, row.Gpu, row.GpuCount, row.GpuMemoryGb, row.Vcpus, row.MemoryGb, row.EffectivePrices(),
            row.EffectiveProvenance())
        {
            // Whose own price it is has decided.
            OtherQuotes = row.OverrideJson is not null ? [] : [.. quotes.Where(quote => quote.FeedId != row.Source).Select(quote => quote.ToOtherQuote()).Where(quote => quote.Prices.Disagrees(row.FeedPrices()))],
        };
    }

    private static OtherHourlyQuote ToOtherQuote(this InstanceQuote quote) =>
        new(JsonSerializer.Deserialize<HourlyPrices>(quote.PricesJson, ScenarioJson.Options)!, new Provenance(quote.FeedId, null, quote.AsOf));

    /// <summary>Whether two sources that both name a price name different ones. Spot prices are left out: they differ by the hour.</summary>
    private static bool Disagrees(this HourlyPrices one, HourlyPrices other) =>
        PriceRowPrices.Differ(one.OnDemandUsd, other.OnDemandUsd) || PriceRowPrices.Differ(one.Reserved1YUsd, other.Reserved1YUsd) || PriceRowPrices.Differ(one.Reserved3YUsd, other.Reserved3YUsd);

    /// <summary>Source and date of the values that apply.</summary>
    internal static Provenance EffectiveProvenance(this CatalogRow row) =>
        row.OverrideJson is not null && row.UserEditedUtc is { } edited
            ? new Provenance(Origins.User, null, DateOnly.FromDateTime(edited))
            : new Provenance(row.Source, row.SourceUrl, row.AsOf);
}
