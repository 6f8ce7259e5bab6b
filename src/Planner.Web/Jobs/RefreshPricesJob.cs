using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Refreshes one price feed. A failed run throws, which tells Quartz to try again; a refused file would be refused again.</summary>
[DisallowConcurrentExecution]
public sealed class RefreshPricesJob(FeedImporter importer, CurrentReach reach) : IJob
{
    internal const string FeedId = "feedId";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var _ = reach.AsProgram();
        var run = await importer.RefreshAsync(context.MergedJobDataMap.GetString(FeedId)!, FeedRunTriggers.Schedule, cancellationToken);
        if (run.Status == FeedRunStatuses.Failed)
            throw new JobExecutionException(run.Reason ?? "");
    }
}
