namespace Planner.Domain.Costs;

/// <summary>Cloud credits: they pay the first bills, so they change when cash leaves and not what a month costs.</summary>
public static class CloudCredits
{
    /// <summary>Cash due month by month once credits have paid what they can.</summary>
    /// <param name="billsUsd">Bills in the order of the months, each at least 0.</param>
    /// <param name="creditsUsd">Credits at the start, at least 0.</param>
    /// <returns>For each month: bill − min(bill, credits left before it).</returns>
    public static double[] CashDue(IReadOnlyList<double> billsUsd, double creditsUsd)
    {
        ArgumentNullException.ThrowIfNull(billsUsd);
        var cash = new double[billsUsd.Count];
        var left = creditsUsd;
        for (var month = 0; month < cash.Length; month++)
        {
            var paid = Math.Min(billsUsd[month], left);
            cash[month] = billsUsd[month] - paid;
            left -= paid;
        }

        return cash;
    }
}
