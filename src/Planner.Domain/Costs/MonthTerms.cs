namespace Planner.Domain.Costs;

/// <summary>The conditions of one month in which an option is asked for its cost: its volume, and how far prices have moved since the scenario's prices were set.</summary>
/// <param name="Requests">Requests of the month, at least 0.</param>
/// <param name="Month">Months since the scenario's start month; 0 is that month.</param>
/// <param name="ApiFactor">API prices ÷ today's.</param>
/// <param name="InstanceFactor">Instance prices by the running hour ÷ today's.</param>
/// <param name="CommittedFactor">Prices of reservations ÷ today's: they move only when a term ends.</param>
internal readonly record struct MonthTerms(double Requests, int Month = 0, double ApiFactor = 1, double InstanceFactor = 1, double CommittedFactor = 1);
