using Planner.Data.Stores;
using Planner.Domain;
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
            stored.SavedBy is { } who ? Wording.Say(DeliveryTexts.LetterSavedBy, stored.Version, Format.Moment(stored.SavedUtc), who) : Wording.Say(DeliveryTexts.LetterSaved, stored.Version, Format.Moment(stored.SavedUtc)),
        ];
        if (stored.Digest is { } digest)
            lines.Add(Wording.Say(DeliveryTexts.LetterDigest, digest));
        lines.AddRange([SentenceOf(today), "", Wording.Say(DeliveryTexts.LetterFiles, string.Join(", ", files.Select(file => file.Name))), ""]);
        return new ReportLetter(Wording.Say(DeliveryTexts.LetterSubject, stored.Scenario.Name, stored.Version), string.Join("\r\n", lines));
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
            (null, _) => Wording.Say(DeliveryTexts.TodayFirst, DecisionWords.Of(after)),
            (_, null) => Wording.Say(DeliveryTexts.TodayNone, DecisionWords.Of(before)),
            var (was, now) when was != now => Wording.Say(DeliveryTexts.TodayOther, DecisionWords.Of(after), DecisionWords.Of(before)),
            _ when change.Reasons.Contains(DecisionReasons.MonthlyCost) => Wording.Say(DeliveryTexts.TodayMoved, DecisionWords.Of(after), DecisionWords.Of(before)),
            _ => Wording.Say(DeliveryTexts.TodayKept, DecisionWords.Of(after)),
        };
        if (change.Reasons.Contains(DecisionReasons.BreakEven))
        {
            yield return (before.BreakEvenRequests, after.BreakEvenRequests) switch
            {
                (null, var now) => Wording.Say(DeliveryTexts.TodayBreakEvenNew, DecisionWords.BreakEven(now)),
                (var was, null) => Wording.Say(DeliveryTexts.TodayBreakEvenGone, DecisionWords.BreakEven(was)),
                var (was, now) => Wording.Say(DeliveryTexts.TodayBreakEven, DecisionWords.BreakEven(now), DecisionWords.BreakEven(was)),
            };
        }

        if (change.Unknown.Count > 0)
            yield return Wording.Say(DeliveryTexts.TodayUnknownCost, ScheduleWords.Listed(change.Unknown));
    }
}
