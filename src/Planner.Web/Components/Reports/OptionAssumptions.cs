using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>An option's inputs in words.</summary>
internal static class OptionAssumptions
{
    private static string Own => ReportsTexts.YourFigure;

    public static IEnumerable<Assumption> Of(ApiOption option, CatalogSnapshot catalog)
    {
        var sheet = option.PriceKey is { } key ? catalog.Prices.GetValueOrDefault(key) : null;
        if (option.PriceKey is not null)
            yield return new(ReportsTexts.PriceSheet, option.PriceKey, sheet is null ? ReportsTexts.NotInCatalog : null) { Paths = ["priceKey"] };
        var (prices, source) = option.Price is { } own ? (own, Own) : (sheet?.Prices, sheet is null ? null : From(sheet.Provenance));
        yield return new(ReportsTexts.PriceInput, Tokens(prices?.InputUsdPerM), source) { Paths = ["price.inputUsdPerM"] };
        yield return new(ReportsTexts.PriceOutput, Tokens(prices?.OutputUsdPerM), source) { Paths = ["price.outputUsdPerM"] };
        if (prices is { CacheReadUsdPerM: not null } or { CacheWriteUsdPerM: not null })
            yield return new(ReportsTexts.PromptCache, CachePrices(prices), source) { Paths = ["price.cacheReadUsdPerM", "price.cacheWriteUsdPerM"] };
        if (prices is { BatchInputUsdPerM: not null } or { BatchOutputUsdPerM: not null })
            yield return new(ReportsTexts.Batch, ReportsTexts.InputAndOutput.With(Tokens(prices.BatchInputUsdPerM), Tokens(prices.BatchOutputUsdPerM)), source) { Paths = ["price.batchInputUsdPerM", "price.batchOutputUsdPerM"] };
        else if (option.AssumedBatchPriceShare is { } batch)
            yield return new(ReportsTexts.Batch, ReportsTexts.BatchAssumed.With(Format.Percent(batch)), ReportsTexts.YourAssumption) { Paths = ["assumedBatchPriceShare"] };
        foreach (var (i, tier) in (prices?.Tiers ?? []).Index())
        {
            var (input, output) = (tier.InputUsdPerM ?? prices!.InputUsdPerM, tier.OutputUsdPerM ?? prices!.OutputUsdPerM);
            yield return new(
                ReportsTexts.TierAbove.With(Format.Number(tier.AboveTokens)), ReportsTexts.InputAndOutput.With(Tokens(input), Tokens(output)), ReportsTexts.TierNote)
            {
                Paths = [$"price.tiers[{i}]"],
            };
        }

        if (option.TokenFactor != 1)
            yield return new(ReportsTexts.VendorTokens, ReportsTexts.VendorTokensValue.With(Format.Number(option.TokenFactor)), Own) { Paths = ["tokenFactor"] };
        foreach (var term in ApiTermAssumptions.Of(option))
            yield return term;
    }

    public static IEnumerable<Assumption> Of(SelfHostOption option, Scenario scenario, CatalogSnapshot catalog)
    {
        if (option.Model is not null)
        {
            var gpus = (option.GpusPerReplica == 1 ? ReportsTexts.GpusAReplicaOne : ReportsTexts.GpusAReplicaMany).With(option.GpusPerReplica);
            yield return new(ReportsTexts.Model, catalog.Models.GetValueOrDefault(option.Model)?.Name ?? option.Model, $"{option.Precision}, {option.Engine}, {gpus}")
            {
                Paths = ["model", "precision", "engine", "tensorParallel", "pipelineParallel", "dataParallel"],
            };
        }

        if (Serving(option) is { Length: > 0 } serving)
            yield return new(ReportsTexts.Serving, serving, Own) { Paths = ["kvPrecision", "maxSequences", "gpuMemoryUtilization", "prefixCacheShare", "speculative"] };

        if (option.InstanceKey is not null)
        {
            var machine = catalog.Instances.GetValueOrDefault(option.InstanceKey);
            yield return new(ReportsTexts.Instance, option.InstanceKey, machine is null ? ReportsTexts.NotInCatalog : $"{machine.GpuCount} × {machine.Gpu}") { Paths = ["instanceKey"] };
        }

        yield return Throughput(option);
        foreach (var term in FleetAssumptions.Of(option, scenario, catalog))
            yield return term;
        foreach (var (i, extra) in option.Extras.Index())
            yield return new(extra.Name, Extra(extra), Own) { Paths = [$"extras[{i}]"] };
        if (option.People is { } people)
            yield return new(ReportsTexts.People, ReportsTexts.HoursAMonthAt.With(Format.Number(people.HoursPerMonth), Format.Rate(people.UsdPerHour)), Own) { Paths = ["people"] };
        if (option.OverheadShare > 0)
            yield return new(ReportsTexts.Operations, ReportsTexts.OperationsValue.With(Format.Percent(option.OverheadShare)), Own) { Paths = ["overheadShare"] };
        if (option.LeadMonths > 0)
            yield return new(ReportsTexts.CanRunAfter, ReportsTexts.CountMonths.With(option.LeadMonths), Own) { Paths = ["leadMonths"] };
        foreach (var (i, step) in option.Hiring.Index())
            yield return new(ReportsTexts.PeopleFrom.With(step.FromMonth), ReportsTexts.HoursAMonthAt.With(Format.Number(step.HoursPerMonth), Format.Rate(step.UsdPerHour)), Own) { Paths = [$"hiring[{i}]"] };
        foreach (var (i, cost) in option.OneOff.Index())
            yield return new(cost.EveryMonths is { } months ? ReportsTexts.OneOffEvery.With(cost.Name, months) : ReportsTexts.OneOffOnce.With(cost.Name), OneOff(cost), Own) { Paths = [$"oneOff[{i}]"] };
    }

