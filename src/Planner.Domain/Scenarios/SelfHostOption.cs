using System.Text.Json.Serialization;
using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>A fleet of instances that one runs oneself.</summary>
public sealed record SelfHostOption : Option
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => OptionKinds.SelfHost;

    /// <summary>Key of a model in the catalog; null where only a throughput is stated.</summary>
    public string? Model { get; init; }

    /// <summary>Precision of the weights, one of <see cref="Capacity.WeightPrecisions.Names"/>.</summary>
    public string Precision { get; init; } = "bf16";

    /// <summary>Precision of the KV cache: <c>bf16</c> or <c>fp8</c>.</summary>
    public string KvPrecision { get; init; } = KvPrecisions.Bf16;

    /// <summary>Key of an inference engine in the catalog: <c>vllm</c>, <c>sglang</c>, <c>tensorrt-llm</c>, <c>tgi</c>, <c>llama.cpp</c>, <c>ollama</c>, <c>tei</c>.</summary>
    public string Engine { get; init; } = "vllm";

    /// <summary>GPUs over which each layer of a replica is split, 1 to 64.</summary>
    public int TensorParallel { get; init; } = 1;

    /// <summary>Stages into which the layers of a replica are split, 1 to 64; a replica has stages × <see cref="TensorParallel"/> × <see cref="DataParallel"/> GPUs.</summary>
    public int PipelineParallel { get; init; } = 1;

    /// <summary>Ranks of a replica that attend to their own sequences while they share the experts (attention data parallel), 1 to 64.</summary>
    public int DataParallel { get; init; } = 1;

    /// <summary>GPUs of one replica.</summary>
    [JsonIgnore]
    public int GpusPerReplica => TensorParallel * PipelineParallel * DataParallel;

    /// <summary>Key of the GPU in the catalog where no instance is named; null where that is unknown, and then nothing is modelled.</summary>
    public string? Gpu { get; init; }

    /// <summary>Sequences that a replica runs at once, 1 to 100,000; null for the engine's default.</summary>
    public int? MaxSequences { get; init; }

    /// <summary>Share of a GPU's memory that the engine may fill, 0.1 to 1; null for 0.9.</summary>
    public decimal? GpuMemoryUtilization { get; init; }

    /// <summary>Share of prompt tokens that the engine finds in its prefix cache, 0 to 0.99.</summary>
    public decimal PrefixCacheShare { get; init; }

    /// <summary>Speculative decoding; null for none.</summary>
    public SpeculativeDecoding? Speculative { get; init; }

    /// <summary>Key of an instance in the catalog; null where the price is stated, and then one instance serves one replica.</summary>
    public string? InstanceKey { get; init; }

    /// <summary>The user's own on-demand price, USD an hour and instance; wins over the catalog's.</summary>
    public decimal? InstanceUsdPerHour { get; init; }

    /// <summary>What an instance costs in a way of buying where that way has no price of its own, USD an hour; null where nobody has quoted it, and for machines that are owned.</summary>
    /// <param name="machine">The instance; null where none is named.</param>
    /// <param name="kind">One of <see cref="PurchaseKinds"/>.</param>
    public decimal? UsdPerHour(Instance? machine, string kind) => OwnUsdPerHour(kind) ?? machine?.Prices.Of(kind);

    /// <summary>The user's own price of a way of buying that has none beside it, USD an hour; null where the catalog's holds.</summary>
    internal decimal? OwnUsdPerHour(string kind) => kind == PurchaseKinds.OnDemand ? InstanceUsdPerHour : null;

    /// <summary>What one replica delivers.</summary>
    public Throughput Throughput { get; init; } = new();

    /// <summary>Share of the throughput that keeps the SLO, above 0 to 1; null for the default: 0.8 for stated and measured figures, 1 for modelled ones, which keep the SLO already.</summary>
    public decimal? LoadFactor { get; init; }

    /// <summary>The share that applies where <see cref="LoadFactor"/> is null: a server driven to its limit makes everybody wait.</summary>
    public const decimal DefaultLoadFactor = 0.8m;

    /// <summary>How many instances run, and when.</summary>
    public Fleet Fleet { get; init; } = new();

    /// <summary>How the instances are bought; the shares add up to 1.</summary>
    public IReadOnlyList<PurchaseShare> Purchase { get; init; } = [new()];

    /// <summary><c>stated</c>: the shares of <see cref="Purchase"/> hold. <c>cheapest</c>: the cheapest mix of the ways listed there for the week's curve; its shares are then not used.</summary>
    public string PurchaseMix { get; init; } = PurchaseMixes.Stated;

    /// <summary>Largest share of the instances paid by the running hour that the cheapest mix may put on spot, 0 to 1; null for <see cref="DefaultSpotShare"/>, or the share that <see cref="Purchase"/> states where that is larger.</summary>
    public decimal? MaximumSpotShare { get; init; }

    /// <summary>Share of spot among the ways of <see cref="Purchase"/> that are paid by the running hour, as stated; 0 where none are.</summary>
    internal decimal StatedSpotShare
    {
        get
        {
            var hourly = Purchase.Where(share => !PurchaseKinds.IsCommitted(share.Kind)).Sum(share => share.Share);
            return hourly > 0 ? Purchase.Where(share => share.Kind == PurchaseKinds.Spot).Sum(share => share.Share) / hourly : 0;
        }
    }

    /// <summary>Largest share that the cheapest mix may put on spot: <see cref="MaximumSpotShare"/>, or what it stands for where it is null. What is stated can always be found again.</summary>
    [JsonIgnore]
    public decimal LargestSpotShare => MaximumSpotShare ?? Math.Max(DefaultSpotShare, StatedSpotShare);

    /// <summary>Spot share of a mixed pool where none is stated: seven in ten, as the source documents advise.</summary>
    public const decimal DefaultSpotShare = 0.7m;

    /// <summary>Terms of owned machines; null where none are owned.</summary>
    public OwnedHardware? Owned { get; init; }

    /// <summary>Fleets besides the main one, such as staging and disaster recovery; they serve none of the load.</summary>
    public IReadOnlyList<AdditionalFleet> AdditionalFleets { get; init; } = [];

    /// <summary>Tenants that bring adapters of their own; null for one tenant.</summary>
    public Tenancy? Tenancy { get; init; }

    /// <summary>Recurring lines besides instances: storage, egress, load balancer, control plane, monitoring.</summary>
    public IReadOnlyList<ExtraCost> Extras { get; init; } = [];

    /// <summary>People who keep it running; null for none (see <see cref="OverheadShare"/>).</summary>
    public PeopleCost? People { get; init; }

    /// <summary>Operations as a share of the infrastructure's cost, 0 to 10; 0.4 is 40 %.</summary>
    public decimal OverheadShare { get; init; }

    /// <summary>Costs of the first month, of which some come again.</summary>
    public IReadOnlyList<OneOffCost> OneOff { get; init; } = [];

    /// <summary>Months from the decision until the fleet can run, 0 to 36: procurement, contracts, set-up.</summary>
    public int LeadMonths { get; init; }

    /// <summary>People who join later, besides <see cref="People"/>; at most 50 steps.</summary>
    public IReadOnlyList<HiringStep> Hiring { get; init; } = [];
}

