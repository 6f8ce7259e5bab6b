using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>Ranges of an option's inputs, and the catalog rows that it names.</summary>
internal static class OptionRules
{
    internal const decimal HighestAmount = 1e12m;

    private static readonly string[] Precisions = [.. WeightPrecisions.Names];
    private static readonly string[] ShippedEngines = ["vllm", "vllm-2024", "sglang", "tensorrt-llm", "tgi", "llama.cpp", "ollama", "tei"];

    public static void Check(ApiOption option, string path, Scenario scenario, CatalogSnapshot catalog, FaultList faults)
    {
        // Units that carry everything leave no token to pay for.
        if (option is { Price: null, PriceKey: null, Provisioned: null or { SpillToTokens: true } })
            faults.Add($"{path}.priceKey", Texts.ReasonNoPrice);
        if (option.PriceKey is { } key && !catalog.Prices.ContainsKey(key))
            faults.Add($"{path}.priceKey", Texts.UnknownPrice.With(key));
        if (option.Price is { } price)
            PriceRules.Check(price, $"{path}.price", faults);
        faults.Between($"{path}.discountShare", option.DiscountShare, 0, 1);
        faults.Between($"{path}.committedMonthlyUsd", option.CommittedMonthlyUsd, 0, HighestAmount);
        faults.Between($"{path}.tokenFactor", option.TokenFactor, 0.1m, 10);
        faults.Between($"{path}.assumedBatchPriceShare", option.AssumedBatchPriceShare, 0, 1);
        ApiTermsRules.Check(option, path, scenario, faults);
    }

    public static void Check(SelfHostOption option, string path, Scenario scenario, CatalogSnapshot catalog, FaultList faults)
    {
        if (option.Model is { } model && !catalog.Models.ContainsKey(model))
            faults.Add($"{path}.model", Texts.UnknownModel.With(model));
        if (option.InstanceKey is { } instance && !catalog.Instances.ContainsKey(instance))
            faults.Add($"{path}.instanceKey", Texts.UnknownInstance.With(instance));
        if (option.InstanceKey is null && option.InstanceUsdPerHour is null && option.Purchase.Any(share => share.UsdPerHour is null && share.Kind != PurchaseKinds.Owned))
            faults.Add($"{path}.instanceKey", Texts.NoInstance);
        faults.OneOf($"{path}.precision", option.Precision, Precisions);
        faults.OneOf($"{path}.kvPrecision", option.KvPrecision, KvPrecisions.Bf16, KvPrecisions.Fp8);
        if (!catalog.Engines.ContainsKey(option.Engine) && !ShippedEngines.Contains(option.Engine))
            faults.OneOf($"{path}.engine", option.Engine, [.. ShippedEngines.Union(catalog.Engines.Keys)]);
        faults.Between($"{path}.tensorParallel", option.TensorParallel, 1, 64);
        faults.Between($"{path}.pipelineParallel", option.PipelineParallel, 1, 64);
        faults.Between($"{path}.dataParallel", option.DataParallel, 1, 64);
        faults.Between($"{path}.maxSequences", option.MaxSequences, 1, 100_000);
        faults.Between($"{path}.gpuMemoryUtilization", option.GpuMemoryUtilization, 0.1m, 1);
        faults.Between($"{path}.prefixCacheShare", option.PrefixCacheShare, 0, 0.99m);
        if (option.Speculative is { } draft)
        {
            faults.Between($"{path}.speculative.draftTokens", draft.DraftTokens, 1, 16);
            faults.Between($"{path}.speculative.acceptanceShare", draft.AcceptanceShare, 0, 0.99m);
            faults.Between($"{path}.speculative.draftTimeShare", draft.DraftTimeShare, 0, 1);
        }

        faults.Between($"{path}.instanceUsdPerHour", option.InstanceUsdPerHour, 0, PriceRules.MostUsdPerHour);
        faults.Between($"{path}.loadFactor", option.LoadFactor, 0.01m, 1);
        faults.Between($"{path}.overheadShare", option.OverheadShare, 0, 10);
        CheckThroughput(option.Throughput, $"{path}.throughput", scenario.Workload, faults);
        FleetRules.Check(option, path, scenario.HoursPerMonth, faults);
        CheckLines(option, path, faults);
    }

    private static void CheckThroughput(Throughput throughput, string path, Workload workload, FaultList faults)
    {
        if (throughput.Kind is { } kind)
        {
            faults.OneOf($"{path}.kind", kind, ThroughputKinds.Measured, ThroughputKinds.Stated, ThroughputKinds.Modelled);
            if (throughput is { IsGiven: true, TokensPerSecond: null })
                faults.Add($"{path}.tokensPerSecond", Texts.Required);
        }

        faults.Between($"{path}.tokensPerSecond", throughput.TokensPerSecond, 0.01m, 1e8m);
        faults.OneOf($"{path}.basis", throughput.Basis, ThroughputBases.Total, ThroughputBases.Output, ThroughputBases.Input);
        var counted = throughput.Basis switch { ThroughputBases.Input => workload.InputTokens, ThroughputBases.Output => workload.OutputTokens + workload.ReasoningTokens, _ => 1 };
        if (throughput.IsGiven && counted == 0)
            faults.Add($"{path}.basis", Texts.BasisWithoutTokens);
    }

    private static void CheckLines(SelfHostOption option, string path, FaultList faults)
    {
        if (option.Extras.Count > 50 || option.OneOff.Count > 50)
            faults.Add(option.Extras.Count > 50 ? $"{path}.extras" : $"{path}.oneOff", Texts.TooMany.With(50));
        foreach (var (i, extra) in option.Extras.Index())
        {
            faults.Name($"{path}.extras[{i}].name", extra.Name);
            faults.Between($"{path}.extras[{i}].usdPerMonth", extra.UsdPerMonth, 0, HighestAmount);
            faults.Between($"{path}.extras[{i}].usdPerMillionTokens", extra.UsdPerMillionTokens, 0, PriceRules.HighestTokenPrice);
            if (extra.UsdPerMonth is null && extra.UsdPerMillionTokens is null)
                faults.Add($"{path}.extras[{i}].usdPerMonth", Texts.Required);
        }

        if (option.People is { } people)
        {
            faults.Between($"{path}.people.hoursPerMonth", people.HoursPerMonth, 0, 1e6m);
            faults.Between($"{path}.people.usdPerHour", people.UsdPerHour, 0, PriceRules.MostUsdPerHour);
        }

        HorizonRules.Check(option, path, faults);
        foreach (var (i, cost) in option.OneOff.Index())
        {
            faults.Name($"{path}.oneOff[{i}].name", cost.Name);
            faults.Between($"{path}.oneOff[{i}].hours", cost.Hours, 0, 1e6m);
            faults.Between($"{path}.oneOff[{i}].usdPerHour", cost.UsdPerHour, 0, PriceRules.MostUsdPerHour);
            faults.Between($"{path}.oneOff[{i}].usd", cost.Usd, 0, HighestAmount);
            faults.Between($"{path}.oneOff[{i}].everyMonths", cost.EveryMonths, 1, HorizonRules.MostMonths);
            if (cost is { Hours: null, Usd: null })
                faults.Add($"{path}.oneOff[{i}].usd", Texts.Required);
            if (cost is { Hours: not null, UsdPerHour: null })
                faults.Add($"{path}.oneOff[{i}].usdPerHour", Texts.Required);
        }
    }
}