    /// <summary>What is set of the engine; empty where all of it is left as it comes.</summary>
    private static string Serving(SelfHostOption option)
    {
        List<string> parts = [];
        if (option.KvPrecision != KvPrecisions.Bf16)
            parts.Add(ReportsTexts.KvCacheIn.With(option.KvPrecision));
        if (option.MaxSequences is { } sequences)
            parts.Add(ReportsTexts.AtMostSequences.With(Format.Number(sequences)));
        if (option.GpuMemoryUtilization is { } memory)
            parts.Add(ReportsTexts.OfGpuMemory.With(Format.Percent(memory)));
        if (option.PrefixCacheShare > 0)
            parts.Add(ReportsTexts.PromptInCache.With(Format.Percent(option.PrefixCacheShare)));
        if (option.Speculative is { } draft)
            parts.Add(ReportsTexts.DraftedTokens.With(Format.Number(draft.DraftTokens), Format.Percent(draft.AcceptanceShare)));
        return string.Join(", ", parts);
    }

    private static Assumption Throughput(SelfHostOption option)
    {
        var throughput = option.Throughput;
        if (throughput is not { IsGiven: true, Kind: { } rank, TokensPerSecond: { } speed })
            return new(ReportsTexts.Throughput, ReportsTexts.Modelled, option.LoadFactor is { } used ? ReportsTexts.UsedUpTo.With(Format.Percent(used)) : ReportsTexts.KeepsTargets) { Paths = ["throughput", "loadFactor"] };
        var text = throughput.Basis switch { ThroughputBases.Output => ReportsTexts.OutputTokensAReplica, ThroughputBases.Input => ReportsTexts.InputTokensAReplica, _ => ReportsTexts.TokensAReplica };
        var known = rank == ThroughputKinds.Measured ? ReportsTexts.Measured : ReportsTexts.Stated;
        var load = option.LoadFactor is { } factor ? ReportsTexts.UsedUpTo.With(Format.Percent(factor)) : ReportsTexts.UsedUpToDefault.With(Format.Percent(0.8m));
        return new(ReportsTexts.Throughput, text.With(Format.Number(speed)), $"{known}, {load}") { Paths = ["throughput", "loadFactor"] };
    }

    private static string Extra(ExtraCost extra)
    {
        List<string> parts = [];
        if (extra.UsdPerMonth is { } month)
            parts.Add(ReportsTexts.AmountAMonth.With(Format.Money(month)));
        if (extra.UsdPerMillionTokens is { } tokens)
            parts.Add(ReportsTexts.PerMillionTokens.With(Format.Rate(tokens)));
        return parts.Count == 0 ? ReportsTexts.Nothing : parts.Aggregate((one, other) => ReportsTexts.Both.With(one, other));
    }

    private static string OneOff(OneOffCost cost)
    {
        List<string> parts = [];
        if (cost.Hours is { } hours)
            parts.Add(ReportsTexts.OneOffHours.With(Format.Number(hours), Format.Rate(cost.UsdPerHour)));
        if (cost.Usd is { } sum)
            parts.Add(Format.Money(sum));
        return parts.Count == 0 ? ReportsTexts.Nothing : parts.Aggregate((one, other) => ReportsTexts.Both.With(one, other));
    }

    private static string CachePrices(TokenPrices prices)
    {
        // What is written costs what is read in where the sheet names no price of its own.
        var written = prices.CacheWriteUsdPerM is null ? ReportsTexts.InputPrice : Tokens(prices.CacheWriteUsdPerM);
        return ReportsTexts.CacheReadWritten.With(Tokens(prices.CacheReadUsdPerM), written);
    }

    private static string Tokens(decimal? usdPerM) => usdPerM is null ? ReportsTexts.NotKnown : ReportsTexts.PerMillionTokens.With(Format.Rate(usdPerM));

    private static string From(Provenance provenance) => ReportsTexts.SourceAsOf.With(provenance.Source, Format.Day(provenance.AsOf));
}
