using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>What a plan costs, by the formulas of every other page, and what it cannot cost less than.</summary>
internal sealed class PlanCosts
{
    private readonly Scenario _scenario;
    private readonly CatalogSnapshot _catalog;
    private readonly SelfHostOption _template;
    private readonly double _requests;
    private readonly double _fixedUsd;
    private readonly double _withOverhead;
    private readonly FleetSizing _total;
    private readonly FleetSizing _input;

    public PlanCosts(Scenario scenario, SelfHostOption template, CatalogSnapshot catalog)
    {
        // What a plan must keep to is looked at by the search, which also says what it would cost not to.
        _scenario = scenario with { Options = [], Ranges = [], Evidence = [], BaselineOptionId = null, Workload = scenario.Workload with { Requirements = new Requirements() } };
        (_catalog, _template) = (catalog, template);
        _requests = (double)scenario.Workload.RequestsPerMonth;
        _withOverhead = 1 + (double)template.OverheadShare;
        var levers = LeverEffect.Of(scenario.Workload, template.PrefixCacheShare);
        var served = levers.Workload;
        var millionTokens = _requests * (double)(levers.RequestShare * (served.InputTokens + served.OutputTokens + served.ReasoningTokens)) / 1e6;
        var extras = template.Extras.Sum(extra => (double)(extra.UsdPerMonth ?? 0) + ((double)(extra.UsdPerMillionTokens ?? 0) * millionTokens));
        _fixedUsd = (extras * _withOverhead) + (double)((template.People?.HoursPerMonth ?? 0) * (template.People?.UsdPerHour ?? 0)) + levers.FixedUsd + (levers.UsdPerRequest * _requests);
        FleetSizing Of(string basis) => new(template, new ReplicaThroughput(ThroughputKinds.Modelled, 1, basis, template.LoadFactor ?? 1), template.GpusPerReplica, levers, scenario.HoursPerMonth);
        (_total, _input) = (Of(ThroughputBases.Total), Of(ThroughputBases.Input));
    }

    /// <summary>A fleet's month cannot cost less, USD.</summary>
    /// <param name="serving">Its replicas.</param>
    /// <param name="tokensPerSecond">What a replica delivers at most.</param>
    /// <param name="gpuCount">GPUs of a machine.</param>
    /// <param name="usdPerHour">The lowest price of a machine.</param>
    /// <param name="sizing">How it is sized.</param>
    /// <remarks>Replicas that are never idle and cost the lowest price; a fleet of one size has enough of them for the busiest hour, in whole machines.</remarks>
    public double FleetBound(Serving serving, double tokensPerSecond, int gpuCount, double usdPerHour, string sizing)
    {
        var unit = serving.Parts.Model.Kind == ModelKinds.Encoder ? _input : _total;
        var machineHours = _requests * (double)unit.TokensPerRequest / (tokensPerSecond * unit.ReplicaTokensPerSecond!.Value * 3600) / (gpuCount / serving.Parts.Option.GpusPerReplica);
        if (sizing == FleetSizings.WeeklyPeak && _template.Fleet.OffHours is not { Count: > 0 })
        {
            var hours = (double)unit.RunningHours;
            machineHours = Math.Ceiling((machineHours * unit.PeakFactor / hours) - 1e-6) * hours;
        }

        return (machineHours * usdPerHour * _withOverhead) + _fixedUsd;
    }

    /// <summary>A plan's month, USD; infinite where it has no known cost or cannot serve.</summary>
    /// <param name="options">The plan's option, and before it those that a mix is made of.</param>
    /// <param name="capacity">What its replicas deliver; null for a plan without.</param>
    public (double Usd, OptionCost Cost) Month(IReadOnlyList<Option> options, Func<SelfHostOption, Workload, ReplicaThroughput?>? capacity)
    {
        var cost = new OptionResolver(_scenario with { Options = options }, _catalog, capacity)[options.Count - 1];
        return (cost.IsComparable && cost.Carries(_requests) ? cost.Month(new MonthTerms(_requests)).Usd : double.PositiveInfinity, cost);
    }
}
