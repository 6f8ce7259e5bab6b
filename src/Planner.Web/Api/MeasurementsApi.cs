using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Capacity;

namespace Planner.Web.Api;

/// <summary>The body of an import: a benchmark file, and of its deployment what it does not say itself.</summary>
/// <param name="File">Result of <c>vllm bench serve</c>, GuideLLM's benchmarks.json, or a CSV table; at most 64 MiB.</param>
/// <param name="Model">Model, by its key or another name that the catalog knows.</param>
/// <param name="Precision">Precision of the weights.</param>
/// <param name="KvPrecision">Precision of the KV cache: bf16 (default) or fp8.</param>
/// <param name="Engine">Inference engine.</param>
/// <param name="Gpu">GPU.</param>
/// <param name="TensorParallel">GPUs over which each layer is split.</param>
/// <param name="PipelineParallel">Stages into which the layers are split; 1 by default.</param>
/// <param name="DataParallel">Attention data-parallel ranks; 1 by default.</param>
/// <param name="Note">Your own words.</param>
public sealed record MeasurementForm(
    IFormFile File, string? Model, string? Precision, string? KvPrecision, string? Engine, string? Gpu, int? TensorParallel, int? PipelineParallel,
    int? DataParallel, string? Note);

/// <summary>What an import stored.</summary>
/// <param name="Tool"><c>vllm</c>, <c>guidellm</c> or <c>csv</c>.</param>
/// <param name="Ids">The new measurements, one a deployment.</param>
/// <param name="Stored">Runs stored.</param>
/// <param name="StoredBefore">Runs of this very file that were there already.</param>
/// <param name="Skipped">Runs left out, with the field at fault and the reason.</param>
public sealed record MeasurementImported(string Tool, IReadOnlyList<long> Ids, int Stored, int StoredBefore, IReadOnlyList<RowFault> Skipped);

/// <summary>A run beside what is modelled for its load.</summary>
/// <param name="Row">Its place in the file.</param>
/// <param name="TakenOn">Day of the run; null where unknown.</param>
/// <param name="Note">What else matters; null for nothing.</param>
/// <param name="Measured">The load and what it delivered.</param>
/// <param name="Modelled">What is modelled for it, uncorrected; null where nothing can be.</param>
public sealed record MeasuredPointItem(int Row, DateOnly? TakenOn, string? Note, BenchmarkPoint Measured, ModelledPoint? Modelled);

/// <summary>What one file brought for a deployment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The file.</param>
/// <param name="ImportedUtc">When it was imported.</param>
/// <param name="Points">Its runs.</param>
public sealed record MeasurementItem(long Id, MeasurementSource Source, DateTime ImportedUtc, IReadOnlyList<MeasuredPointItem> Points);

/// <summary>A deployment with all that was measured on it.</summary>
/// <param name="Deployment">What was measured.</param>
/// <param name="Measurements">The files that brought runs of it.</param>
/// <param name="Missing">Why nothing is modelled for it, in a sentence; null where it is.</param>
/// <param name="Fit">What a calibration on these points would give; null where nothing compares.</param>
/// <param name="Correction">The stored calibration; null where there is none.</param>
public sealed record MeasuredDeploymentItem(
    Deployment Deployment, IReadOnlyList<MeasurementItem> Measurements, string? Missing, CorrectionFit? Fit, Correction? Correction)
{
    public static MeasuredDeploymentItem From(ReviewedDeployment reviewed)
    {
        ArgumentNullException.ThrowIfNull(reviewed);
        var at = 0;
        return new(
            reviewed.Deployment, [.. reviewed.Measurements.Select(stored => new MeasurementItem(stored.Id, stored.Source, stored.ImportedUtc, [.. stored.Points.Select(Point)]))],
            reviewed.Missing, reviewed.Fit, reviewed.Correction);

        MeasuredPointItem Point(StoredPoint point) =>
            new(point.Row, point.TakenOn, point.Note, point.Point, reviewed.Modelled.Count == 0 ? null : reviewed.Modelled[at++]);
    }
}

