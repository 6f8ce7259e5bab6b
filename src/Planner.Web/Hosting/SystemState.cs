using System.Diagnostics;
using System.Runtime.InteropServices;
using Planner.Data;
using Planner.Data.Feeds;
using Planner.Data.PostgreSql;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Planning;
using Planner.Web.Jobs;
using Planner.Web.Reports;

namespace Planner.Web.Hosting;

/// <summary>How the installation fares.</summary>
/// <param name="AtUtc">When that was.</param>
/// <param name="StartedUtc">Since when the process runs.</param>
/// <param name="Jobs">What runs by itself.</param>
/// <param name="Feeds">How old the prices of each source are.</param>
/// <param name="Storage">What is on the disk.</param>
/// <param name="Circuits">Pages that are open in browsers.</param>
/// <param name="Memory">What the process takes.</param>
/// <param name="About">Versions.</param>
public sealed record SystemReport(
    DateTime AtUtc, DateTime StartedUtc, IReadOnlyList<SystemJob> Jobs, IReadOnlyList<SystemFeed> Feeds, SystemStorage Storage, SystemCircuits Circuits, SystemMemory Memory, SystemAbout About);

/// <summary>A job.</summary>
/// <param name="Name">What it does.</param>
/// <param name="LastUtc">When it began the last time; null for never.</param>
/// <param name="NextUtc">When it begins next; null where it is not scheduled.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c>, or the status of a feed's run; null where that is not known, since the process is younger than the run.</param>
/// <param name="DurationMs">How long it took; null likewise.</param>
public sealed record SystemJob(string Name, DateTime? LastUtc, DateTime? NextUtc, string? Outcome, long? DurationMs);

/// <summary>A feed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Enabled">Whether it is refreshed on schedule.</param>
/// <param name="LastGoodUtc">When its prices were last confirmed; null for never.</param>
/// <param name="Failures">Runs since then that published nothing.</param>
public sealed record SystemFeed(string Id, string Name, bool Enabled, DateTime? LastGoodUtc, int Failures);

/// <summary>What is on the disk.</summary>
/// <param name="Items">Files and folders of the app that are there.</param>
/// <param name="FreeBytes">What is free where the database is; null where the system does not tell, and where the database is on a server.</param>
/// <param name="Fault">What is wrong with the database or its disk, as a sentence; null where nothing is.</param>
public sealed record SystemStorage(IReadOnlyList<StorageItem> Items, long? FreeBytes, string? Fault);

/// <summary>A file or a folder.</summary>
/// <param name="Kind"><c>database</c>, <c>wal</c>, <c>schedule</c>, <c>usage</c>, <c>migrationCopies</c>, <c>backups</c> or <c>reports</c>.</param>
/// <param name="Path">Where it is; a server's host, port and database.</param>
/// <param name="Bytes">Its size; null where it cannot be read.</param>
/// <param name="Files">Files in it; null for a file.</param>
public sealed record StorageItem(string Kind, string Path, long? Bytes, int? Files);

/// <summary>Pages that are open in browsers.</summary>
/// <param name="Open">Now.</param>
/// <param name="Most">At most at the same time since the start.</param>
public sealed record SystemCircuits(int Open, int Most);

/// <summary>Memory of the process, bytes.</summary>
/// <param name="WorkingSetBytes">What it takes of the machine's.</param>
/// <param name="PeakBytes">Most that it took.</param>
/// <param name="ManagedBytes">What of it holds objects.</param>
public sealed record SystemMemory(long WorkingSetBytes, long PeakBytes, long ManagedBytes);

/// <summary>Versions.</summary>
/// <param name="Planner">Of the program.</param>
/// <param name="Engine">Of the formulas.</param>
/// <param name="Runtime">Of .NET.</param>
/// <param name="Sqlite">Of SQLite; null where the database is on a server.</param>
/// <param name="SqliteLibrary"><c>system</c>, or <c>bundled</c> with the program; null likewise.</param>
/// <param name="PostgreSql">Of the server; null where the database is a file.</param>
/// <param name="Browser">Path of the browser that prints; null for none.</param>
/// <param name="BrowserVersion">Its version; null before it printed.</param>
/// <param name="Os">The operating system.</param>
public sealed record SystemAbout(string Planner, string Engine, string Runtime, string? Sqlite, string? SqliteLibrary, string? PostgreSql, string? Browser, string? BrowserVersion, string Os);

