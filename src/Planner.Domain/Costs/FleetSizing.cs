using Planner.Domain.Loads;
using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Hours of the week in which a fleet has one size.</summary>
/// <param name="Weight">Highest weight of the load in those hours.</param>
/// <param name="Hours">Hours of the month paid for at that size; with the cold starts that lead up to it, less those of the level above.</param>
/// <param name="Scheduled">Replicas that a schedule states; null where the load decides.</param>
internal readonly record struct FleetLevel(decimal Weight, double Hours, int? Scheduled);

/// <summary>How many replicas and units a fleet has in every hour at a volume. Everything whole is the ceiling of an exact quotient.</summary>
internal sealed class FleetSizing
{
    /// <summary>Beyond this many replicas a fleet is not sized: no one can rent it, and whole-number arithmetic would overflow.</summary>
    public const long MostReplicas = 1_000_000_000_000;

    private readonly Fleet _fleet;

    /// <param name="option">The option.</param>
    /// <param name="throughput">What a replica delivers; null where that is unknown.</param>
    /// <param name="gpusPerInstance">GPUs of one instance, at least 1.</param>
    /// <param name="levers">What is to be served.</param>
    /// <param name="hoursPerMonth">Hours of the month.</param>
    public FleetSizing(SelfHostOption option, ReplicaThroughput? throughput, int gpusPerInstance, LeverEffect levers, decimal hoursPerMonth)
    {
        _fleet = option.Fleet;
        var workload = levers.Workload;
        var week = LoadWeek.Of(workload.Shape);
        RunningHours = option.Fleet.RunningHoursPerMonth ?? hoursPerMonth;
        // A replica lives within one instance where it can; only one that is larger spans several, which it then has to itself.
        (ReplicasPerUnit, InstancesPerUnit) = option.GpusPerReplica <= gpusPerInstance
            ? (gpusPerInstance / option.GpusPerReplica, 1)
            : (1, (option.GpusPerReplica + gpusPerInstance - 1) / gpusPerInstance);
        // Per request as typed, so that volumes stay those that were typed.
        var (above, below) = levers.LoadFactor;
        var tokens = levers.RequestShare * above * (1 + workload.RetryShare) * (throughput?.Basis ?? option.Throughput.Basis) switch
        {
            ThroughputBases.Input => workload.InputTokens,
            ThroughputBases.Output => workload.OutputTokens + workload.ReasoningTokens,
            _ => workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens,
        };
        TokensPerRequest = tokens / below;
        PeakFactor = week.PeakToMean;
        Fleets = option.Tenancy is { Kind: Tenancies.Each, Tenants: var tenants } ? tenants : 1;
        Levels = LevelsOf(week, _fleet, (double)RunningHours, (double)hoursPerMonth);
        if (throughput is null)
            return;
        LoadFactor = throughput.LoadFactor;
        var shared = option.Tenancy is { Kind: Tenancies.Shared, OverheadShare: var overhead } ? 1 - overhead : 1m;
        ReplicaTokensPerSecond = (double)throughput.TokensPerSecond * (double)LoadFactor * (double)shared;
        Load = new ExactQuotient(
            [tokens, LoadWeek.Hours, week.BurstAbove],
            [below, week.Sum, week.BurstBelow, throughput.TokensPerSecond, LoadFactor, shared, RunningHours, 3600m, Fleets]);
    }

    /// <summary>Replicas in the smallest set of instances that is bought whole.</summary>
    public int ReplicasPerUnit { get; }

    /// <summary>Instances in that set: 1, or as many as a replica spans.</summary>
    public int InstancesPerUnit { get; }

    /// <summary>Equal fleets that share the load: the tenants, where each has its own.</summary>
    public int Fleets { get; }

    /// <summary>Sizes of the fleet over the week, the largest first.</summary>
    public FleetLevel[] Levels { get; }

    /// <summary>Hours a month in which the fleet runs.</summary>
    public decimal RunningHours { get; }

    /// <summary>Tokens of a request as typed on the throughput's basis, retries and token levers counted.</summary>
    public decimal TokensPerRequest { get; }

    /// <summary>Load of the busiest moment ÷ mean load.</summary>
    public double PeakFactor { get; }

    /// <summary>Share of the throughput that keeps the SLO.</summary>
    public decimal LoadFactor { get; }

