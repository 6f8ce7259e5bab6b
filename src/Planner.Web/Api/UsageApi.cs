using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Usage;

namespace Planner.Web.Api;

/// <summary>The body of an import: a log or an export of usage, and what is not to be guessed.</summary>
/// <param name="File">CSV, JSON, JSON lines or Parquet, also packed with gzip, zstd or zip.</param>
/// <param name="Mapping">What its columns mean, a JSON document; left out to take what their names suggest.</param>
/// <param name="Set">Id of the measured workload that it belongs to; left out for a new one.</param>
/// <param name="Name">Name of a new one; the file's by default.</param>
public sealed record UsageForm(IFormFile File, string? Mapping, long? Set, string? Name);

/// <summary>What an import stored.</summary>
/// <param name="SetId">The measured workload.</param>
/// <param name="IsNew">False where it has this very file already, so that nothing changed.</param>
/// <param name="File">The file as it is listed.</param>
/// <param name="Totals">What the measured workload used in all; null where nothing changed.</param>
public sealed record UsageImported(long SetId, bool IsNew, UsageImport File, UsageTotals? Totals);

/// <summary>A scenario with measured inputs. Nothing of it is stored.</summary>
/// <param name="Scenario">The document, each measured input with its evidence.</param>
/// <param name="Inputs">The measured inputs, before and after.</param>
/// <param name="Unknown">What the source does not tell, in sentences.</param>
public sealed record UsageScenario(Scenario Scenario, IReadOnlyList<MeasuredInput> Inputs, IReadOnlyList<string> Unknown);

