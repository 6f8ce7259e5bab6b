using System.Threading.Channels;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Stores;

namespace Planner.Web.Jobs;

/// <summary>
/// Tells the webhook, after each check of the stored decisions, of the open alerts that it has not been told of. It keeps nobody waiting: where nobody answers it stops, and goes on after the next
/// check. Thread-safe.
/// </summary>
public sealed partial class AlertTeller : BackgroundService
{
    private const int Batch = 100;

    private readonly Channel<bool> _checks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly AlertStore _alerts;
    private readonly AlertWebhook _webhook;
    private readonly Gates _gates;
    private readonly CurrentReach _reach;
    private readonly IConfiguration _configuration;
    private readonly ILogger<AlertTeller> _log;

    public AlertTeller(DecisionWatch watch, AlertStore alerts, AlertWebhook webhook, Gates gates, CurrentReach reach, IConfiguration configuration, ILogger<AlertTeller> log)
    {
        ArgumentNullException.ThrowIfNull(watch);
        (_alerts, _webhook, _gates, _reach, _configuration, _log) = (alerts, webhook, gates, reach, configuration, log);
        watch.Ended += _ => _checks.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var entered = _reach.AsProgram();
        try
        {
            await foreach (var _ in _checks.Reader.ReadAllAsync(stoppingToken))
                await TryTellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TryTellAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (AlertOptions.From(_configuration).WebhookUrl is { } url)
                await TellAsync(_alerts, _webhook, _gates, url, LogTold, cancellationToken);
        }
        // The database may be busy or full: the next check tries again, and the app goes on.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(exception);
        }
    }

    /// <summary>Tells all that are untold, or as many until nobody answers.</summary>
    internal static async Task TellAsync(AlertStore alerts, AlertWebhook webhook, Gates gates, string url, Action<long, string> told, CancellationToken cancellationToken)
    {
        // Another node may be telling the same ones.
        await using var gate = await gates.EnterAsync(Gates.Webhook, cancellationToken);
        while (await alerts.UntoldAsync(Batch, cancellationToken) is { Count: > 0 } untold)
        {
            foreach (var alert in untold)
            {
                var answer = await webhook.TellAsync(url, alert, cancellationToken);
                // Also where the app is ending: the next start would tell it again.
                await alerts.NoteWebhookAsync(alert.Id, answer.Text, CancellationToken.None);
                told(alert.Id, answer.Text);
                if (!answer.IsReached)
                    return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Alert {Alert}: {Answer}")]
    private partial void LogTold(long alert, string answer);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook could not be told of alerts")]
    private partial void LogFailed(Exception exception);
}
