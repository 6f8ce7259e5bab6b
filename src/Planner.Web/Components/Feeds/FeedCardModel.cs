using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>A feed as its card shows it.</summary>
/// <param name="Id">The feed.</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it is served.</param>
/// <param name="Schedule">When it is refreshed, in words.</param>
/// <param name="Next">The next scheduled run.</param>
/// <param name="LastGood">When it last succeeded; null for never.</param>
/// <param name="Age">Why it is as old as it is; null where all is well.</param>
/// <param name="LastRun">Its latest run; null for none.</param>
/// <param name="Counts">What the last good run found; empty before the first.</param>
public sealed record FeedCardModel(
    string Id, string Name, string Url, string Schedule, string Next, DateTimeOffset? LastGood, string? Age, RunLine? LastRun, IReadOnlyList<RunCount> Counts)
{
    /// <summary>Largest file that it takes, bytes.</summary>
    public required int MaxBytes { get; init; }

    /// <summary>Ending of its file's name, such as <c>csv</c>.</summary>
    public required string FileType { get; init; }

    /// <summary>True where it is about machines, false for prices of APIs.</summary>
    public required bool IsMachines { get; init; }

    /// <param name="feed">The feed.</param>
    /// <param name="state">What is known of it; null before the first run.</param>
    /// <param name="lastRun">Its latest run; null for none.</param>
    /// <param name="lastGood">The run that published what applies; null for none.</param>
    /// <param name="nextUtc">Its next run; null for none.</param>
    /// <param name="failures">Failed and refused runs since the last good one.</param>
    public static FeedCardModel From(FeedOptions feed, FeedStateRow? state, FeedRunRow? lastRun, FeedRunDetails? lastGood, DateTime? nextUtc, int failures = 0)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return new(
            feed.Id, feed.Name, feed.Url, feed.Enabled ? ScheduleText.Of(feed.Cron) : FeedsTexts.ScheduleOff,
            nextUtc is { } next ? Format.Moment(next) : FeedsTexts.None, state?.LastGoodUtc is { } good ? new DateTimeOffset(good, TimeSpan.Zero) : null,
            AgeReason(feed, state, lastRun), lastRun is null ? null : RunLine.From(lastRun), lastGood is null && failures == 0 ? [] : CountsOf(lastGood, failures))
        {
            MaxBytes = feed.MaxBytes,
            FileType = feed.FileType,
            IsMachines = feed.Content is not PriceContent,
        };
    }

    private static string? AgeReason(FeedOptions feed, FeedStateRow? state, FeedRunRow? lastRun) => lastRun switch
    {
        { Status: FeedRunStatuses.Failed or FeedRunStatuses.Refused } => lastRun.Reason,
        _ when state?.LastGoodUtc is null => FeedsTexts.AgeNotRun,
        _ when !feed.Enabled => FeedsTexts.AgeScheduleOff,
        _ => null,
    };

    private static IReadOnlyList<RunCount> CountsOf(FeedRunDetails? good, int failures) =>
    [
        new(FeedsTexts.CountRows, Format.Number(good?.Run.RowsRead), FeedsTexts.CountRowsLastGood),
        new(FeedsTexts.CountChanges, Format.Number(good?.Run.Added + good?.Run.Changed + good?.Run.Retired), FeedsTexts.CountChangesLastGood),
        new(FeedsTexts.Quarantined, Format.Number(good?.Quarantined.Count), FeedsTexts.CountQuarantinedLastGood),
        new(FeedsTexts.CountErrors, Format.Number(failures), FeedsTexts.CountErrorsSince),
    ];
}

/// <summary>A run in a list.</summary>
public sealed record RunLine(
    long Id, string FeedId, string Started, string Trigger, string Status, StatusKind Kind, string? Reason, string Rows, string Added, string Changed,
    string Retired, string Unavailable, string Warned, string Duration, bool Running)
{
    public static RunLine From(FeedRunRow run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var running = run.Status == FeedRunStatuses.Running;
        return new(
            run.Id, run.FeedId, Format.Moment(run.StartedUtc), RunStatus.TriggerOf(run.Trigger), run.Status, RunStatus.KindOf(run.Status), run.Reason,
            Format.Number(run.RowsRead), Format.Number(run.Added), Format.Number(run.Changed), Format.Number(run.Retired), Format.Number(run.Unavailable),
            Format.Number(run.Warnings), running ? Format.Unknown : RunStatus.Duration(run.DurationMs), running);
    }
}
