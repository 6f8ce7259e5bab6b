using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Catalogs;

namespace Planner.Data.Stores;

/// <summary>One list of the catalog: its rows with the user's overrides, and what a user does with them. Safe to share; one context a call.</summary>
/// <typeparam name="TRow">A row as stored.</typeparam>
/// <typeparam name="TEntry">A row as it is read.</typeparam>
/// <typeparam name="TEdit">What the user enters for one.</typeparam>
public abstract class CatalogList<TRow, TEntry, TEdit>(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time) : ICatalogList<TEntry, TEdit>
    where TRow : CatalogRow where TEntry : CatalogEntry where TEdit : CatalogEdit
{
    /// <inheritdoc/>
    public async Task<TEntry?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var context = await OpenAsync(cancellationToken);
        return await context.Set<TRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken) is { } row ? (await ToEntriesAsync(context, [row], null, cancellationToken))[0] : null;
    }

    /// <inheritdoc/>
    public async Task<SaveOutcome> AddAsync(TEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        edit = Trimmed(edit);
        if (Check(edit) is { Count: > 0 } problems)
            return new SaveOutcome.Invalid(problems);
        var row = NewRow(edit);
        row.AsOf = Today;
        Apply(row, edit);
        await using var context = await OpenAsync(cancellationToken);
        // The write lock is held from here on, so the key cannot be taken in between.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var key = LikePatterns.Literal(row.Key);
        var taken = await context.Set<TRow>().AsNoTracking().FirstOrDefaultAsync(candidate => LikePatterns.Matches(candidate.Key, key), cancellationToken);
        if (taken is not null)
            return new SaveOutcome.Invalid([new Problem("key", (taken.RetiredUtc is null ? Texts.CatalogKeyTaken : Texts.CatalogKeyRetired).With(taken.Key))]);
        context.Add(row);
        Record(context, row);
        Note(context, AuditActions.CatalogAdded, row, ([], []));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SaveOutcome.Saved(row.Version);
    }

    /// <inheritdoc/>
    /// <remarks>Of a row that the user added, everything but the key changes; of another row, what the source owns must be as stored.</remarks>
    public Task<SaveOutcome> EditAsync(TEdit edit, int expectedVersion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        edit = Trimmed(edit);
        var problems = Check(edit);
        return ChangeAsync(AuditActions.CatalogEdited, edit.Key, expectedVersion, (context, row) =>
        {
            IReadOnlyList<Problem> all = row.Origin == Origins.User ? problems : [.. problems, .. SourceFieldProblems(row, edit)];
            if (all.Count > 0)
                return all;
            var before = ValuesOf(row);
            if (row.Origin == Origins.User)
                row.AsOf = Today;
            Apply(row, edit);
            if (ValuesOf(row) != before)
                Record(context, row);
            return [];
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SaveOutcome> ResetAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        ChangeAsync(AuditActions.CatalogReset, key, expectedVersion, (context, row) =>
        {
            if (row.Origin == Origins.User)
                return [new Problem(ValuesPath, Texts.CatalogNothingShipped)];
            var overridden = row.OverrideJson is not null;
            (row.OverrideJson, row.UserNote, row.UserEditedUtc) = (null, null, null);
            if (overridden)
                Record(context, row);
            return [];
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<SaveOutcome> RetireAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        ChangeAsync(AuditActions.CatalogRetired, key, expectedVersion, (_, row) =>
        {
            (row.RetiredUtc, row.RetiredBy) = (row.RetiredUtc ?? Now, row.RetiredBy ?? Origins.User);
            return [];
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<SaveOutcome> RestoreAsync(string key, int expectedVersion, CancellationToken cancellationToken = default) =>
        ChangeAsync(AuditActions.CatalogRestored, key, expectedVersion, (_, row) =>
        {
            (row.RetiredUtc, row.RetiredBy) = (null, null);
            return [];
        }, cancellationToken);

    /// <summary>Path of the user's values in an edit; empty where they are the whole of it.</summary>
    protected abstract string ValuesPath { get; }

    /// <summary>The edit without blanks around its texts.</summary>
    protected abstract TEdit Trimmed(TEdit edit);

    /// <summary>All faults of a trimmed edit.</summary>
    protected abstract IReadOnlyList<Problem> Check(TEdit edit);

    /// <summary>Fields that differ from the stored ones although they are the source's.</summary>
    protected virtual IEnumerable<Problem> SourceFieldProblems(TRow row, TEdit edit) => [];

    /// <summary>A row of the user's own, still without values.</summary>
    protected abstract TRow NewRow(TEdit edit);

    /// <summary>Writes an edit into a row.</summary>
    protected abstract void Apply(TRow row, TEdit edit);

    /// <summary>Rows as they are read.</summary>
    /// <param name="context">The database, for what belongs to them.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="asOf">The day that is asked for; null for today.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    protected abstract Task<IReadOnlyList<TEntry>> ToEntriesAsync(PlannerDbContext context, IReadOnlyList<TRow> rows, DateOnly? asOf, CancellationToken cancellationToken);

    /// <summary>The values that apply, as a text that tells whether they changed.</summary>
    protected virtual string ValuesOf(TRow row) => "";

    /// <summary>Notes other values in the history, where the list has one.</summary>
    protected virtual void Record(PlannerDbContext context, TRow row)
    {
    }

    /// <summary>The prices that apply, one by one; none where the list has no prices.</summary>
    private protected virtual IEnumerable<NamedPrice> NamedPrices(TRow row) => [];

    /// <summary>What else of a row its user may change, one by one, as text.</summary>
    private protected abstract IEnumerable<NamedValue> NamedValues(TRow row);

    protected Task<PlannerDbContext> OpenAsync(CancellationToken cancellationToken) => contexts.CreateDbContextAsync(cancellationToken);

    protected DateTime Now => time.GetUtcNow().UtcDateTime;

    protected DateOnly Today => DateOnly.FromDateTime(Now);

    protected void SetOverride(TRow row, string json, string? note)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.OverrideJson = json;
        row.UserNote = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        row.UserEditedUtc = Now;
    }

    protected RowState StateOf(TRow row)
    {
        var applies = row.EffectiveProvenance().AsOf;
        return new RowState(
            new Provenance(row.Source, row.SourceUrl, row.AsOf), row.SourceKey, row.FetchedAtUtc, Math.Max(0, Today.DayNumber - applies.DayNumber),
            row.OverrideJson is not null, row.Origin == Origins.User, row.UserEditedUtc, row.UserNote, row.RetiredUtc, row.RetiredBy, row.Version);
    }

    protected static string Trimmed(string? text) => text?.Trim() ?? "";

    protected static IQueryable<TRow> Narrow(IQueryable<TRow> rows, CatalogQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!query.IncludeRetired)
        {
            var end = query.AsOf?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) ?? DateTime.MaxValue;
            rows = query.AsOf is null ? rows.Where(row => row.RetiredUtc == null) : rows.Where(row => row.RetiredUtc == null || row.RetiredUtc >= end);
        }

        return query.OnlyUserPrices ? rows.Where(row => row.OverrideJson != null) : rows;
    }

    /// <summary>Sorts with unknown values last in both directions, then by key, so that pages never overlap. Only numbers may be unknown.</summary>
    protected static IQueryable<TRow> Sort<TValue>(IQueryable<TRow> rows, Expression<Func<TRow, TValue>> column, bool descending)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(column);
        // Where nothing is unknown, not even a constant goes first: the database could not follow an index.
        if (Nullable.GetUnderlyingType(typeof(TValue)) is null)
            return (descending ? rows.OrderByDescending(column) : rows.OrderBy(column)).ThenBy(row => row.Key);
        var known = rows.OrderBy(Expression.Lambda<Func<TRow, bool>>(Expression.Equal(column.Body, Expression.Constant(null, typeof(TValue))), column.Parameters));
        return (descending ? known.ThenByDescending(column) : known.ThenBy(column)).ThenBy(row => row.Key);
    }

    protected async Task<Page<TEntry>> PageAsync(PlannerDbContext context, IQueryable<TRow> rows, CatalogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Keys first: whole rows would all go through the sort, those of the pages before included.
        var (keys, total) = await KeysAsync(rows.Select(row => row.Key), query, cancellationToken);
        var page = await context.Set<TRow>().AsNoTracking().Where(row => keys.Contains(row.Key)).ToDictionaryAsync(row => row.Key, cancellationToken);
        return new Page<TEntry>(await ToEntriesAsync(context, [.. keys.Select(key => page[key])], query.AsOf, cancellationToken), total);
    }

    /// <summary>Keys of a page, in order, and the number of all rows.</summary>
    private static async Task<(List<string> Page, int Total)> KeysAsync(IQueryable<string> keys, CatalogQuery query, CancellationToken cancellationToken)
    {
        var (skip, take) = (Math.Max(0, query.Skip), Math.Clamp(query.Take, 1, 1_000));
        if (query.AsOf is null)
            return (await keys.Skip(skip).Take(take).ToListAsync(cancellationToken), await keys.CountAsync(cancellationToken));
        // Which rows a day had is dear to find out, dearer than to read all their keys: once instead of twice.
        var all = await keys.ToListAsync(cancellationToken);
        return (all.GetRange(Math.Min(skip, all.Count), Math.Clamp(all.Count - skip, 0, take)), all.Count);
    }

    private (List<NamedPrice> Prices, List<NamedValue> Values) StateFor(TRow row) => ([.. NamedPrices(row)], [.. NamedValues(row), new("note", row.UserNote)]);

    private void Note(PlannerDbContext context, string action, TRow row, (List<NamedPrice> Prices, List<NamedValue> Values) before)
    {
        using var language = Language.Stored();
        var after = StateFor(row);
        var prices = NamedPrice.Moves(before.Prices, after.Prices).Select(change => Texts.AuditPrice.With(change.Field, change.Old, change.New));
        var detail = string.Join("; ", prices.Concat(NamedValue.Changes(before.Values, after.Values)));
        context.Note(time, action, $"catalog/{context.Model.FindEntityType(typeof(TRow))!.GetTableName()!.ToLowerInvariant()}/{row.Key}", detail.Length > 0 ? detail : null);
    }

    /// <summary>Loads a row, changes it and writes it, all against the expected version.</summary>
    private async Task<SaveOutcome> ChangeAsync(
        string action, string key, int expectedVersion, Func<PlannerDbContext, TRow, IReadOnlyList<Problem>> change, CancellationToken cancellationToken)
    {
        await using var context = await OpenAsync(cancellationToken);
        var row = await context.Set<TRow>().SingleOrDefaultAsync(candidate => candidate.Key == key, cancellationToken);
        if (row is null)
            return new SaveOutcome.NotFound();
        if (row.Version != expectedVersion)
            return new SaveOutcome.Conflict(row.Version);
        var before = StateFor(row);
        if (change(context, row) is { Count: > 0 } problems)
            return new SaveOutcome.Invalid(problems);
        if (context.ChangeTracker.HasChanges())
            Note(context, action, row, before);
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
}
