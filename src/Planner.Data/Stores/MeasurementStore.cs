using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Benchmarks;
using Planner.Data.Entities;
using Planner.Domain.Capacity;

namespace Planner.Data.Stores;

/// <summary>A run whose deployment is known to the catalog.</summary>
/// <param name="Run">The run as its file has it.</param>
/// <param name="Deployment">What was measured.</param>
public sealed record MeasuredRun(BenchmarkRun Run, Deployment Deployment);

/// <summary>Where runs come from.</summary>
/// <param name="Tool">One of <see cref="BenchmarkTools"/>.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="Sha256">SHA-256 of its content as 64 hex digits.</param>
/// <param name="Note">The user's own words; null for none.</param>
public sealed record MeasurementSource(string Tool, string FileName, string Sha256, string? Note);

/// <summary>What an import changed.</summary>
/// <param name="Ids">The new measurements, one a deployment.</param>
/// <param name="Stored">Runs stored.</param>
/// <param name="StoredBefore">Runs of this very file that were there already.</param>
public sealed record MeasurementImport(IReadOnlyList<long> Ids, int Stored, int StoredBefore);

/// <summary>A stored run.</summary>
/// <param name="Row">Its place in the file.</param>
/// <param name="Point">The load and what it delivered.</param>
/// <param name="TakenOn">Day of the run; null where unknown.</param>
/// <param name="Note">What else matters; null for nothing.</param>
public sealed record StoredPoint(int Row, BenchmarkPoint Point, DateOnly? TakenOn, string? Note);

/// <summary>The runs of one deployment that one file brought.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Deployment">What was measured.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="ImportedUtc">When it was imported.</param>
/// <param name="Points">The runs, in the order of the file.</param>
public sealed record StoredMeasurement(long Id, Deployment Deployment, MeasurementSource Source, DateTime ImportedUtc, IReadOnlyList<StoredPoint> Points);

