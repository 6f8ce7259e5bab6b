using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;

namespace Planner.Tests.Domain.Finance;

/// <summary>Horizons whose figures can be worked out by hand: a replica carries 648,000 requests a month (125 tokens/s × 720 h × 3,600 s ÷ 500 tokens).</summary>
internal static class Horizons
{
    /// <summary>Requests that one instance carries.</summary>
    public const decimal Full = 648_000;

    /// <summary>A machine of 36,000 USD that keeps a tenth of it after its life, and takes 72 USD of power a month (1 kW × 720 h × 0.1 USD).</summary>
    public static OwnedHardware Machine(int lifeMonths = 36) => new() { PriceUsd = 36_000, LifeMonths = lifeMonths, ResidualShare = 0.1m, PowerKw = 1, Pue = 1, UsdPerKwh = 0.1m };

    /// <summary>One instance at 5 USD an hour, 3,600 USD a month.</summary>
    public static SelfHostOption Fleet { get; } = Documents.Fleet(FleetSizings.Fixed, 1) with { InstanceUsdPerHour = 5 };

    /// <summary>A fleet that the load sizes, bought in one way.</summary>
    public static SelfHostOption Sized(string kind, decimal? usdPerHour = null, decimal upfront = 0) => Fleet with
    {
        Fleet = new Fleet(),
        Purchase = [new PurchaseShare { Kind = kind, UsdPerHour = usdPerHour, UpfrontShare = upfront }],
        Owned = kind == PurchaseKinds.Owned ? Machine() : null,
    };

    public static Scenario Of(int months, decimal requests, params Option[] options) => Documents.Chat(options) with
    {
        Workload = new Workload { RequestsPerMonth = requests, InputTokens = 400, OutputTokens = 100 },
        Horizon = new Horizon { Months = months, DiscountRatePerYear = 0 },
    };

    /// <summary>The first option's outcome.</summary>
    public static OptionHorizon First(Scenario scenario) => Engine.Horizon(scenario, Documents.Catalog).Options[0];

    public static decimal[] Costs(Scenario scenario) => [.. First(scenario).Months.Select(month => month.CostUsd)];

    public static decimal[] Cash(Scenario scenario) => [.. First(scenario).Months.Select(month => month.CashUsd)];

    /// <summary>A season that doubles January, the second month of a plan that starts in December.</summary>
    public static IReadOnlyList<decimal> BusyJanuary { get; } = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
}
