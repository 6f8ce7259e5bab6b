using Planner.Domain;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Benchmarks;

/// <summary>Finds the deployment of a run: what the form says, else what the file says, in the catalog's words.</summary>
/// <param name="models">Models of the catalog.</param>
/// <param name="gpus">GPUs of the catalog.</param>
/// <param name="engines">Engines of the catalog.</param>
public sealed class DeploymentMatcher(IReadOnlyList<LanguageModel> models, IReadOnlyList<Gpu> gpus, IReadOnlyList<InferenceEngine> engines)
{
    /// <summary>Most GPUs over which a layer is split, or stages, or ranks.</summary>
    public const int MostWays = 64;

    /// <summary>What a file says, in the catalog's words; null where it says nothing that the catalog knows.</summary>
    public DeploymentWords Suggest(DeploymentWords file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file with
        {
            Model = Find(models, file.Model)?.Key,
            Precision = PrecisionOf(file.Precision),
            KvPrecision = KvPrecisionOf(file.KvPrecision),
            Engine = Find(engines, file.Engine)?.Key,
            Gpu = Find(gpus, file.Gpu)?.Key,
        };
    }

    /// <summary>The deployment, or why it is not known: each fault with the field of the form that would mend it.</summary>
    /// <param name="file">What the file says, in its own words.</param>
    /// <param name="form">What the user says; it wins.</param>
    public (Deployment? Deployment, IReadOnlyList<Problem> Problems) Complete(DeploymentWords file, DeploymentWords form)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(form);
        var problems = new List<Problem>();
        var model = Named("model", form.Model ?? file.Model, models);
        var precision = Word("precision", form.Precision ?? file.Precision, PrecisionOf, WeightPrecisions.Names);
        var kvPrecision = Word("kvPrecision", form.KvPrecision ?? file.KvPrecision ?? KvPrecisions.Bf16, KvPrecisionOf, [KvPrecisions.Bf16, KvPrecisions.Fp8]);
        var engine = Named("engine", form.Engine ?? file.Engine, engines);
        var gpu = Named("gpu", form.Gpu ?? file.Gpu, gpus);
        var tensor = Ways("tensorParallel", form.TensorParallel ?? file.TensorParallel, null);
        var pipeline = Ways("pipelineParallel", form.PipelineParallel ?? file.PipelineParallel, 1);
        var data = Ways("dataParallel", form.DataParallel ?? file.DataParallel, 1);
        return problems.Count > 0 ? (null, problems) : (new Deployment(model!, precision!, kvPrecision!, engine!, gpu!, tensor, pipeline, data), problems);

        string? Named<T>(string path, string? name, IReadOnlyList<T> rows) where T : CatalogFacts
        {
            if (Find(rows, name) is { } row)
                return row.Key;
            problems.Add(new Problem(path, name is null ? BenchmarkTexts.NotSaid : BenchmarkTexts.NotInCatalog.With(name)));
            return null;
        }

        string? Word(string path, string? word, Func<string?, string?> read, IReadOnlyList<string> allowed)
        {
            if (read(word) is { } known)
                return known;
            problems.Add(new Problem(path, word is null ? BenchmarkTexts.NotSaid : BenchmarkTexts.OneOf.With(word, string.Join(", ", allowed))));
            return null;
        }

        int Ways(string path, int? ways, int? otherwise)
        {
            if ((ways ?? otherwise) is not { } number)
                problems.Add(new Problem(path, BenchmarkTexts.NotSaid));
            else if (number is >= 1 and <= MostWays)
                return number;
            else
                problems.Add(new Problem(path, BenchmarkTexts.Ways.With(MostWays, number)));
            return 0;
        }
    }

    private static T? Find<T>(IReadOnlyList<T> rows, string? name) where T : CatalogFacts => name is null ? null : CatalogNames.Find(rows, name);

    /// <summary>One word for each precision, so that a deployment has one name.</summary>
    private static string? PrecisionOf(string? word) => WeightPrecisions.Parse(word) is null ? DeploymentNames.Precision(word) : DeploymentNames.Precision(word) ?? word;

    /// <summary>Engines say <c>auto</c> for the model's own precision, and <c>fp8_e4m3</c> or <c>fp8_e5m2</c> for FP8.</summary>
    private static string? KvPrecisionOf(string? word) => word?.ToLowerInvariant() switch
    {
        null => null,
        "auto" or "bf16" or "bfloat16" or "fp16" or "float16" or "half" => KvPrecisions.Bf16,
        var text => text.StartsWith(KvPrecisions.Fp8, StringComparison.Ordinal) || text.StartsWith("float8", StringComparison.Ordinal) ? KvPrecisions.Fp8 : null,
    };
}
