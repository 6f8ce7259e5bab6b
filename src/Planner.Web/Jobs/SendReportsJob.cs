using Planner.Data.Accounts;
using Planner.Web.Reports.Scheduled;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Sends and saves the reports whose time has come. When each is due stands with it, so a run missed while the app was down is made up once.</summary>
[DisallowConcurrentExecution]
public sealed class SendReportsJob(ReportDispatch dispatch, CurrentReach reach) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var _ = reach.AsProgram();
        await dispatch.RunDueAsync(cancellationToken);
    }
}