/// <summary>The values of <see cref="SelfHostOption.KvPrecision"/>.</summary>
public static class KvPrecisions
{
    /// <summary>2 bytes a number.</summary>
    public const string Bf16 = "bf16";

    /// <summary>1 byte a number.</summary>
    public const string Fp8 = "fp8";
}

/// <summary>A draft proposes tokens, which the model checks in one pass.</summary>
public sealed record SpeculativeDecoding : DocumentNode
{
    /// <summary>Tokens proposed a step, 1 to 16.</summary>
    public int DraftTokens { get; init; } = 3;

    /// <summary>Chance that a proposed token is accepted, 0 to 0.99.</summary>
    public decimal AcceptanceShare { get; init; } = 0.7m;

    /// <summary>Time of a pass of the draft ÷ that of the model, 0 to 1.</summary>
    public decimal DraftTimeShare { get; init; } = 0.05m;
}

/// <summary>What one replica delivers.</summary>
public sealed record Throughput : DocumentNode
{
    /// <summary><c>measured</c>, <c>stated</c> by the user or <c>modelled</c>; null for modelled.</summary>
    public string? Kind { get; init; }

    /// <summary>Tokens a second of one replica, above 0; not used where the throughput is modelled.</summary>
    public decimal? TokensPerSecond { get; init; }

