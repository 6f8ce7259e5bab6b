using System.Collections.Concurrent;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>How a job ended the last time.</summary>
/// <param name="AtUtc">When it ended.</param>
/// <param name="Failed">True where it threw.</param>
/// <param name="DurationMs">How long it took.</param>
public sealed record JobOutcome(DateTime AtUtc, bool Failed, long DurationMs);

/// <summary>Remembers, since the start, how each job ended the last time. Thread-safe.</summary>
public sealed class JobOutcomes(TimeProvider time) : IJobListener
{
    private readonly ConcurrentDictionary<JobKey, JobOutcome> _last = new();

    /// <inheritdoc/>
    public string Name => nameof(JobOutcomes);

    /// <summary>How a job ended; null where it did not run since the start.</summary>
    public JobOutcome? Of(JobKey job) => _last.GetValueOrDefault(job);

    /// <inheritdoc/>
    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        _last[context.JobDetail.Key] = new JobOutcome(time.GetUtcNow().UtcDateTime, jobException is not null, (long)context.JobRunTime.TotalMilliseconds);
        return ValueTask.CompletedTask;
    }
}
