using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;

namespace Planner.Tests.Data.Feeds;

/// <summary>An importer on a throw-away database, fed by a source on the loopback address.</summary>
internal sealed class FeedRig : IAsyncDisposable
{
    private readonly FeedClient _client;

    private FeedRig(TestDatabase database, FeedServer server, TimeProvider clientTime)
    {
        (Database, Server) = (database, server);
        _client = new FeedClient(clientTime);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new PriceFeeds(new ConfigurationBuilder().Build()).All.SelectMany(feed => new KeyValuePair<string, string?>[]
            {
                new($"Feeds:{feed.Id}:Url", server.Url), new($"Feeds:{feed.Id}:TimeoutSeconds", "20"),
            }))
            .Build();
        ListStore = new PriceListStore(database.Get<IDbContextFactory<PlannerDbContext>>(), database.Get<DatabaseSettings>(), database.Time, NullLogger<PriceListStore>.Instance);
        var feeds = new PriceFeeds(configuration, ListStore);
        Quarantine = new QuarantineStore(database.Get<IDbContextFactory<PlannerDbContext>>(), feeds, database.Time);
        Importer = new FeedImporter(
            feeds, _client, database.Get<FeedRunStore>(), new FeedPublisher(new PublisherContexts(this), database.Time), database.Get<Gates>(),
            database.Get<IDbContextFactory<PlannerDbContext>>(), database.Time, NullLogger<FeedImporter>.Instance);
        Lists = new PriceListDesk(ListStore, feeds, Importer, database.Get<IDbContextFactory<PlannerDbContext>>(), database.Time);
    }

    internal TestDatabase Database { get; }

    internal FeedServer Server { get; }

    internal FeedImporter Importer { get; }

    internal QuarantineStore Quarantine { get; }

    internal PriceListDesk Lists { get; }

    internal PriceListStore ListStore { get; }

    /// <summary>What happens between the comparison of a file and its publication.</summary>
    internal Func<Task> BeforePublication { get; set; } = () => Task.CompletedTask;

    internal CatalogStore Catalog => Database.Get<CatalogStore>();

    internal static async Task<FeedRig> StartAsync(params SeedFile[] seed) => new(await TestDatabase.PreparedAsync(seed), await FeedServer.StartAsync(), TimeProvider.System);

    /// <summary>One whose client waits as a clock of its own says.</summary>
    internal static async Task<FeedRig> StartAsync(TimeProvider clientTime) => new(await TestDatabase.PreparedAsync(), await FeedServer.StartAsync(), clientTime);

    internal Task<FeedRunRow> RefreshAsync(byte[] file) => RefreshAsync(PriceFeeds.LiteLlm, file);

    internal Task<FeedRunRow> RefreshAsync(string feedId, byte[] file)
    {
        Server.Serve(file);
        return Importer.RefreshAsync(feedId, FeedRunTriggers.Manual);
    }

    internal Task<FeedRunRow> UploadAsync(byte[] file) => UploadAsync(PriceFeeds.LiteLlm, file);

    internal async Task<FeedRunRow> UploadAsync(string feedId, byte[] file)
    {
        using var stream = new MemoryStream(file);
        return await Importer.ImportAsync(feedId, stream, FeedRunTriggers.Upload);
    }

    internal async Task<FeedRunDetails> DetailsAsync(FeedRunRow run) => (await Database.Get<FeedRunStore>().GetAsync(run.Id))!;

    internal async Task<InstanceEntry> InstanceAsync(string key) => (await Catalog.Instances.FindAsync(key))!;

    internal async Task<PriceEntry> PriceAsync(string key) => (await Catalog.Prices.FindAsync(key))!;

    /// <summary>The catalog's prices, to compare before and after.</summary>
    internal async Task<List<string>> DumpAsync()
    {
        await using var context = Database.Open();
        return [.. (await context.Prices.AsNoTracking().OrderBy(row => row.Key).ToListAsync())
            .Select(row => $"{row.Key} {PriceRowPrices.WritePrices(row.FeedPrices())} {row.RetiredBy} {row.Version} {row.FetchedAtUtc:O} {row.AsOf:O}")];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        Database.Dispose();
    }

    private sealed class PublisherContexts(FeedRig rig) : IDbContextFactory<PlannerDbContext>
    {
        public PlannerDbContext CreateDbContext() => rig.Database.Open();

        public async Task<PlannerDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await rig.BeforePublication();
            return CreateDbContext();
        }
    }
}
