namespace Planner.Domain.Capacity;

/// <summary>What is deployed: a model at a precision by an engine on GPUs. The identity under which measurements are kept.</summary>
/// <param name="Model">Key of the model in the catalog.</param>
/// <param name="Precision">Precision of the weights, as in a scenario's option.</param>
/// <param name="KvPrecision"><c>bf16</c> or <c>fp8</c>.</param>
/// <param name="Engine">Key of the engine in the catalog.</param>
/// <param name="Gpu">Key of the GPU in the catalog.</param>
/// <param name="TensorParallel">GPUs over which each layer is split, at least 1.</param>
/// <param name="PipelineParallel">Stages into which the layers are split, at least 1.</param>
/// <param name="DataParallel">Ranks that attend to their own sequences while they share the experts, at least 1.</param>
public sealed record Deployment(
    string Model, string Precision, string KvPrecision, string Engine, string Gpu, int TensorParallel, int PipelineParallel = 1, int DataParallel = 1)
{
    /// <summary>GPUs of one replica.</summary>
    public int GpuCount => TensorParallel * PipelineParallel * DataParallel;
}

/// <summary>One benchmark run of a replica: a load and what it delivered. What was not measured is null.</summary>
/// <param name="InputTokens">Mean prompt, tokens, above 0.</param>
/// <param name="OutputTokens">Mean generated tokens of a request, above 0.</param>
/// <param name="Concurrency">Requests in flight; null where they arrived at a rate or all at once.</param>
/// <param name="RequestsPerSecond">Rate of arrivals that was asked for; null for a closed loop.</param>
/// <param name="OutputTokensPerSecond">Generated tokens a second, above 0.</param>
/// <param name="TtftSeconds">Mean time to the first token.</param>
/// <param name="ItlSeconds">Mean time between the tokens of a request (TPOT).</param>
public sealed record BenchmarkPoint(
    double InputTokens, double OutputTokens, double? Concurrency, double? RequestsPerSecond, double OutputTokensPerSecond, double? TtftSeconds, double? ItlSeconds);
