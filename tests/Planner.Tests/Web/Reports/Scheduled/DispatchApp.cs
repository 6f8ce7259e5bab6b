using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Planner.Data;
using Planner.Data.Reports;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Tests.Data;
using Planner.Web.Accounts;
using Planner.Web.Reports;
using Planner.Web.Reports.Scheduled;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>What sends reports, on a throw-away database and folder, at noon of 1 December 2026 unless the clock is moved. There is no browser; everything that it logs is kept.</summary>
internal sealed class DispatchApp : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-reports-").FullName;
    private readonly ServiceProvider _services;

    private DispatchApp(IEnumerable<(string Key, string Value)> settings)
    {
        Reports = Path.Combine(_folder, "reports");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("Reports:Folder", Reports)).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2)).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IServer, NoServer>()
            .AddSingleton(AccountsOptions.From(configuration, Path.Combine(_folder, "planner.db")))
            .AddSingleton<PrintTickets>()
            .AddPlannerData(DatabaseSettings.From(configuration, Path.Combine(_folder, "planner.db")))
            .AddSingleton(provider => new SeedCatalog(SeedFile.Embedded("Seed/catalog/"), Time))
            .AddReports(configuration)
            .BuildServiceProvider();
    }

    public string Reports { get; }

    public ManualTime Time { get; } = new();

    public LogKeeper Log { get; } = new();

    public ReportDispatch Dispatch => Get<ReportDispatch>();

    public ReportScheduleStore Schedules => Get<ReportScheduleStore>();

    /// <summary>The saved reports by name.</summary>
    public string[] Saved => Directory.Exists(Reports) ? [.. Directory.GetFiles(Reports).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    public static async Task<DispatchApp> StartAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var app = new DispatchApp(settings);
        await app.Get<DatabaseStartup>().PrepareAsync();
        return app;
    }

    /// <summary>Settings of a mail server on this machine.</summary>
    public static IEnumerable<(string Key, string Value)> Mail(SmtpServer server, string security = "none") =>
    [
        ("Reports:Smtp:Host", "127.0.0.1"), ("Reports:Smtp:Port", $"{server.Port}"), ("Reports:Smtp:Security", security), ("Reports:Smtp:From", "planner@example.com"),
    ];

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Stores a worked example under a name.</summary>
    public async Task<string> StoreAsync(string name = "High-volume chat")
    {
        var scenario = Get<ExampleStore>().Find("high-volume-chat")!.Scenario with { Name = name };
        var snapshot = await Get<CatalogStore>().SnapshotAsync(scenario);
        return (await Get<ScenarioStore>().CreateAsync(scenario, snapshot, Engine.Evaluate(scenario, snapshot))).Id;
    }

    /// <summary>Schedules a report for one o'clock of every day.</summary>
    public async Task<ReportSchedule> ScheduleAsync(string scenarioId, params IReadOnlyList<string> recipients) => await ScheduleAsync(scenarioId, toFolder: recipients.Count == 0, recipients);

    public async Task<ReportSchedule> ScheduleAsync(string scenarioId, bool toFolder, IReadOnlyList<string> recipients, params IReadOnlyList<string> formats)
    {
        var plan = new ReportScheduleDraft("day", 13, null, null, null, formats.Count == 0 ? ["csv"] : formats, null, toFolder, recipients);
        return (await Schedules.AddAsync(scenarioId, plan, ReportTimes.NextUtc(plan, Time.Now.UtcDateTime), ScheduleWords.Of(plan))).Added!;
    }

    /// <summary>Moves the clock and runs what is due then.</summary>
    public async Task RunAtAsync(string time)
    {
        Time.Now = new DateTimeOffset(ReportTimesTests.Utc(time));
        await Dispatch.RunDueAsync(Xunit.TestContext.Current.CancellationToken);
    }

    public async Task<ReportScheduleState> StateAsync(ReportSchedule schedule) => (await Schedules.FindAsync(schedule.ScenarioId, schedule.Id))!.State;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
