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
            deployment.Precision, MeasurementsTexts.PartKv.With(deployment.KvPrecision), choices.NameOfEngine(deployment.Engine), MeasurementsTexts.PartTensor.With(deployment.TensorParallel),
            deployment.PipelineParallel > 1 ? MeasurementsTexts.PartPipeline.With(deployment.PipelineParallel) : null, deployment.DataParallel > 1 ? MeasurementsTexts.PartData.With(deployment.DataParallel) : null,
        ];
        var none = new ModelledPoint(null, null, null);
        var modelled = reviewed.Modelled.Count == 0 ? Enumerable.Repeat(none, reviewed.Points.Count()) : reviewed.Modelled;
        return new(
            deployment, MeasurementsTexts.CardTitle.With(choices.NameOfModel(deployment.Model), deployment.GpuCount, choices.NameOfGpu(deployment.Gpu)), string.Join(" · ", parts.Where(part => part is not null)),
            reviewed.Missing, fit is not null,
            correction is null ? null : (correction.Points == 1 ? MeasurementsTexts.FittedOne : MeasurementsTexts.FittedMany).With(Format.Count(correction.Points), Format.Moment(correction.FittedUtc)),
            correction is not null && (fit?.Points != correction.Points || fit.Factors != correction.Factors),
            fit is null ? [] : [Line(MeasurementsTexts.OutputRate, fit.Output, correction?.Factors.Output), Line(MeasurementsTexts.Ttft, fit.Ttft, correction?.Factors.Ttft), Line(MeasurementsTexts.Itl, fit.Itl, correction?.Factors.Itl)],
            [.. reviewed.Measurements.SelectMany(measurement => measurement.Points.Select(point => (measurement.Id, point))).Zip(modelled, (pair, said) => Point(pair.Id, pair.point, said))],
            [.. reviewed.Measurements.Select(measurement => new FileLine(
                measurement.Id, measurement.Source.FileName, MeasurementsTexts.FileDetail.With(ToolName(measurement.Source.Tool), Runs(measurement.Points.Count), Format.Moment(measurement.ImportedUtc)),
                measurement.Source.Note))]);
    }

    internal static string Count(int count, string one, string many) => (count == 1 ? one : many).With(Format.Count(count));

    internal static string Runs(int count) => Count(count, MeasurementsTexts.RunsOne, MeasurementsTexts.RunsMany);

    internal static string ToolName(string tool) => tool switch
    {
        BenchmarkTools.Vllm => "vllm bench serve",
        BenchmarkTools.GuideLlm => "GuideLLM",
        BenchmarkTools.Metrics => MeasurementsTexts.ToolFleet,
        _ => "CSV",
    };

    private static ErrorLine Line(string figure, FitError error, double? factor) => new(
        figure, error.Points, Format.Percent(error.Before), error.After is null && error.Points == 1 ? MeasurementsTexts.NeedsTwo : error.After > error.Before ? MeasurementsTexts.Worse.With(Format.Percent(error.After)) : Format.Percent(error.After), MeasureText.Factor(factor));

    private static PointLine Point(long id, Data.Stores.StoredPoint stored, ModelledPoint said)
    {
        var point = stored.Point;
        string?[] details = [stored.TakenOn is { } day ? Format.Day(day) : null, stored.Note];
        return new(
            $"{id}-{stored.Row}", MeasureText.Load(point), MeasurementsTexts.TokensInOut.With(Format.Count(point.InputTokens), Format.Count(point.OutputTokens)),
            details.Any(detail => detail is not null) ? string.Join(" · ", details.Where(detail => detail is not null)) : null,
            FigurePair.From(point.OutputTokensPerSecond, said.OutputTokensPerSecond, MeasureText.Rate), FigurePair.From(point.TtftSeconds, said.TtftSeconds, MeasureText.Time),
            FigurePair.From(point.ItlSeconds, said.ItlSeconds, MeasureText.Time));
    }
}
