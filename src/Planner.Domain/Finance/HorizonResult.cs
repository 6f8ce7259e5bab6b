namespace Planner.Domain.Finance;

/// <summary>What the options of a scenario cost over its horizon, and what a switch to each would bring. Months are counted from 0, the scenario's start month.</summary>
/// <param name="EngineVersion">Version of the formulas that made it.</param>
/// <param name="Months">Length, months.</param>
/// <param name="DiscountRatePerYear">Discount rate a year; 0.1 is 10 %.</param>
/// <param name="Baseline">What a switch would leave; null where nothing is in place.</param>
/// <param name="Options">One outcome an option, in the scenario's order.</param>
public sealed record HorizonResult(string EngineVersion, int Months, double DiscountRatePerYear, HorizonBaseline? Baseline, IReadOnlyList<OptionHorizon> Options);

/// <summary>What is in place.</summary>
/// <param name="OptionId">The option in place; null where only its bill is known.</param>
/// <param name="MonthlyUsd">The bill as measured, USD a month; null where the option's own cost counts.</param>
/// <param name="Assumption">What is taken to happen to it, a sentence.</param>
public sealed record HorizonBaseline(string? OptionId, decimal? MonthlyUsd, string Assumption);

/// <summary>One option over the horizon, as if it served everything from month 0 on.</summary>
/// <param name="Id">The option's id.</param>
/// <param name="Name">The option's name.</param>
/// <param name="Kind">The document's word for its kind.</param>
/// <param name="Feasible">False where it cannot serve every month, or where its price is unknown.</param>
/// <param name="Reasons">Why it is not; empty where it is.</param>
/// <param name="Months">Its months; empty where its price is unknown.</param>
/// <param name="Totals">Sums and present cost; null where its price is unknown.</param>
/// <param name="Switching">The move from the baseline to it; null where <paramref name="SwitchingReason"/> says why.</param>
/// <param name="SwitchingReason">Why there are no figures of a switch; null where there are.</param>
public sealed record OptionHorizon(
    string Id, string Name, string Kind, bool Feasible, IReadOnlyList<string> Reasons, IReadOnlyList<HorizonMonth> Months, HorizonTotals? Totals,
    Switching? Switching, string? SwitchingReason);

/// <summary>One month of an option.</summary>
/// <param name="Month">Months since the start month.</param>
/// <param name="Date">The month as yyyy-MM; null without a start month.</param>
/// <param name="Requests">Requests that it serves in the month.</param>
/// <param name="CostUsd">Cost in the view of profit and loss, USD.</param>
/// <param name="CashUsd">Cash paid, USD.</param>
/// <param name="OneOffUsd">Part of both that is one-off or comes again every few months, USD.</param>
/// <param name="CapitalUsd">Part of the cash that buys machines or pays terms ahead, less what comes back of them, USD; negative where more comes back.</param>
public sealed record HorizonMonth(int Month, string? Date, double Requests, decimal CostUsd, decimal CashUsd, decimal OneOffUsd, decimal CapitalUsd);

/// <summary>Sums over an option's months, USD.</summary>
/// <param name="FirstMonthUsd">Cost of month 0.</param>
/// <param name="OngoingMonthlyUsd">Recurring cost of month 0: the pace at which it starts.</param>
/// <param name="YearOneUsd">Cost of the first 12 months.</param>
/// <param name="YearOneCashUsd">Cash of the first 12 months.</param>
/// <param name="HorizonUsd">Cost of all months.</param>
/// <param name="HorizonCashUsd">Cash of all months.</param>
/// <param name="PresentCostUsd">Net present value of the cash paid, as a cost: Σ cash ÷ (1 + rate)^(month ÷ 12).</param>
public sealed record HorizonTotals(
    decimal FirstMonthUsd, decimal OngoingMonthlyUsd, decimal YearOneUsd, decimal YearOneCashUsd, decimal HorizonUsd, decimal HorizonCashUsd, decimal PresentCostUsd);

/// <summary>A move from the baseline to an option, against staying.</summary>
/// <param name="StartMonth">First month in which requests move: as stated, though not before the option can run, otherwise the best one; where none is better than staying, the first that is possible.</param>
/// <param name="BestStartMonth">The month whose saving is worth most, of all that are possible; null where staying is worth more than each.</param>
/// <param name="LeadMonths">Months from the decision until the option can run.</param>
/// <param name="PresentValueUsd">Net present value of the cash saved, USD; negative where the move loses.</param>
/// <param name="SavingUsd">Cost saved over the horizon, USD.</param>
/// <param name="CashSavingUsd">Cash saved over the horizon, USD.</param>
/// <param name="Rate">Internal rate of return of the cash saved, or why there is none.</param>
/// <param name="Payback">When the cash saved has paid back what was spent for good; null where it has not within the horizon.</param>
/// <param name="PresentValuesUsd">The present value by start month from month 0 on; null for months in which it cannot start or cannot carry the load.</param>
/// <param name="Months">The move month by month.</param>
public sealed record Switching(
    int StartMonth, int? BestStartMonth, int LeadMonths, decimal PresentValueUsd, decimal SavingUsd, decimal CashSavingUsd, RateOfReturn Rate, PaybackMonth? Payback,
    IReadOnlyList<decimal?> PresentValuesUsd, IReadOnlyList<SwitchMonth> Months);

/// <summary>One month of a move: both sides together, against staying.</summary>
/// <param name="Month">Months since the start month.</param>
/// <param name="Date">The month as yyyy-MM; null without a start month.</param>
/// <param name="Share">Share of the requests that the option serves, 0 to 1.</param>
/// <param name="CostUsd">Cost of both sides, USD.</param>
/// <param name="CashUsd">Cash of both sides, USD.</param>
/// <param name="StayCostUsd">Cost of staying, USD.</param>
/// <param name="StayCashUsd">Cash of staying, USD.</param>
/// <param name="CumulativeUsd">Cost saved from month 0 up to this one, USD.</param>
/// <param name="CumulativeCashUsd">Cash saved from month 0 up to this one, USD.</param>
public sealed record SwitchMonth(
    int Month, string? Date, double Share, decimal CostUsd, decimal CashUsd, decimal StayCostUsd, decimal StayCashUsd, decimal CumulativeUsd, decimal CumulativeCashUsd)
{
    /// <summary>Part of the cash that is paid when the month begins: one-off work, and what is bought or paid ahead, beyond what staying pays so; USD, at least 0. The rest comes evenly.</summary>
    public decimal UpfrontUsd { get; init; }
}