    /// <summary>What a replica serves at the SLO, tokens/s; null where its throughput is unknown.</summary>
    public double? ReplicaTokensPerSecond { get; }

    /// <summary>Replicas of one fleet that one request a month needs in an hour of weight 1; null where the throughput is unknown.</summary>
    public ExactQuotient? Load { get; }

    /// <summary>True for a fleet of a stated number of instances, or with a stated schedule: it does not grow with the load.</summary>
    public bool IsStated => _fleet.Sizing is FleetSizings.Fixed or FleetSizings.Scheduled;

    /// <summary>True for a fleet of one size all week.</summary>
    public bool IsConstant => _fleet.Sizing is FleetSizings.Fixed or FleetSizings.WeeklyPeak;

    /// <summary>Fewest replicas of one fleet, its spare ones left out.</summary>
    public int MinimumReplicas => _fleet.MinimumReplicas;

    /// <summary>Replicas of one fleet kept besides those that the load needs.</summary>
    public int SpareReplicas => _fleet.SpareReplicas;

    /// <summary>Replicas by which one fleet grows beyond its fewest.</summary>
    public int Step => _fleet.Sizing == FleetSizings.Hourly ? _fleet.StepReplicas : 1;

    /// <summary>Instances that run at a level; infinite where they are beyond <see cref="MostReplicas"/>.</summary>
    /// <param name="level">Index into <see cref="Levels"/>.</param>
    /// <param name="requests">Requests a month.</param>
    public double Instances(int level, decimal requests) => Instances(Levels[level], Load?.CeilingTimes(requests, Levels[level].Weight) ?? 0);

    /// <inheritdoc cref="Instances(int, decimal)"/>
    public double Instances(int level, double requests) => Instances(Levels[level], Load?.CeilingTimes(requests, Levels[level].Weight) ?? 0);

    /// <summary>Instances that run in an hour of the week.</summary>
    /// <param name="hour">Hour from Monday 00:00, 0 to 167.</param>
    /// <param name="requests">Requests a month.</param>
    /// <param name="week">The week of the workload.</param>
    public double InstancesIn(int hour, decimal requests, LoadWeek week)
    {
        if (_fleet.OffHours?.Contains(hour) == true)
            return 0;
        for (var level = 0; level < Levels.Length; level++)
        {
            if (IsConstant || (Levels[level].Scheduled is { } scheduled ? scheduled == _fleet.Schedule![hour] : Levels[level].Weight == week.Weights[hour]))
                return Instances(level, requests);
        }

        return 0;
    }

    /// <summary>Replicas of all fleets in the busiest hour at a volume, spare ones included, and the fleet's units; null where the throughput is unknown and the fleet is not stated, or where it is beyond <see cref="MostReplicas"/>.</summary>
    /// <param name="requests">Requests a month.</param>
    public (long Replicas, long Instances, long HeldReplicas)? At(decimal requests)
    {
        if (_fleet.Sizing == FleetSizings.Fixed)
        {
            var stated = (long)_fleet.Instances!.Value;
            var held = stated / InstancesPerUnit * ReplicasPerUnit;
            return (held, stated, held);
        }

        if (_fleet.Sizing != FleetSizings.Scheduled && (Load is null || Load.CeilingTimes(requests, Levels[0].Weight) > MostReplicas))
            return null;
        var replicas = Levels[0].Scheduled is { } scheduled ? scheduled : Needed(Load!.CeilingTimes(requests, Levels[0].Weight));
        var units = UnitsFor(replicas) * Fleets;
        return (replicas * Fleets, units * InstancesPerUnit, units * ReplicasPerUnit);
    }

    /// <summary>Requests a month that the fleet carries in every hour with so many replicas in the busiest one; the spare ones are not to be counted.</summary>
    /// <param name="replicas">Replicas of all fleets; a schedule has its own.</param>
    public double RequestsCarriedBy(long replicas)
    {
        if (Load is not { } load)
            return double.NaN;
        if (_fleet.Sizing != FleetSizings.Scheduled)
            return load.Inverse(Math.Max(0, replicas / Fleets), Levels[0].Weight);
        var carried = double.PositiveInfinity;
        foreach (var level in Levels)
            carried = Math.Min(carried, load.Inverse(Math.Max(0, level.Scheduled!.Value - SpareReplicas), level.Weight));
        return carried;
    }

