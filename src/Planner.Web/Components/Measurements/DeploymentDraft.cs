using Planner.Data.Benchmarks;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Measurements;

/// <summary>The deployment of a file's runs while somebody completes it. An empty field is left to what the file says, run by run.</summary>
public sealed class DeploymentDraft
{
    public string? Model { get; set; }

    public string? Precision { get; set; }

    public string? KvPrecision { get; set; }

    public string? Engine { get; set; }

    public string? Gpu { get; set; }

    public decimal? TensorParallel { get; set; }

    public decimal? PipelineParallel { get; set; }

    public decimal? DataParallel { get; set; }

    public string? Note { get; set; }

    /// <summary>What the file says, by the form's name of the field.</summary>
    public IReadOnlyDictionary<string, string> Hints { get; private init; } = new Dictionary<string, string>();

    /// <summary>Fields in which the file's runs differ.</summary>
    public IReadOnlySet<string> Varying { get; private init; } = new HashSet<string>();

    /// <summary>Fills in what the file says and the catalog knows, and the usual values where the file is silent and there are some.</summary>
    public static DeploymentDraft From(IReadOnlyList<BenchmarkRun> runs, DeploymentMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(matcher);
        var said = runs.Select(run => run.Words).Distinct().ToList();
        var known = said.Select(matcher.Suggest).ToList();
        var hints = new Dictionary<string, string>();
        var varying = new HashSet<string>();
        Hint("model", words => words.Model);
        Hint("precision", words => words.Precision);
        Hint("kvPrecision", words => words.KvPrecision);
        Hint("engine", words => words.Engine);
        Hint("gpu", words => words.Gpu);
        Hint("tensorParallel", words => words.TensorParallel);
        Hint("pipelineParallel", words => words.PipelineParallel);
        Hint("dataParallel", words => words.DataParallel);
        return new DeploymentDraft
        {
            Model = One(words => words.Model),
            Precision = One(words => words.Precision),
            KvPrecision = hints.ContainsKey("kvPrecision") ? One(words => words.KvPrecision) : KvPrecisions.Bf16,
            Engine = One(words => words.Engine),
            Gpu = One(words => words.Gpu),
            TensorParallel = Number(words => words.TensorParallel),
            PipelineParallel = hints.ContainsKey("pipelineParallel") ? Number(words => words.PipelineParallel) : 1,
            DataParallel = hints.ContainsKey("dataParallel") ? Number(words => words.DataParallel) : 1,
            Hints = hints,
            Varying = varying,
        };

        string? One(Func<DeploymentWords, string?> read) => known.Select(read).Distinct().ToList() is [var only] ? only : null;

        int? Number(Func<DeploymentWords, int?> read) => known.Select(read).Distinct().ToList() is [var only] ? only : null;

        void Hint(string field, Func<DeploymentWords, object?> read)
        {
            var words = said.Select(read).Distinct().ToList();
            if (words is [{ } only])
                hints[field] = MeasurementsTexts.FileSays.With(MeasurementsTexts.Quoted.With(only));
            else if (words.Count > 1 && varying.Add(field))
                hints[field] = MeasurementsTexts.FileSaysVarying.With(
                    string.Join(", ", words.Take(3).Select(word => word is null ? MeasurementsTexts.SaysNothing : MeasurementsTexts.Quoted.With(word))) + (words.Count > 3 ? ", …" : ""));
        }
    }

    /// <summary>What was filled in; numbers that are not whole become one that is refused by its field.</summary>
    public DeploymentWords Read() => new()
    {
        Model = Model,
        Precision = Precision,
        KvPrecision = KvPrecision,
        Engine = Engine,
        Gpu = Gpu,
        TensorParallel = Whole(TensorParallel),
        PipelineParallel = Whole(PipelineParallel),
        DataParallel = Whole(DataParallel),
    };

    private static int? Whole(decimal? value) => value is not { } number ? null : number == decimal.Truncate(number) && number is >= 1 and < int.MaxValue ? (int)number : 0;
}
