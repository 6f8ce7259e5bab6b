namespace Planner.Domain.Finance;

/// <summary>When cash flows have paid back what was spent, without interest.</summary>
public static class Payback
{
    /// <summary>First month from which the cumulative flow is at least 0 and stays so to the end.</summary>
    /// <param name="monthlyFlows">Flows in currency, inflows positive; the one at index t is due t months from now.</param>
    /// <returns>The month; month 0 where nothing is ever out of pocket, as with no flow or no outflow; null where the flows never pay back, or end below 0 again.</returns>
    /// <exception cref="ArgumentException">A flow is not finite.</exception>
    /// <remarks>A cumulative flow that falls short of 0 by rounding only, 1e-12 of all that has flowed, counts as 0.</remarks>
    public static PaybackMonth? Month(ReadOnlySpan<double> monthlyFlows)
    {
        var (cumulative, flowed) = (0.0, 0.0);
        PaybackMonth? payback = new PaybackMonth(0, 0);
        for (var month = 0; month < monthlyFlows.Length; month++)
        {
            var flow = monthlyFlows[month];
            if (!double.IsFinite(flow))
                throw new ArgumentException("Flows must be finite.", nameof(monthlyFlows));
            var before = cumulative;
            cumulative += flow;
            flowed += Math.Abs(flow);
            if (cumulative < -1e-12 * flowed)
                payback = null;
            else
                payback ??= new PaybackMonth(month, month - 1 + Math.Min(1, -before / flow));
        }

        return payback;
    }
}

/// <summary>When flows have paid back.</summary>
/// <param name="Index">Index of the first flow, from 0, with which the cumulative flow is at least 0 for good.</param>
/// <param name="Elapsed">Months from now, taking the last missing amount to come in evenly over the month before that flow: between <c>Index − 1</c> and <c>Index</c>, and 0 for index 0.</param>
public sealed record PaybackMonth(int Index, double Elapsed);
