using System.Globalization;
using System.Text.Json;
using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Entities;

/// <summary>Prices of a sheet's row as the domain writes them.</summary>
public static class PriceRowPrices
{
    /// <summary>The feed-side prices.</summary>
    public static TokenPrices FeedPrices(this PriceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new TokenPrices
        {
            InputUsdPerM = Nanos.ToUsd(row.InputNanos),
            OutputUsdPerM = Nanos.ToUsd(row.OutputNanos),
            CacheReadUsdPerM = Nanos.ToUsd(row.CacheReadNanos),
            CacheWriteUsdPerM = Nanos.ToUsd(row.CacheWriteNanos),
            BatchInputUsdPerM = Nanos.ToUsd(row.BatchInputNanos),
            BatchOutputUsdPerM = Nanos.ToUsd(row.BatchOutputNanos),
            Tiers = row.TiersJson is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<PriceTier>>(row.TiersJson, ScenarioJson.Options)!,
        };
    }

    /// <summary>Writes the feed-side prices and leaves the user's alone.</summary>
    public static void SetFeedPrices(this PriceRow row, TokenPrices prices)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(prices);
        row.InputNanos = Nanos.FromUsd(prices.InputUsdPerM);
        row.OutputNanos = Nanos.FromUsd(prices.OutputUsdPerM);
        row.CacheReadNanos = Nanos.FromUsd(prices.CacheReadUsdPerM);
        row.CacheWriteNanos = Nanos.FromUsd(prices.CacheWriteUsdPerM);
        row.BatchInputNanos = Nanos.FromUsd(prices.BatchInputUsdPerM);
        row.BatchOutputNanos = Nanos.FromUsd(prices.BatchOutputUsdPerM);
        row.TiersJson = prices.Tiers.Count == 0 ? null : JsonSerializer.Serialize(prices.Tiers, ScenarioJson.Options);
    }

    /// <summary>The prices that apply: the user's where there are any, else the feed's.</summary>
    public static TokenPrices EffectivePrices(this PriceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.OverrideJson is null ? row.FeedPrices() : ReadPrices(row.OverrideJson);
    }

    /// <summary>The row as the engine reads it, with the prices that apply.</summary>
    /// <param name="row">The row.</param>
    /// <param name="quotes">What feeds say of it besides.</param>
    /// <param name="today">The day from which a later one is counted.</param>
    public static PriceSheet ToSheet(this PriceRow row, IReadOnlyList<PriceQuote> quotes, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(quotes);
        return new PriceSheet(row.Key, row.Seller, row.Name, row.EffectivePrices(), row.ContextTokens, row.DeprecatedFrom, row.EffectiveProvenance())
        {
            Announced = row.Announcer(quotes, today)?.Announced(today) ?? [],
            // Whose own price it is has decided.
            OtherQuotes = row.OverrideJson is not null ? [] : [.. quotes.Where(quote => quote.FeedId != row.Source).Select(quote => quote.ToOtherQuote()).Where(quote => quote.Prices.Disagrees(row.FeedPrices()))],
        };
    }

    /// <summary>The quote whose announced prices are to come for a row; null where none are. The row's source knows best.</summary>
    /// <param name="row">The row.</param>
    /// <param name="quotes">What feeds say of it.</param>
    /// <param name="today">The day from which a later one is counted.</param>
    internal static PriceQuote? Announcer(this PriceRow row, IReadOnlyList<PriceQuote> quotes, DateOnly today)
    {
        // Whose own price it is has decided; and what will be asked of all others is not what somebody has agreed.
        if (row.OverrideJson is not null)
            return null;
        var heard = KnownFeeds.IsOwnList(row.Origin)
            ? quotes.Where(quote => quote.FeedId == row.Source)
            : quotes.Leading(KnownFeeds.Ranks).OrderByDescending(quote => quote.FeedId == row.Source);
        return heard.FirstOrDefault(quote => quote.Announced(today).Count > 0);
    }

    /// <summary>Prices from later months on, the earliest first.</summary>
    internal static IReadOnlyList<AnnouncedPrice> Announced(this PriceQuote quote, DateOnly today) => quote.DatedJson is null ? [] :
    [
        .. JsonSerializer.Deserialize<IReadOnlyList<DatedPrices>>(quote.DatedJson, ScenarioJson.Options)!.Where(dated => dated.From > today)
            .Select(dated => new AnnouncedPrice { From = WholeMonth(dated.From!.Value).ToString("yyyy-MM", CultureInfo.InvariantCulture), Price = dated.Prices }),
    ];

    /// <summary>The first month that begins on a day or after it.</summary>
    private static DateOnly WholeMonth(DateOnly day) => day.Day == 1 ? day : day.AddDays(1 - day.Day).AddMonths(1);

    private static OtherQuote ToOtherQuote(this PriceQuote quote) => new(ReadPrices(quote.PricesJson), new Provenance(quote.FeedId, null, quote.AsOf));

    /// <summary>Whether two sources that both name a price name different ones.</summary>
    private static bool Disagrees(this TokenPrices one, TokenPrices other) =>
        Differ(one.InputUsdPerM, other.InputUsdPerM) || Differ(one.OutputUsdPerM, other.OutputUsdPerM) || Differ(one.CacheReadUsdPerM, other.CacheReadUsdPerM);

    /// <summary>Whether two sources state different prices; one that is unknown differs from none.</summary>
    internal static bool Differ(decimal? one, decimal? other) => one is not null && other is not null && Math.Abs(one.Value - other.Value) > LeastDifference * Math.Max(one.Value, other.Value);

    /// <summary>Sources round; below a hundredth of the price nobody disagrees.</summary>
    private const decimal LeastDifference = 0.01m;

    /// <summary>Prices as stored in an override or a revision.</summary>
    public static string WritePrices(TokenPrices prices) => JsonSerializer.Serialize(prices, ScenarioJson.Options);

    /// <summary>Reads what <see cref="WritePrices"/> wrote.</summary>
    public static TokenPrices ReadPrices(string json) => JsonSerializer.Deserialize<TokenPrices>(json, ScenarioJson.Options)!;
}
