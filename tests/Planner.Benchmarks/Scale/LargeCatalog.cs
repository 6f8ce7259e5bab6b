using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Benchmarks.Scale;

/// <summary>
/// Makes a catalog as large as it may become: its rows are multiplied, each as other sellers and editions, regions and types, and every row gets a history of up to five years. Of the
/// rows that are made, some are the user's, some are retired, and some have a second opinion. The same catalog gives the same rows.
/// </summary>
internal static class LargeCatalog
{
    /// <summary>The feed that rows are made as: none that is known, so that no refresh retires them.</summary>
    public const string Feed = "generated";

    private const string OtherFeed = "generated-too";
    private const int HalfYear = 182;

    /// <summary>Every which row that is made is retired, is the user's, and is quoted by another feed.</summary>
    private const int RetiredEvery = 40, OverriddenEvery = 100, QuotedEvery = 3;

    /// <summary>Adds to the catalog of a database.</summary>
    /// <param name="contexts">The database, with some rows of both lists.</param>
    /// <param name="publisher">Writes them.</param>
    /// <param name="prices">Price sheets that there are to be in the end.</param>
    /// <param name="instances">Instances that there are to be in the end.</param>
    /// <param name="today">The last day of all histories.</param>
    /// <returns>Revisions that were added.</returns>
    public static async Task<int> FillAsync(IDbContextFactory<PlannerDbContext> contexts, FeedPublisher publisher, int prices, int instances, DateOnly today)
    {
        var sheets = new ListOf<PriceRow, TokenPrices>(
            row => row.EffectivePrices(), (row, value) => row.SetFeedPrices(value), Scaled, (row, copy) =>
            {
                if (copy % 2 == 0)
                    row.Name += $" edition {copy}";
                else
                    row.Seller += $"-{copy}";
                row.Key = $"{row.Key}-copy{copy}";
            },
            (key, json) => new PriceRevision { Key = key, PricesJson = json, Source = Feed }, (key, json) => new PriceQuote { Key = key, PricesJson = json, FeedId = OtherFeed });
        var machines = new ListOf<InstanceRow, HourlyPrices>(
            row => row.EffectivePrices(), (row, value) => row.SetFeedPrices(value), Scaled, (row, copy) =>
            {
                if (copy % 4 == 0)
                    row.Type += $".{copy}";
                else
                    row.Region += $"-{copy}";
                row.Key = $"{row.Key}-copy{copy}";
            },
            (key, json) => new InstanceRevision { Key = key, PricesJson = json, Source = Feed }, (key, json) => new InstanceQuote { Key = key, PricesJson = json, FeedId = OtherFeed });
        return await FillAsync(contexts, publisher, sheets, prices, today) + await FillAsync(contexts, publisher, machines, instances, today);
    }

    /// <summary>What differs between the lists.</summary>
    private sealed record ListOf<TRow, TPrices>(
        Func<TRow, TPrices> Read, Action<TRow, TPrices> Write, Func<TPrices, decimal, TPrices> Scale, Action<TRow, int> Rename, Func<string, string, Revision> NewRevision,
        Func<string, string, Quote> NewQuote);

    private static async Task<int> FillAsync<TRow, TPrices>(
        IDbContextFactory<PlannerDbContext> contexts, FeedPublisher publisher, ListOf<TRow, TPrices> list, int rows, DateOnly today) where TRow : CatalogRow
    {
        await using var context = await contexts.CreateDbContextAsync();
        var random = new Random(rows);
        var sources = await context.Set<TRow>().AsNoTracking().OrderBy(row => row.Key).ToListAsync();
        var earliest = await EarliestAsync(context, typeof(TRow));
        var (made, quotes, revisions) = (new List<TRow>(), new List<Quote>(), new List<Revision>());
        foreach (var (i, row) in sources.Index())
        {
            var last = (earliest.TryGetValue(row.Key, out var first) ? first : today).AddDays(-1 - random.Next(HalfYear));
            revisions.AddRange(History(list, row.Key, list.Scale(list.Read(row), 1.05m), i, last, random));
        }

        for (var copy = 1; sources.Count + made.Count < rows; copy++)
        {
            foreach (var source in sources.Take(rows - sources.Count - made.Count))
            {
                var row = (TRow)context.Entry(source).CurrentValues.ToObject();
                list.Rename(row, copy);
                (row.Origin, row.Source, row.SourceKey, row.FetchedAtUtc) = (Feed, Feed, row.Key, Noon(today));
                var prices = list.Scale(list.Read(row), 0.5m + (decimal)random.NextDouble());
                list.Write(row, prices);
                var history = History(list, row.Key, prices, made.Count, today.AddDays(-random.Next(HalfYear)), random);
                row.AsOf = history[^1].EffectiveFrom;
                if (made.Count % QuotedEvery == 0)
                    quotes.Add(Quoted(list.NewQuote(row.Key, Json(list.Scale(prices, 1.1m))), today));
                revisions.AddRange(history);
                made.Add(row);
            }
        }

        var run = new FeedRunRow { FeedId = Feed, Trigger = FeedRunTriggers.Upload, StartedUtc = Noon(today), Status = FeedRunStatuses.Published, Currency = "USD", RowsRead = made.Count };
        var state = new FeedStateRow { FeedId = Feed, LastGoodUtc = Noon(today), Cron = "" };
        await publisher.PublishAsync(new FeedPublication(run, state, new FeedChanges(typeof(TRow), made, [], revisions, quotes, [], [], made.Count, 0, 0, 0, made.Count)));
        return revisions.Count + await SettleAsync(context, list, [.. made.Select(row => row.Key)], today);
    }