/// <summary>Measured workloads.</summary>
public static class UsageApi
{
    public static RouteGroupBuilder MapUsage(this RouteGroupBuilder api)
    {
        var usage = api.MapGroup("/usage").WithTags("Usage");
        usage.MapGet("", ListAsync).WithName("listUsage").WithSummary("Measured workloads by name.");
        usage.MapPost("/imports", ImportAsync).WithName("importUsage")
            .WithSummary("Takes a log that is uploaded as the field “file” into a measured workload, wholly or not at all. A request counts once; prompts and answers are never read.")
            .Accepts<UsageForm>("multipart/form-data")
            .WithProblems(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
        usage.MapGet("/{id:long}", GetAsync).WithName("getUsage").WithSummary("A measured workload: its sums by hour, day and model, its lengths and its files.").WithProblems(StatusCodes.Status404NotFound);
        usage.MapDelete("/{id:long}", DeleteAsync).WithName("deleteUsage").WithSummary("Deletes a measured workload with its rows.").WithProblems(StatusCodes.Status404NotFound);
        usage.MapDelete("/imports/{id:long}", RemoveAsync).WithName("removeUsageImport").WithSummary("Takes a file out; the others count as if it had never been there.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        usage.MapPost("/{id:long}/scenario", ScenarioAsync).WithName("makeUsageScenario")
            .WithSummary("A new scenario of a measured workload, or a stored one with its measured inputs; nothing is stored.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Ok<IReadOnlyList<UsageSetSummary>>> ListAsync(UsageStore store, CancellationToken cancellationToken) => TypedResults.Ok(await store.ListAsync(cancellationToken));

    private static async Task<Results<Ok<UsageImported>, ProblemHttpResult>> ImportAsync(
        UsageImporter importer, UsageDesk desk, UsageStore store, UsageOptions options, HttpContext http, CancellationToken cancellationToken)
    {
        if (UsageDesk.Unavailable is { } unavailable)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, unavailable);
        if (Uploads.Allow(http, options.Limits.MaxBytes) is { } tooLarge)
            return tooLarge;
        UsageFile? file = null;
        try
        {
            var (form, refusal) = await Uploads.ReadAsync(
                http.Request, "file",
                async (name, content, cancel) =>
                {
                    // Of several files the last counts.
                    file?.Dispose();
                    return file = await importer.StoreAsync(name, content, null, cancel);
                },
                cancellationToken);
            return form is null ? refusal! : await TakeInAsync(form, importer, desk, store, cancellationToken);
        }
        catch (UsageRefusedException exception)
        {
            return Problems.Invalid([new Problem("file", exception.Message)], StatusCodes.Status422UnprocessableEntity);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static async Task<Results<Ok<UsageImported>, ProblemHttpResult>> TakeInAsync(
        UploadForm<UsageFile> form, UsageImporter importer, UsageDesk desk, UsageStore store, CancellationToken cancellationToken)
    {
        long? setId = null;
        if (Text("set") is { } set)
        {
            if (!long.TryParse(set, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
                return Problems.Invalid("set", ApiTexts.WholeNumber.With(1, long.MaxValue));
            if (await store.FindAsync(id, cancellationToken) is not { } found)
                return Unknown(id);
            if (found.Database is not null)
                return Problems.Invalid("set", ApiTexts.UsageOfDatabase.With(id));
            setId = id;
        }

        var recognition = await importer.RecogniseAsync(form.File, cancellationToken);
        var mapping = recognition.Mapping;
        if (Text("mapping") is { } json)
        {
            var (read, problems) = JsonDocuments.Read<UsageMapping>(json);
            if (read is null)
                return Problems.Invalid(JsonDocuments.Below("mapping", problems));
            mapping = read;
        }

        var name = Text("name") ?? Path.GetFileNameWithoutExtension(form.FileName);
        var taken = await desk.ImportAsync(setId, name, form.File, recognition, mapping, cancellationToken: cancellationToken);
        return taken.Outcome switch
        {
            UsageOutcome.Imported imported => TypedResults.Ok(new UsageImported(taken.SetId!.Value, true, imported.Import, imported.Profile.Totals)),
            UsageOutcome.AlreadyImported known => TypedResults.Ok(new UsageImported(taken.SetId!.Value, false, known.Import, null)),
            UsageOutcome.Refused refused => Problems.Invalid(
                [
                    .. refused.Problems.Select(problem => problem with { Path = problem.Path switch { "" => "file", "name" => "name", var member => $"mapping.{member}" } }),
                    .. refused.Skipped.Select(skipped => new Problem("file", UsageWords.Of(skipped))),
                ],
                StatusCodes.Status422UnprocessableEntity),
            _ => Unknown(setId ?? 0),
        };

        string? Text(string field) => form.Fields.TryGetValue(field, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    private static async Task<Results<Ok<UsageSet>, ProblemHttpResult>> GetAsync(long id, UsageStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } set ? TypedResults.Ok(set) : Unknown(id);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(long id, UsageStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Unknown(id);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long id, UsageImporter importer, CancellationToken cancellationToken)
    {
        if (UsageDesk.Unavailable is { } unavailable)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, unavailable);
        return await importer.RemoveAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(ApiTexts.UsageFileUnknown.With(id));
    }

    private static async Task<Results<Ok<UsageScenario>, ProblemHttpResult>> ScenarioAsync(
        long id, [FromQuery(Name = "scenario")] string? scenarioId, [FromQuery(Name = "zone")] string? zoneId, [FromQuery(Name = "price")] string[]? priceKeys,
        UsageStore store, ScenarioStore scenarios, CatalogStore catalog, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } set)
            return Unknown(id);
        if (set.Profile is not { } profile)
            return Problems.Invalid("", ApiTexts.UsageEmpty.With(id));
        var zone = TimeZoneInfo.Utc;
        if (zoneId is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out zone!))
            return Problems.Invalid("zone", ApiTexts.TimeZone);
        if (scenarioId is not null)
        {
            return await scenarios.GetAsync(scenarioId, cancellationToken: cancellationToken) is { } stored
                ? Made(MeasuredScenario.Of(stored.Scenario, profile, set.Name, zone))
                : Problems.NotFound(ApiTexts.ScenarioUnknown.With(scenarioId));
        }

        var sheets = new List<PriceSheet>();
        if (priceKeys is not { Length: > 0 })
            sheets.AddRange((await UsageModels.SheetsAsync(profile, catalog.Prices, cancellationToken)).Where(found => found.IsSure).Select(found => found.Sheet));
        foreach (var key in (priceKeys ?? []).Distinct().Take(ScenarioRules.MostOptions))
        {
            if (await catalog.Prices.FindAsync(key, cancellationToken) is not { } entry)
                return Problems.Invalid("price", ApiTexts.PriceUnknown.With(key));
            sheets.Add(entry.Sheet);
        }

        return Made(UsageScenarios.Begin(set, profile, sheets, zone, clock.GetUtcNow()));

        static Ok<UsageScenario> Made(MeasuredScenario measured) => TypedResults.Ok(new UsageScenario(measured.Scenario, measured.Inputs, measured.Unknown));
    }

    private static ProblemHttpResult Unknown(long id) => Problems.NotFound(ApiTexts.UsageUnknown.With(id));
}
