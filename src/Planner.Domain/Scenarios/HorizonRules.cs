namespace Planner.Domain.Scenarios;

/// <summary>Ranges of what counts over several months.</summary>
internal static class HorizonRules
{
    /// <summary>Longest horizon, months.</summary>
    public const int MostMonths = 60;

    /// <summary>Most requests a month that any month of a horizon may have.</summary>
    private const double MostRequests = (double)WorkloadRules.MostRequests;

    public static void Check(Scenario scenario, FaultList faults)
    {
        var horizon = scenario.Horizon;
        faults.Between("horizon.months", horizon.Months, 12, MostMonths);
        faults.Between("horizon.discountRatePerYear", horizon.DiscountRatePerYear, 0, 10);
        faults.Between("horizon.apiPriceDriftPerYear", horizon.ApiPriceDriftPerYear, -0.99m, 10);
        faults.Between("horizon.instancePriceDriftPerYear", horizon.InstancePriceDriftPerYear, -0.99m, 10);
        faults.Between("horizon.switchMonth", horizon.SwitchMonth, 0, horizon.Months is >= 12 and <= MostMonths ? horizon.Months - 1 : MostMonths - 1);
        faults.Between("horizon.rampMonths", horizon.RampMonths, 0, MostMonths);
        CheckVolumes(scenario, faults);
    }

    public static void Check(SelfHostOption option, string path, FaultList faults)
    {
        faults.Between($"{path}.leadMonths", option.LeadMonths, 0, 36);
        if (option.Hiring.Count > 50)
            faults.Add($"{path}.hiring", Texts.TooMany.With(50));
        foreach (var (i, step) in option.Hiring.Index())
        {
            faults.Between($"{path}.hiring[{i}].fromMonth", step.FromMonth, 1, MostMonths - 1);
            faults.Between($"{path}.hiring[{i}].hoursPerMonth", step.HoursPerMonth, 0, 1e6m);
            faults.Between($"{path}.hiring[{i}].usdPerHour", step.UsdPerHour, 0, 1e5m);
        }
    }

    private static void CheckVolumes(Scenario scenario, FaultList faults)
    {
        var workload = scenario.Workload;
        if (workload.Seasonality is { Count: 12 } && scenario.FirstDay is null)
            faults.Add("workload.seasonality", Texts.SeasonalityNeedsStart);
        var requests = (double)workload.RequestsPerMonth;
        if (requests > MostRequests)
            return;
        for (var month = 0; month < scenario.Horizon.Months && month < MostMonths; month++)
        {
            if (requests * workload.SeasonOf(scenario.FirstDay, month) > MostRequests)
            {
                // In the first month growth has done nothing yet, and then the season is too large.
                faults.Add(month > 0 && workload.GrowthPerMonth > 0 ? "workload.growthPerMonth" : "workload.seasonality", Texts.VolumeTooLarge);
                return;
            }

            requests *= 1 + (double)workload.GrowthPerMonth;
        }
    }
}
