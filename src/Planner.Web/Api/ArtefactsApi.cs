using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Planner.Data.Stores;
using Planner.Domain.Artefacts;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios;

namespace Planner.Web.Api;

/// <summary>A question for what a plan needs to be deployed.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="OptionId">The option: a fleet, or a mix of one fleet and an API.</param>
/// <param name="Checkpoint">Repository of the weights, owner/name, where the catalog's holds another precision; left out for the catalog's.</param>
public sealed record ArtefactRequest(Scenario Scenario, string OptionId, string? Checkpoint);

/// <summary>Hands over what a plan needs to be deployed.</summary>
public static class ArtefactsApi
{
    public static RouteGroupBuilder MapArtefacts(this RouteGroupBuilder api)
    {
        api.MapPost("/artefacts", WriteAsync).WithTags("Artefacts").WithName("writeArtefacts")
            .WithSummary("Writes the files that an option needs to be deployed, and its stack as a checklist; as JSON, or as a zip where that is what is accepted.")
            .Produces<ArtefactBundle>(StatusCodes.Status200OK, "application/json", ArtefactZip.ContentType);
        api.MapGet("/scenarios/{id}/artefacts.zip", ZipAsync).WithTags("Artefacts").WithName("getScenarioArtefacts")
            .WithSummary("The files that an option of a stored scenario needs to be deployed, as a zip.")
            .Produces(StatusCodes.Status200OK, contentType: ArtefactZip.ContentType)
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        return api;
    }

    /// <summary>The request before its scenario is read, so that the scenario's faults are told like everywhere.</summary>
    private sealed record Question(JsonElement Scenario, string? OptionId, string? Checkpoint) : ScenarioQuestion(Scenario);

    private static async Task<IResult> WriteAsync(JsonBody<ArtefactRequest> body, ScenarioDesk desk, HttpRequest request, CancellationToken cancellationToken)
    {
        var (question, refusal) = ScenarioDesk.Read<Question, ArtefactRequest>(body);
        if (question is null)
            return refusal!;
        if (string.IsNullOrEmpty(question.OptionId))
            return Problems.Invalid("optionId", ApiTexts.Required);
        var (scenario, fault) = await desk.TakeAsync(question, cancellationToken);
        if (scenario is null)
            return fault!;
        var (bundle, refused) = ArtefactWriter.Write(scenario.Scenario, scenario.Snapshot, scenario.Evaluate(), question.OptionId, question.Checkpoint);
        if (bundle is null)
            return Problems.Invalid([refused!]);
        return WantsZip(request) ? Zip(scenario.Scenario, bundle) : TypedResults.Ok(bundle);
    }

    /// <summary>A version's own prices and figures count, so that the files are those of what was decided.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ZipAsync(
        string id, string? option, string? checkpoint, [FromQuery(Name = "version")] QueryValue<int>? version, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        if (version is { IsReadable: false })
            return Problems.Invalid("version", ApiTexts.WholeNumber.With(1, int.MaxValue));
        if (string.IsNullOrEmpty(option))
            return Problems.Invalid("option", ApiTexts.Required);
        if (await scenarios.GetAsync(id, version?.Value, cancellationToken) is not { } stored)
            return Problems.NotFound(version is null ? ApiTexts.ScenarioUnknown.With(id) : ApiTexts.VersionUnknown.With(version.Value.Value));
        if (ScenarioRules.Check(stored.Scenario, stored.Snapshot) is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        var (bundle, refused) = ArtefactWriter.Write(stored.Scenario, stored.Snapshot, stored.Result, option, checkpoint);
        return bundle is null ? Problems.Invalid([refused!.Path == "optionId" ? refused with { Path = "option" } : refused]) : Zip(stored.Scenario, bundle);
    }

    private static FileContentHttpResult Zip(Scenario scenario, ArtefactBundle bundle) =>
        TypedResults.File(ArtefactZip.Of(bundle), ArtefactZip.ContentType, ArtefactZip.NameOf(scenario, bundle));

    /// <summary>JSON unless a zip is what is named, or preferred.</summary>
    private static bool WantsZip(HttpRequest request)
    {
        var accepted = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var list) ? list : [];
        double Weight(string type) => accepted.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
        return Weight(ArtefactZip.ContentType) is > 0 and var zip && zip >= Weight("application/json");
    }
}
