using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Portfolios;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Reports;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Comparisons;

/// <summary>A stored version as comparisons show it. Amounts are USD, as stored.</summary>
/// <param name="Id">The scenario's id.</param>
/// <param name="Version">The version.</param>
/// <param name="CurrentVersion">The scenario's current version.</param>
/// <param name="Name">Its name in this version.</param>
/// <param name="SavedUtc">When the version was saved.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="Verdict">The stored answer.</param>
/// <param name="ShownOptionId">The option whose figures are shown: the one asked for, else the cheapest; null where there is none.</param>
/// <param name="Currency">The currency in which pages show its amounts.</param>
/// <param name="StartMonth">First month of the plan, yyyy-MM; empty where none is set.</param>
/// <param name="Workload">What is served.</param>
/// <param name="HorizonMonths">Length of its horizon, months.</param>
/// <param name="HorizonReason">Why its months are not known; null where they are.</param>
/// <param name="BreakEven">The crossing as the fleets stand; null where what is stored says nothing about it.</param>
/// <param name="BreakEvenWithinCapacity">The crossing with the capacity check, likewise.</param>
/// <param name="Options">The options in the scenario's order.</param>
public sealed record ComparedScenario(
    string Id, int Version, int CurrentVersion, string Name, DateTime SavedUtc, string EngineVersion, Verdict Verdict, string? ShownOptionId, DisplayCurrency Currency, string StartMonth,
    Workload Workload, int HorizonMonths, string? HorizonReason, ComparedBreakEven? BreakEven, ComparedBreakEven? BreakEvenWithinCapacity, IReadOnlyList<ComparedOption> Options)
{
    /// <summary>Workload and plan in words.</summary>
    internal IReadOnlyList<AssumptionGroup> Inputs { get; init; } = [];

    /// <summary>The catalog rows that it used.</summary>
    internal IReadOnlyList<SourceRow> Sources { get; init; } = [];

    /// <summary>How each option is drawn.</summary>
    internal IReadOnlyList<OptionStyle> Styles { get; init; } = [];

    /// <summary>The option whose figures are shown; null where none is asked for and none is the cheapest.</summary>
    internal ComparedOption? Shown => Options.FirstOrDefault(option => option.Id == ShownOptionId);

    /// <summary>Whether what is shown can serve the workload, or, where nothing is, whether anything could; null where that is not known for want of a price.</summary>
    internal bool? CanServe => Shown is { } shown ? shown.CanServe : Options.Any(option => option.CanServe is null) ? null : false;

    /// <summary>How addresses name it, its version pinned.</summary>
    internal ScenarioPick Pick => new(Id, Version, ShownOptionId == Verdict.CheapestOptionId ? null : ShownOptionId);

    internal static ComparedScenario Of(StoredScenario stored, string? optionId, HorizonResult? horizon, string? horizonReason)
    {
        var (scenario, result) = (stored.Scenario, stored.Result);
        return new ComparedScenario(
            stored.Id, stored.Version, stored.CurrentVersion, scenario.Name, stored.SavedUtc, stored.EngineVersion, result.Verdict, optionId ?? result.Verdict.CheapestOptionId,
            DisplayCurrency.Of(scenario), scenario.StartMonth, scenario.Workload, scenario.Horizon.Months, horizonReason,
            ComparedBreakEven.Of(stored, capacityChecked: false), ComparedBreakEven.Of(stored, capacityChecked: true),
            [.. result.Options.Select(option => ComparedOption.Of(stored, option, horizon?.Options.FirstOrDefault(other => other.Id == option.Id)))])
        {
            Inputs = [.. AssumptionGroup.Of(scenario, stored.Snapshot).Take(2)],
            Sources = SourceRow.Of(scenario, stored.Snapshot),
            Styles = OptionPalette.ForKinds(result.Options.Select(option => option.Kind)),
        };
    }

    /// <summary>The cheapest option of the stored verdict; null where there is none.</summary>
    internal ComparedOption? Cheapest => Options.FirstOrDefault(option => option.Id == Verdict.CheapestOptionId);

    /// <summary>The currency that all stand in at one rate; USD where they do not share one.</summary>
    internal static DisplayCurrency CurrencyOf(IReadOnlyList<ComparedScenario> scenarios) =>
        scenarios.Select(scenario => scenario.Currency).Distinct().Count() == 1 ? scenarios[0].Currency : DisplayCurrency.Usd;

    /// <summary>How an option is drawn here as everywhere.</summary>
    internal OptionStyle StyleOf(ComparedOption option) => Styles[Options.Index().First(other => other.Item.Id == option.Id).Index];
}