    /// <summary>Does the fleet carry a volume with so many replicas in the busiest hour, spare ones left out?</summary>
    public bool Carries(decimal requests, long replicas)
    {
        if (_fleet.Sizing != FleetSizings.Scheduled)
            return Load!.CeilingTimes(requests, Levels[0].Weight) * Fleets <= replicas;
        foreach (var level in Levels)
        {
            if (Load!.CeilingTimes(requests, level.Weight) > level.Scheduled!.Value - SpareReplicas)
                return false;
        }

        return true;
    }

    /// <summary>Does the fleet carry a volume that is a double already? A sized one does up to <see cref="MostReplicas"/>; nobody knows of one without throughput.</summary>
    /// <param name="requests">Requests a month.</param>
    public bool Carries(double requests)
    {
        if (Load is null)
            return false;
        var held = _fleet.Sizing == FleetSizings.Fixed ? ((long)_fleet.Instances!.Value / InstancesPerUnit * ReplicasPerUnit) - SpareReplicas : MostReplicas;
        foreach (var level in Levels)
        {
            if (Load.CeilingTimes(requests, level.Weight) > (level.Scheduled - SpareReplicas ?? held))
                return false;
        }

        return true;
    }

    /// <summary>Units of one fleet, its minimum and its spare ones counted, that hold so many replicas.</summary>
    public long UnitsFor(long replicas) => (replicas + ReplicasPerUnit - 1) / ReplicasPerUnit;

    private double Instances(FleetLevel level, long load)
    {
        if (_fleet.Sizing == FleetSizings.Fixed)
            return _fleet.Instances!.Value;
        if (level.Scheduled is { } scheduled)
            return UnitsFor(scheduled) * InstancesPerUnit;
        return load > MostReplicas ? double.PositiveInfinity : (double)UnitsFor(Needed(load)) * Fleets * InstancesPerUnit;
    }

    /// <summary>Replicas of one fleet for so many that the load needs: its fewest, its step and its spare ones counted.</summary>
    public long Needed(long load)
    {
        var beyond = Math.Max(0, load - _fleet.MinimumReplicas);
        return _fleet.MinimumReplicas + ((beyond + Step - 1) / Step * Step) + _fleet.SpareReplicas;
    }

    private static FleetLevel[] LevelsOf(LoadWeek week, Fleet fleet, double runningHours, double hoursPerMonth)
    {
        var perHour = hoursPerMonth / LoadWeek.Hours;
        var coldStart = (double)fleet.ColdStartMinutes / 60;
        if (fleet is { Sizing: FleetSizings.Scheduled, Schedule: { } schedule })
            return ScheduledLevels(week, schedule, perHour, coldStart);
        var on = week.LevelsWithout(fleet.OffHours);
        if (fleet.Sizing != FleetSizings.Hourly)
            return [new FleetLevel(on[0].Weight, fleet.OffHours is { Count: > 0 and var off } ? perHour * (LoadWeek.Hours - off) : runningHours, null)];

        // Instances in a layer between two levels are paid for the hours at or above the upper one, and for a cold start each time the load rises to it.
        var levels = new FleetLevel[on.Count];
        var starts = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            var level = on[i];
            levels[i] = new FleetLevel(level.Weight, perHour * (level.Hours + (coldStart * (level.Starts - starts))), null);
            starts = level.Starts;
        }

        return levels;
    }

    private static FleetLevel[] ScheduledLevels(LoadWeek week, IReadOnlyList<int> schedule, double perHour, double coldStart)
    {
        var sizes = schedule.Distinct().OrderDescending().ToList();
        var replicas = schedule.Select(size => (decimal)size).ToList();
        var levels = new FleetLevel[sizes.Count];
        var starts = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            var rises = LoadWeek.StartsOf(replicas, sizes[i]);
            var hours = Enumerable.Range(0, LoadWeek.Hours).Where(hour => schedule[hour] == sizes[i]).ToList();
            levels[i] = new FleetLevel(hours.Max(hour => week.Weights[hour]), perHour * (hours.Count + (coldStart * (rises - starts))), sizes[i]);
            starts = rises;
        }

        return levels;
    }
}
