using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;

namespace Planner.Web.Components.Scenarios;

/// <summary>How an attempt to save ended. Nothing was lost, whatever it is.</summary>
public enum SaveState
{
    Saved,

    /// <summary>The draft has faults.</summary>
    Faulty,

    /// <summary>It was saved elsewhere meanwhile.</summary>
    Conflict,

    /// <summary>It was deleted meanwhile.</summary>
    Gone,

    /// <summary>The role of who saves does not allow it, or no longer.</summary>
    Refused,
}

/// <summary>A scenario that is open for editing, and what is stored of it.</summary>
public sealed class ScenarioSession
{
    private readonly ScenarioStore _scenarios;
    private readonly CatalogStore _catalog;
    private readonly TimeProvider _clock;

    private ScenarioSession(ScenarioStore scenarios, CatalogStore catalog, TimeProvider clock, ScenarioEditor editor) =>
        (_scenarios, _catalog, _clock, Editor) = (scenarios, catalog, clock, editor);

    /// <summary>The draft.</summary>
    public ScenarioEditor Editor { get; private set; }

    /// <summary>Id of the stored scenario; null while it was never saved.</summary>
    public string? Id { get; private set; }

    /// <summary>The stored version that the draft began with; 0 while it was never saved.</summary>
    public int Version { get; private set; }

    /// <summary>When that version was saved; null while it was never saved.</summary>
    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>The version that is stored now, where a save found another than expected; null otherwise.</summary>
    public int? ConflictVersion { get; private set; }

    /// <summary>Prices in use that today's catalog has otherwise.</summary>
    public IReadOnlyList<OutdatedPrice> PriceChanges { get; private set; } = [];

    /// <summary>What those prices would make of the answer; null where there are none.</summary>
    public DecisionChange? PriceDecision { get; private set; }

    /// <summary>Opens a stored scenario; null where there is none.</summary>
    public static async Task<ScenarioSession?> OpenAsync(
        ScenarioStore scenarios, CatalogStore catalog, TimeProvider clock, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
        {
            return null;
        }

        var session = new ScenarioSession(scenarios, catalog, clock, EditorOf(stored, clock));
        session.Adopt(stored.Id, stored.Version, stored.SavedUtc);
        await session.ComparePricesAsync(cancellationToken);
        return session;
    }

    /// <summary>Begins a scenario that is not stored yet.</summary>
    public static async Task<ScenarioSession> BeginAsync(
        ScenarioStore scenarios, CatalogStore catalog, TimeProvider clock, Scenario scenario, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var rows = await catalog.SnapshotAsync(scenario, cancellationToken);
        return new ScenarioSession(scenarios, catalog, clock, new ScenarioEditor(scenario, rows, clock, isNew: true));
    }

    /// <summary>Stores the draft as the next version, or as a new scenario.</summary>
    public async Task<SaveState> SaveAsync(CancellationToken cancellationToken = default)
    {
        if (Editor.IsFaulty || Editor.Result is not { } result)
        {
            return SaveState.Faulty;
        }

        try
        {
            return Id is { } id ? await SaveAsync(id, result, cancellationToken) : await CreateAsync(Editor.Draft, cancellationToken);
        }
        catch (AccessRefusedException)
        {
            // The role was taken away while the page was open: the draft stays, and the page says so.
            return SaveState.Refused;
        }
    }

    private async Task<SaveState> SaveAsync(string id, Result result, CancellationToken cancellationToken)
    {
        var draft = Editor.Draft;
        switch (await _scenarios.SaveAsync(id, Version, draft, Editor.UsedCatalog, result, cancellationToken))
        {
            case SaveOutcome.Saved saved:
                Adopt(id, saved.Version, saved.Version == Version && SavedAt is { } before ? before.UtcDateTime : _clock.GetUtcNow().UtcDateTime);
                Editor.MarkSaved();
                return SaveState.Saved;
            case SaveOutcome.Conflict conflict:
                FindConflict(conflict.CurrentVersion);
                return SaveState.Conflict;
            default:
                return SaveState.Gone;
        }
    }

