using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>An option's inputs in words.</summary>
internal static class OptionAssumptions
{
    private const string Own = "your figure";

    public static IEnumerable<Assumption> Of(ApiOption option, CatalogSnapshot catalog)
    {
        var sheet = option.PriceKey is { } key ? catalog.Prices.GetValueOrDefault(key) : null;
        if (option.PriceKey is not null)
            yield return new("Price sheet", option.PriceKey, sheet is null ? "not in the catalog" : null) { Paths = ["priceKey"] };
        var (prices, source) = option.Price is { } own ? (own, Own) : (sheet?.Prices, sheet is null ? null : From(sheet.Provenance));
        yield return new("Input", Tokens(prices?.InputUsdPerM), source) { Paths = ["price.inputUsdPerM"] };
        yield return new("Output", Tokens(prices?.OutputUsdPerM), source) { Paths = ["price.outputUsdPerM"] };
        if (prices is { CacheReadUsdPerM: not null } or { CacheWriteUsdPerM: not null })
            yield return new("Prompt cache", CachePrices(prices), source) { Paths = ["price.cacheReadUsdPerM", "price.cacheWriteUsdPerM"] };
        if (prices is { BatchInputUsdPerM: not null } or { BatchOutputUsdPerM: not null })
            yield return new("Batch", $"{Tokens(prices.BatchInputUsdPerM)} input, {Tokens(prices.BatchOutputUsdPerM)} output", source) { Paths = ["price.batchInputUsdPerM", "price.batchOutputUsdPerM"] };
        else if (option.AssumedBatchPriceShare is { } batch)
            yield return new("Batch", $"{Share(batch)} of the normal price", "your assumption") { Paths = ["assumedBatchPriceShare"] };
        foreach (var (i, tier) in (prices?.Tiers ?? []).Index())
        {
            var (input, output) = (tier.InputUsdPerM ?? prices!.InputUsdPerM, tier.OutputUsdPerM ?? prices!.OutputUsdPerM);
            yield return new(
                $"Prompts above {Format.Number(tier.AboveTokens)} tokens", $"{Tokens(input)} input, {Tokens(output)} output", "for the whole request")
            {
                Paths = [$"price.tiers[{i}]"],
            };
        }

        if (option.TokenFactor != 1)
            yield return new("Tokens of this vendor", $"{Format.Number(option.TokenFactor)} for one of the workload", Own) { Paths = ["tokenFactor"] };
        foreach (var term in ApiTermAssumptions.Of(option))
            yield return term;
    }

    public static IEnumerable<Assumption> Of(SelfHostOption option, Scenario scenario, CatalogSnapshot catalog)
    {
        if (option.Model is not null)
        {
            var gpus = $"{option.GpusPerReplica} GPU{(option.GpusPerReplica == 1 ? "" : "s")} a replica";
            yield return new("Model", catalog.Models.GetValueOrDefault(option.Model)?.Name ?? option.Model, $"{option.Precision}, {option.Engine}, {gpus}")
            {
                Paths = ["model", "precision", "engine", "tensorParallel", "pipelineParallel", "dataParallel"],
            };
        }

        if (Serving(option) is { Length: > 0 } serving)
            yield return new("Serving", serving, Own) { Paths = ["kvPrecision", "maxSequences", "gpuMemoryUtilization", "prefixCacheShare", "speculative"] };

        if (option.InstanceKey is not null)
        {
            var machine = catalog.Instances.GetValueOrDefault(option.InstanceKey);
            yield return new("Instance", option.InstanceKey, machine is null ? "not in the catalog" : $"{machine.GpuCount} × {machine.Gpu}") { Paths = ["instanceKey"] };
        }

        yield return Throughput(option);
        foreach (var term in FleetAssumptions.Of(option, scenario, catalog))
            yield return term;
        foreach (var (i, extra) in option.Extras.Index())
            yield return new(extra.Name, Extra(extra), Own) { Paths = [$"extras[{i}]"] };
        if (option.People is { } people)
            yield return new("People", $"{Format.Number(people.HoursPerMonth)} hours a month at {Format.Rate(people.UsdPerHour)}", Own) { Paths = ["people"] };
        if (option.OverheadShare > 0)
            yield return new("Operations", $"{Share(option.OverheadShare)} of the infrastructure", Own) { Paths = ["overheadShare"] };
        if (option.LeadMonths > 0)
            yield return new("Can run after", $"{option.LeadMonths} months", Own) { Paths = ["leadMonths"] };
        foreach (var (i, step) in option.Hiring.Index())
            yield return new($"People from month {step.FromMonth} on", $"{Format.Number(step.HoursPerMonth)} hours a month at {Format.Rate(step.UsdPerHour)}", Own) { Paths = [$"hiring[{i}]"] };
        foreach (var (i, cost) in option.OneOff.Index())
            yield return new(cost.EveryMonths is { } months ? $"{cost.Name}, every {months} months" : $"{cost.Name}, once", OneOff(cost), Own) { Paths = [$"oneOff[{i}]"] };
    }

