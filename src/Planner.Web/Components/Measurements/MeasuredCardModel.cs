using Planner.Data.Benchmarks;
using Planner.Domain.Capacity;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Measurements;

/// <summary>A measured figure with the modelled one.</summary>
/// <param name="Measured">What was measured.</param>
/// <param name="Modelled">What is modelled, with its error; null where nothing is comparable.</param>
public sealed record FigurePair(string Measured, string? Modelled)
{
    public static FigurePair From(double? measured, double? modelled, Func<double?, string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return new(write(measured), MeasureText.Error(measured, modelled) is { } error ? $"{write(modelled)} ({error})" : null);
    }
}

/// <summary>A line of the table of points.</summary>
public sealed record PointLine(string Key, string Load, string Tokens, string? Detail, FigurePair Output, FigurePair Ttft, FigurePair Itl);

/// <summary>A line of the table of errors.</summary>
/// <param name="Figure">What is compared.</param>
/// <param name="Points">Points that have it.</param>
/// <param name="Before">Median error as modelled.</param>
/// <param name="After">Median error of each point corrected by the others.</param>
/// <param name="Factor">The stored factor.</param>
public sealed record ErrorLine(string Figure, int Points, string Before, string After, string Factor);

/// <summary>A file that brought runs of the deployment.</summary>
public sealed record FileLine(long Id, string Name, string Detail, string? Note);

/// <summary>A measured deployment as its card shows it.</summary>
/// <param name="Deployment">What was measured.</param>
/// <param name="Title">Model and GPUs.</param>
/// <param name="Subtitle">Precision, engine, layout.</param>
/// <param name="Missing">Why nothing is modelled; null where it is.</param>
/// <param name="CanCalibrate">True where something compares.</param>
/// <param name="Calibrated">When and on what the stored calibration was fitted; null where there is none.</param>
/// <param name="IsStale">True where a calibration would come out otherwise now.</param>
/// <param name="Errors">How far the model is off; empty where nothing compares.</param>
/// <param name="Points">The runs.</param>
/// <param name="Files">The files that brought them.</param>
public sealed record MeasuredCardModel(
    Deployment Deployment, string Title, string Subtitle, string? Missing, bool CanCalibrate, string? Calibrated, bool IsStale, IReadOnlyList<ErrorLine> Errors,
    IReadOnlyList<PointLine> Points, IReadOnlyList<FileLine> Files)
{
    public static MeasuredCardModel From(ReviewedDeployment reviewed, CatalogChoices choices)
    {
        ArgumentNullException.ThrowIfNull(reviewed);
        ArgumentNullException.ThrowIfNull(choices);
        var (deployment, correction, fit) = (reviewed.Deployment, reviewed.Correction, reviewed.Fit);
        string?[] parts =
        [
            deployment.Precision, $"KV {deployment.KvPrecision}", choices.NameOfEngine(deployment.Engine), $"tensor parallel {deployment.TensorParallel}",
            deployment.PipelineParallel > 1 ? $"pipeline parallel {deployment.PipelineParallel}" : null, deployment.DataParallel > 1 ? $"data parallel {deployment.DataParallel}" : null,
        ];
        var none = new ModelledPoint(null, null, null);
        var modelled = reviewed.Modelled.Count == 0 ? Enumerable.Repeat(none, reviewed.Points.Count()) : reviewed.Modelled;
        return new(
            deployment, $"{choices.NameOfModel(deployment.Model)} on {deployment.GpuCount} × {choices.NameOfGpu(deployment.Gpu)}", string.Join(" · ", parts.Where(part => part is not null)),
            reviewed.Missing, fit is not null,
            correction is null ? null : $"Fitted on {Count(correction.Points, "point")}, {Format.Moment(correction.FittedUtc)}.",
            correction is not null && (fit?.Points != correction.Points || fit.Factors != correction.Factors),
            fit is null ? [] : [Line("Output tokens/s", fit.Output, correction?.Factors.Output), Line("Time to first token", fit.Ttft, correction?.Factors.Ttft), Line("Time between tokens", fit.Itl, correction?.Factors.Itl)],
            [.. reviewed.Measurements.SelectMany(measurement => measurement.Points.Select(point => (measurement.Id, point))).Zip(modelled, (pair, said) => Point(pair.Id, pair.point, said))],
            [.. reviewed.Measurements.Select(measurement => new FileLine(
                measurement.Id, measurement.Source.FileName, $"{ToolName(measurement.Source.Tool)}, {Count(measurement.Points.Count, "run")}, imported {Format.Moment(measurement.ImportedUtc)}",
                measurement.Source.Note))]);
    }

    internal static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{Format.Count(count)} {word}s";

    internal static string ToolName(string tool) => tool switch
    {
        BenchmarkTools.Vllm => "vllm bench serve",
        BenchmarkTools.GuideLlm => "GuideLLM",
        BenchmarkTools.Metrics => "Running fleet",
        _ => "CSV",
    };

    private static ErrorLine Line(string figure, FitError error, double? factor) => new(
        figure, error.Points, Format.Percent(error.Before), error.After is null && error.Points == 1 ? "needs two points" : error.After > error.Before ? $"{Format.Percent(error.After)}: worse" : Format.Percent(error.After), MeasureText.Factor(factor));

    private static PointLine Point(long id, Data.Stores.StoredPoint stored, ModelledPoint said)
    {
        var point = stored.Point;
        string?[] details = [stored.TakenOn is { } day ? Format.Day(day) : null, stored.Note];
        return new(
            $"{id}-{stored.Row}", MeasureText.Load(point), $"{Format.Count(point.InputTokens)} in, {Format.Count(point.OutputTokens)} out",
            details.Any(detail => detail is not null) ? string.Join(" · ", details.Where(detail => detail is not null)) : null,
            FigurePair.From(point.OutputTokensPerSecond, said.OutputTokensPerSecond, MeasureText.Rate), FigurePair.From(point.TtftSeconds, said.TtftSeconds, MeasureText.Time),
            FigurePair.From(point.ItlSeconds, said.ItlSeconds, MeasureText.Time));
    }
}
