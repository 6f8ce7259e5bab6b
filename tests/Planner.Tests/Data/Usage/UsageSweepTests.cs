using System.Text;
using Planner.Data.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>What an ended process left is cleared, and what is in use stays.</summary>
public sealed class UsageSweepTests
{
    private const string Log = "timestamp,model,prompt_tokens,completion_tokens\n2026-11-02T08:00:00Z,m,10,1\n";

    [Fact]
    public async Task Leftovers_go_and_rows_that_count_stay()
    {
        using var database = await TestDatabase.PreparedAsync();
        var folder = database.Get<UsageOptions>().Folder;
        var taken = await ImportAsync(database, "Kept");
        var (work, rows, foreign) = (Path.Combine(folder, $"work-{Guid.NewGuid():N}"), Path.Combine(folder, $"{Guid.NewGuid():N}.parquet"), Path.Combine(folder, "mine.parquet"));
        Directory.CreateDirectory(Path.Combine(work, "deep"));
        await File.WriteAllTextAsync(rows, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(foreign, "", TestContext.Current.CancellationToken);

        await database.Get<UsageSweep>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal((false, false, true), (Directory.Exists(work), File.Exists(rows), File.Exists(foreign)));
        Assert.True(await database.Get<UsageImporter>().RemoveAsync(Assert.IsType<UsageOutcome.Imported>(taken.Outcome).Import.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_touched_while_another_process_works_in_the_folder()
    {
        using var database = await TestDatabase.PreparedAsync();
        var work = Directory.CreateDirectory(Path.Combine(database.Get<UsageOptions>().Folder, $"work-{Guid.NewGuid():N}"));
        await using var other = new FileStream(Path.Combine(work.Parent!.FullName, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        await database.Get<UsageSweep>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.True(Directory.Exists(work.FullName));
    }

    [Fact]
    public async Task A_new_measured_workload_without_rows_is_not_kept()
    {
        using var database = await TestDatabase.PreparedAsync();
        Assert.Null((await ImportAsync(database, "Empty", Log.Replace("2026", "1999", StringComparison.Ordinal))).SetId);
        Assert.Null((await ImportAsync(database, " ")).SetId);
        Assert.Empty(await database.Get<UsageStore>().ListAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<UsageTaken> ImportAsync(TestDatabase database, string name, string log = Log)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(log));
        using var file = await database.Get<UsageImporter>().StoreAsync("log.csv", content);
        var recognition = await database.Get<UsageImporter>().RecogniseAsync(file);
        return await database.Get<UsageDesk>().ImportAsync(null, name, file, recognition, recognition.Mapping);
    }
}
