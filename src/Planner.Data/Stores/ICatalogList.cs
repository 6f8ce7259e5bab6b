namespace Planner.Data.Stores;

/// <summary>What a user does with the rows of any list of the catalog.</summary>
public interface ICatalogList<TEntry, in TEdit>
{
    /// <summary>A row, retired or not; null where there is none.</summary>
    Task<TEntry?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Adds a row of the user's own.</summary>
    Task<SaveOutcome> AddAsync(TEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Sets the user's values and note, which then win over the source's as a whole.</summary>
    Task<SaveOutcome> EditAsync(TEdit edit, int expectedVersion, CancellationToken cancellationToken = default);

    /// <summary>Drops the user's values: the source's apply again.</summary>
    Task<SaveOutcome> ResetAsync(string key, int expectedVersion, CancellationToken cancellationToken = default);

    /// <summary>Takes a row out of the pickers. Scenarios that name it keep it as it is.</summary>
    Task<SaveOutcome> RetireAsync(string key, int expectedVersion, CancellationToken cancellationToken = default);

    /// <summary>Undoes a retirement.</summary>
    Task<SaveOutcome> RestoreAsync(string key, int expectedVersion, CancellationToken cancellationToken = default);
}
