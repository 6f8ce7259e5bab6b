using Planner.Domain.Scenarios;

namespace Planner.Domain.Finance;

/// <summary>Volume and price factors of every month of a horizon. One object serves any number of scenarios, so that a simulation allocates none.</summary>
internal sealed class HorizonSeries
{
    /// <summary>Longest horizon, months.</summary>
    public const int MostMonths = HorizonRules.MostMonths;

    private readonly double[] _scale = new double[MostMonths];
    private readonly double[] _requests = new double[MostMonths];
    private readonly double[] _api = new double[MostMonths];
    private readonly double[] _instance = new double[MostMonths];

    /// <summary>Length, months.</summary>
    public int Months { get; private set; }

    /// <summary>Discount rate a year.</summary>
    public double DiscountRate { get; private set; }

    /// <summary>Requests of each month ÷ the workload's requests: growth × season.</summary>
    public ReadOnlySpan<double> Scale => _scale.AsSpan(0, Months);

    /// <summary>Requests of each month: V₀ × (1 + growth)^month × season.</summary>
    public ReadOnlySpan<double> Requests => _requests.AsSpan(0, Months);

    /// <summary>API prices of each month ÷ today's: (1 + drift a year)^(month ÷ 12).</summary>
    public ReadOnlySpan<double> Api => _api.AsSpan(0, Months);

    /// <summary>Rents of instances of each month ÷ today's, likewise.</summary>
    public ReadOnlySpan<double> Instance => _instance.AsSpan(0, Months);

    /// <summary>Takes the months of a scenario without faults.</summary>
    public void Set(Scenario scenario)
    {
        var (workload, horizon, start) = (scenario.Workload, scenario.Horizon, scenario.FirstDay);
        (Months, DiscountRate) = (horizon.Months, (double)horizon.DiscountRatePerYear);
        var volume = (double)workload.RequestsPerMonth;
        var growth = 1 + (double)workload.GrowthPerMonth;
        var apiDrift = Monthly(horizon.ApiPriceDriftPerYear);
        var instanceDrift = Monthly(horizon.InstancePriceDriftPerYear);
        var (scale, api, instance) = (1.0, 1.0, 1.0);
        for (var month = 0; month < Months; month++)
        {
            _scale[month] = scale * workload.SeasonOf(start, month);
            _requests[month] = volume * _scale[month];
            (_api[month], _instance[month]) = (api, instance);
            (scale, api, instance) = (scale * growth, api * apiDrift, instance * instanceDrift);
        }
    }

    private static double Monthly(decimal perYear) => perYear == 0 ? 1 : Math.Pow(1 + (double)perYear, 1.0 / 12);
}
