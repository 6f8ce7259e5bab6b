using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;

namespace Planner.Data.Usage;

/// <summary>What became of a file.</summary>
public abstract record UsageOutcome
{
    private UsageOutcome()
    {
    }

    /// <summary>Its rows count.</summary>
    /// <param name="Import">The file as it is listed.</param>
    /// <param name="Profile">The measured workload with it.</param>
    public sealed record Imported(UsageImport Import, UsageProfile Profile) : UsageOutcome;

    /// <summary>The measured workload has this very file already, so nothing changed.</summary>
    /// <param name="Import">The file as it is listed.</param>
    public sealed record AlreadyImported(UsageImport Import) : UsageOutcome;

    /// <summary>Nothing was stored.</summary>
    /// <param name="Problems">Why; paths are members of the mapping, or empty for the file as a whole.</param>
    /// <param name="Skipped">Rows left out, where all were.</param>
    public sealed record Refused(IReadOnlyList<Problem> Problems, IReadOnlyList<UsageSkipped> Skipped) : UsageOutcome;

    /// <summary>There is no such measured workload, or its rows come from a database.</summary>
    public sealed record NoSet : UsageOutcome;
}

/// <summary>Takes files of usage into measured workloads, wholly or not at all. Safe to share.</summary>
public sealed partial class UsageImporter(IDbContextFactory<PlannerDbContext> contexts, UsageOptions options, TimeProvider time, ILogger<UsageImporter> log) : IDisposable
{
    // One file at a time: each may take the memory that is set.
    private readonly SemaphoreSlim _gate = new(1);
    private readonly UsageReader _reader = new(options.Limits, time);

