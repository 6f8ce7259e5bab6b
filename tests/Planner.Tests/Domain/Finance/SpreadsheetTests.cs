using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Finance;

/// <summary>A whole plan whose monthly cash was exported to a spreadsheet and judged there by its own functions.</summary>
public class SpreadsheetTests
{
    /// <summary>An API bill that grows, left in month 4 over three months for owned machines with a crew.</summary>
    internal static Scenario Plan { get; } = Documents.Chat(
        Documents.Api(8, 40),
        Horizons.Sized(PurchaseKinds.Owned) with
        {
            LeadMonths = 2,
            OneOff = [new OneOffCost { Name = "Migration", Hours = 320, UsdPerHour = 110 }, new OneOffCost { Name = "Training", Usd = 4_000, EveryMonths = 9 }],
            People = new PeopleCost { HoursPerMonth = 20, UsdPerHour = 95 },
            Hiring = [new HiringStep { FromMonth = 18, HoursPerMonth = 40, UsdPerHour = 95 }],
        }) with
    {
        BaselineOptionId = "api",
        Workload = new Workload { RequestsPerMonth = 2_000_000, InputTokens = 400, OutputTokens = 100, GrowthPerMonth = 0.02m, Seasonality = [1.1m, 0.9m, 1, 1, 1, 1, 0.8m, 0.8m, 1, 1, 1.2m, 1.3m] },
        Horizon = new Horizon { Months = 36, DiscountRatePerYear = 0.08m, ApiPriceDriftPerYear = -0.1m, SwitchMonth = 4, RampMonths = 3 },
    };

    private static OptionHorizon Fleet { get; } = Engine.Horizon(Plan, Documents.Catalog).Options[1];

    // Column A holds the cash saved of each month, B the fleet's cash: =B1+NPV(1.08^(1/12)-1;B2:B36).
    [Fact]
    public void Present_cost_is_that_of_a_spreadsheet() => Assert.Equal(381_686.718318873, (double)Fleet.Totals!.PresentCostUsd, 1e-6);

    // =A1+NPV(1.08^(1/12)-1;A2:A36), =SUM(A1:A36)
    [Fact]
    public void Present_value_of_the_saving_is_that_of_a_spreadsheet()
    {
        Assert.Equal(145_203.453492857, (double)Fleet.Switching!.PresentValueUsd, 1e-5);
        Assert.Equal(194_381.471669m, Fleet.Switching.CashSavingUsd);
    }

    // =(1+IRR(A1:A36;0.01))^12-1
    [Fact]
    public void Rate_of_return_is_that_of_a_spreadsheet() => Assert.Equal(0.638479443864638, Fleet.Switching!.Rate.AnnualRate!.Value, 1e-9);

    // With column C for the running sum: the last row below 0 is =SUMPRODUCT(MAX((C1:C36<0)*ROW(C1:C36))), 27, and =27-INDEX(C1:C36;27)/INDEX(A1:A36;28), since the 28th row is paid over the month that begins 27 months from the start.
    [Fact]
    public void Payback_is_that_of_a_spreadsheet()
    {
        Assert.Equal(27, Fleet.Switching!.Payback!.Index);
        Assert.Equal(27.9448357104656, Fleet.Switching.Payback.Elapsed, 1e-9);
    }
}