    /// <summary>True where the figure is the user's, not the model's.</summary>
    [JsonIgnore]
    public bool IsGiven => Kind is ThroughputKinds.Measured or ThroughputKinds.Stated;

    /// <summary>Which tokens are counted: <c>total</c> (input and output), <c>output</c> or <c>input</c> (encoders).</summary>
    public string Basis { get; init; } = ThroughputBases.Total;
}

/// <summary>The values of <see cref="Throughput.Kind"/>, the best first: a combination takes the weakest.</summary>
public static class ThroughputKinds
{
    /// <summary>From a benchmark of this deployment.</summary>
    public const string Measured = "measured";

    /// <summary>Typed in by the user.</summary>
    public const string Stated = "stated";

    /// <summary>Predicted by the capacity model.</summary>
    public const string Modelled = "modelled";
}

/// <summary>The values of <see cref="Throughput.Basis"/>.</summary>
public static class ThroughputBases
{
    /// <summary>Input and output tokens together.</summary>
    public const string Total = "total";

    /// <summary>Output tokens only.</summary>
    public const string Output = "output";

    /// <summary>Input tokens only (encoders).</summary>
    public const string Input = "input";
}

/// <summary>A recurring line besides instances. Amounts that are null count nothing.</summary>
public sealed record ExtraCost : DocumentNode
{
    /// <summary>What it is, 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>USD a month.</summary>
    public decimal? UsdPerMonth { get; init; }

    /// <summary>USD per million tokens served (input and output).</summary>
    public decimal? UsdPerMillionTokens { get; init; }
}

/// <summary>People who keep a fleet running.</summary>
public sealed record PeopleCost : DocumentNode
{
    /// <summary>Hours a month.</summary>
    public decimal HoursPerMonth { get; init; }

    /// <summary>USD an hour, with everything that employment costs.</summary>
    public decimal UsdPerHour { get; init; }

    /// <summary>What they cost, USD a month.</summary>
    internal double MonthUsd => (double)HoursPerMonth * (double)UsdPerHour;
}

/// <summary>Work that begins in a later month and then stays; paid in months in which the fleet runs.</summary>
public sealed record HiringStep : DocumentNode
{
    /// <summary>First month, counted from the scenario's start month as 0; 1 to 59.</summary>
    public int FromMonth { get; init; }

    /// <summary>Hours a month.</summary>
    public decimal HoursPerMonth { get; init; }

    /// <summary>USD an hour, with everything that employment costs.</summary>
    public decimal UsdPerHour { get; init; }
}

/// <summary>A cost of the first month: hours at a rate, a sum, or both.</summary>
public sealed record OneOffCost : DocumentNode
{
    /// <summary>What it is, 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>Hours of work.</summary>
    public decimal? Hours { get; init; }

    /// <summary>USD an hour.</summary>
    public decimal? UsdPerHour { get; init; }

    /// <summary>A sum in USD.</summary>
    public decimal? Usd { get; init; }

    /// <summary>Months after which it comes again, such as retraining, 1 to 60; null for once. It is no part of the ongoing month, but of every horizon.</summary>
    public int? EveryMonths { get; init; }

    /// <summary>What it comes to, USD.</summary>
    internal double AmountUsd => ((double)(Hours ?? 0) * (double)(UsdPerHour ?? 0)) + (double)(Usd ?? 0);
}
