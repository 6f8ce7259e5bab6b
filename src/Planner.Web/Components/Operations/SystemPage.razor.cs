using Microsoft.AspNetCore.Components;
using Planner.Data;
using Planner.Web.Components.Feeds;
using Planner.Web.Components.Shared;
using Planner.Web.Hosting;
using Planner.Web.Jobs;

namespace Planner.Web.Components.Operations;

/// <summary>How the installation fares, for those who look after it.</summary>
public sealed partial class SystemPage
{
    private string? _failed;

    /// <summary>What was found; null until it was looked.</summary>
    /// <remarks>It comes with the page: it is not empty while the circuit starts.</remarks>
    [PersistentState]
    public SystemReport? Report { get; set; }

    [Inject]
    public required SystemState System { get; init; }

    [Inject]
    public required FeedSchedule Schedule { get; init; }

    [Inject]
    public required ILogger<SystemPage> Log { get; init; }

    protected override Task OnInitializedAsync()
    {
        if (Report is null)
            return LookAsync();
        _backups = Backups?.List() ?? [];
        return Task.CompletedTask;
    }

    private async Task LookAsync()
    {
        try
        {
            Report = await System.LookAsync();
            _backups = Backups?.List() ?? [];
            _failed = null;
        }
        // The database may be busy or damaged, which is when somebody looks here.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failed = StorageFault.SentenceOf(exception) ?? SharedTexts.ListFailed;
            LogFailed(Log, exception);
        }
    }

    private static StatusKind KindOf(string outcome) => outcome == "done" ? StatusKind.Good : RunStatus.KindOf(outcome);

    private static string WordOf(string outcome) => outcome == "done" ? OperationsTexts.OutcomeDone : RunStatus.WordOf(outcome);

    private static string NameOf(string kind) => kind switch
    {
        "database" => OperationsTexts.StoredDatabase,
        "wal" => OperationsTexts.StoredWal,
        "schedule" => OperationsTexts.StoredSchedule,
        "usage" => OperationsTexts.StoredUsage,
        "migrationCopies" => OperationsTexts.StoredMigrations,
        "backups" => OperationsTexts.Backups,
        "reports" => OperationsTexts.StoredReports,
        _ => kind,
    };

    private static string BrowserOf(SystemAbout about) => about switch
    {
        { Browser: null } => OperationsTexts.BrowserNone,
        { BrowserVersion: null } => OperationsTexts.BrowserIdle.With(about.Browser),
        _ => $"{about.Browser}, {about.BrowserVersion}",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "How the installation fares could not be found out")]
    private static partial void LogFailed(ILogger log, Exception exception);
}
