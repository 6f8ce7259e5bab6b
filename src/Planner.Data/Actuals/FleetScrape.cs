using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Planner.Data.Actuals;

/// <summary>Reads the fleets that are due and keeps what they did. One run at a time; thread-safe.</summary>
public sealed partial class FleetScrape(FleetStore store, FleetReader reader, FleetMeasurer measurer, IConfiguration configuration, TimeProvider time, ILogger<FleetScrape> log) : IDisposable
{
    private const int AtOnce = 8;

    private readonly SemaphoreSlim _run = new(1);
    private readonly SemaphoreSlim _write = new(1);
    private DateOnly? _forgot;

    /// <summary>Reads the targets whose interval is over, some at once, so that none waits long for one that does not answer; a run while another is under way does nothing.</summary>
    /// <param name="cancellationToken">Ends it early; what was read so far is kept.</param>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (string.Equals(configuration["Actuals:Enabled"], "false", StringComparison.OrdinalIgnoreCase) || !await _run.WaitAsync(0, cancellationToken))
            return;
        // What is wrong with a fleet is kept beside it.
        using var language = Language.Stored();
        try
        {
            await Parallel.ForEachAsync(
                await store.DueAsync(cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (due, cancel) => await ReadAsync(due, cancel));
            await TryMeasureAsync(cancellationToken);
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            if (_forgot != today)
                await store.ForgetAsync(cancellationToken);
            _forgot = today;
        }
        finally
        {
            _run.Release();
        }
    }

    private async Task TryMeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await measurer.MeasureAsync(cancellationToken);
        }
        // What was read is kept and old hours still go; the next run measures again.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotMeasured(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _write.Dispose();
    }

    private async Task ReadAsync(DueTarget due, CancellationToken cancellationToken)
    {
        try
        {
            var target = due.Target;
            var trial = await reader.ReadAsync(
                new FleetTargetDraft(target.OptionId, target.Name, target.Kind, target.Addresses, target.Selector, target.Instances, target.IntervalMinutes), cancellationToken);
            await NoteAsync(due, trial, cancellationToken);
        }
        // Whatever is wrong with one of them, or with the database for a moment, the others are read.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(due.Target.Id, exception);
        }
    }

    /// <summary>One after the other: the database has one writer.</summary>
    private async Task NoteAsync(DueTarget due, FleetTrial trial, CancellationToken cancellationToken)
    {
        await _write.WaitAsync(cancellationToken);
        try
        {
            // A fault is said once when it begins and once when it ends; what lies between stands with the target.
            var change = await store.NoteAsync(due, trial.Snapshot, trial.Fault, cancellationToken);
            if (change is { Before: null, Now: { } fault })
                LogFaultBegan(due.Target.Id, fault);
            else if (change is { Before: not null, Now: null })
                LogFaultEnded(due.Target.Id, change.Since);
        }
        finally
        {
            _write.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Fleet {Target} does not answer as it should: {Fault}")]
    private partial void LogFaultBegan(long target, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fleet {Target} answers again; it had not since {Since}")]
    private partial void LogFaultEnded(long target, DateTime? since);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fleet {Target} could not be read")]
    private partial void LogFailed(long target, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What the hours of fleets measure could not be stored")]
    private partial void LogNotMeasured(Exception exception);
}
