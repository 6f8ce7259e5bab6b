using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Sqlite;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;

namespace Planner.Tests.Data.Faults;

/// <summary>Writes scenarios from four places at once, and makes backups meanwhile, until it is killed. What was acknowledged is told line by line: id and version.</summary>
internal static class WriterProcess
{
    internal const string Command = "write-load";

    internal const string Ready = "ready";

    private const int Writers = 4;
    private const int Versions = 4;

    internal static async Task<int> RunAsync(string database)
    {
        await using var services = Services(database);
        var (store, backups) = (services.GetRequiredService<ScenarioStore>(), services.GetRequiredService<DatabaseBackups>());
        await store.ListAsync();
        Console.WriteLine(Ready);
        await Task.WhenAll([.. Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(store))), Task.Run(() => BackUpAsync(backups))]);
        return 0;
    }

    internal static ServiceProvider Services(string database) => new ServiceCollection().AddLogging().AddPlannerData(database).AddSingleton(new BackupOptions(Keep: 3)).BuildServiceProvider();

    private static async Task WriteAsync(ScenarioStore store)
    {
        while (true)
        {
            var scenario = TestDatabase.ScenarioOf("Under load");
            var (id, version) = (await store.CreateAsync(scenario, CatalogSnapshot.Empty, TestDatabase.ResultOf("a"))) is var made ? (made.Id, made.Version) : default;
            Tell(id, version);
            while (version < Versions && await store.SaveAsync(id, version, scenario with { Notes = $"{version}" }, CatalogSnapshot.Empty, TestDatabase.ResultOf("a")) is SaveOutcome.Saved saved)
                Tell(id, version = saved.Version);
        }
    }

    private static async Task BackUpAsync(DatabaseBackups backups)
    {
        while (true)
        {
            await backups.MakeAsync();
            await Task.Delay(50);
        }
    }

    private static void Tell(string id, int version) => Console.WriteLine($"{id} {version}");
}
