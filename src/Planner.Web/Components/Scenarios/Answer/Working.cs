using System.Globalization;
using System.Text.RegularExpressions;
using Planner.Domain;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>How a figure came about.</summary>
/// <param name="Title">Which figure.</param>
/// <param name="Formula">The formula in symbols.</param>
/// <param name="Operands">Its inputs in order.</param>
/// <param name="Figure">The figure as shown.</param>
/// <param name="Source">Where its price comes from; null where it follows from other figures.</param>
public sealed partial record Working(string Title, string Formula, IReadOnlyList<WorkingOperand> Operands, string Figure, string? Source)
{
    /// <summary>The formula in the reader's words.</summary>
    public string Formula { get; init; } = FormulaWords.Of(Formula);

    /// <summary>The same as plain text, to be pasted elsewhere.</summary>
    public string Text => string.Join(Environment.NewLine, Operands
        .Select(operand => $"{operand.Name} = {operand.Value} {operand.Unit}".TrimEnd() + $" ({operand.Source})").Prepend($"= {Formula}").Prepend($"{Title}: {Figure}"));

    /// <summary>The operands in one line: "instances = 2; share = 1".</summary>
    public string Line => string.Join("; ", Operands.Select(operand => $"{operand.Name} = {operand.Value} {operand.Unit}".TrimEnd()));

    /// <summary>The working of a ledger line.</summary>
    /// <remarks>Operands stay in USD, as they were entered; in another currency the formula ends with its rate.</remarks>
    public static Working OfLine(OptionView option, LedgerLine line) => new(
        $"{option.Name}: {line.Item}", option.Currency.IsUsd ? line.Formula : AnswerTexts.FormulaExchanged.With(line.Formula),
        [.. line.Operands.Select(operand => new WorkingOperand(operand.Name, Write(operand), operand.Unit, SourceInWords(operand.Source) + NoteAt(option, PathOf(operand.Source)))), .. ExchangeOf(option.Currency)],
        Format.Money(line.AmountUsd, option.Currency), line.Source);

    /// <summary>The working of a month: its lines.</summary>
    public static Working OfMonth(OptionView option, bool firstMonth)
    {
        var lines = option.Lines.Where(line => firstMonth || !line.OneOff).ToList();
        return new Working(
            (firstMonth ? AnswerTexts.WorkingFirstMonth : AnswerTexts.WorkingOngoingMonth).With(option.Name), lines.Count == 0 ? AnswerTexts.WorkingNoLines : string.Join(" + ", lines.Select(line => line.Item)),
            [.. lines.Select(line => new WorkingOperand(line.Item, Format.Money(line.AmountUsd, option.Currency), "", (line.OneOff ? AnswerTexts.WorkingOneOff : AnswerTexts.WorkingEveryMonth).With(line.Formula)))],
            Format.Money(firstMonth ? option.Result.FirstMonthUsd : option.Result.OngoingMonthlyUsd, option.Currency), null);
    }

    /// <summary>The working of the cost per million tokens.</summary>
    public static Working OfTokenCost(OptionView option)
    {
        var workload = option.Workload;
        return new Working(
            AnswerTexts.WorkingTokenCost.With(option.Name), AnswerTexts.WorkingTokenCostFormula,
            [
                new WorkingOperand(AnswerTexts.OperandMonth, Format.Money(option.Result.OngoingMonthlyUsd, option.Currency), AnswerTexts.UnitAMonth.With(option.Currency.Code), AnswerTexts.SourceLedger),
                new WorkingOperand(AnswerTexts.OperandRequests, Format.Number(workload.RequestsPerMonth), AnswerTexts.UnitRequestsAMonth, AnswerTexts.SourceRequests),
                new WorkingOperand(AnswerTexts.OperandInput, Format.Number(workload.InputTokens), AnswerTexts.UnitTokensARequest, AnswerTexts.SourceInputTokens),
                new WorkingOperand(AnswerTexts.OperandOutput, Format.Number(workload.OutputTokens), AnswerTexts.UnitTokensARequest, AnswerTexts.SourceOutputTokens),
                new WorkingOperand(AnswerTexts.OperandReasoning, Format.Number(workload.ReasoningTokens), AnswerTexts.UnitTokensARequest, AnswerTexts.SourceReasoningTokens),
            ],
            Format.Rate(option.Result.UsdPerMillionTokens, option.Currency), null);
    }

