using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Puts right what was planned by a clock that went wrong: after one that was a year ahead is put back, nothing would run for that year.</summary>
internal static class ScheduleMender
{
    /// <summary>By so much a clock may be put back without that what has run already at that time runs again.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    /// <summary>Plans anew what would run later than its cron expression says.</summary>
    internal static async Task MendAsync(IScheduler scheduler, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), cancellationToken))
        {
            if (await scheduler.GetTrigger(key, cancellationToken) is ICronTrigger { CronExpressionString: { } cron, NextFireTimeUtc: { } next } trigger
                && FromUtc(CronExpression.Parse(cron).WithTimeZone(trigger.TimeZone), trigger.PreviousFireTimeUtc, next, now) is { } from)
                await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartAt(from).Build(), cancellationToken);
        }
    }

    /// <summary>From when a trigger has to be planned anew; null where its next time is right.</summary>
    internal static DateTimeOffset? FromUtc(CronExpression cron, DateTimeOffset? previous, DateTimeOffset next, DateTimeOffset now)
    {
        // What ran within the time that comes again has run.
        var from = previous is { } ran && ran > now && ran - now <= Slack ? ran : now;
        return cron.GetNextValidTimeAfter(from) is { } due && next - due > Slack ? from : null;
    }
}
