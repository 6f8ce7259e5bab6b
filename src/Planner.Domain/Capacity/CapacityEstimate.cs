using Planner.Domain.Costs;

namespace Planner.Domain.Capacity;

/// <summary>What the model says a replica of an option delivers for the scenario's workload.</summary>
/// <param name="Deployment">What is deployed.</param>
/// <param name="Memory">What fills a GPU; null where memory is not modelled (encoders).</param>
/// <param name="RequestsPerSecond">Highest rate of requests that keeps the latency targets; 0 where none does.</param>
/// <param name="TokensPerSecond">Tokens a second at that rate, on <paramref name="Basis"/>.</param>
/// <param name="OutputTokensPerSecond">Generated tokens a second at that rate; 0 for encoders.</param>
/// <param name="SaturatedOutputTokensPerSecond">Generated tokens a second with as many sequences as fit, latency not regarded; 0 for encoders.</param>
/// <param name="Basis">Which tokens are counted: <c>total</c> or <c>input</c>.</param>
/// <param name="Limit">What ends it: <c>memory</c>, <c>ttft</c>, <c>tpot</c> or <c>throughput</c>.</param>
/// <param name="TtftSeconds">Time to first token at that rate and the SLO's percentile; at an idle replica where the rate is 0; null where nothing fits.</param>
/// <param name="TpotSeconds">Time per output token, likewise; null for encoders.</param>
/// <param name="Batch">Mean sequences running at that rate.</param>
/// <param name="Infeasible">Why it can serve nothing, in a sentence; null where it serves.</param>
/// <param name="Change">The nearest change that would make it serve; null where none of those tried does or none is needed.</param>
/// <param name="Working">The figures on the way, each with its formula.</param>
public sealed record CapacityEstimate(
    Deployment Deployment, MemoryFit? Memory, double RequestsPerSecond, double TokensPerSecond, double OutputTokensPerSecond, double SaturatedOutputTokensPerSecond,
    string Basis, string Limit, double? TtftSeconds, double? TpotSeconds, double Batch, string? Infeasible, NearestChange? Change,
    IReadOnlyList<CapacityLine> Working)
{
    /// <summary>Fewest GPUs, all in tensor parallel, on which one request of the workload's lengths fits; null where <see cref="MostGpusTried"/> do not suffice, and for encoders.</summary>
    public int? SmallestGpus { get; init; }

    /// <summary>GPUs up to which <see cref="SmallestGpus"/> is looked for.</summary>
    public const int MostGpusTried = 64;

    /// <summary>How far measurements have been from such estimates; null for encoders, whose errors nobody collected.</summary>
    public CapacityBand? Band { get; init; }

    /// <summary>The user's own measurement by which the figures were corrected; null where the model was never measured.</summary>
    public AppliedCorrection? Correction { get; init; }
}

/// <summary>The range in which four of five measurements are expected.</summary>
/// <param name="LowTokensPerSecond">One in ten measures less.</param>
/// <param name="HighTokensPerSecond">One in ten measures more.</param>
/// <param name="TtftFactor">What the time to the first token is multiplied by at the upper end.</param>
/// <param name="TpotFactor">What the time per token is multiplied by at the upper end.</param>
/// <param name="Sentence">The rows it rests on, or what there were no rows of.</param>
public sealed record CapacityBand(double LowTokensPerSecond, double HighTokensPerSecond, double TtftFactor, double TpotFactor, string Sentence);

/// <summary>A change of one or two of an option's inputs.</summary>
/// <param name="Inputs">The inputs to change.</param>
/// <param name="Words">The change in words.</param>
public sealed record NearestChange(IReadOnlyList<InputChange> Inputs, string Words);

/// <summary>A new value of an option's input.</summary>
/// <param name="Member">Name of the input in the option, such as <c>tensorParallel</c>.</param>
/// <param name="Value">Its value as the document writes it.</param>
public sealed record InputChange(string Member, string Value);

/// <summary>A figure on the way to a capacity.</summary>
/// <param name="Item">What it is.</param>
/// <param name="Formula">The formula in symbols; its names are those of <paramref name="Operands"/>.</param>
/// <param name="Operands">The formula's inputs in order.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit.</param>
public sealed record CapacityLine(string Item, string Formula, IReadOnlyList<Operand> Operands, double Value, string Unit);
