using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>The catalog: its lists, and the rows of a scenario taken from all of them at once. Safe to share; one context a call.</summary>
public sealed class CatalogStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>What API models cost.</summary>
    public PriceList Prices { get; } = new(contexts, time);

    /// <summary>Machines that can be rented.</summary>
    public InstanceList Instances { get; } = new(contexts, time);

    /// <summary>Models whose weights one can run.</summary>
    public FactList<LanguageModel> Models { get; } = new(contexts, time);

    /// <summary>GPUs and accelerators.</summary>
    public FactList<Gpu> Gpus { get; } = new(contexts, time);

    /// <summary>Inference engines.</summary>
    public FactList<InferenceEngine> Engines { get; } = new(contexts, time);

    /// <summary>The rows that a scenario names, retired ones included, with the GPUs of its instances and what measurements of its models say; a key that nobody knows is simply not in it.</summary>
    public async Task<CatalogSnapshot> SnapshotAsync(Scenario scenario, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        return await ReadAsync(async context =>
        {
            var instances = await NamedAsync<InstanceRow>(context, fleets.Select(option => option.InstanceKey), cancellationToken);
            var models = await NamedAsync<FactRow<LanguageModel>>(context, fleets.Select(option => option.Model), cancellationToken);
            var prices = await NamedAsync<PriceRow>(context, scenario.Options.OfType<ApiOption>().Select(option => option.PriceKey), cancellationToken);
            var (keys, machines) = (prices.ConvertAll(row => row.Key), instances.ConvertAll(row => row.Key));
            return Snapshot(
                prices, await context.PriceQuotes.AsNoTracking().Where(quote => keys.Contains(quote.Key)).ToListAsync(cancellationToken), instances,
                await context.InstanceQuotes.AsNoTracking().Where(quote => machines.Contains(quote.Key)).ToListAsync(cancellationToken), models,
                await NamedAsync<FactRow<Gpu>>(context, [.. instances.Select(row => row.Gpu), .. fleets.Select(option => option.Gpu)], cancellationToken),
                await NamedAsync<FactRow<InferenceEngine>>(context, fleets.Select(option => option.Engine), cancellationToken),
                models.Count == 0 ? [] : await MeasurementStore.CorrectionsAsync(context, cancellationToken));
        }, cancellationToken);
    }

    /// <summary>All rows that are current, for a search.</summary>
    public Task<CatalogSnapshot> WholeAsync(CancellationToken cancellationToken = default) => ReadAsync(async context => Snapshot(
        await CurrentAsync<PriceRow>(context, cancellationToken), await context.PriceQuotes.AsNoTracking().Where(quote => quote.DatedJson != null).ToListAsync(cancellationToken),
        await CurrentAsync<InstanceRow>(context, cancellationToken), [], await CurrentAsync<FactRow<LanguageModel>>(context, cancellationToken),
        await CurrentAsync<FactRow<Gpu>>(context, cancellationToken), await CurrentAsync<FactRow<InferenceEngine>>(context, cancellationToken),
        await MeasurementStore.CorrectionsAsync(context, cancellationToken)), cancellationToken);

    /// <summary>One transaction, so that a refresh in between cannot mix old and new rows; begun past the context, so that readers do not wait for writers.</summary>
    private async Task<CatalogSnapshot> ReadAsync(Func<PlannerDbContext, Task<CatalogSnapshot>> read, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = context.Database.GetDbConnection() switch
        {
            SqliteConnection file => file.BeginTransaction(deferred: true),
            var server => await server.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken),
        };
        await context.Database.UseTransactionAsync(transaction, cancellationToken);
        return await read(context);
    }

    private CatalogSnapshot Snapshot(
        List<PriceRow> prices, List<PriceQuote> quotes, List<InstanceRow> instances, List<InstanceQuote> instanceQuotes, List<FactRow<LanguageModel>> models, List<FactRow<Gpu>> gpus, List<FactRow<InferenceEngine>> engines,
        IReadOnlyList<Correction> corrections)
    {
        var (today, byKey) = (DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), quotes.OrderBy(quote => quote.FeedId, StringComparer.Ordinal).ToLookup(quote => quote.Key));
        var byInstance = instanceQuotes.OrderBy(quote => quote.FeedId, StringComparer.Ordinal).ToLookup(quote => quote.Key);
        return new CatalogSnapshot
        {
            Prices = prices.ToDictionary(row => row.Key, row => row.ToSheet([.. byKey[row.Key]], today)),
            Instances = instances.ToDictionary(row => row.Key, row => row.ToInstance([.. byInstance[row.Key]])),
            Models = models.ToDictionary(row => row.Key, row => row.Effective()),
            Gpus = gpus.ToDictionary(row => row.Key, row => row.Effective()),
            Engines = engines.ToDictionary(row => row.Key, row => row.Effective()),
            Corrections = [.. corrections.Where(correction => models.Exists(row => row.Key == correction.Deployment.Model))],
        };
    }

    private static Task<List<TRow>> CurrentAsync<TRow>(PlannerDbContext context, CancellationToken cancellationToken) where TRow : CatalogRow =>
        context.Set<TRow>().AsNoTracking().Where(row => row.RetiredUtc == null).ToListAsync(cancellationToken);

    private static async Task<List<TRow>> NamedAsync<TRow>(PlannerDbContext context, IEnumerable<string?> named, CancellationToken cancellationToken)
        where TRow : CatalogRow
    {
        var keys = named.OfType<string>().ToHashSet();
        return keys.Count == 0 ? [] : await context.Set<TRow>().AsNoTracking().Where(row => keys.Contains(row.Key)).ToListAsync(cancellationToken);
    }
}
