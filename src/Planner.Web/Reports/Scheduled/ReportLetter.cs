using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Web.Components.Alerts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Reports.Scheduled;

/// <summary>What is written to whom a report is sent.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
public sealed record ReportLetter(string Subject, string Text)
{
    /// <summary>The letter of a version.</summary>
    /// <param name="stored">The version.</param>
    /// <param name="today">What today's prices make of it; null where that cannot be told.</param>
    /// <param name="files">What is attached.</param>
    public static ReportLetter Of(StoredScenario stored, DecisionChange? today, IReadOnlyList<ReportFile> files)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(files);
        List<string> lines =
        [
            stored.Scenario.Name,
            "",
            stored.Result.Verdict.Sentence,
            "",
            stored.SavedBy is { } who ? DeliveryTexts.LetterSavedBy.With(stored.Version, Format.Moment(stored.SavedUtc), who) : DeliveryTexts.LetterSaved.With(stored.Version, Format.Moment(stored.SavedUtc)),
        ];
        if (stored.Digest is { } digest)
            lines.Add(DeliveryTexts.LetterDigest.With(digest));
        lines.AddRange([SentenceOf(today), "", DeliveryTexts.LetterFiles.With(string.Join(", ", files.Select(file => file.Name))), ""]);
        return new ReportLetter(DeliveryTexts.LetterSubject.With(stored.Scenario.Name, stored.Version), string.Join("\r\n", lines));
    }

    /// <summary>Whether today's prices would change the decision, and what else they move.</summary>
    internal static string SentenceOf(DecisionChange? today) => today switch
    {
        null or { After.Fault: not null } => DeliveryTexts.TodayUnknown,
        { Reasons.Count: 0 } => DeliveryTexts.TodaySame,
        { } change => string.Join(' ', SentencesOf(change)),
    };

    private static IEnumerable<string> SentencesOf(DecisionChange change)
    {
        var (before, after) = (change.Before, change.After);
        yield return (before.OptionId, after.OptionId) switch
        {
            (null, null) => DeliveryTexts.TodayOpen,
            (null, _) => DeliveryTexts.TodayFirst.With(DecisionWords.Of(after)),
            (_, null) => DeliveryTexts.TodayNone.With(DecisionWords.Of(before)),
            var (was, now) when was != now => DeliveryTexts.TodayOther.With(DecisionWords.Of(after), DecisionWords.Of(before)),
            _ when change.Reasons.Contains(DecisionReasons.MonthlyCost) => DeliveryTexts.TodayMoved.With(DecisionWords.Of(after), DecisionWords.Of(before)),
            _ => DeliveryTexts.TodayKept.With(DecisionWords.Of(after)),
        };
        if (change.Reasons.Contains(DecisionReasons.BreakEven))
        {
            yield return (before.BreakEvenRequests, after.BreakEvenRequests) switch
            {
                (null, var now) => DeliveryTexts.TodayBreakEvenNew.With(DecisionWords.BreakEven(now)),
                (var was, null) => DeliveryTexts.TodayBreakEvenGone.With(DecisionWords.BreakEven(was)),
                var (was, now) => DeliveryTexts.TodayBreakEven.With(DecisionWords.BreakEven(now), DecisionWords.BreakEven(was)),
            };
        }

        if (change.Unknown.Count > 0)
            yield return DeliveryTexts.TodayUnknownCost.With(ScheduleWords.Listed(change.Unknown));
    }
}
