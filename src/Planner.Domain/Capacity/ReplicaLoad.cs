namespace Planner.Domain.Capacity;

/// <summary>A load on one replica.</summary>
/// <param name="InputTokens">Mean prompt, tokens, above 0.</param>
/// <param name="OutputTokens">Mean generated tokens, at least 1.</param>
/// <param name="Concurrency">Requests in flight; infinite for as many as fit.</param>
/// <param name="PrefixHitShare">Share of prompt tokens found in the prefix cache, 0 to below 1.</param>
/// <param name="Speculation">Speculative decoding; the default has none.</param>
public readonly record struct ReplicaLoad(
    double InputTokens, double OutputTokens, double Concurrency = double.PositiveInfinity, double PrefixHitShare = 0, Speculation Speculation = default)
{
    /// <summary>Prompt tokens that have to be computed.</summary>
    public double ComputedTokens => InputTokens * (1 - PrefixHitShare);
}

/// <summary>Speculative decoding: a draft proposes tokens, the model checks them in one pass.</summary>
/// <param name="DraftTokens">Tokens proposed a step, 0 (none) to 16.</param>
/// <param name="Acceptance">Chance that a proposed token is accepted, 0 to below 1.</param>
/// <param name="DraftShare">Time of a pass of the draft ÷ that of the model, 0 to 1.</param>
/// <remarks>Leviathan et al., arXiv 2211.17192, eq. 1: (1 − α^(γ+1)) ÷ (1 − α) tokens a step.</remarks>
public readonly record struct Speculation(int DraftTokens, double Acceptance, double DraftShare)
{
    /// <summary>Tokens that a step yields on average for a sequence.</summary>
    public double TokensPerStep => DraftTokens == 0 ? 1 : (1 - Math.Pow(Acceptance, DraftTokens + 1)) / (1 - Acceptance);
}

/// <summary>What a replica delivers under a closed loop of requests. All zero where not one sequence fits.</summary>
/// <param name="CapacitySequences">Sequences of these lengths that fit into the KV cache.</param>
/// <param name="Batch">Sequences running at once.</param>
/// <param name="OutputTokensPerSecond">Generated tokens a second of the replica.</param>
/// <param name="RequestsPerSecond">Requests a second of the replica.</param>
/// <param name="PrefillSeconds">Prefill of one prompt alone.</param>
/// <param name="TtftSeconds">Mean time to the first token, waiting for a free place included.</param>
/// <param name="ItlSeconds">Mean time between tokens (TPOT).</param>
/// <param name="StepSeconds">One step of the engine.</param>
/// <param name="CycleSeconds">Time in which every running sequence is replaced once.</param>
public readonly record struct ReplicaPerformance(
    double CapacitySequences, double Batch, double OutputTokensPerSecond, double RequestsPerSecond, double PrefillSeconds, double TtftSeconds, double ItlSeconds,
    double StepSeconds, double CycleSeconds);

/// <summary>A step of the engine as a straight line.</summary>
/// <param name="EmptySeconds">Step without sequences: fixed times and the reading of weights.</param>
/// <param name="SequenceSeconds">What a running sequence adds.</param>
/// <param name="PromptSeconds">Work of one prompt, seconds of the replica.</param>
/// <param name="PromptLatencySeconds">Time until one prompt has passed all stages.</param>
/// <param name="TtftSeconds">What the way to the scheduler adds to the TTFT.</param>
/// <param name="TokensPerStep">Tokens that a sequence gains in a step.</param>
public readonly record struct StepLine(
    double EmptySeconds, double SequenceSeconds, double PromptSeconds, double PromptLatencySeconds, double TtftSeconds, double TokensPerStep);
