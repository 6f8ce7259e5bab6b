using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What one replica delivers, from the best source there is: the user's own figure, otherwise the model's.</summary>
/// <param name="Rank">One of <see cref="ThroughputKinds"/>.</param>
/// <param name="TokensPerSecond">Tokens a second, above 0.</param>
/// <param name="Basis">Which tokens are counted.</param>
/// <param name="LoadFactor">Share of it that keeps the SLO.</param>
internal sealed record ReplicaThroughput(string Rank, decimal TokensPerSecond, string Basis, decimal LoadFactor)
{
    /// <summary>Beyond these a figure is no throughput of anything that exists, and an exact quotient of it no number of replicas.</summary>
    private const double Least = 1e-9, Most = 1e15;

    /// <summary>The figure that counts; null where there is none, or where the model says that the replica serves nothing.</summary>
    public static ReplicaThroughput? Of(SelfHostOption option, CapacityEstimate? estimate)
    {
        if (option.Throughput is { IsGiven: true, TokensPerSecond: { } given } stated)
            return new ReplicaThroughput(stated.Kind!, given, stated.Basis, option.LoadFactor ?? SelfHostOption.DefaultLoadFactor);
        return estimate is null ? null : Modelled(option, estimate.TokensPerSecond, estimate.Basis);
    }

    /// <summary>A figure of the model; null where the replica serves nothing.</summary>
    public static ReplicaThroughput? Modelled(SelfHostOption option, double tokensPerSecond, string basis) => tokensPerSecond is >= Least and <= Most
        ? new ReplicaThroughput(ThroughputKinds.Modelled, (decimal)tokensPerSecond, basis, option.LoadFactor ?? 1m)
        : null;
}
