using Planner.Domain.Costs;

namespace Planner.Domain.Finance;

/// <summary>Present values over a horizon as bare numbers, without allocation: what a simulation asks for every sample.</summary>
internal static class HorizonKernel
{
    /// <summary>Amounts beyond this are no one's money, and sums of them leave what a decimal holds.</summary>
    public const double MostUsd = 1e24;

    /// <summary>Net present value of the cash that each option costs over the horizon, as if it served everything from month 0 on.</summary>
    /// <param name="costs">The options.</param>
    /// <param name="series">The months.</param>
    /// <param name="presentUsd">Takes one amount an option, USD; NaN where it cannot serve every month or its price is unknown.</param>
    public static void PresentCosts(IReadOnlyList<OptionCost> costs, HorizonSeries series, Span<double> presentUsd)
    {
        Span<MonthFlow> flows = stackalloc MonthFlow[series.Months];
        for (var i = 0; i < costs.Count; i++)
        {
            flows.Clear();
            var serves = costs[i].IsComparable && OptionMonths.Add(costs[i], series, Stay.Alone(series.Months), flows) < 0;
            presentUsd[i] = serves && IsCountable(flows) ? PresentCash(flows, series.DiscountRate) : double.NaN;
        }
    }

    /// <summary>Net present value of the cash of a series of months, USD.</summary>
    public static double PresentCash(ReadOnlySpan<MonthFlow> flows, double rate)
    {
        Span<double> cash = stackalloc double[flows.Length];
        for (var month = 0; month < flows.Length; month++)
            cash[month] = flows[month].Cash;
        return NetPresentValue.Of(cash, rate);
    }

    /// <summary>True where every amount is a number that can be shown.</summary>
    public static bool IsCountable(ReadOnlySpan<MonthFlow> flows)
    {
        foreach (var flow in flows)
        {
            if (!(Math.Abs(flow.Cost) < MostUsd && Math.Abs(flow.Cash) < MostUsd))
                return false;
        }

        return true;
    }
}
