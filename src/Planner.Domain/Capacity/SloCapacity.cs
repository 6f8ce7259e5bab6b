namespace Planner.Domain.Capacity;

/// <summary>What keeps a replica from more requests.</summary>
public enum CapacityLimit
{
    /// <summary>Not one sequence of these lengths fits.</summary>
    Memory,

    /// <summary>The time to first token.</summary>
    Ttft,

    /// <summary>The time per output token.</summary>
    Tpot,

    /// <summary>The share of the saturated rate up to which queues stay short.</summary>
    Throughput,
}

/// <summary>Latency targets, seconds; infinite for none.</summary>
public readonly record struct LatencyTargets(double TtftSeconds, double TpotSeconds);

/// <summary>The highest rate at which a replica keeps its targets.</summary>
/// <param name="RequestsPerSecond">That rate; 0 where it keeps them at none.</param>
/// <param name="Limit">What ends it.</param>
/// <param name="Latency">Latency at that rate; where the rate is 0, at an idle replica.</param>
/// <param name="Saturated">The replica at as many sequences as fit.</param>
public readonly record struct SloCapacity(double RequestsPerSecond, CapacityLimit Limit, ArrivalLatency Latency, ReplicaPerformance Saturated)
{
    /// <summary>Share of the saturated rate at which a replica counts as idle.</summary>
    internal const double Idle = 1e-6;

    private const int Halvings = 30;

    /// <summary>Finds it. Latency rises with the rate, so halving the interval finds the edge.</summary>
    public static SloCapacity Of(in ReplicaModel replica, ReplicaLoad load, Arrivals arrivals, LatencyTargets targets)
    {
        var saturated = replica.At(load with { Concurrency = double.PositiveInfinity });
        if (saturated.Batch == 0)
            return new SloCapacity(0, CapacityLimit.Memory, default, saturated);
        var idle = arrivals.At(replica, load, saturated, Idle * saturated.RequestsPerSecond);
        if (Missed(idle, targets) is { } impossible)
            return new SloCapacity(0, impossible, idle, saturated);

        var (low, high) = (Idle * saturated.RequestsPerSecond, Arrivals.HighestUtilization * saturated.RequestsPerSecond);
        var latency = arrivals.At(replica, load, saturated, high);
        if (Missed(latency, targets) is not { } limit)
            return new SloCapacity(high, CapacityLimit.Throughput, latency, saturated);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Missed(arrivals.At(replica, load, saturated, middle), targets) is { } missed)
                (high, limit) = (middle, missed);
            else
                low = middle;
        }

        return new SloCapacity(low, limit, arrivals.At(replica, load, saturated, low), saturated);
    }

    /// <summary>The target that a latency misses; null where it keeps both.</summary>
    internal static CapacityLimit? Missed(ArrivalLatency latency, LatencyTargets targets) =>
        latency.TtftSeconds > targets.TtftSeconds ? CapacityLimit.Ttft : latency.TpotSeconds > targets.TpotSeconds ? CapacityLimit.Tpot : null;
}
