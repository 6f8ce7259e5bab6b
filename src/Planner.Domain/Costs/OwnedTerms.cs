using Planner.Domain.Finance;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What one owned machine costs in a month, USD, in the view of profit and loss.</summary>
/// <param name="Machine">The machine and its spare parts as an asset; null where nothing is owned.</param>
/// <param name="CapitalCharge">Mean book value × cost of capital ÷ 12; the mean lies between the capital and the residual.</param>
/// <param name="Power">kW × PUE × hours × tariff.</param>
/// <param name="Colocation">Rent of its rack space.</param>
/// <param name="Support">Price × support share ÷ 12.</param>
internal readonly record struct OwnedTerms(StraightLineDepreciation? Machine, double CapitalCharge, double Power, double Colocation, double Support)
{
    /// <summary>What is paid when it is bought, USD.</summary>
    public double CapitalUsd => Machine?.Cost ?? 0;

    /// <summary>Months after which it is replaced; 0 where nothing is owned.</summary>
    public int LifeMonths => Machine?.LifeMonths ?? 0;

    /// <summary>What it loses of its value in a month, USD.</summary>
    public double Depreciation => Machine?.MonthlyAmount ?? 0;

    /// <summary>All of it, USD a month.</summary>
    public double MonthUsd => Depreciation + CapitalCharge + Power + Colocation + Support;

    /// <summary>What one is worth in the books after so many months of use, USD.</summary>
    public double BookUsd(int months) => Machine?.BookValueAfter(months) ?? 0;

    /// <summary>The terms of machines whose price, power and tariff are known.</summary>
    public static OwnedTerms Of(OwnedHardware owned, double hoursPerMonth)
    {
        var price = (double)owned.PriceUsd!.Value;
        var capital = price * (1 + (double)owned.SparePartsShare);
        var residual = (double)owned.ResidualShare;
        return new OwnedTerms(
            new StraightLineDepreciation(capital, capital * residual, owned.LifeMonths), capital * (1 + residual) / 2 * (double)owned.CostOfCapitalPerYear / 12,
            (double)owned.PowerKw!.Value * (double)owned.Pue * hoursPerMonth * (double)owned.UsdPerKwh!.Value, (double)owned.ColocationUsdPerMonth, price * (double)owned.SupportSharePerYear / 12);
    }
}
