using System.Globalization;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>A count of a run.</summary>
/// <param name="Label">What is counted.</param>
/// <param name="Value">The count.</param>
/// <param name="Detail">What it means.</param>
public sealed record RunCount(string Label, string Value, string Detail);

/// <summary>A price that a run changed.</summary>
/// <param name="Key">Key of the sheet.</param>
/// <param name="Field">Which price.</param>
/// <param name="Old">Before, USD per million tokens or USD an hour.</param>
/// <param name="New">After, USD per million tokens or USD an hour.</param>
/// <param name="Change">The change in percent, or what became of it.</param>
/// <param name="Rises">True for dearer, false for cheaper, null where it cannot be said.</param>
public sealed record ChangeLine(string Key, string Field, string Old, string New, string Change, bool? Rises)
{
    /// <summary>The row's page.</summary>
    public required string Link { get; init; }
}

/// <summary>A run as its page shows it.</summary>
public sealed record FeedRunModel(
    long Id, string FeedId, string Status, StatusKind Kind, string Explanation, string? Reason, string Started, string Duration, string Trigger,
    string SourceAsOf, bool Running, IReadOnlyList<RunCount> Counts, IReadOnlyList<ChangeLine> Changes, IReadOnlyList<QuarantinedRow> Quarantined,
    string? Warned)
{
    public static FeedRunModel From(FeedRunDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var run = details.Run;
        var running = run.Status == FeedRunStatuses.Running;
        return new(
            run.Id, run.FeedId, run.Status, RunStatus.KindOf(run.Status), RunStatus.Explain(run.Status), run.Reason, Format.Moment(run.StartedUtc),
            running ? Format.Unknown : RunStatus.Duration(run.DurationMs), RunStatus.TriggerOf(run.Trigger), Format.Day(run.SourceAsOf), running,
            CountsOf(run, details.Quarantined.Count), ChangesOf(details.Changes), details.Quarantined, WarnedOf(run));
    }

    /// <summary>Change of a price as a share: 0.1 is 10 % dearer; null where one of the two is unknown or the old one is 0.</summary>
    public static decimal? ShareOf(PriceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is { Old: { } old, New: { } now } && old != 0 ? (now - old) / old : null;
    }

    private static IReadOnlyList<RunCount> CountsOf(FeedRunRow run, int quarantined) =>
    [
        new(FeedsTexts.RowsRead, Format.Number(run.RowsRead), FeedsTexts.RowsReadDetail),
        new(FeedsTexts.Published, Format.Number(run.Published), FeedsTexts.PublishedDetail),
        new(FeedsTexts.Added, Format.Number(run.Added), FeedsTexts.AddedDetail),
        new(FeedsTexts.Changed, Format.Number(run.Changed), FeedsTexts.ChangedDetail),
        new(FeedsTexts.Retired, Format.Number(run.Retired), FeedsTexts.RetiredDetail),
        new(FeedsTexts.Quarantined, Format.Number(quarantined), FeedsTexts.QuarantinedDetail),
        new(FeedsTexts.Unavailable, Format.Number(run.Unavailable), FeedsTexts.UnavailableDetail),
        new(FeedsTexts.Warned, Format.Number(run.Warnings), FeedsTexts.WarnedDetail),
    ];

    /// <summary>The largest moves first; what cannot be compared last.</summary>
    private static IReadOnlyList<ChangeLine> ChangesOf(IReadOnlyList<PriceChange> changes) =>
    [
        .. changes.OrderByDescending(change => ShareOf(change) is { } share ? Math.Abs(share) : -1).ThenBy(change => change.Key, StringComparer.Ordinal)
            .Select(change => new ChangeLine(
                change.Key, FeedField.LabelOf(change.Field), Format.Rate(change.Old), Format.Rate(change.New), Words(change),
                ShareOf(change) is { } share ? share > 0 : null) { Link = FeedField.LinkOf(change.Key, FeedField.IsHourly(change.Field)) }),
    ];

    private static string Words(PriceChange change) => change switch
    {
        { Old: null } => FeedsTexts.ChangeNowKnown,
        { New: null } => FeedsTexts.ChangeNoLongerKnown,
        _ when ShareOf(change) is { } share => (share < 0 ? "−" : "+") + string.Create(CultureInfo.CurrentCulture, $"{Math.Abs(share) * 100:#,0.#} %"),
        _ => FeedsTexts.ChangeWasFree,
    };

    private static string? WarnedOf(FeedRunRow run)
    {
        string?[] sentences =
        [
            run.Warnings == 0 ? null
                : FeedsTexts.WarnedSentence.With(Format.Number(run.Warnings)),
            run.Unavailable == 0 ? null
                : FeedsTexts.UnavailableSentence.With(Format.Number(run.Unavailable)),
        ];
        return sentences.Any(sentence => sentence is not null) ? string.Join(" ", sentences.Where(sentence => sentence is not null)) : null;
    }
}
