using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A scenario in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its current version.</param>
/// <param name="CreatedUtc">When it was created.</param>
/// <param name="UpdatedUtc">When it was last saved.</param>
/// <param name="DeletedUtc">When it was deleted; null while it is there.</param>
/// <param name="CheapestOptionId">The stored answer: the cheapest option; null where there is none.</param>
/// <param name="Sentence">The stored answer in one sentence.</param>
/// <param name="MonthlySavingUsd">The stored saving, USD a month; null where unknown.</param>
public sealed record ScenarioSummary(
    string Id, string Name, int Version, DateTime CreatedUtc, DateTime UpdatedUtc, DateTime? DeletedUtc, string? CheapestOptionId, string? Sentence,
    decimal? MonthlySavingUsd);

/// <summary>A scenario's id and version.</summary>
public sealed record ScenarioReference(string Id, int Version);

/// <summary>A scenario by name.</summary>
public sealed record ScenarioName(string Id, string Name);

/// <summary>Scenarios, each version by value. Safe to share.</summary>
/// <remarks>A save against an old version is a conflict and changes nothing, one that says what is stored makes no version; a deletion can be undone.</remarks>
public sealed class ScenarioStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Raised with the id of a scenario that has a new current version, on the thread of the save; whoever listens returns at once.</summary>
    public event Action<string>? Saved;

    /// <summary>Scenarios by name or word in it, the last saved first, deleted ones left out.</summary>
    public Task<Page<ScenarioSummary>> ListAsync(string? text = null, int skip = 0, int take = 100, CancellationToken cancellationToken = default) =>
        ListAsync(text, ScenarioSort.Saved, descending: true, skip, take, cancellationToken);

    /// <summary>The same in another order.</summary>
    public async Task<Page<ScenarioSummary>> ListAsync(string? text, ScenarioSort sort, bool descending, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Scenarios.AsNoTracking().Where(row => row.DeletedUtc == null);
        foreach (var pattern in LikePatterns.Of(text))
            rows = rows.Where(row => LikePatterns.Matches(row.Name, pattern));
        var total = await rows.CountAsync(cancellationToken);
        var ordered = (sort, descending) switch
        {
            (ScenarioSort.Name, true) => rows.OrderByDescending(row => row.Name),
            (ScenarioSort.Name, false) => rows.OrderBy(row => row.Name),
            (_, true) => rows.OrderByDescending(row => row.UpdatedUtc),
            _ => rows.OrderBy(row => row.UpdatedUtc),
        };
        var ids = await ordered.ThenBy(row => row.Id).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 1_000)).Select(row => row.Id).ToListAsync(cancellationToken);
        var byId = await context.Scenarios.AsNoTracking().Where(row => ids.Contains(row.Id))
            .Join(
                context.ScenarioVersions, row => new { row.Id, Version = row.CurrentVersion }, version => new { Id = version.ScenarioId, version.Version },
                (row, version) => new
                {
                    Row = row,
                    Cheapest = SqlJson.Text(version.ResultJson, "$.verdict.cheapestOptionId"),
                    Sentence = SqlJson.Text(version.ResultJson, "$.verdict.sentence"),
                    Saving = SqlJson.Number(version.ResultJson, "$.verdict.monthlySavingUsd"),
                })
            .ToDictionaryAsync(found => found.Row.Id, cancellationToken);
        var sentences = await SentencesAsync(context, ids, cancellationToken);
        // One that was removed for good between the two questions is left out.
        var page = ids.Where(byId.ContainsKey).Select(id => byId[id]);
        return new Page<ScenarioSummary>([.. page.Select(found => new ScenarioSummary(
            found.Row.Id, found.Row.Name, found.Row.CurrentVersion, found.Row.CreatedUtc, found.Row.UpdatedUtc, found.Row.DeletedUtc, found.Cheapest,
            sentences?.GetValueOrDefault(found.Row.Id) ?? found.Sentence, (decimal?)found.Saving))], total);
    }

    /// <summary>The verdicts in the reader's language; null where that is the one in which they are stored.</summary>
    private static async Task<Dictionary<string, string>?> SentencesAsync(PlannerDbContext context, List<string> ids, CancellationToken cancellationToken)
    {
        if (Language.IsStored)
            return null;
        var sentences = new Dictionary<string, string>();
        var rows = context.Scenarios.AsNoTracking().Where(row => ids.Contains(row.Id))
            .Join(context.ScenarioVersions.AsNoTracking(), row => new { row.Id, Version = row.CurrentVersion }, version => new { Id = version.ScenarioId, version.Version }, (row, version) => new { Row = row, Stored = version });
        await foreach (var pair in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (StoredScenario.TryRead(pair.Row, pair.Stored) is { } read)
                sentences[pair.Row.Id] = read.Result.Verdict.Sentence;
        }

        return sentences;
    }

    /// <summary>Names alone, of at most so many scenarios by words in them, the last saved first, deleted ones left out.</summary>
    public async Task<IReadOnlyList<ScenarioName>> NamesAsync(string? text, int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Scenarios.AsNoTracking().Where(row => row.DeletedUtc == null);
        foreach (var pattern in LikePatterns.Of(text))
            rows = rows.Where(row => LikePatterns.Matches(row.Name, pattern));
        return await rows.OrderByDescending(row => row.UpdatedUtc).ThenBy(row => row.Id).Take(Math.Clamp(most, 1, 1_000)).Select(row => new ScenarioName(row.Id, row.Name)).ToListAsync(cancellationToken);
    }

    /// <summary>Ids of all scenarios, deleted ones left out.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Scenarios.Where(row => row.DeletedUtc == null).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>A version as it was stored.</summary>
    /// <param name="id">The scenario.</param>
    /// <param name="version">The version; null for the current one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version; null where it or the scenario is not there, or the scenario was deleted.</returns>
    /// <exception cref="InvalidDataException">What is stored cannot be read by this program.</exception>
    public async Task<StoredScenario?> GetAsync(string id, int? version = null, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Scenarios.AsNoTracking().Where(row => row.Id == id && row.DeletedUtc == null)
            .Join(context.ScenarioVersions.AsNoTracking(), row => row.Id, stored => stored.ScenarioId, (row, stored) => new { Row = row, Stored = stored })
            .SingleOrDefaultAsync(found => found.Stored.Version == (version ?? found.Row.CurrentVersion), cancellationToken);
        return found is null ? null : StoredScenario.Read(found.Row, found.Stored);
    }

    /// <summary>Several versions as they were stored, by one query.</summary>
    /// <param name="named">Scenarios, each with a version, or null for the current one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was found, one for each that is named, in their order.</returns>
    public async Task<IReadOnlyList<ScenarioFound>> FindAsync(IReadOnlyList<(string Id, int? Version)> named, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(named);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<string> ids = [.. named.Select(pick => pick.Id).Distinct()];
        var current = await context.Scenarios.Where(row => ids.Contains(row.Id) && row.DeletedUtc == null).ToDictionaryAsync(row => row.Id, row => row.CurrentVersion, cancellationToken);
        // An id has no blank, so that each key stands for one version.
        List<string> keys = [.. named.Where(pick => current.ContainsKey(pick.Id)).Select(pick => Key(pick.Id, pick.Version ?? current[pick.Id])).Distinct()];
        var found = new Dictionary<string, StoredScenario?>();
        var rows = context.Scenarios.AsNoTracking().Where(row => ids.Contains(row.Id) && row.DeletedUtc == null)
            .Join(context.ScenarioVersions.AsNoTracking(), row => row.Id, stored => stored.ScenarioId, (row, stored) => new { Row = row, Stored = stored })
            .Where(pair => keys.Contains(pair.Row.Id + " " + pair.Stored.Version));
        await foreach (var pair in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            found[Key(pair.Row.Id, pair.Stored.Version)] = StoredScenario.TryRead(pair.Row, pair.Stored) is { } read ? read with { Text = null } : null;
        return [.. named.Select(pick => current.TryGetValue(pick.Id, out var latest)
            ? new ScenarioFound(latest, found.TryGetValue(Key(pick.Id, pick.Version ?? latest), out var stored), stored)
            : new ScenarioFound(null, false, null))];

        static string Key(string id, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} {version}");
    }

    /// <summary>Stores a new scenario as version 1.</summary>
    public async Task<ScenarioReference> CreateAsync(Scenario scenario, CatalogSnapshot snapshot, Result result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var now = Now;
        var row = new ScenarioRow { Id = NewId(), Name = scenario.Name, CurrentVersion = 1, CreatedUtc = now, UpdatedUtc = now };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AddRange(row, NewVersion(row.Id, 1, scenario, snapshot, result, now, AuthorOf(context)));
        context.Note(time, AuditActions.ScenarioCreated, SubjectOf(row.Id), scenario.Name);
        await context.SaveChangesAsync(cancellationToken);
        Saved?.Invoke(row.Id);
        return new ScenarioReference(row.Id, 1);
    }

    /// <summary>Stores a scenario as its next version. What is the edited version's in document, catalog rows and answer stays that version.</summary>
    /// <param name="id">The scenario.</param>
    /// <param name="expectedVersion">The version that was edited.</param>
    /// <param name="scenario">The document.</param>
    /// <param name="snapshot">The catalog rows that it used.</param>
    /// <param name="result">What the engine answered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SaveOutcome> SaveAsync(
        string id, int expectedVersion, Scenario scenario, CatalogSnapshot snapshot, Result result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await SaveAsync(context, NewVersion(id, expectedVersion + 1, scenario, snapshot, result, Now, AuthorOf(context)), scenario.Name, AuditActions.ScenarioSaved, Language.Stored(() => Texts.AuditVersion.With(scenario.Name, expectedVersion + 1)), cancellationToken);
    }

    /// <summary>Makes the next version of an earlier one: document, catalog rows, answer and engine as they were stored.</summary>
    /// <param name="id">The scenario.</param>
    /// <param name="version">The version to bring back; the current one stays as it is.</param>
    /// <param name="expectedVersion">The version that was seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidDataException">What is stored cannot be read by this program.</exception>
    public async Task<SaveOutcome> RestoreVersionAsync(string id, int version, int expectedVersion, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(id, version, cancellationToken) is not { } old)
            return new SaveOutcome.NotFound();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await context.ScenarioVersions.AsNoTracking().SingleAsync(row => row.ScenarioId == id && row.Version == version, cancellationToken);
        (next.Version, next.SavedUtc, next.SavedBy) = (expectedVersion + 1, Now, AuthorOf(context));
        return await SaveAsync(context, next, old.Scenario.Name, AuditActions.ScenarioVersionRestored, Language.Stored(() => Texts.AuditRestored.With(old.Scenario.Name, version, next.Version)), cancellationToken);
    }

    /// <summary>Deletes a scenario so that <see cref="UndeleteAsync"/> can bring it back. Its links stop working until then.</summary>
    public async Task<SaveOutcome> DeleteAsync(string id, int expectedVersion, CancellationToken cancellationToken = default)
    {
        DateTime? now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await context.Scenarios.Where(row => row.Id == id && row.DeletedUtc == null && row.CurrentVersion == expectedVersion)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.DeletedUtc, now), cancellationToken);
        if (deleted == 0)
            return await RefusalAsync(context, id, cancellationToken);
        await NoteAsync(context, AuditActions.ScenarioDeleted, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SaveOutcome.Saved(expectedVersion);
    }

    /// <summary>Brings a deleted scenario back; it does nothing to one that is there.</summary>
    public async Task<SaveOutcome> UndeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var undeleted = await context.Scenarios.Where(row => row.Id == id && row.DeletedUtc != null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.DeletedUtc, (DateTime?)null), cancellationToken);
        if (undeleted == 1)
            await NoteAsync(context, AuditActions.ScenarioUndeleted, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var row = await context.Scenarios.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row is null ? new SaveOutcome.NotFound() : new SaveOutcome.Saved(row.CurrentVersion);
    }

    /// <summary>Stores a copy of the current version as a new scenario.</summary>
    /// <param name="id">The scenario.</param>
    /// <param name="name">Name of the copy; null for the name with "(copy)".</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The copy; null where there is no such scenario.</returns>
    public async Task<ScenarioReference?> DuplicateAsync(string id, string? name = null, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(id, cancellationToken: cancellationToken) is not { } original)
            return null;
        var copy = original.Scenario with { Name = name ?? CopyName(original.Scenario.Name) };
        return await CreateAsync(copy, original.Snapshot, original.Result, cancellationToken);
    }

    /// <summary>Versions of a scenario, the latest first, each told while it is read: of however many, two are held at a time. None where there is no such scenario.</summary>
    /// <param name="id">The scenario.</param>
    /// <param name="tell">What is kept of a version.</param>
    /// <param name="skip">Versions to leave out.</param>
    /// <param name="take">Versions to tell, 1 to 500.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Page<T>> VersionsAsync<T>(string id, Func<ScenarioVersionEntry, T> tell, int skip, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tell);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Scenarios.AnyAsync(row => row.Id == id && row.DeletedUtc == null, cancellationToken))
            return new Page<T>([], 0);
        var versions = context.ScenarioVersions.AsNoTracking().Where(version => version.ScenarioId == id);
        var total = await versions.CountAsync(cancellationToken);
        var count = Math.Clamp(take, 1, 500);
        var told = new List<T>();
        ScenarioVersionEntry? later = null;
        // One more than asked for: what the last one changed.
        var rows = versions.OrderByDescending(version => version.Version).Skip(Math.Max(0, skip)).Take(count + 1).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var head = VersionHead.TryRead(row);
            if (later is not null)
                told.Add(tell(later with { Previous = head }));
            later = new ScenarioVersionEntry(row.Version, row.SavedUtc, row.EngineVersion, head, null, row.SavedBy);
        }

        if (later is not null && told.Count < count)
            told.Add(tell(later));
        return new Page<T>(told, total);
    }

    /// <summary>Number of the current version, whether it can be read or not; null where there is no such scenario.</summary>
    public async Task<int?> CurrentVersionAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Scenarios.Where(row => row.Id == id && row.DeletedUtc == null).Select(row => (int?)row.CurrentVersion).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A scenario's name; null where it is not there or was deleted.</summary>
    public async Task<string?> NameAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Scenarios.Where(row => row.Id == id && row.DeletedUtc == null).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<SaveOutcome> SaveAsync(PlannerDbContext context, ScenarioVersionRow next, string name, string action, string detail, CancellationToken cancellationToken)
    {
        var (id, edited) = (next.ScenarioId, next.Version - 1);
        // Before the transaction, which begins with its write: one that has read cannot always go on to write.
        var saysTheSame = await context.Scenarios.AsNoTracking().Where(row => row.Id == id && row.DeletedUtc == null && row.CurrentVersion == edited)
            .Join(context.ScenarioVersions, row => new { row.Id, Version = row.CurrentVersion }, version => new { Id = version.ScenarioId, version.Version }, (row, version) => version)
            .SingleOrDefaultAsync(cancellationToken) is { } current && IsSame(current, next);
        if (saysTheSame)
            return new SaveOutcome.Saved(edited);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var raised = await context.Scenarios.Where(row => row.Id == id && row.DeletedUtc == null && row.CurrentVersion == edited)
            .ExecuteUpdateAsync(
                update => update.SetProperty(row => row.CurrentVersion, next.Version)
                    .SetProperty(row => row.Name, name)
                    .SetProperty(row => row.UpdatedUtc, next.SavedUtc),
                cancellationToken);
        if (raised == 0)
            return await RefusalAsync(context, id, cancellationToken);
        context.Add(next);
        context.Note(time, action, SubjectOf(id), detail);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Saved?.Invoke(id);
        return new SaveOutcome.Saved(next.Version);
    }

    // The order of members is not information.
    private static bool IsSame(ScenarioVersionRow old, ScenarioVersionRow next) =>
        old.EngineVersion == next.EngineVersion && IsSame(old.DocumentJson, next.DocumentJson) && IsSame(old.SnapshotJson, next.SnapshotJson) && IsSame(old.ResultJson, next.ResultJson);

    private static bool IsSame(string old, string next) => old == next || JsonNode.DeepEquals(JsonNode.Parse(old), JsonNode.Parse(next));

    private static async Task<SaveOutcome> RefusalAsync(PlannerDbContext context, string id, CancellationToken cancellationToken) =>
        await context.Scenarios.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.DeletedUtc == null, cancellationToken) is { } row
            ? new SaveOutcome.Conflict(row.CurrentVersion)
            : new SaveOutcome.NotFound();

    private async Task NoteAsync(PlannerDbContext context, string action, string id, CancellationToken cancellationToken)
    {
        context.Note(time, action, SubjectOf(id), await context.Scenarios.Where(row => row.Id == id).Select(row => row.Name).SingleAsync(cancellationToken));
        await context.SaveChangesAsync(cancellationToken);
    }

    internal static string SubjectOf(string id) => $"scenarios/{id}";

    private static string AuthorOf(PlannerDbContext context) => (context.Reach.By ?? Actor.Program).Name;

    private static ScenarioVersionRow NewVersion(string id, int version, Scenario scenario, CatalogSnapshot snapshot, Result result, DateTime now, string author) => new()
    {
        ScenarioId = id,
        Version = version,
        DocumentJson = ScenarioJson.Write(scenario),
        SnapshotJson = JsonSerializer.Serialize(snapshot, ScenarioJson.Options),
        ResultJson = JsonSerializer.Serialize(Language.IsStored ? result : Language.Stored(() => Rewording.Of(scenario, snapshot, result)), ScenarioJson.Options),
        EngineVersion = result.EngineVersion,
        SavedUtc = now,
        SavedBy = author,
    };

    private static string CopyName(string name)
    {
        const int longest = 200;
        var room = longest - Texts.ScenarioCopyName.With("").Length;
        return Texts.ScenarioCopyName.With(name.Length > room ? name[..room] : name);
    }

    private static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16);

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
