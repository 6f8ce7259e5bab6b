namespace Planner.Domain.Costs;

/// <summary>The conditions of one month in which an option is asked for its cost: its volume, how far prices have moved since the scenario's prices were set, and what is committed already.</summary>
/// <param name="Requests">Requests of the month, at least 0.</param>
/// <param name="Month">Months since the scenario's start month; 0 is that month.</param>
/// <param name="ApiFactor">API prices ÷ today's.</param>
/// <param name="InstanceFactor">Instance prices by the running hour ÷ today's.</param>
/// <param name="OneYearFactor">Prices of one-year reservations ÷ today's: they move only when a term ends.</param>
/// <param name="ThreeYearFactor">The same for three-year ones.</param>
/// <param name="Held">Instances committed in earlier months, which are paid whether needed or not.</param>
internal readonly record struct MonthTerms(
    double Requests, int Month = 0, double ApiFactor = 1, double InstanceFactor = 1, double OneYearFactor = 1, double ThreeYearFactor = 1, Commitments Held = default);

/// <summary>Instances paid whether used or not; a share of a fleet may be no whole number.</summary>
/// <param name="OneYear">Reserved for a year.</param>
/// <param name="ThreeYears">Reserved for three years.</param>
/// <param name="Owned">Bought.</param>
internal readonly record struct Commitments(double OneYear = 0, double ThreeYears = 0, double Owned = 0)
{
    /// <summary>All of them.</summary>
    public double Total => OneYear + ThreeYears + Owned;
}

/// <summary>What reservations of one term cost in a month.</summary>
/// <param name="Instances">Instances reserved.</param>
/// <param name="Usd">Their cost of the month, USD.</param>
/// <param name="PrepaidUsd">Part of it that is paid when the term begins.</param>
internal readonly record struct Reserved(double Instances = 0, double Usd = 0, double PrepaidUsd = 0)
{
    public static Reserved operator +(in Reserved one, in Reserved other) => new(one.Instances + other.Instances, one.Usd + other.Usd, one.PrepaidUsd + other.PrepaidUsd);
}

/// <summary>What a month costs, and which part of it is not paid in that month.</summary>
/// <param name="Usd">Recurring cost of the month in the view of profit and loss, USD.</param>
/// <param name="OwnedInstances">Owned machines.</param>
/// <param name="OwnedUsd">Part of <paramref name="Usd"/> that is depreciation and cost of capital of owned machines.</param>
/// <param name="OneYear">One-year reservations; their cost is a part of <paramref name="Usd"/>.</param>
/// <param name="ThreeYears">Three-year reservations, likewise.</param>
/// <param name="ApiUsd">Part of <paramref name="Usd"/> that is an API's bill: what credits can pay.</param>
internal readonly record struct MonthCost(double Usd, double OwnedInstances = 0, double OwnedUsd = 0, Reserved OneYear = default, Reserved ThreeYears = default, double ApiUsd = 0)
{
    public static MonthCost operator +(in MonthCost one, in MonthCost other) => new(
        one.Usd + other.Usd, one.OwnedInstances + other.OwnedInstances, one.OwnedUsd + other.OwnedUsd, one.OneYear + other.OneYear, one.ThreeYears + other.ThreeYears, one.ApiUsd + other.ApiUsd);
}
