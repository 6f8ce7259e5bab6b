using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What the token levers make of a workload.</summary>
/// <remarks>
/// Each acts on what the ones before it leave: the response cache removes requests, compression shortens what no cache serves of the prompt, the prefix cache
/// lets more of the prompt be read, the output limit shortens answers, the batch API takes requests that can wait, and the smaller model takes its share of the rest.
/// </remarks>
public static class Levers
{
    /// <summary>The workload that an API serves once the levers have acted. Its levers keep only a smaller model, which changes prices and loads but no tokens.</summary>
    /// <param name="workload">The workload as typed.</param>
    /// <returns>
    /// requests × (1 − hits); input × (kept + (1 − kept) × (1 − compression)), where kept is the share of the typed prompt that is read from or written to the cache;
    /// read share = max(read share, prefix cache) of the typed prompt; output × (1 − limit); batch share = max(batch share, lever). The same object where no lever is on.
    /// </returns>
    public static Workload Apply(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return LeverEffect.Of(workload).Workload;
    }
}
