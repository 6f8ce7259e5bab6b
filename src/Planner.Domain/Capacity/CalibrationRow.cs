namespace Planner.Domain.Capacity;

/// <summary>What the model says of a published benchmark run. All zero where it says that nothing fits.</summary>
/// <param name="OutputTokensPerSecond">Generated tokens a second of the whole run.</param>
/// <param name="TtftSeconds">Mean time to the first token.</param>
/// <param name="ItlSeconds">Mean time between tokens.</param>
/// <param name="Layout">The layout of a replica: as published, or the best one where it is not known.</param>
public readonly record struct CalibrationPrediction(double OutputTokensPerSecond, double TtftSeconds, double ItlSeconds, Layout Layout);

/// <summary>A published benchmark run: what ran, under which load, and what it delivered.</summary>
/// <param name="Model">Key of the model in the catalog.</param>
/// <param name="Gpu">Key of the GPU in the catalog.</param>
/// <param name="Engine">The engine as the file names it, in lower case.</param>
/// <param name="Source">Who published it.</param>
/// <param name="Spec">One replica.</param>
/// <param name="GpuCount">GPUs of the run, at least 1.</param>
/// <param name="Replicas">Replicas that shared the load, at least 1.</param>
/// <param name="Load">The load of the whole run; a concurrency that is infinite means as much as fits.</param>
/// <param name="OutputTokensPerSecond">Generated tokens a second of the whole run, above 0.</param>
public sealed record CalibrationRow(
    string Model, string Gpu, string Engine, string Source, ReplicaSpec Spec, int GpuCount, int Replicas, ReplicaLoad Load, double OutputTokensPerSecond)
{
    /// <summary>Runs that belong together: same source, model, GPU and engine.</summary>
    public required string Group { get; init; }

    /// <summary>Day of the source; null where it is not stated to the day.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>True where all prompts were computed first and all sequences ended together.</summary>
    public bool IsStaticBatch { get; init; }

    /// <summary>True where a given number of requests, the concurrency of the load, all started together and the rate is that of the whole run.</summary>
    public bool IsBurst { get; init; }

    /// <summary>True where the requests' outputs differed in length, as those of a recorded conversation do.</summary>
    public bool HasMixedLengths { get; init; }

    /// <summary>True where the source does not say how the model was cut over the GPUs; then the best layout counts.</summary>
    public bool LayoutIsUnknown { get; init; }

    /// <summary>Mean time to the first token, seconds; null where it was not measured.</summary>
    public double? TtftSeconds { get; init; }

    /// <summary>Mean time between tokens, seconds; null where it was not measured.</summary>
    public double? ItlSeconds { get; init; }

    /// <summary>Version of the engine as the source gives it; empty where it gives none.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>Date of the source as it gives it.</summary>
    public string SourceDate { get; init; } = "";

    /// <summary>Where the source is kept, such as a repository; empty where it is not said.</summary>
    public string Repository { get; init; } = "";

    /// <summary>True for the engines that the model is fitted to and judged on; llama.cpp, TGI and Gaudi are reported apart.</summary>
    public bool IsCore =>
        Spec.Engine is EngineTiming.Vllm or EngineTiming.Vllm2024 or EngineTiming.Sglang or EngineTiming.TensorRtLlm
        && Engine is not ("tgi" or "text-generation-inference") && Spec.Gpu.Vendor != "intel";

    /// <summary>Family of the model: the letters that its key begins with, such as <c>llama</c>.</summary>
    public string Family => new([.. Model.TakeWhile(char.IsLetter)]);

    /// <summary>What the model says of this run.</summary>
    /// <param name="fit">The fitted values.</param>
    public CalibrationPrediction Predict(CapacityParameters fit)
    {
        if (!LayoutIsUnknown)
            return Predict(fit, Spec, Replicas);
        CalibrationPrediction best = default;
        for (var tensor = 1; tensor <= GpuCount; tensor *= 2)
        {
            var prediction = Predict(fit, Spec with { Layout = new Layout(tensor) }, GpuCount / tensor);
            if (prediction.OutputTokensPerSecond > best.OutputTokensPerSecond)
                best = prediction;
        }

        return best;
    }

    private CalibrationPrediction Predict(CapacityParameters fit, ReplicaSpec spec, int replicas)
    {
        var load = Load with { Concurrency = Load.Concurrency / replicas };
        var replica = new ReplicaModel(spec, fit);
        var performance = spec.Engine == EngineTiming.LlamaCpp ? LlamaCppModel.At(spec, replica, load) : IsStaticBatch ? replica.Static(load) : IsBurst ? replica.Burst(load, HasMixedLengths) : replica.At(load);
        return new CalibrationPrediction(replicas * performance.OutputTokensPerSecond, performance.TtftSeconds, performance.ItlSeconds, spec.Layout);
    }
}
