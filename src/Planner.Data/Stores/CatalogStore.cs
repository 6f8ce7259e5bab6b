using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>The catalog: price sheets, instances, models, GPUs and engines with the user's overrides. Safe to share; one context a call.</summary>
public sealed partial class CatalogStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Current models by name.</summary>
    public Task<IReadOnlyList<LanguageModel>> ModelsAsync(CancellationToken cancellationToken = default) => FactsAsync<LanguageModel>(cancellationToken);

    /// <summary>Current GPUs by name.</summary>
    public Task<IReadOnlyList<Gpu>> GpusAsync(CancellationToken cancellationToken = default) => FactsAsync<Gpu>(cancellationToken);

    /// <summary>Current inference engines by name.</summary>
    public Task<IReadOnlyList<InferenceEngine>> EnginesAsync(CancellationToken cancellationToken = default) => FactsAsync<InferenceEngine>(cancellationToken);

    /// <summary>The rows that a scenario names, retired ones included, with the GPUs of its instances; a key that nobody knows is simply not in it.</summary>
    public async Task<CatalogSnapshot> SnapshotAsync(Scenario scenario, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // One transaction, so that a refresh in between cannot mix old and new rows; deferred, so that readers do not wait for writers.
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await context.Database.UseTransactionAsync(transaction, cancellationToken);
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        var prices = await NamedAsync<PriceRow>(context, scenario.Options.OfType<ApiOption>().Select(option => option.PriceKey), cancellationToken);
        var instances = await NamedAsync<InstanceRow>(context, fleets.Select(option => option.InstanceKey), cancellationToken);
        var models = await NamedAsync<FactRow<LanguageModel>>(context, fleets.Select(option => option.Model), cancellationToken);
        var gpus = await NamedAsync<FactRow<Gpu>>(context, [.. instances.Select(row => row.Gpu), .. fleets.Select(option => option.Gpu)], cancellationToken);
        var engines = await NamedAsync<FactRow<InferenceEngine>>(context, fleets.Select(option => option.Engine), cancellationToken);
        return new CatalogSnapshot
        {
            Prices = prices.ToDictionary(row => row.Key, row => row.ToSheet()),
            Instances = instances.ToDictionary(row => row.Key, row => row.ToInstance()),
            Models = models.ToDictionary(row => row.Key, row => row.Effective()),
            Gpus = gpus.ToDictionary(row => row.Key, row => row.Effective()),
            Engines = engines.ToDictionary(row => row.Key, row => row.Effective()),
        };
    }

    private static async Task<List<TRow>> NamedAsync<TRow>(PlannerDbContext context, IEnumerable<string?> named, CancellationToken cancellationToken)
        where TRow : CatalogRow
    {
        var keys = named.OfType<string>().ToHashSet();
        return keys.Count == 0 ? [] : await context.Set<TRow>().AsNoTracking().Where(row => keys.Contains(row.Key)).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<TFacts>> FactsAsync<TFacts>(CancellationToken cancellationToken) where TFacts : CatalogFacts
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<FactRow<TFacts>>().AsNoTracking().Where(row => row.RetiredUtc == null).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.Effective()).OrderBy(facts => facts.Name, StringComparer.OrdinalIgnoreCase).ThenBy(facts => facts.Key, StringComparer.Ordinal)];
    }

    /// <summary>Loads a row, changes it and writes it, all against the expected version.</summary>
    private async Task<SaveOutcome> EditAsync<TRow>(
        string key, int expectedVersion, Func<PlannerDbContext, TRow, IReadOnlyList<Problem>> change, CancellationToken cancellationToken)
        where TRow : CatalogRow
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<TRow>().SingleOrDefaultAsync(candidate => candidate.Key == key, cancellationToken);
        if (row is null)
            return new SaveOutcome.NotFound();
        if (row.Version != expectedVersion)
            return new SaveOutcome.Conflict(row.Version);
        if (change(context, row) is { Count: > 0 } problems)
            return new SaveOutcome.Invalid(problems);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return new SaveOutcome.Saved(row.Version);
        }
        catch (DbUpdateConcurrencyException)
        {
            var current = await context.Set<TRow>().AsNoTracking().SingleAsync(candidate => candidate.Key == key, cancellationToken);
            return new SaveOutcome.Conflict(current.Version);
        }
    }

    private async Task<SaveOutcome> AddAsync<TRow>(
        TRow row, IReadOnlyList<Problem> problems, Action<PlannerDbContext>? addMore, CancellationToken cancellationToken) where TRow : CatalogRow
    {
        if (problems.Count > 0)
            return new SaveOutcome.Invalid(problems);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // The write lock is held from here on, so the key cannot be taken in between.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var taken = await context.Set<TRow>().AsNoTracking()
            .FirstOrDefaultAsync(candidate => EF.Functions.Collate(candidate.Key, "NOCASE") == row.Key, cancellationToken);
        if (taken is not null)
            return new SaveOutcome.Invalid([new Problem("key", (taken.RetiredUtc is null ? Texts.CatalogKeyTaken : Texts.CatalogKeyRetired).With(taken.Key))]);
        context.Add(row);
        addMore?.Invoke(context);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SaveOutcome.Saved(row.Version);
    }

    private Task<SaveOutcome> RetireAsync<TRow>(string key, int expectedVersion, bool retired, CancellationToken cancellationToken) where TRow : CatalogRow =>
        EditAsync<TRow>(key, expectedVersion, (_, row) =>
        {
            row.RetiredUtc = retired ? row.RetiredUtc ?? Now : null;
            row.RetiredBy = retired ? row.RetiredBy ?? Origins.User : null;
            return [];
        }, cancellationToken);

    private void SetUserPrices(CatalogRow row, string? pricesJson, string? note)
    {
        row.OverrideJson = pricesJson;
        row.UserNote = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        row.UserEditedUtc = Now;
    }

    private static IReadOnlyList<Problem> ClearUserPrices(CatalogRow row)
    {
        if (row.Origin == Origins.User)
            return [new Problem("prices", Texts.CatalogNoFeedPrice)];
        (row.OverrideJson, row.UserNote, row.UserEditedUtc) = (null, null, null);
        return [];
    }

    private RowState StateOf(CatalogRow row)
    {
        var applies = row.EffectiveProvenance().AsOf;
        return new RowState(
            new Provenance(row.Source, row.SourceUrl, row.AsOf), row.SourceKey, row.FetchedAtUtc, Math.Max(0, Today.DayNumber - applies.DayNumber),
            row.OverrideJson is not null, row.Origin == Origins.User, row.UserEditedUtc, row.UserNote, row.RetiredUtc, row.RetiredBy, row.Version);
    }

    private static string Trimmed(string? text) => text?.Trim() ?? "";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private DateOnly Today => DateOnly.FromDateTime(Now);

    private static IQueryable<TRow> Narrow<TRow>(IQueryable<TRow> rows, CatalogQuery query) where TRow : CatalogRow
    {
        if (!query.IncludeRetired)
            rows = rows.Where(row => row.RetiredUtc == null);
        return query.OnlyUserPrices ? rows.Where(row => row.OverrideJson != null) : rows;
    }

    /// <summary>Sorts with unknown values last in both directions, then by key, so that pages never overlap.</summary>
    private static IQueryable<TRow> Sort<TRow, TValue>(IQueryable<TRow> rows, Expression<Func<TRow, TValue>> column, bool descending) where TRow : CatalogRow
    {
        var isUnknown = Expression.Lambda<Func<TRow, bool>>(
            default(TValue) is null ? Expression.Equal(column.Body, Expression.Constant(null, typeof(TValue))) : Expression.Constant(false), column.Parameters);
        var known = rows.OrderBy(isUnknown);
        return (descending ? known.ThenByDescending(column) : known.ThenBy(column)).ThenBy(row => row.Key);
    }

    private static async Task<(List<TRow> Rows, int Total)> PageAsync<TRow>(IQueryable<TRow> rows, CatalogQuery query, CancellationToken cancellationToken)
    {
        var total = await rows.CountAsync(cancellationToken);
        return (await rows.Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, 1_000)).ToListAsync(cancellationToken), total);
    }

    private static IReadOnlyList<string> ReadCodes(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<string>>(json, ScenarioJson.Options)!;
}
