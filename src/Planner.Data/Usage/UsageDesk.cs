using System.Runtime.InteropServices;
using Planner.Data.Usage.DuckDb;
using Planner.Domain;

namespace Planner.Data.Usage;

/// <summary>What became of a file, and of which measured workload.</summary>
/// <param name="SetId">The measured workload; null where it was to be a new one and the file was not taken in.</param>
/// <param name="Outcome">What became of the file.</param>
public sealed record UsageTaken(long? SetId, UsageOutcome Outcome);

/// <summary>Takes files into measured workloads, new ones included: one that stays empty is not kept. Safe to share.</summary>
public sealed class UsageDesk(UsageStore store, UsageImporter importer)
{
    /// <summary>Longest name of a measured workload, characters.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Why no file can be read on this machine, for the user; null where files can be read.</summary>
    public static string? Unavailable => DuckDbNative.IsThere ? null : UsageTexts.NoLibrary.With(RuntimeInformation.RuntimeIdentifier);

    /// <summary>Takes a file in.</summary>
    /// <param name="setId">The measured workload; null for a new one.</param>
    /// <param name="name">Name of a new one.</param>
    /// <param name="file">The file; it stays the caller's.</param>
    /// <param name="recognition">Its format.</param>
    /// <param name="mapping">What its columns mean.</param>
    /// <param name="progress">Told the share of the reading that is done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early; nothing is stored then.</param>
    public async Task<UsageTaken> ImportAsync(
        long? setId, string? name, UsageFile file, UsageRecognition recognition, UsageMapping mapping, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recognition);
        if (setId is { } known)
            return new UsageTaken(known, await importer.ImportAsync(known, file, recognition.FormatId, mapping, progress, cancellationToken));
        if (NameProblem(name) is { } problem)
            return new UsageTaken(null, new UsageOutcome.Refused([problem], []));
        var added = await store.AddAsync(name!, cancellationToken: cancellationToken);
        UsageOutcome? outcome = null;
        try
        {
            outcome = await importer.ImportAsync(added, file, recognition.FormatId, mapping, progress, cancellationToken);
        }
        finally
        {
            if (outcome is not UsageOutcome.Imported)
                await store.DeleteAsync(added, CancellationToken.None);
        }

        return new UsageTaken(outcome is UsageOutcome.Imported ? added : null, outcome);
    }

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static Problem? NameProblem(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > MaxNameLength ? new Problem("name", UsageTexts.NameForm.With(MaxNameLength)) : null;
}