    /// <summary>The working of a fleet's utilization; null where it is unknown.</summary>
    public static Working? OfUtilization(OptionView option)
    {
        if (option.Result is not { Capacity: { } capacity, Utilization: { } utilization and > 0 })
        {
            return null;
        }

        var basis = CapacityView.Basis(capacity.Basis);
        return new Working(
            AnswerTexts.WorkingUtilization.With(option.Name), AnswerTexts.WorkingUtilizationFormula,
            [
                new WorkingOperand(AnswerTexts.OperandMeanLoad, Format.Count(capacity.MeanTokensPerSecond), basis, AnswerTexts.SourceMeanLoad),
                new WorkingOperand(AnswerTexts.OperandPaidCapacity, Format.Count(capacity.MeanTokensPerSecond / utilization), basis, AnswerTexts.SourcePaidCapacity.With(CapacityView.Rank(capacity.Rank))),
                new WorkingOperand(AnswerTexts.OperandBusiestHour, Format.Count(capacity.RequiredTokensPerSecond), basis, AnswerTexts.SourceBusiestHour),
                new WorkingOperand(AnswerTexts.OperandCarries, Format.Count(capacity.RequestsPerMonth), AnswerTexts.UnitRequestsAMonth, AnswerTexts.SourceCarries),
            ],
            Format.Percent(utilization), null);
    }

    private static IEnumerable<WorkingOperand> ExchangeOf(DisplayCurrency currency) => currency.IsUsd
        ? []
        : [new WorkingOperand(AnswerTexts.ExchangeRate, Format.Number(currency.UnitsPerUsd), $"{currency.Code}/USD", $"{Format.Day(currency.AsOf)} {currency.Source}".TrimEnd())];

    private static string Write(Operand operand) => Math.Abs(operand.Value) is > 1e15 or (> 0 and < 1e-6)
        ? operand.Value.ToString("G6", CultureInfo.CurrentCulture)
        : Format.Number((decimal)operand.Value);

    /// <summary>What is noted on the input at a path, to follow its source; empty for nothing.</summary>
    private static string NoteAt(OptionView option, string path) => option.Evidence.FirstOrDefault(entry => entry.Path == path) is { } noted
        ? $"; {string.Join(", ", new[] { noted.Note, noted.Url }.Where(text => !string.IsNullOrEmpty(text)))}"
        : "";

    /// <summary>The path that a source begins with: what follows a comma says what became of the input.</summary>
    private static string PathOf(string source) => source.Split(',')[0];

    /// <summary>A path of the document in words; other sources stay as they are.</summary>
    private static string SourceInWords(string source)
    {
        var path = PathOf(source);
        if (!DocumentPath().IsMatch(path))
        {
            return source;
        }

        return AnswerTexts.SourceInput.With(InputNames.Words(path.Split('.')[^1]) + source[path.Length..]);
    }

    [GeneratedRegex(@"^(workload|hoursPerMonth|horizon|options\[\d+\])[A-Za-z0-9.\[\]]*$")]
    private static partial Regex DocumentPath();
}

/// <summary>An input of a working, as shown.</summary>
/// <param name="Name">Its name in the formula.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit; empty where the value bears it.</param>
/// <param name="Source">Where it comes from, in words.</param>
public sealed record WorkingOperand(string Name, string Value, string Unit, string Source)
{
    /// <summary>Its name in the reader's words.</summary>
    public string Name { get; init; } = FormulaWords.Of(Name);

    /// <summary>Its unit in the reader's words.</summary>
    public string Unit { get; init; } = FormulaWords.Of(Unit);
}
