using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>A fleet of instances that one runs oneself.</summary>
public sealed record SelfHostOption : Option
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => OptionKinds.SelfHost;

    /// <summary>Key of a model in the catalog; null where only a throughput is stated.</summary>
    public string? Model { get; init; }

    /// <summary>Precision of the weights: <c>bf16</c>, <c>fp16</c>, <c>fp8</c>, <c>int8</c>, <c>int4</c>, <c>fp4</c>.</summary>
    public string Precision { get; init; } = "bf16";

    /// <summary>Inference engine: <c>vllm</c>, <c>sglang</c>, <c>tensorrt-llm</c>, <c>tgi</c>, <c>llama.cpp</c>, <c>ollama</c>, <c>tei</c>.</summary>
    public string Engine { get; init; } = "vllm";

    /// <summary>GPUs that serve one replica together, 1 to 64.</summary>
    public int TensorParallel { get; init; } = 1;

    /// <summary>Key of an instance in the catalog; null where the price is stated, and then one instance serves one replica.</summary>
    public string? InstanceKey { get; init; }

    /// <summary>The user's own on-demand price, USD an hour and instance; wins over the catalog's.</summary>
    public decimal? InstanceUsdPerHour { get; init; }

    /// <summary>What one replica delivers.</summary>
    public Throughput Throughput { get; init; } = new();

    /// <summary>Share of the throughput that keeps the SLO, above 0 to 1; null for the default, 0.8 for stated and measured figures.</summary>
    public decimal? LoadFactor { get; init; }

    /// <summary>The share that applies where <see cref="LoadFactor"/> is null: a server driven to its limit makes everybody wait.</summary>
    public const decimal DefaultLoadFactor = 0.8m;

    /// <summary>How many instances run, and when.</summary>
    public Fleet Fleet { get; init; } = new();

    /// <summary>How the instances are bought; the shares add up to 1.</summary>
    public IReadOnlyList<PurchaseShare> Purchase { get; init; } = [new()];

    /// <summary>Recurring lines besides instances: storage, egress, load balancer, control plane, monitoring.</summary>
    public IReadOnlyList<ExtraCost> Extras { get; init; } = [];

    /// <summary>People who keep it running; null for none (see <see cref="OverheadShare"/>).</summary>
    public PeopleCost? People { get; init; }

    /// <summary>Operations as a share of the infrastructure's cost, 0 to 10; 0.4 is 40 %.</summary>
    public decimal OverheadShare { get; init; }

    /// <summary>Costs of the first month only.</summary>
    public IReadOnlyList<OneOffCost> OneOff { get; init; } = [];
}

/// <summary>What one replica delivers.</summary>
public sealed record Throughput : DocumentNode
{
    /// <summary><c>stated</c> by the user or <c>measured</c>; null for neither, and the option's capacity is then unknown.</summary>
    public string? Kind { get; init; }

    /// <summary>Tokens a second of one replica, above 0.</summary>
    public decimal? TokensPerSecond { get; init; }

    /// <summary>Which tokens are counted: <c>total</c> (input and output), <c>output</c> or <c>input</c> (encoders).</summary>
    public string Basis { get; init; } = ThroughputBases.Total;
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

/// <summary>How many instances run, and when.</summary>
public sealed record Fleet : DocumentNode
{
    /// <summary><c>fixed</c> (as stated) or <c>weeklyPeak</c> (enough for the worst hour, all week).</summary>
    public string Sizing { get; init; } = FleetSizings.WeeklyPeak;

    /// <summary>Instances of a fixed fleet, 1 to 100,000; null otherwise.</summary>
    public int? Instances { get; init; }

    /// <summary>Fewest replicas of a sized fleet, 0 to 100,000.</summary>
    public int MinimumReplicas { get; init; }

    /// <summary>Replicas kept besides those the load needs, 0 to 1,000.</summary>
    public int SpareReplicas { get; init; }

    /// <summary>Hours a month in which the fleet runs and serves the whole load; null for all hours.</summary>
    public decimal? RunningHoursPerMonth { get; init; }
}

/// <summary>The values of <see cref="Fleet.Sizing"/>.</summary>
public static class FleetSizings
{
    /// <summary>As many instances as stated.</summary>
    public const string Fixed = "fixed";

    /// <summary>Enough for the worst hour, all week.</summary>
    public const string WeeklyPeak = "weeklyPeak";
}

/// <summary>A share of the instances bought in one way.</summary>
public sealed record PurchaseShare : DocumentNode
{
    /// <summary><c>onDemand</c>, <c>spot</c>, <c>reserved1y</c> or <c>reserved3y</c>.</summary>
    public string Kind { get; init; } = PurchaseKinds.OnDemand;

    /// <summary>Share of the instances, 0 to 1.</summary>
    public decimal Share { get; init; } = 1m;

    /// <summary>The user's own price of this kind, USD an hour and instance; null for the catalog's.</summary>
    public decimal? UsdPerHour { get; init; }
}

/// <summary>The values of <see cref="PurchaseShare.Kind"/>.</summary>
public static class PurchaseKinds
{
    /// <summary>Paid by the running hour.</summary>
    public const string OnDemand = "onDemand";

    /// <summary>Paid by the running hour, may be taken away.</summary>
    public const string Spot = "spot";

    /// <summary>Committed for a year, paid whether used or not.</summary>
    public const string Reserved1Y = "reserved1y";

    /// <summary>Committed for three years, paid whether used or not.</summary>
    public const string Reserved3Y = "reserved3y";
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
}

/// <summary>A cost of the first month only: hours at a rate, a sum, or both.</summary>
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
}
