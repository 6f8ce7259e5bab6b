using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Degraded while a feed that is refreshed on schedule is older than its limit: <c>Feeds:{id}:MaxAgeDays</c>, else three times the longest pause of its schedule. A feed that never was is counted from the first start.</summary>
public sealed class FeedAgeCheck(PriceFeeds feeds, FeedRunStore runs, IConfiguration configuration, TimeProvider time) : IHealthCheck
{
    private const int Periods = 3;

    // Enough to see the weekend of a schedule that leaves it out.
    private const int RunsLookedAt = 8;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var good = (await runs.StatesAsync(cancellationToken)).ToDictionary(state => state.FeedId, state => state.LastGoodUtc);
        var since = await runs.CatalogSinceAsync(cancellationToken);
        var old = new List<string>();
        foreach (var feed in feeds.All.Where(feed => feed.Enabled))
        {
            if (LimitOf(feed.Cron, configuration[$"Feeds:{feed.Id}:MaxAgeDays"], now) is not { } limit)
                continue;
            if ((good.GetValueOrDefault(feed.Id) ?? since) is { } age && (now - age).Duration() <= limit)
                continue;
            if (good.GetValueOrDefault(feed.Id) is not { } last)
                old.Add(Texts.FeedNeverGood.With(feed.Id));
            else if (last > now)
                old.Add(Texts.FeedAhead.With(feed.Id));
            else
                old.Add(Texts.FeedTooOld.With(feed.Id, Math.Floor((now - last).TotalDays), Math.Round(limit.TotalDays, 1)));
        }

        return old.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(" ", old));
    }

    /// <summary>How old a feed may become.</summary>
    /// <param name="cron">Its schedule.</param>
    /// <param name="maxAgeDays">The limit as configured, days above 0; null for none, and what cannot be read counts for none.</param>
    /// <param name="now">From when the schedule is looked at.</param>
    /// <returns>The limit; null where there is none and the schedule says nothing.</returns>
    internal static TimeSpan? LimitOf(string cron, string? maxAgeDays, DateTimeOffset now)
    {
        if (double.TryParse(maxAgeDays, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 36_500)
            return TimeSpan.FromDays(days);
        if (!CronExpression.TryParse(cron, out var written))
            return null;
        var schedule = written.WithTimeZone(TimeZoneInfo.Utc);
        var (longest, last) = (TimeSpan.Zero, schedule.GetNextValidTimeAfter(now));
        for (var i = 0; i < RunsLookedAt && last is { } from && schedule.GetNextValidTimeAfter(from) is { } next; i++)
            (longest, last) = (next - from > longest ? next - from : longest, next);
        return longest == TimeSpan.Zero ? null : longest * Periods;
    }
}
