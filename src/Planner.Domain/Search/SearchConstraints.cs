using System.Text.Json.Serialization;
using Planner.Domain.Advice;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>What a plan must keep to besides the workload's own targets and requirements, and what is the same in every plan.</summary>
/// <remarks>An empty list allows everything that the catalog has. Latency targets, regions, privacy and the lowest quality tier are the workload's.</remarks>
public sealed record SearchConstraints : DocumentNode
{
    /// <summary>Most plans of an answer.</summary>
    public const int MostPlans = 100;

    /// <summary>Ways to serve: <c>api</c>, <c>selfHost</c>, <c>hybrid</c> (a base fleet with overflow to an API).</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Keys of the models that are good enough; empty for any.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Keys of the price sheets that are good enough; empty for any.</summary>
    public IReadOnlyList<string> Prices { get; init; } = [];

    /// <summary>Precisions of weights, such as <c>fp8</c>; words for the same precision mean the same.</summary>
    public IReadOnlyList<string> Precisions { get; init; } = [];

    /// <summary>Keys of inference engines.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>Keys of instances.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>Those who rent out instances, such as <c>aws</c>.</summary>
    public IReadOnlyList<string> Clouds { get; init; } = [];

    /// <summary>Those who sell APIs, such as <c>openai</c>.</summary>
    public IReadOnlyList<string> Sellers { get; init; } = [];

    /// <summary>Licences of the weights, as the catalog writes them.</summary>
    public IReadOnlyList<string> Licenses { get; init; } = [];

    /// <summary>Ways of buying instances that the cheapest mix may use, of <see cref="PurchaseKinds"/> but owned; empty for all but three years.</summary>
    public IReadOnlyList<string> Purchases { get; init; } = [];

    /// <summary>Sizings of a fleet: <c>weeklyPeak</c>, <c>hourly</c>; empty for both.</summary>
    public IReadOnlyList<string> Sizings { get; init; } = [];

    /// <summary>Most that a month may cost, USD, above 0; null for any.</summary>
    public decimal? BudgetMonthlyUsd { get; init; }

    /// <summary>The user's quality tiers by key of a model or price sheet, the higher the better; what has none is not good enough where the workload asks for a tier.</summary>
    public IReadOnlyDictionary<string, int> QualityTiers { get; init; } = new Dictionary<string, int>();

    /// <summary>What every fleet has besides its model, engine, precision, instance and layout: overhead or people, further lines, one-off costs, spare replicas, KV precision; null for the defaults.</summary>
    public SelfHostOption? Fleet { get; init; }

    /// <summary>Plans listed, 1 to <see cref="MostPlans"/>.</summary>
    public int Top { get; init; } = 20;

    /// <summary>True where nobody asks what a single constraint costs: most of the catalog is then left out at once.</summary>
    [JsonIgnore]
    internal bool SkipsNearMisses { get; init; }

    /// <summary>True where a plan that breaks these takes no part in the answer.</summary>
    internal bool RulesOut(Constraints broken) => SkipsNearMisses ? !broken.AreNone : broken.AreSeveral;

    /// <summary>The fleet of which every plan is a variant: its throughput is modelled and its purchase found.</summary>
    [JsonIgnore]
    internal SelfHostOption Template => (Fleet ?? new SelfHostOption { OverheadShare = DefaultOverheadShare }) with
    {
        InstanceUsdPerHour = null,
        Gpu = null,
        Throughput = new Throughput(),
        PurchaseMix = PurchaseMixes.Cheapest,
        Owned = null,
        DataParallel = 1,
        // Who follows the load by the hour waits for weights; without a figure, as long as the checks take for usual.
        Fleet = Fleet?.Fleet is { ColdStartMinutes: > 0 } stated ? stated : (Fleet?.Fleet ?? new Scenarios.Fleet()) with { ColdStartMinutes = FleetRulebook.UsualStartMinutes },
    };

    /// <summary>Operations on top of the infrastructure where nothing else is said: the middle of the 30 to 50 % that the source documents name.</summary>
    public const decimal DefaultOverheadShare = 0.4m;

    /// <summary>The ways of buying that apply.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> PurchasesOrDefault => Purchases.Count > 0 ? Purchases : [PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y];

    /// <summary>The sizings that apply.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> SizingsOrDefault => Sizings.Count > 0 ? Sizings : [FleetSizings.WeeklyPeak, FleetSizings.Hourly];

    /// <summary>True where a way to serve is allowed.</summary>
    internal bool Allows(string kind) => Kinds.Count == 0 || Kinds.Contains(kind);
}

/// <summary>A constraint that can exclude a plan.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchConstraint>))]
public enum SearchConstraint
{
    /// <summary>Prompts must stay inside, which no API keeps to.</summary>
    [JsonStringEnumMemberName("privacy")]
    Privacy,

    /// <summary>The model is the organisation's own.</summary>
    [JsonStringEnumMemberName("customModel")]
    CustomModel,

    /// <summary>The models, or the price sheets, that are good enough.</summary>
    [JsonStringEnumMemberName("model")]
    Model,

    /// <summary>The lowest quality tier.</summary>
    [JsonStringEnumMemberName("qualityTier")]
    QualityTier,

    /// <summary>Licences of the weights.</summary>
    [JsonStringEnumMemberName("license")]
    License,

    /// <summary>Precisions of the weights.</summary>
    [JsonStringEnumMemberName("precision")]
    Precision,

    /// <summary>Inference engines.</summary>
    [JsonStringEnumMemberName("engine")]
    Engine,

    /// <summary>Instances, clouds and sellers.</summary>
    [JsonStringEnumMemberName("provider")]
    Provider,

    /// <summary>Regions.</summary>
    [JsonStringEnumMemberName("region")]
    Region,

    /// <summary>Ways to serve.</summary>
    [JsonStringEnumMemberName("kind")]
    Kind,

    /// <summary>Latency targets.</summary>
    [JsonStringEnumMemberName("slo")]
    Slo,

    /// <summary>The budget.</summary>
    [JsonStringEnumMemberName("budget")]
    Budget,
}
