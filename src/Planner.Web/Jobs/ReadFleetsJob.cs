using Planner.Data.Accounts;
using Planner.Data.Actuals;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Reads the running fleets whose interval is over. What is wrong with a fleet stands with it, so nothing is tried again before the next interval.</summary>
[DisallowConcurrentExecution]
public sealed class ReadFleetsJob(FleetScrape scrape, CurrentReach reach) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var _ = reach.AsProgram();
        await scrape.RunAsync(cancellationToken);
    }
}