    /// <summary>What is set of the engine; empty where all of it is left as it comes.</summary>
    private static string Serving(SelfHostOption option)
    {
        List<string> parts = [];
        if (option.KvPrecision != KvPrecisions.Bf16)
            parts.Add($"KV cache in {option.KvPrecision}");
        if (option.MaxSequences is { } sequences)
            parts.Add($"at most {Format.Number(sequences)} sequences");
        if (option.GpuMemoryUtilization is { } memory)
            parts.Add($"{Share(memory)} of a GPU's memory");
        if (option.PrefixCacheShare > 0)
            parts.Add($"{Share(option.PrefixCacheShare)} of the prompt found in its cache");
        if (option.Speculative is { } draft)
            parts.Add($"{Format.Number(draft.DraftTokens)} drafted tokens, {Share(draft.AcceptanceShare)} accepted");
        return string.Join(", ", parts);
    }

    private static Assumption Throughput(SelfHostOption option)
    {
        var throughput = option.Throughput;
        if (throughput is not { IsGiven: true, Kind: { } rank, TokensPerSecond: { } speed })
            return new("Throughput", "modelled", option.LoadFactor is { } used ? $"used up to {Share(used)}" : "keeps the latency targets; see Capacity") { Paths = ["throughput", "loadFactor"] };
        var basis = throughput.Basis switch { ThroughputBases.Output => "output ", ThroughputBases.Input => "input ", _ => "" };
        var load = option.LoadFactor is { } factor ? $"used up to {Share(factor)}" : $"used up to {Share(0.8m)} by default";
        return new("Throughput", $"{Format.Number(speed)} {basis}tokens/s a replica", $"{rank}, {load}") { Paths = ["throughput", "loadFactor"] };
    }

    private static string Extra(ExtraCost extra)
    {
        List<string> parts = [];
        if (extra.UsdPerMonth is { } month)
            parts.Add($"{Format.Money(month)} a month");
        if (extra.UsdPerMillionTokens is { } tokens)
            parts.Add($"{Format.Rate(tokens)} per M tokens");
        return parts.Count == 0 ? "nothing" : string.Join(" and ", parts);
    }

    private static string OneOff(OneOffCost cost)
    {
        List<string> parts = [];
        if (cost.Hours is { } hours)
            parts.Add($"{Format.Number(hours)} hours at {Format.Rate(cost.UsdPerHour)}");
        if (cost.Usd is { } sum)
            parts.Add(Format.Money(sum));
        return parts.Count == 0 ? "nothing" : string.Join(" and ", parts);
    }

    private static string CachePrices(TokenPrices prices)
    {
        // What is written costs what is read in where the sheet names no price of its own.
        var written = prices.CacheWriteUsdPerM is null ? "the input price" : Tokens(prices.CacheWriteUsdPerM);
        return $"{Tokens(prices.CacheReadUsdPerM)} read, {written} written";
    }

    private static string Tokens(decimal? usdPerM) => usdPerM is null ? "not known" : $"{Format.Rate(usdPerM)} per M tokens";

    private static string Share(decimal share) => Format.Percent((double)share);

    private static string From(Provenance provenance) => $"{provenance.Source}, as of {Format.Day(provenance.AsOf)}";
}