/// <summary>Measured throughput and latency.</summary>
public static class MeasurementsApi
{
    public static RouteGroupBuilder MapMeasurements(this RouteGroupBuilder api)
    {
        var measurements = api.MapGroup("/measurements").WithTags("Measurements");
        measurements.MapGet("", ListAsync).WithName("listMeasurements").WithSummary("Measured deployments, each point beside what is modelled for its load.")
            .WithProblems(StatusCodes.Status400BadRequest);
        measurements.MapPost("/imports", ImportAsync).WithName("importMeasurements")
            .WithSummary("Stores the runs of a benchmark file that is uploaded as the field “file”. Fields of the deployment win over what the file says; a run counts once.")
            .Accepts<MeasurementForm>("multipart/form-data")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        measurements.MapDelete("/{id:long}", DeleteAsync).WithName("deleteMeasurement").WithSummary("Deletes what one file brought for a deployment; it can be restored.")
            .WithProblems(StatusCodes.Status404NotFound);
        measurements.MapPost("/{id:long}/restore", RestoreAsync).WithName("restoreMeasurement").WithSummary("Brings a deleted measurement back.")
            .WithProblems(StatusCodes.Status404NotFound);
        measurements.MapPost("/corrections", CalibrateAsync).WithName("calibrate")
            .WithSummary("Fits and stores by how much the capacity model is off for a deployment that was measured.")
            .WithProblems(StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<Ok<Page<MeasuredDeploymentItem>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "search")] string? search, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take,
        MeasurementReview review, CancellationToken cancellationToken)
    {
        var query = new PageQuery(search, null, null, skip, take);
        var (words, from, count) = ((query.ReadSearch() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), query.ReadSkip(), query.ReadTake());
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var found = (await review.AllAsync(cancellationToken)).Where(reviewed => reviewed.Matches(words)).ToList();
        return TypedResults.Ok(new Page<MeasuredDeploymentItem>([.. found.Skip(from).Take(count).Select(MeasuredDeploymentItem.From)], found.Count));
    }

    private static async Task<Results<Ok<MeasurementImported>, ProblemHttpResult>> ImportAsync(
        MeasurementImporter importer, HttpContext http, CancellationToken cancellationToken)
    {
        if (Uploads.Allow(http, BenchmarkFiles.MaxBytes) is { } tooLarge)
            return tooLarge;
        var (form, refusal) = await Uploads.ReadAsync(http.Request, "file", BenchmarkFiles.ReadAsync, cancellationToken);
        if (form is null)
            return refusal!;
        var (words, problems) = WordsOf(form.Fields);
        if (problems.Count > 0)
            return Problems.Invalid(problems);
        var result = await importer.ImportAsync(form.File, form.FileName, words, form.Fields.GetValueOrDefault("note"), cancellationToken);
        return result.Import is { } import
            ? TypedResults.Ok(new MeasurementImported(result.Tool, import.Ids, import.Stored, import.StoredBefore, result.Faults))
            : Problems.Invalid(result.Problems);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(long id, MeasurementStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(ApiTexts.MeasurementUnknown.With(id));

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(long id, MeasurementStore store, CancellationToken cancellationToken) =>
        await store.UndeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(ApiTexts.MeasurementNotRestored.With(id));

    private static async Task<Results<Ok<Correction>, ProblemHttpResult>> CalibrateAsync(
        JsonBody<Deployment> body, MeasurementReview review, CancellationToken cancellationToken)
    {
        if (body.Refusal is { } refusal)
            return refusal;
        var (deployment, problems) = JsonDocuments.Read<Deployment>(body.Text);
        if (deployment is null)
            return Problems.Invalid(problems);
        return await review.CalibrateAsync(deployment, cancellationToken) switch
        {
            null => Problems.NotFound(ApiTexts.NothingMeasured),
            { Fit: not null, Correction: { } correction } => TypedResults.Ok(correction),
            { Missing: { } missing } => Problems.Invalid("", ApiTexts.NothingModelled.With(missing)),
            _ => Problems.Invalid("", ApiTexts.NothingCompared),
        };
    }

    private static (DeploymentWords Words, IReadOnlyList<Problem> Problems) WordsOf(IReadOnlyDictionary<string, string> fields)
    {
        var problems = new List<Problem>();
        var words = new DeploymentWords
        {
            Model = Text("model"),
            Precision = Text("precision"),
            KvPrecision = Text("kvPrecision"),
            Engine = Text("engine"),
            Gpu = Text("gpu"),
            TensorParallel = Number("tensorParallel"),
            PipelineParallel = Number("pipelineParallel"),
            DataParallel = Number("dataParallel"),
        };
        return (words, problems);

        string? Text(string name) => fields.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        int? Number(string name)
        {
            if (Text(name) is not { } text)
                return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            problems.Add(new Problem(name, ApiTexts.WholeNumber.With(1, DeploymentMatcher.MostWays)));
            return null;
        }
    }
}
