namespace Planner.Domain.Costs;

/// <summary>What a fleet costs in any month of a horizon.</summary>
internal sealed partial class FleetCost
{
    /// <summary>Cost of today's month of the fleets besides the main one, by what their prices follow, USD.</summary>
    private readonly record struct AdditionalMonth(double HourlyUsd, double OneYearUsd, double ThreeYearUsd)
    {
        public double TotalUsd => HourlyUsd + OneYearUsd + ThreeYearUsd;

        public double At(in MonthTerms terms) => (HourlyUsd * terms.InstanceFactor) + (OneYearUsd * terms.OneYearFactor) + (ThreeYearUsd * terms.ThreeYearFactor);
    }

    /// <inheritdoc/>
    public override MonthCost Month(in MonthTerms terms)
    {
        Span<double> instances = stackalloc double[_sizing.Levels.Length];
        for (var i = 0; i < instances.Length; i++)
            instances[i] = _sizing.Instances(i, terms.Requests);
        var compute = _purchases.Month(instances, _sizing.Levels, terms, _owned);
        return compute with
        {
            Usd = ((compute.Usd + _additional.At(terms) + ExtrasUsd + (ExtrasPerRequest * terms.Requests)) * WithOverhead) + PeopleUsd + HiredUsd(terms.Month) + Levers.FixedUsd + (Levers.UsdPerRequest * terms.Requests),
        };
    }

    /// <inheritdoc/>
    public override double OneOffUsd(int months)
    {
        var usd = months == 0 ? Levers.OneOffUsd : 0;
        for (var i = 0; i < _option.OneOff.Count; i++)
        {
            var cost = _option.OneOff[i];
            if (months == 0 || (cost.EveryMonths is { } every && months % every == 0))
                usd += OneOffAmount(cost);
        }

        return usd;
    }

    /// <inheritdoc/>
    public override OwnedTerms Owned => _owned;

    /// <inheritdoc/>
    public override int LeadMonths => _option.LeadMonths;

    /// <inheritdoc/>
    public override bool Carries(double requests) => _sizing.Carries(requests);

    private double HiredUsd(int month)
    {
        var usd = 0.0;
        for (var i = 0; i < _option.Hiring.Count; i++)
        {
            var step = _option.Hiring[i];
            if (step.FromMonth <= month)
                usd += (double)step.HoursPerMonth * (double)step.UsdPerHour;
        }

        return usd;
    }
}
