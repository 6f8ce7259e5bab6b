using System.Globalization;
using System.Text.RegularExpressions;
using Planner.Data.Stores;

namespace Planner.Web.Reports.Scheduled;

/// <summary>The folder of the server that reports are saved to. What stands there is never written over. Safe to share.</summary>
public sealed partial class ReportFolder(DeliveryOptions options, TimeProvider time, ILogger<ReportFolder> log)
{
    private const string Moments = "yyyyMMdd-HHmmss";
    private const string Unfinished = ".part";
    private const int LongestName = 40;
    private const int MostOfASecond = 100;

    /// <summary>Deletes a file.</summary>
    internal Action<string> Delete { get; init; } = File.Delete;

    /// <summary>Makes the folder, for this user alone, and tries to write to it.</summary>
    /// <exception cref="IOException">It cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be used.</exception>
    public static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var trial = Temporary(folder);
        using (New(trial))
        {
        }

        File.Delete(trial);
    }

    /// <summary>Saves the files of a report: all of them, or none.</summary>
    /// <returns>The names that they got.</returns>
    /// <exception cref="DeliveryException">They could not be saved.</exception>
    public async Task<IReadOnlyList<string>> SaveAsync(StoredScenario stored, IReadOnlyList<ReportFile> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(files);
        if (options.Folder is not { } folder)
            throw new DeliveryException(DeliveryTexts.NoFolder);
        var saved = new List<string>();
        try
        {
            Prepare(folder);
            var stem = StemOf(stored, time.GetUtcNow());
            foreach (var file in files)
                saved.Add(await SaveAsync(folder, stem, file, cancellationToken));
            return saved;
        }
        catch (Exception exception)
        {
            foreach (var name in saved)
                File.Delete(Path.Combine(folder, name));
            // Its message may name the folder, which is nothing for the page.
            if (exception is IOException or UnauthorizedAccessException)
                throw new DeliveryException(DeliveryTexts.FolderFailed, exception);
            throw;
        }
    }

    /// <summary>Removes the reports that are older than they are to be kept, and what a run left unfinished. What Planner did not name stays, and so does, with a line in the log, what cannot be removed.</summary>
    /// <returns>How many reports.</returns>
    public int Sweep()
    {
        if (options.Folder is not { } folder || !Directory.Exists(folder))
            return 0;
        var (now, removed) = (time.GetUtcNow().UtcDateTime, 0);
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(path);
            try
            {
                if (Remnant().IsMatch(name) && File.GetLastWriteTimeUtc(path) < now.AddDays(-1))
                    Delete(path);
                if (options.KeepDays is not { } days || Own().Match(name) is not { Success: true } own
                    || !DateTime.TryParseExact(own.Groups["moment"].Value, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var saved)
                    || saved >= now.AddDays(-days))
                    continue;
                Delete(path);
                removed++;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogKept(exception.GetType().Name);
            }
        }

        return removed;
    }

    /// <summary>The beginning of names: the scenario by name and id, its version and the time. Nothing of it leads to another folder.</summary>
    internal static string StemOf(StoredScenario stored, DateTimeOffset now)
    {
        var moment = now.UtcDateTime.ToString(Moments, CultureInfo.InvariantCulture);
        return $"{ReportFile.Words(stored.Scenario.Name, LongestName, "scenario")}_{stored.Id}_v{stored.Version}_{moment}Z";
    }

    private static async Task<string> SaveAsync(string folder, string stem, ReportFile file, CancellationToken cancellationToken)
    {
        var temporary = Temporary(folder);
        try
        {
            await using (var stream = New(temporary))
                await stream.WriteAsync(file.Content, cancellationToken);
            for (var i = 1; ; i++)
            {
                var name = $"{stem}{(i == 1 ? "" : $"-{i}")}{Path.GetExtension(file.Name)}";
                var target = Path.Combine(folder, name);
                if (Path.GetDirectoryName(Path.GetFullPath(target)) != folder)
                    throw new InvalidOperationException($"'{name}' is no name of a file.");
                try
                {
                    File.Move(temporary, target, overwrite: false);
                    return name;
                }
                catch (IOException) when (i < MostOfASecond && File.Exists(target))
                {
                    // Another run of the same second.
                }
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Temporary(string folder) => Path.Combine(folder, $".{Guid.NewGuid():N}{Unfinished}");

    private static FileStream New(string path)
    {
        var made = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            made.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, made);
    }

    // Neither the file's name nor the exception's words, which repeat it: it begins with that of the scenario.
    [LoggerMessage(Level = LogLevel.Warning, Message = "A report could not be removed from the folder ({Fault}); the others are")]
    private partial void LogKept(string fault);

    [GeneratedRegex(@"_[a-z2-9]{16}_v\d+_(?<moment>\d{8}-\d{6})Z(-\d+)?\.(pdf|xlsx|csv)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Own();

    [GeneratedRegex(@"\A\.[0-9a-f]{32}\.part\z", RegexOptions.NonBacktracking)]
    private static partial Regex Remnant();
}
