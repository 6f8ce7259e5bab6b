using Planner.Domain.Capacity;

namespace Planner.Data.Benchmarks;

/// <summary>The values of <see cref="BenchmarkReading.Tool"/>.</summary>
public static class BenchmarkTools
{
    /// <summary><c>vllm bench serve --save-result</c>.</summary>
    public const string Vllm = "vllm";

    /// <summary>GuideLLM's <c>benchmarks.json</c>.</summary>
    public const string GuideLlm = "guidellm";

    /// <summary>A table with the columns of <see cref="BenchmarkCsv"/>.</summary>
    public const string Csv = "csv";

    /// <summary>Metrics of a running fleet; a row is an hour in which it was saturated.</summary>
    public const string Metrics = "metrics";
}

/// <summary>What is known of a deployment; null is not said. In a reading the words are the file's own, in a form they are the catalog's.</summary>
public sealed record DeploymentWords
{
    public string? Model { get; init; }

    public string? Precision { get; init; }

    public string? KvPrecision { get; init; }

    public string? Engine { get; init; }

    public string? Gpu { get; init; }

    public int? TensorParallel { get; init; }

    public int? PipelineParallel { get; init; }

    public int? DataParallel { get; init; }
}

/// <summary>A run of a benchmark file.</summary>
/// <param name="Row">Its place in the file: the line of a table, else the number of the run, from 1.</param>
/// <param name="Words">What the file says of the deployment.</param>
/// <param name="Point">The load and what it delivered.</param>
/// <param name="TakenOn">Day of the run; null where the file does not say.</param>
/// <param name="Note">What else matters: a label, a source, requests that failed; null for nothing.</param>
public sealed record BenchmarkRun(int Row, DeploymentWords Words, BenchmarkPoint Point, DateOnly? TakenOn, string? Note);

/// <summary>Why a run was left out.</summary>
/// <param name="Row">Its place in the file.</param>
/// <param name="Field">The field at fault, as the file calls it.</param>
/// <param name="Reason">What is wrong with it, as a sentence.</param>
public sealed record RowFault(int Row, string Field, string Reason);

/// <summary>What a benchmark file holds.</summary>
/// <param name="Refusal">Why the file was refused as a whole, as a sentence; null where it was read.</param>
/// <param name="Tool">One of <see cref="BenchmarkTools"/>; empty where the file was refused.</param>
/// <param name="Runs">Runs in the order of the file.</param>
/// <param name="Faults">Runs left out.</param>
public sealed record BenchmarkReading(string? Refusal, string Tool, IReadOnlyList<BenchmarkRun> Runs, IReadOnlyList<RowFault> Faults)
{
    internal static BenchmarkReading Refuse(string reason) => new(reason, "", [], []);
}