/// <summary>Measured throughput and latency, and what was learned from it. Safe to share; one context a call.</summary>
public sealed class MeasurementStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    private const string Calibrations = "measurements/calibrations";

    /// <summary>All measurements, the last imported first, deleted ones left out.</summary>
    public async Task<IReadOnlyList<StoredMeasurement>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Measurements.AsNoTracking().Where(row => row.DeletedUtc == null).OrderByDescending(row => row.Id).Include(row => row.Points)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    /// <summary>Stores runs. Of one file each counts once, whatever it is imported for: what is there already stays as it is.</summary>
    public async Task<MeasurementImport> ImportAsync(MeasurementSource source, IReadOnlyList<MeasuredRun> runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(runs);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // The write lock is held from here on, so the same file cannot come in twice side by side.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var there = await RowsOfAsync(context, source.Sha256, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var added = runs.Where(run => !there.Contains(run.Run.Row)).GroupBy(run => run.Deployment).Select(group => NewRow(source, group.Key, group, now)).ToList();
        context.AddRange(added);
        if (added.Count > 0)
            context.Note(time, AuditActions.MeasurementsImported, "measurements", source.FileName);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var stored = added.Sum(row => row.Points.Count);
        return new MeasurementImport([.. added.Select(row => row.Id)], stored, runs.Count - stored);
    }

    /// <summary>Adds points to the one measurement of a source, and keeps of all its points those that are chosen. A point that is there stays as it is; a measurement that was deleted stays deleted.</summary>
    /// <param name="source">Where they come from; its digest stands for the source and the deployment.</param>
    /// <param name="deployment">What was measured.</param>
    /// <param name="points">New points.</param>
    /// <param name="choose">Chooses among old and new points, in order of their rows.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is stored then.</param>
    public async Task MergeAsync(
        MeasurementSource source, Deployment deployment, IReadOnlyList<StoredPoint> points, Func<IReadOnlyList<StoredPoint>, IReadOnlyList<StoredPoint>> choose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(choose);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = await context.Measurements.Include(row => row.Points).OrderBy(row => row.Id).LastOrDefaultAsync(row => row.Sha256 == source.Sha256, cancellationToken);
        if (row?.DeletedUtc is not null)
            return;
        var there = row?.Points.ConvertAll(Read) ?? [];
        var chosen = choose([.. there.UnionBy(points, point => point.Row).OrderBy(point => point.Row)]).ToDictionary(point => point.Row);
        if (row is null && chosen.Count == 0)
            return;
        if (row is null)
            context.Add(row = NewRow(source, deployment));
        (row.FileName, row.ImportedUtc) = (source.FileName, time.GetUtcNow().UtcDateTime);
        context.RemoveRange(row.Points.Where(point => !chosen.ContainsKey(point.Row)));
        row.Points.AddRange(chosen.Values.ExceptBy(there.Select(point => point.Row), point => point.Row).Select(NewPoint));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes a measurement so that <see cref="UndeleteAsync"/> can bring it back.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        DateTime? now = time.GetUtcNow().UtcDateTime;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await context.Measurements.Where(row => row.Id == id && row.DeletedUtc == null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.DeletedUtc, now), cancellationToken) == 1;
        await context.CommitNotedAsync(transaction, time, deleted, AuditActions.MeasurementDeleted, SubjectOf(id), null, cancellationToken);
        return deleted;
    }

    /// <summary>Brings a deleted measurement back; it does nothing to one that is there.</summary>
    /// <returns>False where there is none, or where runs of it were imported again meanwhile and would count twice.</returns>
    public async Task<bool> UndeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = await context.Measurements.Include(row => row.Points).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null)
            return false;
        if (row.DeletedUtc is null)
            return true;
        var there = await RowsOfAsync(context, row.Sha256, cancellationToken);
        if (row.Points.Exists(point => there.Contains(point.Row)))
            return false;
        row.DeletedUtc = null;
        context.Note(time, AuditActions.MeasurementUndeleted, SubjectOf(id), row.FileName);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The corrections of deployments that have measurements.</summary>
    public async Task<IReadOnlyList<Correction>> CorrectionsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await CorrectionsAsync(context, cancellationToken);
    }

    /// <summary>The same within a transaction of the caller.</summary>
    internal static async Task<IReadOnlyList<Correction>> CorrectionsAsync(PlannerDbContext context, CancellationToken cancellationToken)
    {
        var measured = await context.Measurements.Where(row => row.DeletedUtc == null).Select(row => row.Deployment).Distinct().ToListAsync(cancellationToken);
        var rows = await context.Corrections.AsNoTracking().OrderBy(row => row.Key).ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => measured.Contains(row.Deployment)).Select(row => new Correction(
                row.Deployment, new CorrectionFactors(row.OutputFactor, row.TtftFactor, row.ItlFactor), row.Points, row.FittedUtc)),
        ];
    }

    /// <summary>Stores what was learned of a deployment, in place of what was known before.</summary>
    public async Task<Correction> SaveCorrectionAsync(Deployment deployment, CorrectionFit fit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(fit);
        var key = KeyOf(deployment);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = await context.Corrections.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
        if (row is null)
            context.Add(row = new CorrectionRow { Key = key, Deployment = deployment });
        (row.OutputFactor, row.TtftFactor, row.ItlFactor) = (fit.Factors.Output, fit.Factors.Ttft, fit.Factors.Itl);
        (row.Points, row.FittedUtc) = (fit.Points, time.GetUtcNow().UtcDateTime);
        context.Note(time, AuditActions.CalibrationSet, Calibrations, key);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Correction(deployment, fit.Factors, fit.Points, row.FittedUtc);
    }

    /// <summary>Forgets what was learned of a deployment.</summary>
    /// <returns>False where nothing was.</returns>
    public async Task<bool> DeleteCorrectionAsync(Deployment deployment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var key = KeyOf(deployment);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var removed = await context.Corrections.Where(row => row.Key == key).ExecuteDeleteAsync(cancellationToken) == 1;
        await context.CommitNotedAsync(transaction, time, removed, AuditActions.CalibrationRemoved, Calibrations, key, cancellationToken);
        return removed;
    }

    private static string SubjectOf(long id) => $"measurements/{id}";

    private static async Task<HashSet<int>> RowsOfAsync(PlannerDbContext context, string sha256, CancellationToken cancellationToken) =>
        [.. await context.Measurements.Where(row => row.Sha256 == sha256 && row.DeletedUtc == null).SelectMany(row => row.Points).Select(point => point.Row).ToListAsync(cancellationToken)];

    internal static string KeyOf(Deployment deployment) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{deployment.Model}|{deployment.Precision}|{deployment.KvPrecision}|{deployment.Engine}|{deployment.Gpu}|{deployment.TensorParallel}|{deployment.PipelineParallel}|{deployment.DataParallel}");

    private static MeasurementRow NewRow(MeasurementSource source, Deployment deployment, IEnumerable<MeasuredRun> runs, DateTime now)
    {
        var row = NewRow(source, deployment);
        row.ImportedUtc = now;
        row.Points.AddRange(runs.Select(measured => measured.Run).Select(run => NewPoint(new StoredPoint(run.Row, run.Point, run.TakenOn, run.Note))));
        return row;
    }

    private static MeasurementRow NewRow(MeasurementSource source, Deployment deployment) =>
        new() { Deployment = deployment, Tool = source.Tool, FileName = source.FileName, Sha256 = source.Sha256, Note = source.Note };

    private static MeasurementPointRow NewPoint(StoredPoint stored) => new()
    {
        Row = stored.Row,
        InputTokens = stored.Point.InputTokens,
        OutputTokens = stored.Point.OutputTokens,
        Concurrency = stored.Point.Concurrency,
        RequestsPerSecond = stored.Point.RequestsPerSecond,
        OutputTokensPerSecond = stored.Point.OutputTokensPerSecond,
        TtftSeconds = stored.Point.TtftSeconds,
        ItlSeconds = stored.Point.ItlSeconds,
        TakenOn = stored.TakenOn,
        Note = stored.Note,
    };

    private static StoredMeasurement Read(MeasurementRow row) => new(
        row.Id, row.Deployment, new MeasurementSource(row.Tool, row.FileName, row.Sha256, row.Note), row.ImportedUtc, [.. row.Points.OrderBy(point => point.Row).Select(Read)]);

    private static StoredPoint Read(MeasurementPointRow point) => new(
        point.Row,
        new BenchmarkPoint(point.InputTokens, point.OutputTokens, point.Concurrency, point.RequestsPerSecond, point.OutputTokensPerSecond, point.TtftSeconds, point.ItlSeconds),
        point.TakenOn, point.Note);
}
