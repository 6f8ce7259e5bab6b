using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>How many replicas and instances a fleet has at a volume. Everything whole is the ceiling of an exact quotient.</summary>
internal sealed class FleetSizing
{
    /// <summary>Beyond this many replicas a fleet is not sized: no one can rent it, and whole-number arithmetic would overflow.</summary>
    public const long MostReplicas = 1_000_000_000_000;

    private readonly Fleet _fleet;

    /// <param name="option">The option.</param>
    /// <param name="throughput">What a replica delivers; null where that is unknown.</param>
    /// <param name="gpusPerInstance">GPUs of one instance, at least 1.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="hoursPerMonth">Hours of the month.</param>
    public FleetSizing(SelfHostOption option, ReplicaThroughput? throughput, int gpusPerInstance, Workload workload, decimal hoursPerMonth)
    {
        _fleet = option.Fleet;
        RunningHours = option.Fleet.RunningHoursPerMonth ?? hoursPerMonth;
        // A replica lives within one instance where it can; only one that is larger spans several, which it then has to itself.
        (ReplicasPerUnit, InstancesPerUnit) = option.GpusPerReplica <= gpusPerInstance
            ? (gpusPerInstance / option.GpusPerReplica, 1)
            : (1, (option.GpusPerReplica + gpusPerInstance - 1) / gpusPerInstance);
        TokensPerRequest = (1 + workload.RetryShare) * (throughput?.Basis ?? option.Throughput.Basis) switch
        {
            ThroughputBases.Input => workload.InputTokens,
            ThroughputBases.Output => workload.OutputTokens + workload.ReasoningTokens,
            _ => workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens,
        };
        var (peak, mean) = PeakToMean(workload.Shape);
        PeakFactor = (double)(peak / mean);
        if (throughput is null)
            return;
        LoadFactor = throughput.LoadFactor;
        ReplicaTokensPerSecond = (double)throughput.TokensPerSecond * (double)LoadFactor;
        Load = new ExactQuotient([TokensPerRequest, peak], [mean, throughput.TokensPerSecond, LoadFactor, RunningHours, 3600m]);
    }

    /// <summary>Replicas in the smallest set of instances that is bought whole.</summary>
    public int ReplicasPerUnit { get; }

    /// <summary>Instances in that set: 1, or as many as a replica spans.</summary>
    public int InstancesPerUnit { get; }

    /// <summary>Hours a month in which the fleet runs.</summary>
    public decimal RunningHours { get; }

    /// <summary>Tokens of a request on the throughput's basis, retries included.</summary>
    public decimal TokensPerRequest { get; }

    /// <summary>Load of the busiest hour ÷ mean load.</summary>
    public double PeakFactor { get; }

    /// <summary>Share of the throughput that keeps the SLO.</summary>
    public decimal LoadFactor { get; }

    /// <summary>What a replica serves at the SLO, tokens/s; null where its throughput is unknown.</summary>
    public double? ReplicaTokensPerSecond { get; }

    /// <summary>Replicas that one request a month needs in the busiest hour; null where the throughput is unknown.</summary>
    public ExactQuotient? Load { get; }

    /// <summary>True for a fleet of a stated number of instances.</summary>
    public bool IsFixed => _fleet.Sizing == FleetSizings.Fixed;

    /// <summary>Fewest units of a sized fleet.</summary>
    public long MinimumUnits => UnitsFor((long)_fleet.MinimumReplicas + _fleet.SpareReplicas);

    /// <summary>Replicas kept besides those that the load needs.</summary>
    public int SpareReplicas => _fleet.SpareReplicas;

    /// <summary>Fleet at a volume; null where the throughput is unknown and the fleet is not fixed, or where it is beyond <see cref="MostReplicas"/>.</summary>
    /// <param name="requests">Requests a month.</param>
    public (long Replicas, long Instances, long HeldReplicas)? At(decimal requests)
    {
        if (IsFixed)
        {
            var stated = (long)_fleet.Instances!.Value;
            var held = stated / InstancesPerUnit * ReplicasPerUnit;
            return (held, stated, held);
        }

        if (Load is not { } load || load.CeilingTimes(requests) is var needed && needed > MostReplicas)
            return null;
        var replicas = Math.Max(_fleet.MinimumReplicas, needed) + _fleet.SpareReplicas;
        var units = UnitsFor(replicas);
        return (replicas, units * InstancesPerUnit, units * ReplicasPerUnit);
    }

    /// <summary>Requests a month that a number of replicas carries at the SLO; the spare ones are not to be counted.</summary>
    public double RequestsCarriedBy(long replicas) => Load?.Inverse(Math.Max(0, replicas)) ?? double.NaN;

    private long UnitsFor(long replicas) => (replicas + ReplicasPerUnit - 1) / ReplicasPerUnit;

    /// <summary>Peak and mean as whole terms, so that their quotient stays exact.</summary>
    private static (decimal Peak, decimal Mean) PeakToMean(LoadShape shape) =>
        shape is { Kind: ShapeKinds.Weights, Weights: { } weights } && weights.Sum() is var sum && sum > 0
            ? (weights.Max() * weights.Count, sum)
            : (shape.PeakToMean, 1m);
}
