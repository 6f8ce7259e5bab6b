using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What one owned machine costs in a month, USD, in the view of profit and loss.</summary>
/// <param name="CapitalUsd">What is paid when it is bought: the machine and its spare parts.</param>
/// <param name="LifeMonths">Months after which it is replaced; 0 where nothing is owned.</param>
/// <param name="Depreciation">Straight line: capital × (1 − residual) ÷ life.</param>
/// <param name="CapitalCharge">Mean book value × cost of capital ÷ 12; the mean lies between the capital and the residual.</param>
/// <param name="Power">kW × PUE × hours × tariff.</param>
/// <param name="Colocation">Rent of its rack space.</param>
/// <param name="Support">Price × support share ÷ 12.</param>
internal readonly record struct OwnedTerms(double CapitalUsd, int LifeMonths, double Depreciation, double CapitalCharge, double Power, double Colocation, double Support)
{
    /// <summary>All of it, USD a month.</summary>
    public double MonthUsd => Depreciation + CapitalCharge + Power + Colocation + Support;

    /// <summary>What one is worth in the books after so many months of use, USD: straight from the capital to the residual at the end of its life.</summary>
    public double BookUsd(int months) => CapitalUsd - (Math.Min(months, LifeMonths) * Depreciation);

    /// <summary>The terms of machines whose price, power and tariff are known.</summary>
    public static OwnedTerms Of(OwnedHardware owned, double hoursPerMonth)
    {
        var price = (double)owned.PriceUsd!.Value;
        var capital = price * (1 + (double)owned.SparePartsShare);
        var residual = (double)owned.ResidualShare;
        return new OwnedTerms(
            capital, owned.LifeMonths, capital * (1 - residual) / owned.LifeMonths, capital * (1 + residual) / 2 * (double)owned.CostOfCapitalPerYear / 12,
            (double)owned.PowerKw!.Value * (double)owned.Pue * hoursPerMonth * (double)owned.UsdPerKwh!.Value, (double)owned.ColocationUsdPerMonth, price * (double)owned.SupportSharePerYear / 12);
    }
}
