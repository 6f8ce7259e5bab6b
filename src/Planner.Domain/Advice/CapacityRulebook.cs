using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Rules about what a replica runs, and how sure its capacity is.</summary>
internal static class CapacityRulebook
{
    /// <summary>Upper end of a band ÷ its lower end from which on a modelled figure may be far off.</summary>
    internal const double WideBand = 2;

    public static void Find(RuleFacts facts, int index, SelfHostOption option)
    {
        var result = facts.Results[index];
        if (option.Model is { } key && facts.Catalog.Models.GetValueOrDefault(key) is { } model)
            FindCheckpoint(facts, index, option, model);
        if (option.TensorParallel > 1 && facts.GpuOf(option) is { LinkType: { } link } && link.StartsWith("PCIe", StringComparison.OrdinalIgnoreCase))
            facts.Tell("tensor-over-pcie", AdviceTexts.TensorOverPcie.With(option.Name, option.TensorParallel, link), option.Id);
        if (result is { Capacity.Rank: ThroughputKinds.Modelled, Estimate.Band: { LowTokensPerSecond: > 0 } band } && band.HighTokensPerSecond > WideBand * band.LowTokensPerSecond)
            facts.Tell("wide-band", AdviceTexts.WideBand.With(option.Name, Wording.Count(band.LowTokensPerSecond), Wording.Count(band.HighTokensPerSecond)), option.Id);
        if (result.Estimate is { Memory: { Sequences: >= 1 } memory } estimate)
            FindCache(facts, index, option, result, estimate, memory);
    }

    /// <summary>A way of packing weights that the named checkpoint does not have.</summary>
    private static void FindCheckpoint(RuleFacts facts, int index, SelfHostOption option, LanguageModel model)
    {
        if (!(option.Precision.Equals("awq", StringComparison.OrdinalIgnoreCase) || option.Precision.Equals("gptq", StringComparison.OrdinalIgnoreCase)) || model.NativePrecision != "bf16")
            return;
        var canFp8 = facts.GpuOf(option)?.Fp8Tflops is not null && facts.Catalog.Engines.GetValueOrDefault(option.Engine)?.Precisions.Contains("fp8") == true;
        facts.Tell(
            "awq-on-bf16", AdviceTexts.AwqOnBf16.With(option.Name, option.Precision.ToUpperInvariant(), model.HuggingFaceId ?? model.Name), option.Id,
            canFp8 ? RuleFacts.Fix(index, AdviceTexts.FixFp8, "precision", "fp8") : null);
    }

    /// <summary>More requests at once than the KV cache holds: by what is configured, or by the load where a throughput is stated.</summary>
    private static void FindCache(RuleFacts facts, int index, SelfHostOption option, OptionResult result, CapacityEstimate estimate, MemoryFit memory)
    {
        var holds = Math.Floor(memory.Sequences);
        if (option.MaxSequences > memory.Sequences)
        {
            facts.Tell(
                "kv-cache-small", AdviceTexts.KvCacheStated.With(option.Name, Wording.Count(option.MaxSequences.Value), Wording.Count(holds)), option.Id,
                RuleFacts.Fix(index, AdviceTexts.FixSequences.With(Wording.Count(holds)), "maxSequences", (int)holds));
            return;
        }

        var workload = facts.Workload;
        if (!option.Throughput.IsGiven || result is not { Replicas: > 0 and var replicas, Capacity: { RequiredTokensPerSecond: var needed, Basis: var basis } } || estimate is not { TtftSeconds: { } first, TpotSeconds: { } each })
            return;
        // Little's law: requests at once = requests a second × the seconds that each takes.
        var answer = (double)(workload.OutputTokens + workload.ReasoningTokens);
        var counted = basis switch { ThroughputBases.Output => answer, ThroughputBases.Input => (double)workload.InputTokens, _ => (double)workload.InputTokens + answer };
        var running = counted > 0 ? needed / counted / replicas * (first + (answer * each)) : 0;
        if (running <= memory.Sequences)
            return;
        var half = option.KvPrecision != KvPrecisions.Fp8 && running <= 2 * memory.Sequences;
        facts.Tell(
            "kv-cache-small", AdviceTexts.KvCacheLoad.With(option.Name, Wording.Count(Math.Ceiling(running)), Wording.Count(holds)), option.Id,
            half ? RuleFacts.Fix(index, AdviceTexts.FixKvPrecision, "kvPrecision", KvPrecisions.Fp8) : null);
    }
}
