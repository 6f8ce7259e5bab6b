using Planner.Domain.BreakEvens;
using Planner.Domain.Capacity;
using Planner.Domain.Costs;

namespace Planner.Domain.Planning;

/// <summary>What an evaluation found. It is reproducible from the scenario and the catalog snapshot alone.</summary>
/// <param name="EngineVersion">Version of the formulas that made it.</param>
/// <param name="Verdict">The answer in one sentence.</param>
/// <param name="Options">One outcome an option, in the scenario's order.</param>
/// <param name="BreakEven">Winning intervals: ongoing and first month, each without and with the capacity check.</param>
/// <param name="Checks">What a reader should know before signing.</param>
public sealed record Result(
    string EngineVersion, Verdict Verdict, IReadOnlyList<OptionResult> Options, IReadOnlyList<BreakEven> BreakEven, IReadOnlyList<Check> Checks)
{
    /// <summary>The break-even along requests a month; null where what is stored has none.</summary>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="capacityChecked">True where fleets grow and fixed ones end at what they carry.</param>
    public BreakEven? AlongRequests(bool firstMonth, bool capacityChecked) =>
        BreakEven.FirstOrDefault(found => found.Axis == BreakEvenAxes.RequestsPerMonth && found.FirstMonth == firstMonth && found.CapacityChecked == capacityChecked);
}

/// <summary>The answer in one sentence.</summary>
/// <param name="CheapestOptionId">The cheapest feasible option with a known cost; null where there is none.</param>
/// <param name="Sentence">The sentence, in the UI culture of the evaluation and the scenario's display currency; every other amount of a result is in USD.</param>
/// <param name="MonthlySavingUsd">Baseline's month − cheapest feasible option's month, USD; null where either is unknown.</param>
public sealed record Verdict(string? CheapestOptionId, string Sentence, decimal? MonthlySavingUsd);

/// <summary>What one option delivers and costs.</summary>
/// <param name="Id">The option's id.</param>
/// <param name="Name">The option's name.</param>
/// <param name="Kind"><c>api</c>, <c>selfHost</c> or <c>hybrid</c>.</param>
/// <param name="Feasible">False where it cannot serve the workload, or where its capacity or price is unknown.</param>
/// <param name="Reasons">Why it is not feasible or not priced; empty where it is both.</param>
/// <param name="OngoingMonthlyUsd">Recurring cost of a month, USD: the sum of the ledger's recurring lines; null where a price is unknown.</param>
/// <param name="FirstMonthUsd">Ongoing plus one-off, USD; null where a price is unknown.</param>
/// <param name="CashDueFirstMonthUsd">Cash that leaves in the first month, USD; null where a price is unknown.</param>
/// <param name="UsdPerMillionTokens">Ongoing cost ÷ tokens of the workload (input, output, reasoning), USD per million; null where either is unknown or 0.</param>
/// <param name="Utilization">Tokens served ÷ tokens that the paid hours could serve at the SLO; above 1 where it cannot carry the load; null for an API or unknown throughput.</param>
/// <param name="Replicas">Replicas of the fleet; null for an API or where unknown.</param>
/// <param name="Instances">Instances of the fleet; null for an API or where unknown.</param>
/// <param name="Capacity">What the fleet delivers; null for an API or unknown throughput.</param>
/// <param name="Ledger">The month's lines and the one-off lines; empty where a price is unknown.</param>
public sealed record OptionResult(
    string Id, string Name, string Kind, bool Feasible, IReadOnlyList<string> Reasons, decimal? OngoingMonthlyUsd, decimal? FirstMonthUsd,
    decimal? CashDueFirstMonthUsd, double? UsdPerMillionTokens, double? Utilization, long? Replicas, long? Instances, FleetCapacity? Capacity,
    IReadOnlyList<LedgerLine> Ledger)
{
    /// <summary>What the capacity model says of one replica; null for an API, and where the model lacks a fact.</summary>
    public CapacityEstimate? Estimate { get; init; }

    /// <summary>The rule of each of <see cref="Reasons"/>; empty in what was stored, whose checks are stored beside it.</summary>
    internal IReadOnlyList<string> ReasonRules { get; init; } = [];
}

/// <summary>What a fleet delivers against what the load needs.</summary>
/// <param name="TokensPerSecond">What the fleet can serve at the SLO, spare replicas left out, tokens/s on the throughput's basis.</param>
/// <param name="Rank"><c>measured</c>, <c>stated</c> or <c>modelled</c>.</param>
/// <param name="RequiredTokensPerSecond">What the busiest hour needs, tokens/s on the same basis.</param>
/// <param name="MeanTokensPerSecond">What the mean hour of those in which the fleet runs needs, tokens/s.</param>
/// <param name="Basis">Which tokens are counted: <c>total</c>, <c>output</c> or <c>input</c>.</param>
/// <param name="RequestsPerMonth">Most requests a month of this workload that the fleet carries as it stands.</param>
public sealed record FleetCapacity(
    double TokensPerSecond, string Rank, double RequiredTokensPerSecond, double MeanTokensPerSecond, string Basis, double RequestsPerMonth)
{
    /// <summary>What one replica serves at the SLO, the load factor counted, tokens/s on the same basis; null in results of earlier versions.</summary>
    public double? ReplicaTokensPerSecond { get; init; }
}

/// <summary>Something that a reader should know before signing.</summary>
/// <param name="Id">Stable id of the rule (<see cref="Advice.RuleCatalogue"/>).</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="OptionId">The option concerned; null for the scenario as a whole.</param>
public sealed record Check(string Id, string Severity, string Message, string? OptionId)
{
    /// <summary>What one click would change about it; null where nothing of that kind helps.</summary>
    public CheckFix? Fix { get; init; }

    /// <summary>What a rule has found, with the rule's own severity.</summary>
    internal static Check Of(string id, string message, string? optionId) => new(id, Advice.RuleCatalogue.Find(id)!.Severity, message, optionId);
}
