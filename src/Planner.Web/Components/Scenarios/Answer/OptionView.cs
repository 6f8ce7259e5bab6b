using Planner.Domain;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>One option's outcome and how it is drawn.</summary>
/// <param name="Result">What the engine found.</param>
/// <param name="Style">Colour, dash and marker.</param>
/// <param name="IsCheapest">True for the verdict's option.</param>
/// <param name="Workload">What it serves.</param>
public sealed record OptionView(OptionResult Result, OptionStyle Style, bool IsCheapest, Workload Workload)
{
    /// <summary>What is noted on inputs of the scenario.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>The day on which the oldest price held that it takes from the catalog; null where it takes none.</summary>
    public DateOnly? PricesAsOf { get; init; }

    /// <summary>The currency in which its amounts are shown.</summary>
    public DisplayCurrency Currency { get; init; } = DisplayCurrency.Usd;

    public string Id => Result.Id;

    public string Name => Result.Name;

    /// <summary>Why a cost that is not known is not known; null where it is known.</summary>
    public string? UnknownBecause => Result.OngoingMonthlyUsd is null ? (Result.Reasons is [var first, ..] ? first : Texts.PriceUnknown) : null;

    /// <summary>The recurring lines and then the one-off ones, in ledger order.</summary>
    public IEnumerable<LedgerLine> Lines => Result.Ledger.OrderBy(line => line.OneOff);

    /// <summary>One-off cost; null where a price is unknown.</summary>
    public decimal? OneOffUsd => Result.FirstMonthUsd - Result.OngoingMonthlyUsd;

    internal StackedBar ToBar() => new(
        Name, Style.Hue.Fill, Parts(oneOff: false), Parts(oneOff: true), Result.OngoingMonthlyUsd is null ? AnswerTexts.NotKnownBecause.With(UnknownBecause) : null, Result.Feasible);

    private List<BarPart> Parts(bool oneOff) =>
        [.. Result.Ledger.Where(line => line.OneOff == oneOff).GroupBy(line => line.Group).Select(group => new BarPart(group.Key, group.Sum(line => line.AmountUsd)))];
}