/// <summary>Where the cheapest option changes, ongoing cost, along requests a month.</summary>
/// <param name="RequestsPerMonth">The point, of several the one nearest to the scenario's own volume; null where the cheapest option never changes.</param>
/// <param name="Sentence">The stored finding.</param>
public sealed record ComparedBreakEven(double? RequestsPerMonth, string Sentence)
{
    internal static ComparedBreakEven? Of(StoredScenario stored, bool capacityChecked) => stored.Result.AlongRequests(firstMonth: false, capacityChecked) is { } found
        ? new ComparedBreakEven(found.NearestTo((double)stored.Scenario.Workload.RequestsPerMonth), found.Sentence)
        : null;
}

/// <summary>An option of a compared version.</summary>
/// <param name="Id">The option's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The document's word for its kind.</param>
/// <param name="Feasible">False where it cannot serve the workload, or where its price or capacity is not known.</param>
/// <param name="Reasons">Why it is not feasible or not priced.</param>
/// <param name="OngoingMonthlyUsd">Recurring cost of a month, USD; null where not known.</param>
/// <param name="FirstMonthUsd">Recurring and one-off cost, USD; null where not known.</param>
/// <param name="HorizonFeasible">False where it cannot serve every month of the horizon, or where they are not known.</param>
/// <param name="HorizonUsd">Cost over the horizon, USD; null where not known.</param>
/// <param name="PresentCostUsd">Net present value of the cash over the horizon as a cost, USD; null where not known.</param>
/// <param name="UsdPerMillionTokens">Recurring cost ÷ tokens, USD per million; null where not known.</param>
/// <param name="UsdPerThousandRequests">Recurring cost ÷ requests, USD per thousand; null where not known, and where there are no requests.</param>
/// <param name="Utilization">Tokens served ÷ tokens that could be served; null for an API or where not known.</param>
/// <param name="Capacity">What the fleet delivers; null for an API or where not known.</param>
/// <param name="PricesAsOf">Day of the oldest catalog price that it takes; null where it takes none.</param>
/// <param name="Groups">Its ledger by kind of cost; empty where a price is not known.</param>
public sealed record ComparedOption(
    string Id, string Name, string Kind, bool Feasible, IReadOnlyList<string> Reasons, decimal? OngoingMonthlyUsd, decimal? FirstMonthUsd, bool HorizonFeasible, decimal? HorizonUsd,
    decimal? PresentCostUsd, double? UsdPerMillionTokens, double? UsdPerThousandRequests, double? Utilization, FleetCapacity? Capacity, DateOnly? PricesAsOf, IReadOnlyList<CostGroup> Groups)
{
    /// <summary>Why its month is not known, a sentence; null where it is known.</summary>
    internal string? UnknownBecause => OngoingMonthlyUsd is not null ? null : Reasons is [var first, ..] ? first : ComparisonTexts.PriceNotKnown;

    /// <summary>Whether it can serve the workload; null where that is not known for want of a price.</summary>
    internal bool? CanServe => this switch
    {
        { Feasible: true } => true,
        { Capacity: { } capacity } when capacity.TokensPerSecond < capacity.RequiredTokensPerSecond => false,
        { OngoingMonthlyUsd: null } => null,
        _ => false,
    };

    internal static ComparedOption Of(StoredScenario stored, OptionResult result, OptionHorizon? horizon)
    {
        var requests = stored.Scenario.Workload.RequestsPerMonth;
        return new ComparedOption(
            result.Id, result.Name, result.Kind, result.Feasible, result.Reasons, result.OngoingMonthlyUsd, result.FirstMonthUsd, horizon is { Feasible: true }, horizon?.Totals?.HorizonUsd,
            horizon?.Totals?.PresentCostUsd, result.UsdPerMillionTokens, requests > 0 ? (double?)result.OngoingMonthlyUsd * 1000 / (double)requests : null, result.Utilization, result.Capacity,
            stored.Scenario.Options.FirstOrDefault(option => option.Id == result.Id) is { } asked ? SourceRow.OldestPrice(asked, stored.Snapshot) : null, CostGroup.Of(result.Ledger));
    }
}
