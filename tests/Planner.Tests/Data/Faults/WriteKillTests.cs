using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Sqlite;
using Xunit;

namespace Planner.Tests.Data.Faults;

/// <summary>
/// A process is killed while it writes: what it was told to be stored is there, nothing is there by half, and backups are whole. <c>PLANNER_KILLS</c> sets how often, 25 without it.
/// </summary>
public sealed class WriteKillTests : IDisposable
{
    private const int DefaultKills = 25;

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-write-kill-").FullName;
    private readonly Random _random = new(20261201);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_writer_loses_nothing_that_was_acknowledged_and_leaves_nothing_by_half()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PLANNER_KILLS"), CultureInfo.InvariantCulture, out var wanted) && wanted >= DefaultKills ? wanted : DefaultKills;
        var path = Path.Combine(_folder, "planner.db");
        Directory.CreateDirectory(Path.Combine(_folder, "backups"));
        await using (var services = WriterProcess.Services(path))
            await services.GetRequiredService<DatabaseStartup>().PrepareAsync();
        SqliteConnection.ClearAllPools();

        var acknowledged = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            // Every other one in the middle of its writes, however long a busy machine takes to begin with them.
            var told = await KillAsync(path, TimeSpan.FromMilliseconds(_random.NextDouble() * 500), afterFirst: kill % 2 == 1);
            acknowledged += told.Count;
            AssertWhole(path, told, kill);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills, {acknowledged} acknowledged writes, none lost");
        Assert.True(acknowledged >= kills / 2, $"{acknowledged} writes in {kills} kills are no load.");
    }

    /// <summary>Lets a process write for a while and ends it without asking.</summary>
    /// <returns>What it said was stored.</returns>
    private static async Task<List<string>> KillAsync(string path, TimeSpan after, bool afterFirst)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Planner.Tests"), [WriterProcess.Command, path]) { RedirectStandardOutput = true })!;
        var told = new List<string>();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.Equal(WriterProcess.Ready, await process.StandardOutput.ReadLineAsync());
        var reading = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                told.Add(line);
                // Two, of which the last may be cut.
                if (told.Count == 2)
                    first.TrySetResult();
            }
        });
        if (afterFirst)
            await first.Task.WaitAsync(TimeSpan.FromMinutes(1));
        // A moment is looked for, not waited for: whatever is met is checked.
        await Task.Delay(after);
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        // The last line may have been cut in the middle.
        return told is [.., var last] && last.Split(' ') is not [{ Length: > 0 }, { Length: > 0 }] ? told[..^1] : told;
    }

    private void AssertWhole(string path, List<string> told, int kill)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal(["ok"], Read(connection, "PRAGMA integrity_check"));
        Assert.Empty(Read(connection, "SELECT \"table\" FROM pragma_foreign_key_check()"));
        var stored = Read(connection, "SELECT ScenarioId || ' ' || Version FROM ScenarioVersions").ToHashSet();
        Assert.True(told.TrueForAll(stored.Contains), $"After kill {kill} of what was acknowledged these are missing: {string.Join(", ", told.Where(line => !stored.Contains(line)))}");
        // A save is its version, the scenario's pointer to it and its line in the audit log, or none of them.
        Assert.Empty(Read(connection, "SELECT Id FROM Scenarios WHERE CurrentVersion <> (SELECT count(*) FROM ScenarioVersions WHERE ScenarioId = Id) OR CurrentVersion <> (SELECT max(Version) FROM ScenarioVersions WHERE ScenarioId = Id)"));
        Assert.Equal([$"{stored.Count}"], Read(connection, "SELECT CAST(count(*) AS TEXT) FROM Audit WHERE Action IN ('scenario.created', 'scenario.saved')"));
        foreach (var backup in Directory.GetFiles(Path.Combine(_folder, "backups"), "planner-*.db"))
            Assert.Null(DatabaseFile.FaultOf(backup));
    }

    private static List<string> Read(SqliteConnection connection, string sql) => DatabaseFile.Read(connection, sql);
}
