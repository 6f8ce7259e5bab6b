namespace Planner.Domain.Costs;

/// <summary>The conditions of one month in which an option is asked for its cost: its volume, and how far prices have moved since the scenario's prices were set.</summary>
/// <param name="Requests">Requests of the month, at least 0.</param>
/// <param name="Month">Months since the scenario's start month; 0 is that month.</param>
/// <param name="ApiFactor">API prices ÷ today's.</param>
/// <param name="InstanceFactor">Instance prices by the running hour ÷ today's.</param>
/// <param name="CommittedFactor">Prices of reservations ÷ today's: they move only when a term ends.</param>
internal readonly record struct MonthTerms(double Requests, int Month = 0, double ApiFactor = 1, double InstanceFactor = 1, double CommittedFactor = 1);

/// <summary>What a month costs, and which part of it is not paid in that month.</summary>
/// <param name="Usd">Recurring cost of the month in the view of profit and loss, USD.</param>
/// <param name="OwnedInstances">Owned machines in use; a share of a fleet may be no whole number.</param>
/// <param name="OwnedUsd">Part of <paramref name="Usd"/> that is depreciation and cost of capital of owned machines.</param>
/// <param name="Prepaid1Y">Part that was paid when one-year terms began.</param>
/// <param name="Prepaid3Y">Part that was paid when three-year terms began.</param>
internal readonly record struct MonthCost(double Usd, double OwnedInstances = 0, double OwnedUsd = 0, double Prepaid1Y = 0, double Prepaid3Y = 0)
{
    public static MonthCost operator +(in MonthCost one, in MonthCost other) => new(
        one.Usd + other.Usd, one.OwnedInstances + other.OwnedInstances, one.OwnedUsd + other.OwnedUsd, one.Prepaid1Y + other.Prepaid1Y, one.Prepaid3Y + other.Prepaid3Y);
}
