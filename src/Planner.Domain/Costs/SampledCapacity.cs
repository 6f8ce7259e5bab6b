using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Modelled throughput for a simulation: the model's figure, times how far it may be off. Figures are kept where no sample changes what they depend on.</summary>
/// <param name="catalog">The catalog rows that the options name.</param>
/// <param name="varying">Ids of options whose figure differs from sample to sample.</param>
internal sealed class SampledCapacity(CatalogSnapshot catalog, IReadOnlySet<string> varying)
{
    private readonly Dictionary<string, double> _factors = [];

    // Besides these a mix changes nothing that a figure depends on.
    private readonly Dictionary<(string Id, decimal Input, decimal Output, decimal Prefix), (double TokensPerSecond, string Basis)?> _known = [];

    /// <summary>Sets by what an option's figure is multiplied from now on.</summary>
    public void Scale(string id, double factor) => _factors[id] = factor;

    /// <summary>What a replica delivers; null where it serves nothing, or where the model lacks a fact.</summary>
    /// <param name="option">The option, as it serves.</param>
    /// <param name="workload">What is left to serve.</param>
    public ReplicaThroughput? Of(SelfHostOption option, Workload workload) => Figure(option, workload) is var (tokensPerSecond, basis)
        ? ReplicaThroughput.Modelled(option, tokensPerSecond * _factors.GetValueOrDefault(option.Id, 1), basis)
        : null;

    private (double TokensPerSecond, string Basis)? Figure(SelfHostOption option, Workload workload)
    {
        if (varying.Contains(option.Id))
            return CapacityEstimator.Figure(option, workload, catalog);
        var asked = (option.Id, workload.InputTokens, workload.OutputTokens + workload.ReasoningTokens, option.PrefixCacheShare);
        if (!_known.TryGetValue(asked, out var figure))
            _known[asked] = figure = CapacityEstimator.Figure(option, workload, catalog);
        return figure;
    }
}
