using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Capacity;
using Planner.Tests.Domain.Scenarios;

namespace Planner.Tests.Domain.Advice;

/// <summary>For every rule a scenario in which it speaks, and a neighbour of it in which it is silent.</summary>
internal static class RuleCases
{
    private static readonly Provenance HandMade = new("test", null, new DateOnly(2026, 11, 1));
    private static readonly Requirements Inside = new() { DataStaysInside = true };

    /// <summary>Rows of the test catalogs, and those that rules need.</summary>
    public static CatalogSnapshot Catalog { get; } = new()
    {
        Prices = With(
            Documents.Catalog.Prices,
            Sheet("odd:model", 4, 1), Sheet("openai:gpt-5", 1, 4), Sheet("openai:gpt-5-chat-latest", 1, 4), Sheet("xai:grok-4-fast-non-reasoning", 1, 4),
            Sheet("cloud:named-turbo", 1, 4) with { Name = "Named-8B Instruct Turbo" }, Sheet("deepseek:deepseek-r1", 1, 3), Sheet("acme:disputed", 1, 2) with { OtherQuotes = [new OtherQuote(new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 3 }, HandMade with { Source = "other" })] },
            Sheet("acme:stale", 1, 2) with { Provenance = HandMade with { AsOf = new DateOnly(2026, 8, 1) } }),
        Instances = With(
            CapacityEstimatorTests.Catalog.Instances.Concat(Documents.Catalog.Instances),
            new Instance("cloud:l4x4:r", "cloud", "l4x4", "r", "L4", 4, 24, null, null, new HourlyPrices(4, null, null, null), HandMade),
            new Instance("cloud:disputed:r", "cloud", "disputed", "r", "L4", 4, 24, null, null, new HourlyPrices(4, null, null, null), HandMade)
            {
                OtherQuotes = [new OtherHourlyQuote(new HourlyPrices(5, null, 3, null), HandMade with { Source = "other" })],
            }),
        Models = With(
            CapacityEstimatorTests.Catalog.Models.Concat(Documents.Catalog.Models),
            CapacityEstimatorTests.Catalog.Models["llama-70b"] with { Key = "named", Name = "Named 8B", HuggingFaceId = "acme/named-8b", ParametersB = 8, ActiveParametersB = 8, Architecture = Facts.Llama8B }),
        Gpus = CapacityEstimatorTests.Catalog.Gpus,
        Engines = With(
            CapacityEstimatorTests.Catalog.Engines,
            CapacityEstimatorTests.Catalog.Engines["vllm"] with { Precisions = ["bf16", "fp8", "int8", "int4", "awq", "gptq"] }),
    };

    /// <summary>A fleet of 2 machines that carries the small load, with nothing to point out but its spare and its hours.</summary>
    public static SelfHostOption Sound { get; } = Documents.Fleet(FleetSizings.Fixed, 2) with { OverheadShare = 0.4m, LoadFactor = null };

    /// <summary>A fleet whose throughput is modelled.</summary>
    public static SelfHostOption Modelled { get; } = CapacityEstimatorTests.Fleet() with { Name = "H100s", OverheadShare = 0.4m };

    /// <summary>A scenario of one option, under the small load.</summary>
    public static Scenario Of(Option option) => Small(option);

    private static Scenario Small(params Option[] options) => Documents.Chat(options) with { Workload = Documents.Chat().Workload with { RequestsPerMonth = 500_000 } };

    private static Scenario Chat(params Option[] options) => Documents.Chat(options) with { HoursPerMonth = 730, Workload = CapacityEstimatorTests.Chat };

    /// <summary>So much load that a few replicas more or less are machines.</summary>
    private static Scenario Busy(Option option) => Chat(option).With(work => work with { RequestsPerMonth = 1_000_000_000 });

    private static Scenario With(this Scenario scenario, Func<Workload, Workload> change) => scenario with { Workload = change(scenario.Workload) };

    private static Scenario Inputs(decimal requests, ApiOption api, decimal batchShare = 0) =>
        Documents.Chat(api).With(work => work with { RequestsPerMonth = requests, BatchShare = batchShare });

    /// <summary>Id of the rule, the scenario in which it speaks, the one in which it does not.</summary>
    public static IEnumerable<(string Id, Scenario Speaks, Scenario Silent)> All()
    {
        var (api, sound) = (Documents.Api(1, 4), Sound);
        var gpt = new ApiOption { Id = "api", Name = "GPT-4o", PriceKey = "openai:gpt-4o" };

        // Who cannot serve.
        yield return ("fleet-too-small", Documents.Chat(sound), Small(sound));
        yield return ("does-not-fit", Chat(Modelled with { Model = "llama-405b", Precision = "bf16", TensorParallel = 1 }), Chat(Modelled));
        yield return ("target-out-of-reach", Chat(Modelled).With(work => work with { Slo = new ServiceLevel { TtftMs = 2000, TpotMs = 1 } }), Chat(Modelled));
        yield return ("throughput-unknown", Chat(Modelled with { Model = "secret" }), Chat(Modelled));
        yield return ("price-unknown", Inputs(1000, gpt with { PriceKey = "half:known" }), Inputs(1000, gpt));
        yield return ("batch-price-missing", Inputs(1000, api, 0.5m), Inputs(1000, api with { AssumedBatchPriceShare = 0.5m }, 0.5m));
        yield return ("context-too-long", Inputs(1000, gpt with { PriceKey = "old:model" }).With(work => work with { InputTokens = 5000 }), Inputs(1000, gpt));
        yield return ("rate-limit", Inputs(10_000_000, api with { Limits = new RateLimits { RequestsPerMinute = 10 } }), Inputs(1000, api with { Limits = new RateLimits { RequestsPerMinute = 10 } }));
        yield return ("data-stays-inside", Inputs(1000, api).With(work => work with { Requirements = Inside }), Inputs(1000, api));
        yield return ("region-not-allowed", Small(sound).With(work => work with { Requirements = new Requirements { Regions = ["eu-west-1"] } }), Small(sound).With(work => work with { Requirements = new Requirements { Regions = ["us-east-1"] } }));
        yield return ("api-withdrawn", Inputs(1000, gpt with { PriceKey = "old:model" }), Inputs(1000, gpt with { PriceKey = "old:model" }) with { StartMonth = "2026-04" });
        yield return ("api-too-slow", Slow(api, 900), Slow(api, 400));
        yield return ("cannot-serve", Small(api, sound, Mix).With(work => work with { Requirements = Inside }), Small(api, sound, Mix));

        // APIs.
        yield return ("no-baseline", Small(api), Small(api) with { BaselineOptionId = "api" });
        yield return ("api-deprecated-in-horizon", Inputs(1000, gpt with { PriceKey = "old:model" }) with { StartMonth = "2026-04" }, Inputs(1000, gpt));
        yield return ("api-latency-unknown", Slow(api, null), Slow(api, 400));
        yield return ("api-custom-model", Inputs(1000, api).With(work => work with { Requirements = new Requirements { CustomModel = true } }), Inputs(1000, api));
        yield return ("api-credits", Inputs(1000, api with { CreditsUsd = 100 }), Inputs(1000, api));
        yield return ("blended-price", Inputs(1000, Documents.Api()), Inputs(1000, api));
        yield return ("free-api-price", Inputs(1000, Documents.Api(0, 4)), Inputs(1000, api));
        yield return ("price-odd", Inputs(1000, gpt with { PriceKey = "odd:model" }), Inputs(1000, gpt));
        yield return ("price-disputed", Inputs(1000, gpt with { PriceKey = "acme:disputed" }), Inputs(1000, gpt));
        yield return ("price-stale", Inputs(1000, gpt with { PriceKey = "acme:stale" }), Inputs(1000, gpt));

        // Fleets.
        yield return ("idle-gpu", Small(sound with { Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 9 } }), Small(sound));
        yield return ("no-spare", Small(Sized(new Fleet())), Small(Sized(new Fleet { SpareReplicas = 1 })));
        yield return ("no-fallback", Small(sound), Small(sound, api));
        yield return ("fallback-not-planned", Small(Cheap, api), Small(Cheap, api, Fallback));
        yield return ("single-user-engine", Small(sound with { Engine = "ollama" }), Small(sound));
        yield return ("spot-without-backup", Small(sound with { Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot }] }), Small(sound));
        yield return ("people-and-overhead", Small(sound with { People = new PeopleCost { HoursPerMonth = 10, UsdPerHour = 100 } }), Small(sound));
        yield return ("overhead-missing", Small(sound with { OverheadShare = 0 }), Small(sound));
        yield return ("term-beyond-horizon", Small(Bought(PurchaseKinds.Reserved3Y)) with { Horizon = new Horizon { Months = 24 } }, Small(Bought(PurchaseKinds.Reserved1Y)) with { Horizon = new Horizon { Months = 24 } });
        yield return ("outgrown", Small(sound).With(work => work with { GrowthPerMonth = 0.1m }), Small(sound));
        yield return ("cold-start-slow", Small(Sized(Hourly(15))), Small(Sized(Hourly(8))));
        yield return ("cold-start-missing", Small(Sized(Hourly(0))), Small(Sized(Hourly(8))));
        yield return ("comes-again", Small(sound with { OneOff = [new OneOffCost { Name = "Training", Usd = 100, EveryMonths = 3 }] }), Small(sound));
        yield return ("hours-paid-twice", Small(api, Bought(PurchaseKinds.Reserved1Y), Nights), Small(api, sound, Nights));

        // Capacity.
        yield return ("kv-cache-small", Chat(Modelled with { MaxSequences = 90_000 }), Chat(Modelled with { MaxSequences = 16 }));
        yield return ("awq-on-bf16", Chat(Modelled with { Model = "named", Precision = "awq", TensorParallel = 1 }), Chat(Modelled with { Model = "named", TensorParallel = 1 }));
        yield return ("tensor-over-pcie", Chat(OnL4s), Chat(OnL4s with { TensorParallel = 1 }));
        yield return ("wide-band", Chat(OnL4s), Chat(Modelled));
        yield return ("stated-but-infeasible", Chat(Stated(1000) with { Model = "llama-405b", Precision = "bf16", TensorParallel = 1 }), Chat(Stated(1000)));
        yield return ("stated-above-model", Chat(Stated(1_000_000)), Chat(Modelled));
        yield return ("stated-below-model", Chat(Stated(10)), Chat(Modelled));
        yield return ("free-quantization", Busy(Modelled with { Precision = "bf16" }), Busy(Modelled));
        yield return ("right-size", Small(Modelled with { Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 9 } }), Small(sound with { Model = null, InstanceKey = null, InstanceUsdPerHour = 5, Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1 } }));

        // Workload.
        yield return ("flat-load", Small(sound), Small(sound).With(work => work with { Shape = new LoadShape { Kind = ShapeKinds.BusinessHours } }));
        yield return ("no-targets", Chat(Modelled).With(work => work with { Slo = new ServiceLevel() }), Chat(Modelled));
        yield return ("first-token-only", Chat(Modelled).With(work => work with { Slo = new ServiceLevel { TtftMs = 150 } }), Chat(Modelled));
        yield return ("reasoning-missing", Inputs(1000, gpt with { PriceKey = "deepseek:deepseek-r1" }), Inputs(1000, gpt));
        yield return ("quality-not-compared", Small(gpt, sound), Small(gpt, sound).With(work => work with { Requirements = new Requirements { MinimumQualityTier = 1 } }));
        yield return ("hours-of-month", Small(api), Small(api) with { HoursPerMonth = 730 });
        yield return ("two-baselines", Small(api) with { BaselineOptionId = "api", BaselineMonthlyUsd = 900 }, Small(api) with { BaselineMonthlyUsd = 900 });
        yield return ("range-off", Small(api) with { Ranges = [Volume(1_000_000)] }, Small(api) with { Ranges = [Volume(500_000)] });
        yield return ("range-overrides-volume", Daily with { Ranges = [Volume(300_000)] }, Daily);
        yield return ("lever-costs", Small(api).With(work => work with { Levers = Cache(5000) }), Small(api).With(work => work with { Levers = Cache(1) }));
        yield return ("not-used", Small(api).With(work => work with { OutputCv = 1 }), Small(api));
        yield return ("unknown-members", Small(api) with { Unknown = Extra }, Small(api));
    }

    private static InputRange Volume(decimal likely) => new() { Path = "workload.requestsPerMonth", Low = 100_000, Likely = likely, High = 2_000_000 };

    /// <summary>10,000 requests a day for 30 days.</summary>
    private static Scenario Daily => Documents.Chat(Documents.Api(1, 4)).With(work => work with { RequestsPerMonth = 300_000, Volume = new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 10_000 } });

    private static TokenLevers Cache(decimal usd) => new() { ResponseCache = new ResponseCache { UsdPerMonth = usd } };

    private static HybridOption Mix => new() { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };

    private static HybridOption Fallback => Mix with { Mode = HybridModes.Fallback, DowntimeShare = 0.01m };

    private static HybridOption Nights => Mix with { Mode = HybridModes.Hours, Hours = [0, 1, 2, 3] };

    /// <summary>So cheap that it beats the API.</summary>
    private static SelfHostOption Cheap => Sound with { InstanceUsdPerHour = 0.1m };

    private static SelfHostOption OnL4s => Modelled with { Model = "named", Precision = "fp8", TensorParallel = 4, InstanceKey = "cloud:l4x4:r" };

    private static SelfHostOption Sized(Fleet fleet) => Sound with { Fleet = fleet };

    private static SelfHostOption Bought(string kind) => Sound with { Purchase = [new PurchaseShare { Kind = kind }] };

    private static SelfHostOption Stated(decimal tokensPerSecond) => Modelled with { Throughput = new Throughput { Kind = ThroughputKinds.Stated, TokensPerSecond = tokensPerSecond } };

    private static Fleet Hourly(decimal minutes) => new() { Sizing = FleetSizings.Hourly, ColdStartMinutes = minutes };

    private static Scenario Slow(ApiOption api, decimal? ttftMs) => Inputs(1000, api with { Latency = ttftMs is null ? null : new ApiLatency { TtftMs = ttftMs } })
        .With(work => work with { Slo = new ServiceLevel { TtftMs = 500 } });

    private static Dictionary<string, System.Text.Json.JsonElement> Extra => new() { ["flavour"] = System.Text.Json.JsonSerializer.SerializeToElement("sweet") };

    private static PriceSheet Sheet(string key, decimal input, decimal output) =>
        new(key, key.Split(':')[0], key.Split(':')[1], new TokenPrices { InputUsdPerM = input, OutputUsdPerM = output }, null, null, HandMade);

    private static Dictionary<string, PriceSheet> With(IEnumerable<KeyValuePair<string, PriceSheet>> rows, params PriceSheet[] more) => Put(rows, more, row => row.Key);

    private static Dictionary<string, Instance> With(IEnumerable<KeyValuePair<string, Instance>> rows, params Instance[] more) => Put(rows, more, row => row.Key);

    private static Dictionary<string, LanguageModel> With(IEnumerable<KeyValuePair<string, LanguageModel>> rows, params LanguageModel[] more) => Put(rows, more, row => row.Key);

    private static Dictionary<string, InferenceEngine> With(IEnumerable<KeyValuePair<string, InferenceEngine>> rows, params InferenceEngine[] more) => Put(rows, more, row => row.Key);

    private static Dictionary<string, T> Put<T>(IEnumerable<KeyValuePair<string, T>> rows, T[] more, Func<T, string> key)
    {
        var all = rows.ToDictionary();
        foreach (var row in more)
            all[key(row)] = row;
        return all;
    }
}