    /// <summary>Retires some rows and gives others prices of the user's own.</summary>
    private static async Task<int> SettleAsync<TRow, TPrices>(PlannerDbContext context, ListOf<TRow, TPrices> list, IReadOnlyList<string> keys, DateOnly today) where TRow : CatalogRow
    {
        var retired = keys.Where((_, i) => i % RetiredEvery == 1).ToList();
        await context.Set<TRow>().Where(row => retired.Contains(row.Key))
            .ExecuteUpdateAsync(row => row.SetProperty(made => made.RetiredUtc, Noon(today.AddDays(-400))).SetProperty(made => made.RetiredBy, Feed));
        var overridden = keys.Where((_, i) => i % OverriddenEvery == 2).ToList();
        foreach (var row in await context.Set<TRow>().Where(row => overridden.Contains(row.Key)).ToListAsync())
        {
            (row.OverrideJson, row.UserEditedUtc, row.UserNote) = (Json(list.Scale(list.Read(row), 0.8m)), Noon(today), "our contract");
            var revision = list.NewRevision(row.Key, row.OverrideJson);
            (revision.EffectiveFrom, revision.RecordedUtc, revision.Source) = (today, Noon(today), Origins.User);
            context.Add(revision);
        }

        await context.SaveChangesAsync();
        return overridden.Count;
    }

    /// <summary>Prices of a row up to a day, the earliest first: of a third each ten in five years, five in five years, and two in a year.</summary>
    private static List<Revision> History<TRow, TPrices>(ListOf<TRow, TPrices> list, string key, TPrices prices, int number, DateOnly last, Random random)
    {
        var (count, apart) = (number % 3) switch { 0 => (10, HalfYear), 1 => (5, 2 * HalfYear), _ => (2, HalfYear) };
        var history = new List<Revision>(count);
        for (var (i, factor) = (0, 1m); i < count; i++, factor *= 1.02m + (0.1m * (decimal)random.NextDouble()))
        {
            var revision = list.NewRevision(key, Json(i == 0 ? prices : list.Scale(prices, factor)));
            revision.EffectiveFrom = last.AddDays(-i * apart);
            revision.RecordedUtc = Noon(revision.EffectiveFrom);
            history.Add(revision);
        }

        history.Reverse();
        return history;
    }

    private static async Task<Dictionary<string, DateOnly>> EarliestAsync(PlannerDbContext context, Type list)
    {
        IQueryable<Revision> revisions = list == typeof(PriceRow) ? context.PriceRevisions : context.InstanceRevisions;
        return await revisions.GroupBy(revision => revision.Key).Select(group => new { group.Key, First = group.Min(revision => revision.EffectiveFrom) }).ToDictionaryAsync(row => row.Key, row => row.First);
    }

    private static Quote Quoted(Quote quote, DateOnly today)
    {
        (quote.AsOf, quote.FetchedAtUtc) = (today, Noon(today));
        return quote;
    }

    private static TokenPrices Scaled(TokenPrices prices, decimal factor) => prices with
    {
        InputUsdPerM = Rounded(prices.InputUsdPerM * factor),
        OutputUsdPerM = Rounded(prices.OutputUsdPerM * factor),
        CacheReadUsdPerM = Rounded(prices.CacheReadUsdPerM * factor),
        CacheWriteUsdPerM = Rounded(prices.CacheWriteUsdPerM * factor),
        BatchInputUsdPerM = Rounded(prices.BatchInputUsdPerM * factor),
        BatchOutputUsdPerM = Rounded(prices.BatchOutputUsdPerM * factor),
    };

    private static HourlyPrices Scaled(HourlyPrices prices, decimal factor) => new(
        Rounded(prices.OnDemandUsd * factor), Rounded(prices.SpotUsd * factor), Rounded(prices.Reserved1YUsd * factor), Rounded(prices.Reserved3YUsd * factor));

    private static decimal? Rounded(decimal? usd) => usd is { } amount ? decimal.Round(amount, 6) : null;

    private static string Json<TPrices>(TPrices prices) => JsonSerializer.Serialize(prices, ScenarioJson.Options);

    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
}
