namespace Planner.Domain.Finance;

/// <summary>An asset that loses the same amount of book value every month until its residual value is left.</summary>
public sealed record StraightLineDepreciation
{
    /// <param name="cost">Purchase cost in currency, at least 0.</param>
    /// <param name="residual">Value at the end of the life in currency, 0 to the cost.</param>
    /// <param name="lifeMonths">Useful life in months, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public StraightLineDepreciation(double cost, double residual, int lifeMonths)
    {
        if (!(cost >= 0 && double.IsFinite(cost)))
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "A cost is at least 0.");
        if (!(residual >= 0 && residual <= cost))
            throw new ArgumentOutOfRangeException(nameof(residual), residual, "A residual value is between 0 and the cost.");
        ArgumentOutOfRangeException.ThrowIfLessThan(lifeMonths, 1);
        (Cost, Residual, LifeMonths) = (cost, residual, lifeMonths);
    }

    /// <summary>Purchase cost in currency.</summary>
    public double Cost { get; }

    /// <summary>Value at the end of the life, in currency.</summary>
    public double Residual { get; }

    /// <summary>Useful life in months.</summary>
    public int LifeMonths { get; }

    /// <summary>Depreciation of every month of the life: (cost − residual) ÷ life, in currency.</summary>
    public double MonthlyAmount => (Cost - Residual) / LifeMonths;

    /// <summary>Book value in currency: the cost less the depreciation so far, the residual value from the end of the life on.</summary>
    /// <param name="monthsUsed">Months of use so far: 0 at purchase.</param>
    /// <exception cref="ArgumentOutOfRangeException">The months are below 0.</exception>
    public double BookValueAfter(int monthsUsed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(monthsUsed);
        return monthsUsed < LifeMonths ? Cost - (monthsUsed * MonthlyAmount) : Residual;
    }
}