/// <summary>Looks how the installation fares. Safe to share.</summary>
public sealed class SystemState(
    DatabaseState database, PriceFeeds feeds, FeedRunStore runs, FeedSchedule schedule, JobOutcomes outcomes, Circuits circuits, UsageOptions usage, Reports.Scheduled.DeliveryOptions delivery,
    PrintBrowser browser, TimeProvider time, Data.Sqlite.DatabaseBackups? backups = null)
{
    /// <summary>Looks now.</summary>
    public async Task<SystemReport> LookAsync(CancellationToken cancellationToken = default)
    {
        using var process = Process.GetCurrentProcess();
        var server = await database.ServerAsync(cancellationToken);
        var fault = (await database.FaultAsync(cancellationToken))?.Reason;
        return new SystemReport(
            time.GetUtcNow().UtcDateTime, process.StartTime.ToUniversalTime(), await JobsAsync(cancellationToken), await FeedsAsync(cancellationToken),
            // Folders may hold many files; the caller may be a page.
            await Task.Run(() => Storage(server, fault), cancellationToken), new SystemCircuits(circuits.Open, circuits.Most),
            new SystemMemory(process.WorkingSet64, process.PeakWorkingSet64, GC.GetTotalMemory(forceFullCollection: false)),
            new SystemAbout(
                Observability.Version, Engine.Version, Environment.Version.ToString(),
                server is null ? DatabaseState.SqliteVersion : null, server is not null ? null : DatabaseState.IsSystemLibrary ? "system" : "bundled", server?.Version,
                browser.Program.Path, browser.Version, RuntimeInformation.OSDescription));
    }

    private async Task<IReadOnlyList<SystemJob>> JobsAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<SystemJob>();
        foreach (var job in Schedule.Known(feeds, database.Path is not null))
        {
            var (last, next) = await schedule.TimesAsync(job.Key, cancellationToken);
            var (outcome, lastRun) = (outcomes.Of(new Quartz.JobKey(job.Key.Name, job.Key.Group)), default(Data.Entities.FeedRunRow));
            if (job.FeedId is { } feed)
                lastRun = (await runs.ListAsync(feed, 0, 1, cancellationToken)).Items is [var latest, ..] ? latest : null;
            jobs.Add(lastRun is null
                ? new SystemJob(job.Name, last, next, outcome is null ? null : outcome.Failed ? "failed" : "done", outcome?.DurationMs)
                : new SystemJob(job.Name, lastRun.StartedUtc, next, lastRun.Status, lastRun.DurationMs));
        }

        return jobs;
    }

    private async Task<IReadOnlyList<SystemFeed>> FeedsAsync(CancellationToken cancellationToken)
    {
        var good = (await runs.StatesAsync(cancellationToken)).ToDictionary(state => state.FeedId, state => state.LastGoodUtc);
        var failures = await runs.FailuresAsync(cancellationToken);
        return [.. feeds.All.Select(feed => new SystemFeed(feed.Id, feed.Name, feed.Enabled, good.GetValueOrDefault(feed.Id), failures.GetValueOrDefault(feed.Id)))];
    }

    private SystemStorage Storage(ServerFacts? server, string? fault)
    {
        IEnumerable<StorageItem?> items =
        [
            .. server is null ? OfDatabase(database.Path!) : [new StorageItem("database", server.Name, server.Bytes, null)],
            OfFolder("usage", usage.Folder), backups is null ? null : OfFolder("backups", backups.Folder), delivery.Folder is { } reports ? OfFolder("reports", reports) : null,
        ];
        return new SystemStorage([.. items.OfType<StorageItem>()], server is null ? Free(Path.GetDirectoryName(database.Path)!) : null, fault);
    }

    private static StorageItem?[] OfDatabase(string path) =>
    [
        OfFile("database", path), OfFile("wal", path + "-wal"), OfFile("schedule", Path.ChangeExtension(path, ".schedule.db")), OfFolder("migrationCopies", Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".backup-*"),
    ];

    private static StorageItem? OfFile(string kind, string path) => File.Exists(path) ? new StorageItem(kind, path, Read(() => new FileInfo(path).Length), null) : null;

    /// <summary>A folder with all below it; or those of its own files that a pattern names.</summary>
    private static StorageItem? OfFolder(string kind, string path, string? pattern = null)
    {
        if (!Directory.Exists(path))
            return null;
        var files = 0;
        var bytes = Read(() => new DirectoryInfo(path).EnumerateFiles(pattern ?? "*", pattern is null ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Sum(file =>
        {
            files++;
            return file.Length;
        }));
        return pattern is not null && files == 0 ? null : new StorageItem(kind, pattern is null ? path : Path.Combine(path, pattern), bytes, bytes is null ? null : files);
    }

    private static long? Free(string folder) => Read(() => new DriveInfo(folder).AvailableFreeSpace);

    // Of another owner, or going away while it is looked at.
    private static long? Read(Func<long> size)
    {
        try
        {
            return size();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
