namespace Planner.Domain.Finance;

/// <summary>What a series of monthly cash flows is worth now.</summary>
public static class NetPresentValue
{
    /// <summary>Sum of the flows, each discounted to the first, which is due now and counts in full.</summary>
    /// <param name="monthlyFlows">Flows in currency, inflows positive; the one at index t is due t months from now. No flow is worth 0.</param>
    /// <param name="annualRate">Effective discount rate per year, above −1; 0.08 is 8 %.</param>
    /// <returns>Σ flow_t ÷ (1 + annualRate)^(t ÷ 12), in currency.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a number above −1.</exception>
    /// <exception cref="ArgumentException">A flow is not finite, or the sum is beyond what a double holds.</exception>
    /// <remarks>Brealey, Myers and Allen, <i>Principles of Corporate Finance</i>, chapter 2. The monthly rate compounds to the annual one: it is not a twelfth of it.</remarks>
    public static double Of(ReadOnlySpan<double> monthlyFlows, double annualRate)
    {
        if (!(annualRate > -1 && double.IsFinite(annualRate)))
            throw new ArgumentOutOfRangeException(nameof(annualRate), annualRate, "A discount rate is above −1.");
        var growth = Math.Pow(1 + annualRate, 1.0 / 12);
        var value = 0.0;
        for (var month = monthlyFlows.Length - 1; month >= 0; month--)
            value = (value / growth) + monthlyFlows[month];
        // One flow that is not finite makes the sum so, too.
        return double.IsFinite(value)
            ? value
            : throw new ArgumentException("Flows must be finite, and their present value within the range of a double.", nameof(monthlyFlows));
    }
}
