using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Planner.Data;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Usage;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Data;

/// <summary>A throw-away database of <see cref="TestStore"/> with everything that reads and writes it, at noon of 1 December 2026.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-tests-").FullName;
    private readonly ServiceProvider _services;
    private readonly string? _server = TestStore.IsServer ? TestStore.CreateDatabase() : null;

    internal TestDatabase(params SeedFile[] seed)
    {
        Path = System.IO.Path.Combine(_folder, "deep", "planner.db");
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddPlannerData(_server is null ? DatabaseSettings.File(Path) : DatabaseSettings.Server(_server))
            .AddSingleton<FeedPublisher>()
            .AddUsage(new UsageOptions { Folder = System.IO.Path.Combine(_folder, "usage") })
            .AddSingleton(new SeedCatalog(seed, Time))
            .BuildServiceProvider();
    }

    internal static async Task<TestDatabase> PreparedAsync(params SeedFile[] seed)
    {
        var database = new TestDatabase(seed);
        await database.PrepareAsync();
        return database;
    }

    internal string Path { get; }

    internal ManualTime Time { get; } = new();

    internal T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    internal Task PrepareAsync() => Get<DatabaseStartup>().PrepareAsync();

    internal PlannerDbContext Open() => Get<IDbContextFactory<PlannerDbContext>>().CreateDbContext();

    internal string[] Backups() => Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, "planner.db.backup-*");

    internal void Execute(string sql)
    {
        using var connection = Connect(Path);
        using var command = connection.CreateCommand();
        command.CommandText = TextOf(sql);
        command.ExecuteNonQuery();
    }

    internal T Scalar<T>(string sql, string? path = null)
    {
        using var connection = Connect(path ?? Path);
        using var command = connection.CreateCommand();
        command.CommandText = TextOf(sql);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Has the database refuse changes of a table, as a full disk would.</summary>
    /// <param name="table">The table.</param>
    /// <param name="change">INSERT or UPDATE.</param>
    /// <param name="when">Only of rows for which this holds; null for all.</param>
    internal void Refuse(string table, string change, string? when = null)
    {
        when = when is null ? "" : $"WHEN ({when})";
        Execute(_server is null
            ? $"CREATE TRIGGER Full BEFORE {change} ON {table} {when} BEGIN SELECT RAISE(ABORT, 'full'); END"
            : $"""
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'full'; END$$;
                CREATE TRIGGER full_ BEFORE {change} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION fail()
                """);
    }

    /// <summary>Ends <see cref="Refuse"/>.</summary>
    internal void Allow() => Execute(_server is null ? "DROP TRIGGER Full" : "DROP FUNCTION fail() CASCADE");

    private DbConnection Connect(string path)
    {
        DbConnection connection = _server is null ? new SqliteConnection($"Data Source={path};Pooling=False") : new NpgsqlConnection(_server);
        connection.Open();
        return connection;
    }

    private string TextOf(string sql)
    {
        if (_server is null)
            return sql;
        using var context = Open();
        return TestStore.Quoted(context, sql);
    }

    /// <summary>A result as an engine could give it.</summary>
    internal static Result ResultOf(string sentence, decimal? saving = null) => new("1.0", new Verdict("api", sentence, saving), [], [], []);

    internal static Scenario ScenarioOf(string name) => new()
    {
        Name = name,
        StartMonth = "2026-12",
        Options =
        [
            new ApiOption { Id = "api", Name = "API", PriceKey = "acme:one" },
            new SelfHostOption { Id = "self", Name = "Own", InstanceKey = "aws:g5:us" },
        ],
    };

    public void Dispose()
    {
        if (_server is null)
        {
            using var connection = new SqliteConnection(Get<DatabaseSettings>().ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        _services.Dispose();
        if (_server is not null)
            TestStore.GiveBack(_server);
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Small catalog files of the product's own form.</summary>
internal static class SmallCatalog
{
    internal static SeedFile Prices(string asOf = "2026-08-01", string input = "2.5", string more = "") => new("Seed/catalog/prices.json", $$"""
        { "schema": "planner.catalog/1", "sources": { "list": { "name": "Acme's list", "url": "https://acme.example/prices", "license": "facts" } },
          "rows": [
            { "key": "acme:one", "sourceKey": "one-v1", "seller": "acme", "name": "Acme One", "mode": "chat", "contextTokens": 128000, "deprecatedFrom": null,
              "source": "list", "asOf": "{{asOf}}",
              "prices": { "inputUsdPerM": {{input}}, "outputUsdPerM": 10, "cacheReadUsdPerM": null,
                "tiers": [ { "aboveTokens": 100000, "inputUsdPerM": 5 } ] } }
            {{more}} ] }
        """);

    internal const string SecondPrice = """
        , { "key": "acme:embed", "seller": "acme", "name": "Acme Embed", "mode": "embedding", "source": "list", "asOf": "2026-08-01",
            "prices": { "inputUsdPerM": 0.02 } }
        """;

    internal static SeedFile Instances(string onDemand = "1.006") => new("Seed/catalog/instances.json", $$"""
        { "schema": "planner.catalog/1", "sources": { "list": { "url": "https://aws.example", "license": "facts" } },
          "rows": [
            { "key": "aws:g5:us", "cloud": "aws", "type": "g5", "region": "us", "gpu": "A10G", "gpuCount": 1, "gpuMemoryGb": 24, "vcpus": 4, "memoryGb": 16,
              "source": "list", "asOf": "2026-08-01", "prices": { "onDemandUsd": {{onDemand}}, "spotUsd": null, "reserved1YUsd": 0.6, "reserved3YUsd": 0.4 } },
            { "key": "aws:p5:us", "cloud": "aws", "type": "p5", "region": "us", "gpu": "H100-SXM", "gpuCount": 8, "gpuMemoryGb": 80,
              "vcpus": 192, "memoryGb": 2048,
              "source": "list", "asOf": "2026-08-01", "prices": { "onDemandUsd": 55.04, "spotUsd": 20, "reserved1YUsd": null, "reserved3YUsd": null } } ] }
        """);

    internal static SeedFile Models { get; } = new("Seed/catalog/models.json", """
        { "schema": "planner.catalog/1", "sources": { "hub": { "url": "https://hub.example", "license": "facts" } },
          "rows": [ { "key": "small", "name": "Small", "huggingFaceId": null, "kind": "dense", "parametersB": 6.74, "activeParametersB": 6.74,
            "architecture": { "layers": 32, "hiddenSize": 4096, "intermediateSize": 11008, "mlpMatrices": 3, "heads": 32, "kvHeads": 32, "headDim": 128,
              "vocabularySize": 32000, "tiedEmbeddings": false },
            "contextTokens": 4096, "license": "MIT", "source": "hub", "asOf": "2026-08-01" } ] }
        """);

    internal static SeedFile Engines { get; } = new("Seed/catalog/engines.json", """
        { "schema": "planner.catalog/1", "sources": { "page": { "url": "https://engine.example", "license": "facts" } },
          "rows": [ { "key": "vllm", "name": "vLLM", "timing": "vllm", "speedFactor": 1, "maxSequences": 256, "chunkTokens": 8192, "precisions": [ "bf16", "fp8" ],
            "license": "Apache-2.0", "source": "page", "asOf": "2026-08-01" } ] }
        """);

    internal static SeedFile Gpus { get; } = new("Seed/catalog/gpus.json", """
        { "schema": "planner.catalog/1", "sources": { "sheet": { "url": "https://sheet.example", "license": "facts" } },
          "rows": [ { "key": "A10G", "name": "NVIDIA A10G", "vendor": "nvidia", "memoryGb": 24, "bandwidthGbPerSecond": 600,
            "bf16Tflops": 70, "fp8Tflops": null,
            "powerWatts": 300, "source": "sheet", "asOf": "2026-08-01" } ] }
        """);
}
