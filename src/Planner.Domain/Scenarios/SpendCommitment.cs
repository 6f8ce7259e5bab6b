namespace Planner.Domain.Scenarios;

/// <summary>A promise to spend at least so much a month, against a further discount.</summary>
/// <remarks>The bill of the usage is max(minimum, usage × (1 − discount) × (1 − <see cref="DiscountShare"/>)).</remarks>
public sealed record SpendCommitment : DocumentNode
{
    /// <summary>Least bill of a month's usage, USD, 0 to 10¹².</summary>
    public decimal MinimumMonthlyUsd { get; init; }

    /// <summary>Discount on the usage that is left after the option's own discount, 0 to 1; 0.1 is 10 %.</summary>
    public decimal DiscountShare { get; init; }
}
