using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Planner.Data.Usage;

/// <summary>Clears what a process that ended in the middle left in the folder of usage.</summary>
public sealed partial class UsageSweep(IDbContextFactory<PlannerDbContext> contexts, UsageOptions options) : IDisposable
{
    private FileStream? _lock;

    /// <summary>Removes folders of unfinished work and rows that no file of a measured workload names. Where another process works in the folder, nothing is touched.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        if (!Lock())
            return;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var named = (await context.UsageImports.Select(import => import.RowsFile).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories(options.Folder).Where(folder => Work().IsMatch(Path.GetFileName(folder))))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(options.Folder).Where(file => Rows().IsMatch(Path.GetFileName(file)) && !named.Contains(Path.GetFileName(file))))
            File.Delete(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Held until the process ends, so that the next one knows whether there is another.</summary>
    private bool Lock()
    {
        try
        {
            PrivateFiles.MakeFolder(options.Folder);
            _lock ??= new FileStream(options.PathOf(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process, or a folder that cannot be written: the first file that is uploaded says so.
            return false;
        }
    }

    [GeneratedRegex("^work-[0-9a-f]{32}$")]
    private static partial Regex Work();

    [GeneratedRegex(@"^[0-9a-f]{32}\.parquet$")]
    private static partial Regex Rows();
}
