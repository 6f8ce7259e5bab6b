using System.Text.Json;
using System.Text.Json.Serialization;
using Planner.Domain.Catalogs;

namespace Planner.Domain.Capacity;

/// <summary>A published benchmark run. The shipped ones are a condensed data file of figures, which the benchmark project's <c>published</c> command writes.</summary>
/// <param name="Model">Key of the model in the catalog.</param>
/// <param name="Gpu">Key of the GPU in the catalog.</param>
/// <param name="Engine">The engine as its source names it.</param>
/// <param name="EngineVersion">Its version as the source gives it; empty where it gives none.</param>
/// <param name="Precision">Precision of the weights.</param>
/// <param name="KvPrecision">Precision of the KV cache.</param>
/// <param name="Tensor">GPUs over which each layer is split.</param>
/// <param name="Pipeline">Stages.</param>
/// <param name="Data">Data-parallel ranks of attention.</param>
/// <param name="InputTokens">Mean prompt, tokens.</param>
/// <param name="OutputTokens">Mean generated tokens.</param>
/// <param name="Concurrency">Requests in flight; null for as many as fit.</param>
/// <param name="IsStatic">True for a static batch.</param>
/// <param name="IsBurst">True where so many requests as <paramref name="Concurrency"/> says all started together.</param>
/// <param name="HasMixedLengths">True where the requests' outputs differed in length.</param>
/// <param name="MaxSequences">Sequences that the engine ran at once at most.</param>
/// <param name="OutputTokensPerSecond">What was measured, generated tokens/s of the replica.</param>
/// <param name="Source">Who published it.</param>
/// <param name="Date">When, as precisely as the source says.</param>
public sealed record PublishedRun(
    string Model, string Gpu, string Engine, string EngineVersion, string Precision, string KvPrecision, int Tensor, int Pipeline, int Data, double InputTokens,
    double OutputTokens, double? Concurrency, bool IsStatic, bool IsBurst, bool HasMixedLengths, int MaxSequences, double OutputTokensPerSecond, string Source, string Date)
{
    private static readonly Lazy<PublishedFile> Embedded = new(() =>
    {
        using var file = typeof(PublishedRun).Assembly.GetManifestResourceStream("Capacity/published.json")!;
        return JsonSerializer.Deserialize<PublishedFile>(file, Json)!;
    });

    private sealed record PublishedFile(IReadOnlyDictionary<string, string> SameShape, IReadOnlyList<PublishedRun> Runs);

    /// <summary>How the data file is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The runs that ship with the product.</summary>
    public static IReadOnlyList<PublishedRun> Shipped => Embedded.Value.Runs;

    /// <summary>GPUs of the replica.</summary>
    [JsonIgnore]
    public int Gpus => Tensor * Pipeline * Data;

    /// <summary>The run of the same model that is most like a deployment under a load; null where none of the model is known.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="load">Its load.</param>
    public static PublishedRun? Nearest(Deployment deployment, ReplicaLoad load)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        // Models of one shape do the same work: a run of Llama 3.3 speaks for 3.1.
        var model = Embedded.Value.SameShape.GetValueOrDefault(deployment.Model, deployment.Model);
        return Shipped.Where(run => run.Model == model).MinBy(run => run.DistanceTo(deployment, load));
    }

    /// <summary>Output tokens/s that the capacity model gives for this very run; null for an engine that it has no times of.</summary>
    /// <param name="model">Its model, or one of the same shape; its architecture is needed.</param>
    /// <param name="gpu">Its GPU; its BF16 peak is needed.</param>
    public double? Modelled(LanguageModel model, Gpu gpu)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(gpu);
        if (EngineRelease.Of(Engine, EngineVersion, Date.StartsWith("2024", StringComparison.Ordinal) ? 2024 : null) is not { } release)
            return null;
        var spec = new ReplicaSpec(
            model.Architecture!, WeightPrecisions.Parse(Precision)!.Value, KvPrecision == "fp8" ? 1 : 2, gpu, new Layout(Tensor, Pipeline, Data), release.Timing)
        {
            IsNativePrecision = WeightPrecisions.Parse(model.NativePrecision) == WeightPrecisions.Parse(Precision),
            MaxSequences = MaxSequences,
            ChunkTokens = release.ChunkTokens,
            Software2024 = release.Software2024,
            SoftwareYear = EngineRelease.YearIn(Date),
        };
        var row = new CalibrationRow(Model, Gpu, Engine, Source, spec, Gpus, 1, new ReplicaLoad(InputTokens, OutputTokens, Concurrency ?? double.PositiveInfinity), OutputTokensPerSecond)
        {
            Group = Source,
            IsStaticBatch = IsStatic,
            IsBurst = IsBurst,
            HasMixedLengths = HasMixedLengths,
        };
        return row.Predict(Calibration.Shipped.Parameters).OutputTokensPerSecond;
    }

    /// <summary>How unlike they are: another GPU weighs most, then precision and engine, then how many times larger or smaller each size is.</summary>
    private double DistanceTo(Deployment deployment, ReplicaLoad load) =>
        (Gpu == deployment.Gpu ? 0 : 4)
        + (WeightPrecisions.Parse(Precision) == WeightPrecisions.Parse(deployment.Precision) ? 0 : 1)
        + (EngineRelease.Of(Engine, EngineVersion, null)?.Timing == EngineRelease.Of(deployment.Engine, "", null)?.Timing ? 0 : 0.5)
        + Ratio(Gpus, deployment.GpuCount)
        + (0.5 * Ratio(InputTokens, load.InputTokens)) + (0.5 * Ratio(OutputTokens, load.OutputTokens))
        + (0.2 * Ratio(Concurrency ?? 1000, Math.Min(load.Concurrency, 1000)));

    private static double Ratio(double one, double other) => Math.Abs(Math.Log(Math.Max(1, one) / Math.Max(1, other)));
}
