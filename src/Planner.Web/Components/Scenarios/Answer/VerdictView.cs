using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>The answer in words.</summary>
/// <param name="Sentence">Who is cheapest, by how much, and what would flip it.</param>
/// <param name="Cheapest">The cheapest feasible option; null where there is none.</param>
/// <param name="Saving">What the cheapest option saves against the present bill, in words; null where no bill is set.</param>
/// <param name="SavingUsd">The same as an amount.</param>
/// <param name="BreakEven">What the capacity-checked comparison says about other volumes.</param>
/// <param name="Why">What decides the cheapest option's and its rivals' bills.</param>
/// <param name="Flips">What would change the answer.</param>
public sealed record VerdictView(
    string Sentence, OptionView? Cheapest, string? Saving, decimal? SavingUsd, string? BreakEven, IReadOnlyList<string> Why, IReadOnlyList<string> Flips)
{
    internal static VerdictView Of(Scenario scenario, Result result, IReadOnlyList<OptionView> options)
    {
        var cheapest = options.FirstOrDefault(option => option.IsCheapest);
        return new VerdictView(
            result.Verdict.Sentence, cheapest, SavingInWords(scenario, result.Verdict), result.Verdict.MonthlySavingUsd,
            result.AlongRequests(firstMonth: false, capacityChecked: true)?.Sentence,
            [.. options.Select(Decisive).OfType<string>()], [.. FlipsOf(result)]);
    }

    private static string? SavingInWords(Scenario scenario, Verdict verdict)
    {
        var isOption = scenario.BaselineMonthlyUsd is null;
        var saving = verdict.MonthlySavingUsd;
        var currency = DisplayCurrency.Of(scenario);
        return saving switch
        {
            null => null,
            0 when scenario.BaselineOptionId == verdict.CheapestOptionId => AnswerTexts.TodayIsCheapest,
            0 => isOption ? AnswerTexts.SameAsTodaysOption : AnswerTexts.SameAsTodaysBill,
            > 0 => (isOption ? AnswerTexts.SavesAgainstOption : AnswerTexts.SavesAgainstBill).With(Format.MoneyHeadline(saving, currency)),
            _ => (isOption ? AnswerTexts.CostsMoreThanOption : AnswerTexts.CostsMoreThanBill).With(Format.MoneyHeadline(-saving, currency)),
        };
    }

    private static string? Decisive(OptionView option)
    {
        var recurring = option.Result.Ledger.Where(line => !line.OneOff && line.AmountUsd > 0).ToList();
        if (recurring.MaxBy(line => line.AmountUsd) is not { } largest || option.Result.OngoingMonthlyUsd is not > 0)
        {
            return null;
        }

        var share = (double)(largest.AmountUsd / option.Result.OngoingMonthlyUsd.Value);
        return AnswerTexts.LargestLine.With(
            option.Name, option.Result.Kind == OptionKinds.Hybrid || WithinSentence.KeepsCapitals ? largest.Item : largest.Item.ToLowerInvariant(), Format.Percent(share),
            Format.Money(option.Result.OngoingMonthlyUsd, option.Currency), string.Join(" × ", largest.Operands.Select(operand => $"{Format.Number(Rounded((decimal)operand.Value))} {operand.Unit}")));
    }

    // A sentence; the working has all digits.
    private static decimal Rounded(decimal value) => Math.Abs(value) < 100 ? value : Math.Round(value, 2);

    private static IEnumerable<string> FlipsOf(Result result)
    {
        foreach (var found in result.BreakEven)
        {
            yield return (found switch
            {
                { FirstMonth: false, CapacityChecked: false } => AnswerTexts.FlipsOngoing,
                { FirstMonth: false } => AnswerTexts.FlipsOngoingChecked,
                { CapacityChecked: false } => AnswerTexts.FlipsFirstMonth,
                _ => AnswerTexts.FlipsFirstMonthChecked,
            }).With(found.Sentence);
        }

        foreach (var option in result.Options.Where(option => option is { Feasible: false, Capacity: not null }))
        {
            yield return AnswerTexts.FlipsThroughput.With(option.Name, Wording.Count(option.Capacity!.RequiredTokensPerSecond), Wording.Count(option.Capacity.TokensPerSecond));
        }
    }
}
