using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Domain.Search;

/// <summary>What a search is held to: all that a catalog offers, without passing over anything.</summary>
internal static class EveryPlan
{
    /// <summary>Engines and makers of GPUs for which an image is published.</summary>
    private static readonly (string Engine, string Vendor)[] Builds =
    [
        ("vllm", "nvidia"), ("vllm", "amd"), ("sglang", "nvidia"), ("tensorrt-llm", "nvidia"), ("tgi", "nvidia"), ("tgi", "amd"), ("tei", "nvidia"), ("tei", "cpu"), ("llama.cpp", "nvidia"), ("llama.cpp", "amd"),
        ("ollama", "nvidia"), ("ollama", "amd"),
    ];

    private static readonly string[] BoughtAs = [PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y];

    /// <summary>Every plan of a catalog by plain loops, each evaluated with its ledger.</summary>
    public static IEnumerable<(Option[] Options, OptionResult Result)> Of(Scenario scenario, CatalogSnapshot catalog)
    {
        var embeds = scenario.Workload.OutputTokens == 0;
        var apis = catalog.Prices.Keys.Select(key => new ApiOption { Id = "api", Name = key, PriceKey = key }).ToList();
        foreach (var api in apis)
            yield return Result(scenario, catalog, api);
        foreach (var model in catalog.Models.Values)
        {
            foreach (var engine in catalog.Engines.Values.Where(engine => engine.Key != "vllm-2024"))
            {
                foreach (var precision in engine.Precisions.GroupBy(name => WeightPrecisions.Parse(name)).Select(group => group.First()))
                {
                    foreach (var instance in catalog.Instances.Values)
                    {
                        if (!Runs(model, precision, catalog.Gpus[instance.Gpu]) || !Builds.Contains((engine.Key, catalog.Gpus[instance.Gpu].Vendor)) || (engine.Key == "tensorrt-llm" && instance.Gpu == "T4"))
                            continue;
                        for (var tensor = 1; tensor <= instance.GpuCount; tensor *= 2)
                        {
                            for (var pipeline = 1; tensor * pipeline <= instance.GpuCount && !(embeds && pipeline > 1); pipeline *= 2)
                            {
                                foreach (var sizing in (string[])[FleetSizings.WeeklyPeak, FleetSizings.Hourly])
                                {
                                    var fleet = new SelfHostOption
                                    {
                                        Id = "fleet",
                                        Name = "Fleet",
                                        Model = model.Key,
                                        Precision = precision,
                                        Engine = engine.Key,
                                        InstanceKey = instance.Key,
                                        TensorParallel = tensor,
                                        PipelineParallel = pipeline,
                                        Fleet = new Fleet { Sizing = sizing, ColdStartMinutes = 5 },
                                        Purchase = [.. BoughtAs.Select(kind => new PurchaseShare { Kind = kind, Share = 0 })],
                                        PurchaseMix = PurchaseMixes.Cheapest,
                                        OverheadShare = 0.4m,
                                    };
                                    // Seven in ten may be spot, in whole instances.
                                    if (Result(scenario, catalog, fleet).Result.Instances is > 0 and var instances)
                                        fleet = fleet with { MaximumSpotShare = (instances * 7 / 10) / (decimal)instances };
                                    yield return Result(scenario, catalog, fleet);
                                    foreach (var api in apis)
                                        yield return Result(scenario, catalog, api, fleet, new HybridOption { Id = "mix", Name = "Mix", ApiOptionId = "api", FleetOptionId = "fleet" });
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static (Option[] Options, OptionResult Result) Result(Scenario scenario, CatalogSnapshot catalog, params Option[] options) =>
        (options, new OptionResolver(scenario with { Options = options }, catalog)[options.Length - 1].Evaluate());

    private static bool Runs(LanguageModel model, string precision, Gpu gpu) => WeightPrecisions.Parse(precision) switch
    {
        WeightPrecision.MxFp4 => WeightPrecisions.Parse(model.NativePrecision) == WeightPrecision.MxFp4,
        WeightPrecision.Fp8 => gpu.Fp8Tflops is not null,
        WeightPrecision.Int8 => gpu.Int8Tops is not null || gpu.Vendor == "cpu",
        WeightPrecision.NvFp4 => gpu.Fp4Tflops is not null,
        _ => true,
    };
}
