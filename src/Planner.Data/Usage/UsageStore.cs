using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;

namespace Planner.Data.Usage;

/// <summary>A file whose rows a measured workload counts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="FormatName">What it was taken for.</param>
/// <param name="Mapping">What its columns meant.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Counted">Rows that count within the file.</param>
/// <param name="Duplicates">Rows of a request that another row of the file names too.</param>
/// <param name="AlreadyThere">Rows that files imported before had too; of sums, this file's count.</param>
/// <param name="Skipped">Rows left out, by reason.</param>
/// <param name="FromUtc">Start of its first row.</param>
/// <param name="ToUtc">End of its last row.</param>
/// <param name="ImportedUtc">When it was imported.</param>
public sealed record UsageImport(
    long Id, string FileName, string FormatName, UsageMapping Mapping, long Bytes, long Rows, long Counted, long Duplicates, long AlreadyThere, IReadOnlyList<UsageSkipped> Skipped,
    DateTime FromUtc, DateTime ToUtc, DateTime ImportedUtc);

/// <summary>A measured workload.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Database">The configured database that holds its rows; null where they come from files.</param>
/// <param name="Imports">Its files, the latest first.</param>
/// <param name="Profile">The measured workload; null while there are no rows.</param>
/// <param name="MeasuredUtc">When it was measured; null while there are no rows.</param>
public sealed record UsageSet(long Id, string Name, string? Database, IReadOnlyList<UsageImport> Imports, UsageProfile? Profile, DateTime? MeasuredUtc);

/// <summary>A measured workload in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Database">The configured database that holds its rows; null where they come from files.</param>
/// <param name="Files">Files that it counts.</param>
/// <param name="MeasuredUtc">When it was measured; null while there are no rows.</param>
/// <param name="FromUtc">Start of its first row; null while there are no rows.</param>
/// <param name="ToUtc">End of its last row; null while there are no rows.</param>
/// <param name="Totals">All that was used; null while there are no rows.</param>
public sealed record UsageSetSummary(long Id, string Name, string? Database, int Files, DateTime? MeasuredUtc, DateTime? FromUtc, DateTime? ToUtc, UsageTotals? Totals);

/// <summary>Measured workloads. Safe to share; one context a call.</summary>
public sealed class UsageStore(IDbContextFactory<PlannerDbContext> contexts, UsageOptions options, TimeProvider time)
{
    /// <summary>All of them by name.</summary>
    public async Task<IReadOnlyList<UsageSetSummary>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sets = await context.UsageSets.AsNoTracking().OrderBy(set => set.Name).ThenBy(set => set.Id)
            .Select(set => new { Row = set, Files = set.Imports.Count }).ToListAsync(cancellationToken);
        return [.. sets.Select(set => Summary(set.Row, set.Files))];
    }

    /// <summary>One of them; null where there is none.</summary>
    public async Task<UsageSet?> FindAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.UsageSets.AsNoTracking().Include(set => set.Imports).SingleOrDefaultAsync(set => set.Id == id, cancellationToken) is { } row ? ToSet(row) : null;
    }

    /// <summary>Adds one without rows.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The configured database that holds its rows; null for files.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Its id.</returns>
    public async Task<long> AddAsync(string name, string? database = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = new UsageSetRow { Name = name.Trim(), Database = database, CreatedUtc = Now };
        context.Add(row);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await context.CommitNotedAsync(transaction, time, true, AuditActions.WorkloadAdded, SubjectOf(row.Id), row.Name, cancellationToken);
        return row.Id;
    }

    /// <summary>Removes one with its rows; false where there is none.</summary>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var files = await context.UsageImports.Where(import => import.SetId == id).Select(import => import.RowsFile).ToListAsync(cancellationToken);
        var name = await context.UsageSets.Where(set => set.Id == id).Select(set => set.Name).SingleOrDefaultAsync(cancellationToken);
        await context.UsageImports.Where(import => import.SetId == id).ExecuteDeleteAsync(cancellationToken);
        var found = await context.UsageSets.Where(set => set.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
        await context.CommitNotedAsync(transaction, time, found, AuditActions.WorkloadRemoved, SubjectOf(id), name, cancellationToken);
        files.ForEach(file => File.Delete(options.PathOf(file)));
        return found;
    }

    /// <summary>Stores what a database of logs said.</summary>
    internal async Task SaveProfileAsync(long id, UsageProfile? profile, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.UsageSets.SingleAsync(set => set.Id == id, cancellationToken);
        SetProfile(row, profile, Now);
        await context.SaveChangesAsync(cancellationToken);
    }

    internal static string SubjectOf(long id) => $"usage/{id}";

    internal static void SetProfile(UsageSetRow row, UsageProfile? profile, DateTime now)
    {
        row.ProfileJson = profile is null ? null : JsonSerializer.Serialize(profile, ScenarioJson.Options);
        row.MeasuredUtc = profile is null ? null : now;
    }

    internal static UsageImport ToImport(UsageImportRow row) => new(
        row.Id, row.FileName, UsageFormats.Find(row.Format)?.Name ?? row.Format, Read<UsageMapping>(row.MappingJson), row.Bytes, row.Rows, row.Counted, row.Duplicates, row.AlreadyThere,
        Read<IReadOnlyList<UsageSkipped>>(row.SkippedJson), row.FromUtc, row.ToUtc, row.ImportedUtc);

    private static UsageSetSummary Summary(UsageSetRow row, int files)
    {
        var profile = row.ProfileJson is null ? null : Read<UsageProfile>(row.ProfileJson);
        return new UsageSetSummary(row.Id, row.Name, row.Database, files, row.MeasuredUtc, profile?.FromUtc, profile?.ToUtc, profile?.Totals);
    }

    private static UsageSet ToSet(UsageSetRow row) => new(
        row.Id, row.Name, row.Database, [.. row.Imports.OrderByDescending(import => import.Id).Select(ToImport)], row.ProfileJson is null ? null : Read<UsageProfile>(row.ProfileJson), row.MeasuredUtc);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ScenarioJson.Options)!;

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
