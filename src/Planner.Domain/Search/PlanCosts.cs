using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>What a plan costs, by the formulas of every other page, and what it cannot cost less than.</summary>
internal sealed class PlanCosts
{
    private readonly Scenario _scenario;
    private readonly CatalogSnapshot _catalog;
    private readonly double _requests;
    private readonly double _besideUsd;
    private readonly double _tokenUsd;
    private readonly double _withOverhead;
    private readonly LoadProfile[] _profiles;

    public PlanCosts(Scenario scenario, SelfHostOption template, CatalogSnapshot catalog)
    {
        // What a plan must keep to is looked at by the search, which also says what it would cost not to.
        _scenario = scenario with { Options = [], Ranges = [], Evidence = [], BaselineOptionId = null, Workload = scenario.Workload with { Requirements = new Requirements() } };
        (_catalog, _requests) = (catalog, (double)scenario.Workload.RequestsPerMonth);
        _withOverhead = 1 + (double)template.OverheadShare;
        var levers = LeverEffect.Of(scenario.Workload, template.PrefixCacheShare);
        var served = levers.Workload;
        var millionTokens = _requests * (double)(levers.RequestShare * (served.InputTokens + served.OutputTokens + served.ReasoningTokens)) / 1e6;
        _besideUsd = (template.Extras.Sum(extra => (double)(extra.UsdPerMonth ?? 0)) * _withOverhead) + (double)((template.People?.HoursPerMonth ?? 0) * (template.People?.UsdPerHour ?? 0))
            + levers.FixedUsd + (levers.UsdPerRequest * _requests);
        _tokenUsd = template.Extras.Sum(extra => (double)(extra.UsdPerMillionTokens ?? 0)) * millionTokens * _withOverhead;
        LoadProfile Of(string sizing, string basis) => LoadProfile.Of(
            new FleetSizing(template with { Fleet = template.Fleet with { Sizing = sizing } }, new ReplicaThroughput(ThroughputKinds.Modelled, 1, basis, template.LoadFactor ?? 1), template.GpusPerReplica, levers, scenario.HoursPerMonth),
            _requests);
        _profiles =
        [
            Of(FleetSizings.WeeklyPeak, ThroughputBases.Total), Of(FleetSizings.Hourly, ThroughputBases.Total),
            Of(FleetSizings.WeeklyPeak, ThroughputBases.Input), Of(FleetSizings.Hourly, ThroughputBases.Input),
        ];
    }

    /// <summary>A fleet's month cannot cost less, USD: whole machines for the load of each hour at the lowest price.</summary>
    /// <param name="machines">The load on machines.</param>
    /// <param name="usdPerHour">The lowest price of a machine.</param>
    public double FleetBound(in MachineLoad machines, double usdPerHour) => (machines.WholeHours * usdPerHour * _withOverhead) + _besideUsd + _tokenUsd;

    /// <summary>A mix' month cannot cost less, USD: in each hour full machines, and for what is left over one more or the API, whichever is cheaper.</summary>
    /// <param name="machines">The load on machines.</param>
    /// <param name="usdPerHour">The lowest price of a machine.</param>
    /// <param name="apiUsd">What the API would ask for all of it.</param>
    public double MixBound(in MachineLoad machines, double usdPerHour, double apiUsd)
    {
        var (machine, api) = (usdPerHour * _withOverhead, machines.ShareOfHour * apiUsd);
        if (machine >= api)
            return apiUsd;
        var usd = _besideUsd;
        foreach (var (hours, relative) in machines.Profile.Levels)
        {
            var load = machines.Peak * relative;
            var full = Math.Floor(load + Noise);
            usd += hours * ((full * machine) + Math.Min(machine, Math.Max(0, load - full) * api));
        }

        return usd;
    }

    /// <summary>The load that replicas put on machines.</summary>
    /// <param name="serving">The replicas.</param>
    /// <param name="tokensPerSecond">What a replica delivers at most.</param>
    /// <param name="gpuCount">GPUs of a machine.</param>
    /// <param name="sizing">How the fleet is sized.</param>
    public MachineLoad LoadOf(Serving serving, double tokensPerSecond, int gpuCount, string sizing)
    {
        var profile = _profiles[(serving.Parts.Model.Kind == ModelKinds.Encoder ? 2 : 0) + (sizing == FleetSizings.Hourly ? 1 : 0)];
        var perMachine = tokensPerSecond * profile.PerReplica * (gpuCount / serving.Parts.Option.GpusPerReplica);
        var peak = profile.PeakTokens / perMachine;
        var whole = 0.0;
        foreach (var (hours, relative) in profile.Levels)
            whole += hours * Math.Ceiling((peak * relative) - Noise);
        return new MachineLoad(profile, peak, profile.MonthTokens == 0 ? 0 : perMachine * 3600 / profile.MonthTokens, whole);
    }

    /// <summary>What a double leaves open must not make a bound too high.</summary>
    private const double Noise = 1e-6;

    /// <summary>A plan's month, USD; infinite where it has no known cost or cannot serve.</summary>
    /// <param name="options">The plan's option, and before it those that a mix is made of.</param>
    /// <param name="capacity">What its replicas deliver; null for a plan without.</param>
    public (double Usd, OptionCost Cost) Month(IReadOnlyList<Option> options, Func<SelfHostOption, Workload, ReplicaThroughput?>? capacity)
    {
        var cost = new OptionResolver(_scenario with { Options = options }, _catalog, capacity)[options.Count - 1];
        return (cost.IsComparable && cost.Carries(_requests) ? cost.Month(new MonthTerms(_requests)).Usd : double.PositiveInfinity, cost);
    }
}

/// <summary>The week's load as bounds see it.</summary>
/// <param name="Levels">Hours of the month in which a fleet has one size, and the load then ÷ that of the busiest moment.</param>
/// <param name="PeakTokens">Tokens a second at the busiest moment.</param>
/// <param name="MonthTokens">Tokens of the month.</param>
/// <param name="PerReplica">Share of a replica's throughput that may be planned with.</param>
internal sealed record LoadProfile((double Hours, double Relative)[] Levels, double PeakTokens, double MonthTokens, double PerReplica)
{
    public static LoadProfile Of(FleetSizing size, double requests)
    {
        var month = requests * (double)size.TokensPerRequest;
        return new LoadProfile(
            [.. size.Levels.Select(level => (level.Hours, (double)(level.Weight / size.Levels[0].Weight)))], month / ((double)size.RunningHours * 3600) * size.PeakFactor, month, size.ReplicaTokensPerSecond!.Value);
    }
}

/// <summary>A load in machines.</summary>
/// <param name="Profile">The week.</param>
/// <param name="Peak">Machines that the busiest moment would fill.</param>
/// <param name="ShareOfHour">Share of the month's load that fills a machine for an hour.</param>
/// <param name="WholeHours">Hours of whole machines in a month.</param>
internal readonly record struct MachineLoad(LoadProfile Profile, double Peak, double ShareOfHour, double WholeHours);
