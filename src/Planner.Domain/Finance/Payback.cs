namespace Planner.Domain.Finance;

/// <summary>When cash flows have paid back what was spent, without interest.</summary>
public static class Payback
{
    /// <summary>The point from which the cumulative flow is at least 0 and stays so to the end.</summary>
    /// <param name="monthlyFlows">Flows in currency, inflows positive; the one at index t is that of the month that begins t months from now.</param>
    /// <param name="upfront">Part of each flow that is paid when its month begins, as an amount of at least 0; the rest comes evenly during the month. As many as there are flows, or none for 0 everywhere.</param>
    /// <returns>The point; 0 where nothing is ever out of pocket, as with no flow or no outflow; null where the flows never pay back, or end below 0 again.</returns>
    /// <exception cref="ArgumentException">A flow is not finite, or there are not as many amounts as flows.</exception>
    /// <remarks>A cumulative flow that falls short of 0 by rounding only, 1e-12 of all that has flowed, counts as 0.</remarks>
    public static PaybackMonth? Month(ReadOnlySpan<double> monthlyFlows, ReadOnlySpan<double> upfront = default)
    {
        if (upfront.Length > 0 && upfront.Length != monthlyFlows.Length)
            throw new ArgumentException("There must be an amount for each flow.", nameof(upfront));
        var (cumulative, flowed) = (0.0, 0.0);
        PaybackMonth? payback = new PaybackMonth(0, 0);
        for (var month = 0; month < monthlyFlows.Length; month++)
        {
            var paid = upfront.Length > 0 ? upfront[month] : 0;
            var during = monthlyFlows[month] + paid;
            if (!double.IsFinite(during))
                throw new ArgumentException("Flows must be finite.", nameof(monthlyFlows));
            flowed += paid + Math.Abs(during);
            var noise = 1e-12 * flowed;
            var begin = cumulative - paid;
            cumulative = begin + during;
            if (cumulative < -noise)
                payback = null;
            else if (begin < -noise)
                payback = new PaybackMonth(month, month + Math.Min(1, -begin / during));
        }

        return payback;
    }
}

/// <summary>When flows have paid back.</summary>
/// <param name="Index">Index of the flow, from 0, within whose month the cumulative flow comes to at least 0 for good.</param>
/// <param name="Elapsed">Months from now, taking what a month brings to come in evenly over it: above <c>Index</c> and up to <c>Index + 1</c>; 0 where nothing was ever out of pocket.</param>
public sealed record PaybackMonth(int Index, double Elapsed);
