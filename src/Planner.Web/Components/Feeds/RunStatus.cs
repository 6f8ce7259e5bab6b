using System.Globalization;
using Planner.Data.Entities;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>How a run is called and marked.</summary>
public static class RunStatus
{
    public static StatusKind KindOf(string status) => status switch
    {
        FeedRunStatuses.Published or FeedRunStatuses.Unchanged => StatusKind.Good,
        FeedRunStatuses.Refused => StatusKind.Warning,
        FeedRunStatuses.Failed => StatusKind.Bad,
        _ => StatusKind.Neutral,
    };

    /// <summary>What the status means for the prices.</summary>
    public static string Explain(string status) => status switch
    {
        FeedRunStatuses.Running => "The file is being fetched, checked and compared. Nothing is published until all of it is done.",
        FeedRunStatuses.Published => "The file passed its checks; its prices apply now.",
        FeedRunStatuses.Unchanged => "The file is the one that was published last; its prices are confirmed.",
        FeedRunStatuses.Refused => "The file failed its checks. Nothing of it was published; the last good prices stay.",
        FeedRunStatuses.Failed => "The file could not be had or read. The last good prices stay.",
        _ => "",
    };

    public static string TriggerOf(string trigger) => trigger switch
    {
        FeedRunTriggers.Schedule => "on schedule",
        FeedRunTriggers.Manual => "by hand",
        FeedRunTriggers.Upload => "from a file",
        FeedRunTriggers.Removal => "as the list was removed",
        FeedRunTriggers.Review => "after a review",
        _ => trigger,
    };

    /// <summary>"0.35 s", "12 s", "2 min 5 s".</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 10_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000m:0.##} s"),
        < 60_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000} s"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 60_000} min {milliseconds / 1000 % 60} s"),
    };
}
