using Planner.Domain;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class HorizonRulesTests
{
    private static IReadOnlyList<Problem> Faults(Scenario scenario) => ScenarioRules.Check(scenario, Documents.Catalog);

    private static string[] HorizonFaults(Horizon horizon) => [.. Faults(Documents.HighVolumeChat with { Horizon = horizon }).Select(fault => fault.Path)];

    private static string[] FleetFaults(SelfHostOption fleet) => [.. Faults(Documents.Chat(fleet)).Select(fault => fault.Path)];

    private static IReadOnlyList<Problem> LoadFaults(Func<Workload, Workload> change) =>
        Faults(Documents.HighVolumeChat with { Workload = change(Documents.HighVolumeChat.Workload) });

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(61)]
    [InlineData(-12)]
    public void Horizon_has_12_to_60_months(int months) => Assert.Equal(["horizon.months"], HorizonFaults(new Horizon { Months = months }));

    [Fact]
    public void Negative_discount_and_lost_prices_are_refused()
    {
        Assert.Equal(["horizon.discountRatePerYear"], HorizonFaults(new Horizon { DiscountRatePerYear = -0.1m }));
        Assert.Equal(["horizon.apiPriceDriftPerYear", "horizon.instancePriceDriftPerYear"], HorizonFaults(new Horizon { ApiPriceDriftPerYear = -1, InstancePriceDriftPerYear = 11 }));
        Assert.Equal(["horizon.rampMonths"], HorizonFaults(new Horizon { RampMonths = -1 }));
    }

    [Fact]
    public void Switch_lies_within_the_horizon()
    {
        Assert.Empty(HorizonFaults(new Horizon { Months = 24, SwitchMonth = 23 }));
        Assert.Equal(["horizon.switchMonth"], HorizonFaults(new Horizon { Months = 24, SwitchMonth = 24 }));
        Assert.Equal("Must be between 0 and 23.", Faults(Documents.HighVolumeChat with { Horizon = new Horizon { Months = 24, SwitchMonth = -1 } })[0].Message);
    }

    [Fact]
    public void Growth_that_leaves_what_can_be_counted_is_refused()
    {
        // 10 M × 2^17 is above 10¹², 10 M × 2^16 is not.
        Assert.Equal(["workload.growthPerMonth"], LoadFaults(load => load with { GrowthPerMonth = 1 }).Select(fault => fault.Path));
        Assert.Empty(Faults(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { GrowthPerMonth = 1 }, Horizon = new Horizon { Months = 17 } }));
        Assert.Equal(["workload.growthPerMonth"], Faults(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { GrowthPerMonth = 1 }, Horizon = new Horizon { Months = 18 } }).Select(fault => fault.Path));
    }

    [Fact]
    public void Season_needs_a_start_month_and_twelve_factors()
    {
        decimal[] factors = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2];
        Assert.Empty(LoadFaults(load => load with { Seasonality = factors }));
        Assert.Equal(["workload.seasonality"], LoadFaults(load => load with { Seasonality = factors[..11] }).Select(fault => fault.Path));
        var fault = Assert.Single(Faults(Documents.HighVolumeChat with { StartMonth = "", Workload = Documents.HighVolumeChat.Workload with { Seasonality = factors } }));
        Assert.Equal(("workload.seasonality", "Seasonality goes by calendar months, so it needs a start month."), (fault.Path, fault.Message));
        Assert.Equal(["workload.seasonality"], LoadFaults(load => load with { RequestsPerMonth = 6e11m, Seasonality = factors }).Select(found => found.Path));
    }

    [Fact]
    public void Lead_hiring_and_retraining_keep_their_ranges()
    {
        Assert.Equal(["options[0].leadMonths"], FleetFaults(Documents.Fleet() with { LeadMonths = 37 }));
        Assert.Equal(
            ["options[0].hiring[1].fromMonth", "options[0].hiring[1].hoursPerMonth", "options[0].hiring[1].usdPerHour"],
            FleetFaults(Documents.Fleet() with { Hiring = [new HiringStep { FromMonth = 1 }, new HiringStep { FromMonth = 0, HoursPerMonth = -1, UsdPerHour = -1 }] }));
        Assert.Equal(["options[0].oneOff[0].everyMonths"], FleetFaults(Documents.Fleet() with { OneOff = [new OneOffCost { Name = "Training", Usd = 1, EveryMonths = 0 }] }));
    }
}
