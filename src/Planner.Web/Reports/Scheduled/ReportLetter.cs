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

    /// <summary>Whether today's prices would change the decision, in one sentence.</summary>
    internal static string SentenceOf(DecisionChange? today) => today switch
    {
        null => DeliveryTexts.TodayUnknown,
        { Reasons.Count: 0 } => DeliveryTexts.TodaySame,
        { After.Fault: not null } => DeliveryTexts.TodayUnknown,
        { } change when change.Before.OptionId != change.After.OptionId => Wording.Say(DeliveryTexts.TodayOther, DecisionWords.Of(change.After), DecisionWords.Of(change.Before)),
        { } change => Wording.Say(DeliveryTexts.TodayMoved, DecisionWords.Of(change.After), DecisionWords.Of(change.Before)),
    };
}
