using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Cost of today's month of the fleets besides the main one, by what their prices follow, USD.</summary>
internal readonly record struct AdditionalMonth(double HourlyUsd, double OneYearUsd, double ThreeYearUsd)
{
    public double TotalUsd => HourlyUsd + OneYearUsd + ThreeYearUsd;

    public double At(in MonthTerms terms) => (HourlyUsd * terms.InstanceFactor) + (OneYearUsd * terms.OneYearFactor) + (ThreeYearUsd * terms.ThreeYearFactor);

    /// <param name="option">The option.</param>
    /// <param name="prices">What its instances cost.</param>
    /// <param name="hoursPerMonth">Hours of the month.</param>
    /// <param name="unpriced">Takes what has no price.</param>
    public static AdditionalMonth Of(SelfHostOption option, InstancePrices prices, decimal hoursPerMonth, List<Reason> unpriced)
    {
        var month = default(AdditionalMonth);
        foreach (var fleet in option.AdditionalFleets)
        {
            if (prices.WayOf(fleet) is not { } way)
            {
                unpriced.Add(new Reason("price-unknown", Texts.ReasonNoInstancePrice.With(fleet.Name)));
                continue;
            }

            var usd = fleet.Instances * (double)(fleet.HoursPerMonth ?? hoursPerMonth) * way.UsdPerHour;
            month = fleet.Purchase switch
            {
                PurchaseKinds.Reserved1Y => month with { OneYearUsd = month.OneYearUsd + usd },
                PurchaseKinds.Reserved3Y => month with { ThreeYearUsd = month.ThreeYearUsd + usd },
                _ => month with { HourlyUsd = month.HourlyUsd + usd },
            };
        }

        return month;
    }
}
