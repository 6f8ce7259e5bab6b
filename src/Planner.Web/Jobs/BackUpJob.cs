using Planner.Data.Sqlite;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Makes a backup of the database where the newest is a day old. What is wrong is logged, and tried again in an hour.</summary>
[DisallowConcurrentExecution]
public sealed class BackUpJob(DatabaseBackups backups) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await backups.MakeIfDueAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Logged where it happened; here it counts as failed.
            throw new JobExecutionException(exception);
        }
    }
}
