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

    /// <summary>The status in the reader's language.</summary>
    public static string WordOf(string status) => status switch
    {
        FeedRunStatuses.Running => FeedsTexts.StatusRunning,
        FeedRunStatuses.Published => FeedsTexts.StatusPublished,
        FeedRunStatuses.Unchanged => FeedsTexts.StatusUnchanged,
        FeedRunStatuses.Refused => FeedsTexts.StatusRefused,
        FeedRunStatuses.Failed => FeedsTexts.StatusFailed,
        _ => status,
    };

    /// <summary>What the status means for the prices.</summary>
    public static string Explain(string status) => status switch
    {
        FeedRunStatuses.Running => FeedsTexts.ExplainRunning,
        FeedRunStatuses.Published => FeedsTexts.ExplainPublished,
        FeedRunStatuses.Unchanged => FeedsTexts.ExplainUnchanged,
        FeedRunStatuses.Refused => FeedsTexts.ExplainRefused,
        FeedRunStatuses.Failed => FeedsTexts.ExplainFailed,
        _ => "",
    };

    public static string TriggerOf(string trigger) => trigger switch
    {
        FeedRunTriggers.Schedule => FeedsTexts.TriggerSchedule,
        FeedRunTriggers.Manual => FeedsTexts.TriggerManual,
        FeedRunTriggers.Upload => FeedsTexts.TriggerUpload,
        FeedRunTriggers.Removal => FeedsTexts.TriggerRemoval,
        FeedRunTriggers.Review => FeedsTexts.TriggerReview,
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
