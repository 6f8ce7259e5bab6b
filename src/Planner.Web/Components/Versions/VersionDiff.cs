using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Domain.Versions;
using Planner.Web.Components.Scenarios.Inputs;

namespace Planner.Web.Components.Versions;

/// <summary>How two versions differ, in words. What differs in nothing is left out.</summary>
/// <param name="From">The earlier version.</param>
/// <param name="To">The later version.</param>
/// <param name="Inputs">Inputs that differ.</param>
/// <param name="Prices">Catalog rows that both used and that say something else, as sentences.</param>
/// <param name="Answer">How the answers differ.</param>
public sealed record VersionDiff(int From, int To, IReadOnlyList<InputChange> Inputs, IReadOnlyList<string> Prices, AnswerDiff Answer)
{
    /// <summary>All of it in one line: "Requests per month: 1,000,000 → 1,200,000 (+20 %), and 2 more changes".</summary>
    public string Summary { get; init; } = "";

    /// <summary>Compares two stored versions.</summary>
    public static VersionDiff Of(StoredScenario from, StoredScenario to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var changes = VersionComparison.Of(new VersionContent(from.Scenario, from.Snapshot, from.Result), new VersionContent(to.Scenario, to.Snapshot, to.Result));
        var inputs = InputWords.Of(from.Scenario, to.Scenario, changes.Inputs);
        var prices = AnswerWords.Rows(changes.Rows);
        return new VersionDiff(from.Version, to.Version, inputs, prices, AnswerDiff.Of(from, to, changes)) { Summary = SummaryOf(inputs, prices, from.EngineVersion, to.EngineVersion) };
    }

    /// <summary>What a version changed, in one line; the answers are not compared.</summary>
    public static string SummaryOf(VersionHead from, VersionHead to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return SummaryOf(
            InputWords.Of(from.Scenario, to.Scenario, DocumentComparison.Of(from.Scenario, to.Scenario)), AnswerWords.Rows(CatalogComparison.Of(from.Snapshot, to.Snapshot)),
            from.EngineVersion, to.EngineVersion);
    }

    private static string SummaryOf(IReadOnlyList<InputChange> inputs, IReadOnlyList<string> prices, string oldEngine, string newEngine)
    {
        List<string> all = [.. inputs.Select(input => input.Sentence), .. prices];
        return all switch
        {
            [] => oldEngine == newEngine ? Texts.VersionSame : Texts.VersionEngineOnly.With(oldEngine, newEngine),
            [var only] => only,
            [var first, ..] => (all.Count == 2 ? Texts.VersionOneMore : Texts.VersionMore).With(first, all.Count - 1),
        };
    }
}

/// <summary>How two answers differ, in words.</summary>
/// <param name="Verdict">The cheapest option where it is another one; null where it is the same.</param>
/// <param name="OldSentence">The earlier answer in one sentence, as stored.</param>
/// <param name="NewSentence">The later one.</param>
/// <param name="Figures">Figures of options that differ.</param>
/// <param name="BreakEven">Break-even points that moved, as sentences.</param>
/// <param name="NewFindings">Checks that only the later answer has.</param>
/// <param name="GoneFindings">Checks that only the earlier answer has.</param>
/// <param name="Note">What could not be compared, and why; null for nothing.</param>
public sealed record AnswerDiff(
    string? Verdict, string OldSentence, string NewSentence, IReadOnlyList<FigureRow> Figures, IReadOnlyList<string> BreakEven, IReadOnlyList<string> NewFindings,
    IReadOnlyList<string> GoneFindings, string? Note)
{
    internal static AnswerDiff Of(StoredScenario from, StoredScenario to, VersionChanges changes)
    {
        var answer = changes.Answer;
        return new AnswerDiff(
            AnswerWords.Verdict(answer), from.Result.Verdict.Sentence, to.Result.Verdict.Sentence, AnswerWords.Figures(answer, DisplayCurrency.Of(to.Scenario)),
            AnswerWords.BreakEven(answer, from.Scenario, to.Scenario),
            [.. answer.NewFindings.Select(check => InputField.InWords(to.Scenario, check.Message))], [.. answer.GoneFindings.Select(check => InputField.InWords(from.Scenario, check.Message))],
            changes.PresentCostsCompared ? null : Texts.VersionPresentCosts.With(from.EngineVersion, to.EngineVersion, Engine.Version))
        {
            IsSame = answer.IsEmpty,
        };
    }

    /// <summary>True where both say the same.</summary>
    public bool IsSame { get; init; }
}