    /// <summary>Stores the draft as a scenario of its own and goes on with that.</summary>
    public async Task<SaveState> SaveCopyAsync(string name, CancellationToken cancellationToken = default)
    {
        Editor.Change(draft => draft with { Name = name });
        try
        {
            return Editor.IsFaulty || Editor.Result is null ? SaveState.Faulty : await CreateAsync(Editor.Draft, cancellationToken);
        }
        catch (AccessRefusedException)
        {
            return SaveState.Refused;
        }
    }

    /// <summary>Gives the draft up for what is stored now.</summary>
    /// <returns>False where nothing is stored any more.</returns>
    public async Task<bool> LoadStoredAsync(CancellationToken cancellationToken = default)
    {
        if (Id is not { } id || await _scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
        {
            return false;
        }

        Editor = EditorOf(stored, _clock);
        Adopt(stored.Id, stored.Version, stored.SavedUtc);
        await ComparePricesAsync(cancellationToken);
        return true;
    }

    /// <summary>Replaces the draft by another document; it can be undone.</summary>
    /// <returns>Brings the replaced draft back, whatever was edited meanwhile; that can be undone too.</returns>
    public async Task<Action> ReplaceAsync(Scenario scenario, CancellationToken cancellationToken = default)
    {
        var rows = await _catalog.SnapshotAsync(scenario, cancellationToken);
        var (replaced, known) = (Editor.Draft, Editor.Catalog);
        Editor.Change(_ => scenario, rows);
        return () => Editor.Change(_ => replaced, known);
    }

    /// <summary>Goes over to today's prices; it can be undone.</summary>
    public async Task TakeTodaysPricesAsync(CancellationToken cancellationToken = default)
    {
        Editor.TakePrices(await _catalog.SnapshotAsync(Editor.Draft, cancellationToken));
        (PriceChanges, PriceDecision) = ([], null);
    }

    /// <summary>Finds out which prices in use are no longer what they were.</summary>
    public async Task ComparePricesAsync(CancellationToken cancellationToken = default)
    {
        var today = await _catalog.SnapshotAsync(Editor.Draft, cancellationToken);
        PriceChanges = CatalogRows.Changes(Editor.Draft, Editor.Catalog, today);
        PriceDecision = PriceChanges.Count > 0 && Editor.Result is { } result ? DecisionComparison.Compare(Editor.Draft, Editor.Catalog, result, today) : null;
    }

    /// <summary>Notes that another version is stored than was edited.</summary>
    public void FindConflict(int currentVersion) => ConflictVersion = currentVersion;

    /// <summary>Goes on with the draft; the next save finds the conflict again.</summary>
    public void ForgetConflict() => ConflictVersion = null;

    /// <summary>What the faults are, in one sentence.</summary>
    public string FaultsInWords() => Editor.Problems switch
    {
        [] => "",
        [var only] => Texts.ScenarioOneFault.With(InWords(only)),
        [var first, ..] => Texts.ScenarioFaults.With(Editor.Problems.Count, InWords(first)),
    };

    private string InWords(Problem fault) => Texts.FaultOf.With(InputField.NameOf(Editor.Draft, fault.Path), InputField.FaultInWords(Editor.Draft, fault));

    private static ScenarioEditor EditorOf(StoredScenario stored, TimeProvider clock) => new(stored.Scenario, stored.Snapshot, clock, stored.Result);

    private async Task<SaveState> CreateAsync(Scenario draft, CancellationToken cancellationToken)
    {
        var reference = await _scenarios.CreateAsync(draft, Editor.UsedCatalog, Editor.Result!, cancellationToken);
        Adopt(reference.Id, reference.Version, _clock.GetUtcNow().UtcDateTime);
        Editor.MarkSaved();
        return SaveState.Saved;
    }

    private void Adopt(string id, int version, DateTime savedUtc)
    {
        (Id, Version, ConflictVersion) = (id, version, null);
        SavedAt = savedUtc;
    }
}
