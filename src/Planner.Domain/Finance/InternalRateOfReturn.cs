using System.Globalization;
using Planner.Domain.Numerics;

namespace Planner.Domain.Finance;

/// <summary>The discount rate at which monthly cash flows are worth nothing.</summary>
public static class InternalRateOfReturn
{
    /// <summary>Lowest monthly rate searched, −99 %.</summary>
    public const double LowestMonthlyRate = -0.99;

    /// <summary>Highest monthly rate searched, 1,000 %.</summary>
    public const double HighestMonthlyRate = 10;

    /// <summary>The one rate at which the net present value changes its sign.</summary>
    /// <param name="monthlyFlows">Flows in currency, inflows positive; the one at index t is due t months from now.</param>
    /// <returns>
    /// The rate, to about 1e-12 a month, where there is exactly one between <see cref="LowestMonthlyRate"/> and <see cref="HighestMonthlyRate"/>; else
    /// the reason why none is given.
    /// </returns>
    /// <exception cref="ArgumentException">A flow is not finite.</exception>
    /// <remarks>
    /// Where the first flow is an inflow the rate is the price of a loan: the flows then pay at discount rates above it, not below. A rate at which the
    /// present value touches 0 and keeps its sign decides nothing and does not count. Rates that lie closer together than rounding can tell count as one touch.
    /// </remarks>
    public static RateOfReturn Of(ReadOnlySpan<double> monthlyFlows)
    {
        var (inflows, outflows) = (false, false);
        foreach (var flow in monthlyFlows)
        {
            if (!double.IsFinite(flow))
                throw new ArgumentException("Flows must be finite.", nameof(monthlyFlows));
            (inflows, outflows) = (inflows || flow > 0, outflows || flow < 0);
        }

        if (!inflows || !outflows)
            return new RateOfReturn(null, inflows ? Texts.RateOnlyInflows : outflows ? Texts.RateOnlyOutflows : Texts.RateNoFlows);
        var rates = LogRates(monthlyFlows);
        return rates switch
        {
            [] => new RateOfReturn(null, Texts.RateNone),
            [var rate] => new RateOfReturn(Math.Exp(12 * rate) - 1, null),
            _ => new RateOfReturn(null, string.Format(CultureInfo.InvariantCulture, Texts.RateSeveral, rates.Count)),
        };
    }

    /// <summary>Every ln(1 + monthly rate) in the range searched at which the present value changes its sign, in rising order.</summary>
    internal static List<double> LogRates(ReadOnlySpan<double> monthlyFlows) =>
        ExponentialSum.SignChanges(monthlyFlows, Math.Log(1 + LowestMonthlyRate), Math.Log(1 + HighestMonthlyRate));
}

/// <summary>A rate of return, or why there is none.</summary>
/// <param name="AnnualRate">Effective rate per year, above −1; 0.08 is 8 %. Null where <paramref name="Reason"/> says why.</param>
/// <param name="Reason">A sentence; null where there is a rate.</param>
public sealed record RateOfReturn(double? AnnualRate, string? Reason);
