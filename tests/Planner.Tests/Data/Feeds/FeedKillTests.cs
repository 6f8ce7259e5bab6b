using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>
/// A process is killed while it imports a price file: the catalog is the old one or the new one, never a mix. <c>PLANNER_KILLS</c> sets how often, 30 without it.
/// </summary>
public sealed class FeedKillTests : IDisposable
{
    private const int DefaultKills = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-kill-").FullName;
    private readonly Random _random = new(20261201);

    private enum Outcome
    {
        /// <summary>Not even the run had begun.</summary>
        Before,

        /// <summary>The run had begun and nothing of it is there.</summary>
        During,

        /// <summary>All of it is there.</summary>
        After,
    }

    public FeedKillTests() => TestStore.IsAboutTheFile();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_import_leaves_the_old_catalog_or_the_new_one_and_is_made_up_at_the_next_start()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PLANNER_KILLS"), CultureInfo.InvariantCulture, out var wanted) && wanted >= DefaultKills ? wanted : DefaultKills;
        var (july, august) = Files();
        var old = Path.Combine(_folder, "old.db");
        await using (var services = ImportProcess.Services(old))
        {
            await services.GetRequiredService<DatabaseStartup>().PrepareAsync();
            Assert.Equal(FeedRunStatuses.Published, (await ImportProcess.ImportAsync(services, july)).Status);
        }

        SqliteConnection.ClearAllPools();
        var oldDigest = Digest(old);
        var (newDigest, wholeMs) = await WholeAsync(old, august);
        Assert.NotEqual(oldDigest, newDigest);

        var outcomes = new List<Outcome>();
        for (var kill = 0; kill < kills; kill++)
        {
            var path = Copy(old);
            var moment = await KillAsync(path, august, kill, wholeMs);
            Assert.Equal("ok", Scalar<string>(path, "PRAGMA integrity_check"));
            var digest = Digest(path);
            Assert.True(digest == oldDigest || digest == newDigest, $"Killed {moment}, the catalog is neither the old one nor the new one.");
            AssertRunsArePublished(path);
            var running = Scalar<long>(path, "SELECT count(*) FROM FeedRuns WHERE Status = 'running'");
            Assert.True(running == 0 || digest == oldDigest, $"Killed {moment}, the new catalog is of a run that is still under way.");
            outcomes.Add(digest == newDigest ? Outcome.After : running > 0 ? Outcome.During : Outcome.Before);
            await AssertMadeUpAsync(path, august, outcomes[^1], newDigest);
            File.Delete(path);
        }

        var counts = outcomes.CountBy(outcome => outcome).ToDictionary();
        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills, an import of {wholeMs:0} ms: {string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"))}");
        Assert.Equal(3, counts.Count);
    }

    /// <summary>What an import that nobody ends leads to, and how long it takes.</summary>
    private async Task<(string Digest, double Milliseconds)> WholeAsync(string old, string file)
    {
        var path = Copy(old);
        using var process = await ImportProcess.StartAsync(path, file);
        var clock = Stopwatch.GetTimestamp();
        process.Begin();
        Assert.Equal(FeedRunStatuses.Published, await process.EndAsync());
        var elapsed = Stopwatch.GetElapsedTime(clock);
        await process.KillAsync();
        return (Digest(path), elapsed.TotalMilliseconds);
    }

    /// <summary>Ends an import: the first three as it begins, once the run is noted and once it has ended; the others at a random moment.</summary>
    private async Task<string> KillAsync(string path, string file, int kill, double wholeMs)
    {
        using var process = await ImportProcess.StartAsync(path, file);
        if (kill == 0)
        {
            await process.KillAsync();
            return "before it began";
        }

        process.Begin();
        if (kill == 1)
        {
            // The old catalog's run is there already. One that has ended between two looks counts too.
            while (Scalar<long>(path, "SELECT count(*) FROM FeedRuns") == 1)
                await Task.Yield();
            await process.KillAsync();
            return "as soon as the run was noted";
        }

        if (kill == 2)
        {
            Assert.Equal(FeedRunStatuses.Published, await process.EndAsync());
            await process.KillAsync();
            return "after it had ended";
        }

        // A moment is looked for, not waited for: whatever is met is checked.
        var moment = TimeSpan.FromMilliseconds(_random.NextDouble() * wholeMs * 1.1);
        await Task.Delay(moment);
        await process.KillAsync();
        return string.Create(CultureInfo.InvariantCulture, $"after {moment.TotalMilliseconds:0.0} ms");
    }

    /// <summary>The next start tells that the run was ended, and the same file leads to the new catalog.</summary>
    private static async Task AssertMadeUpAsync(string path, string file, Outcome outcome, string newDigest)
    {
        await using (var services = ImportProcess.Services(path))
        {
            await services.GetRequiredService<DatabaseStartup>().PrepareAsync();
            var runs = (await services.GetRequiredService<FeedRunStore>().ListAsync()).Items;
            Assert.DoesNotContain(runs, run => run.Status == FeedRunStatuses.Running);
            if (outcome == Outcome.During)
                Assert.Equal((FeedRunStatuses.Failed, "The program ended before the run did."), (runs[0].Status, runs[0].Reason));
            Assert.Equal(outcome == Outcome.After ? FeedRunStatuses.Unchanged : FeedRunStatuses.Published, (await ImportProcess.ImportAsync(services, file)).Status);
        }

        SqliteConnection.ClearAllPools();
        Assert.Equal(newDigest, Digest(path));
        AssertRunsArePublished(path);
    }

    /// <summary>What names a run as its source names one that published.</summary>
    private static void AssertRunsArePublished(string path) => Assert.Equal(0L, Scalar<long>(path, """
        SELECT count(*) FROM (SELECT FeedRunId AS Id FROM PriceRevisions WHERE FeedRunId IS NOT NULL UNION SELECT LastGoodRunId FROM FeedStates)
        WHERE Id NOT IN (SELECT Id FROM FeedRuns WHERE Status = 'published')
        """));

    /// <summary>Everything in a database but the list of runs and their numbers, which differ by how often a run was begun.</summary>
    // That a run was begun is told at once, in the list of runs and in the audit log, whatever becomes of it.
    private static string Digest(string path)
    {
        using var connection = Open(path);
        var text = new StringBuilder();
        foreach (var table in Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('FeedRuns', 'Audit') AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"))
        {
            var columns = string.Join(" || '|' || ", Texts(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE name NOT IN ('FeedRunId', 'LastGoodRunId')").Select(column => $"quote({column})"));
            foreach (var row in Texts(connection, $"SELECT {columns} FROM {table} ORDER BY 1"))
                text.Append(table).Append(' ').AppendLine(row);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>LiteLLM's file on two days; made ones where those are not here.</summary>
    private (string Old, string New) Files()
    {
        var (july, august) = (Path.Combine(_folder, "july.json"), Path.Combine(_folder, "august.json"));
        File.WriteAllBytes(july, Snapshots.Find("litellm", "model_prices_2026-07-24.json") ?? LiteLlmFixture.Plain(2_500, "1e-06"));
        File.WriteAllBytes(august, Snapshots.Find("litellm", "model_prices_2026-08-01.json") ?? LiteLlmFixture.Plain(2_502, "2e-06"));
        return (july, august);
    }

    private string Copy(string path)
    {
        var copy = Path.Combine(_folder, "trial.db");
        foreach (var left in Directory.GetFiles(_folder, "trial.db*"))
            File.Delete(left);
        File.Copy(path, copy);
        return copy;
    }

    private static T Scalar<T>(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