    /// <summary>Stores an uploaded file for the steps that follow. Dispose of it to be rid of it.</summary>
    /// <exception cref="UsageRefusedException">It is too large, empty, or packed in a way that is not read.</exception>
    public Task<UsageFile> StoreAsync(string name, Stream content, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        UsageFile.StoreAsync(name, content, options, progress, cancellationToken);

    /// <summary>Tells what a file is, for the user to look at and put right.</summary>
    /// <exception cref="UsageRefusedException">It is no table.</exception>
    public Task<UsageRecognition> RecogniseAsync(UsageFile file, CancellationToken cancellationToken = default) => Task.Run(() => _reader.Recognise(file), cancellationToken);

    /// <summary>The first rows as they would be counted.</summary>
    /// <exception cref="UsageRefusedException">They cannot be read.</exception>
    public Task<UsagePreview> PreviewAsync(UsageFile file, string formatId, UsageMapping mapping, CancellationToken cancellationToken = default) =>
        Task.Run(() => _reader.Preview(file, formatId, mapping), cancellationToken);

    /// <summary>Takes a file into a measured workload.</summary>
    /// <param name="setId">The measured workload.</param>
    /// <param name="file">The file; it stays the caller's.</param>
    /// <param name="formatId">Its format.</param>
    /// <param name="mapping">What its columns mean.</param>
    /// <param name="progress">Told the share of the reading that is done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early; nothing is stored then.</param>
    public async Task<UsageOutcome> ImportAsync(
        long setId, UsageFile file, string formatId, UsageMapping mapping, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(mapping);
        if (UsageMappingRules.Check(mapping) is { Count: > 0 } problems)
            return new UsageOutcome.Refused(problems, []);
        await _gate.WaitAsync(cancellationToken);
        using var measured = Telemetry.Begin("usage import", Telemetry.Imports);
        measured.Note("set", setId);
        using var scope = log.BeginScope(new LogScope(("UsageSetId", setId)));
        try
        {
            var outcome = await Task.Run(() => TakeInAsync(setId, file, formatId, mapping, progress, cancellationToken), cancellationToken);
            measured.Outcome = outcome switch { UsageOutcome.Imported => "imported", UsageOutcome.AlreadyImported => "known", UsageOutcome.NoSet => "no set", _ => "refused" };
            LogEnded(setId, measured.Outcome);
            return outcome;
        }
        catch (UsageRefusedException exception)
        {
            measured.Outcome = "refused";
            LogEnded(setId, measured.Outcome);
            return new UsageOutcome.Refused([new Problem("", exception.Message)], []);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes a file out again; the others count as if it had never been there.</summary>
    /// <returns>False where there is no such file.</returns>
    public async Task<bool> RemoveAsync(long importId, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await context.UsageImports.SingleOrDefaultAsync(row => row.Id == importId, cancellationToken) is not { } import)
                return false;
            var set = await context.UsageSets.Include(row => row.Imports).SingleAsync(row => row.Id == import.SetId, cancellationToken);
            set.Imports.Remove(import);
            context.Remove(import);
            context.Note(time, AuditActions.LogRemoved, UsageStore.SubjectOf(set.Id), import.FileName);
            UsageStore.SetProfile(set, (await Task.Run(() => ProfileAsync(Files(set), cancellationToken), cancellationToken)).Profile, Now);
            await context.SaveChangesAsync(cancellationToken);
            File.Delete(options.PathOf(import.RowsFile));
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<UsageOutcome> TakeInAsync(
        long setId, UsageFile file, string formatId, UsageMapping mapping, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.UsageSets.Include(row => row.Imports).SingleOrDefaultAsync(row => row.Id == setId && row.Database == null, cancellationToken) is not { } set)
            return new UsageOutcome.NoSet();
        if (set.Imports.Find(row => row.Sha256 == file.Sha256) is { } known)
        {
            return known.Format == formatId && Stated(UsageStore.ToImport(known).Mapping) == Stated(mapping)
                ? new UsageOutcome.AlreadyImported(UsageStore.ToImport(known))
                : new UsageOutcome.Refused([new Problem("", UsageTexts.KnownOtherwise)], []);
        }

        var rows = _reader.Read(file, formatId, mapping, progress, cancellationToken);
        if (rows.Counted == 0 || (await ProfileAsync([rows.Path], cancellationToken)).Profile is not { } own)
            return new UsageOutcome.Refused([new Problem("", rows.Rows > 0 ? UsageTexts.NoRowCounts : file.IsUtf8 ? UsageTexts.NoRows : UsageTexts.NotUtf8)], rows.Skipped);
        foreach (var other in set.Imports.OrderBy(other => other.Id))
        {
            if (UsageOverlaps.Find(rows.Path, options.PathOf(other.RowsFile), other.Format == formatId, options) is { } overlap)
                return new UsageOutcome.Refused([new Problem("", UsageTexts.CountsTwice.With(other.FileName, overlap.FromUtc, overlap.ToUtc.AddTicks(-1)))], []);
        }

        var name = $"{Guid.NewGuid():N}.parquet";
        var import = new UsageImportRow
        {
            SetId = setId,
            FileName = file.Name,
            Sha256 = file.Sha256,
            Bytes = file.Bytes,
            Format = formatId,
            MappingJson = Stated(mapping),
            Rows = rows.Rows,
            Counted = rows.Counted,
            Duplicates = rows.Duplicates,
            SkippedJson = JsonSerializer.Serialize(rows.Skipped, ScenarioJson.Options),
            FromUtc = own.FromUtc,
            ToUtc = own.ToUtc,
            ImportedUtc = Now,
            RowsFile = name,
        };
        (var profile, import.AlreadyThere) = set.Imports.Count == 0 ? (own, 0) : await ProfileAsync([.. Files(set), rows.Path], cancellationToken);
        UsageStore.SetProfile(set, profile, Now);
        set.Imports.Add(import);
        // The rows are in place before the database names them; a file that nothing names is swept at the next start.
        PrivateFiles.Take(rows.Path);
        File.Move(rows.Path, options.PathOf(name));
        try
        {
            context.Note(time, AuditActions.LogImported, UsageStore.SubjectOf(setId), file.Name);
            await context.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            File.Delete(options.PathOf(name));
            throw;
        }

        return new UsageOutcome.Imported(UsageStore.ToImport(import), profile!);
    }

    private static string Stated(UsageMapping mapping) => JsonSerializer.Serialize(mapping, ScenarioJson.Options);

    private List<string> Files(UsageSetRow set) => [.. set.Imports.OrderBy(import => import.Id).Select(import => options.PathOf(import.RowsFile))];

    /// <summary>What files make together, and how many rows of the last one others have too.</summary>
    private async Task<(UsageProfile? Profile, long AlreadyThere)> ProfileAsync(List<string> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return (null, 0);
        using var rows = ParquetUsage.Open(files, options);
        return (await UsageQueries.ProfileAsync(rows, null, cancellationToken), rows.AlreadyThere);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Information, Message = "A file for the measured workload {UsageSet}: {Outcome}")]
    private partial void LogEnded(long usageSet, string outcome);
}
