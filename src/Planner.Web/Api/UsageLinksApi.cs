using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Actuals;
using Planner.Data.Stores;
using Planner.Data.Usage;

namespace Planner.Web.Api;

/// <summary>The measured workload that an option really served.</summary>
/// <param name="UsageSetId">Id of the measured workload.</param>
/// <param name="Models">Only these models of it; left out for all.</param>
public sealed record UsageLinkRequest(long UsageSetId, IReadOnlyList<string>? Models = null);

/// <summary>Measured workloads that options of scenarios really served.</summary>
public static class UsageLinksApi
{
    private const int MostModels = 200;
    private const int LongestModel = 200;

    public static RouteGroupBuilder MapUsageLinks(this RouteGroupBuilder api)
    {
        var links = api.MapGroup("/scenarios/{id}/usage-links").WithTags("Actuals").WithProblems(StatusCodes.Status404NotFound);
        links.MapGet("", ListAsync).WithName("listUsageLinks").WithSummary("The measured workloads that options of a scenario really served.");
        links.MapPut("/{option}", SetAsync).WithName("setUsageLink").WithSummary("Links a measured workload with an option, in place of the one before.");
        links.MapDelete("/{option}", RemoveAsync).WithName("removeUsageLink").WithSummary("Removes an option's link; the measured workload stays.");
        return api;
    }

    private static async Task<Results<Ok<IReadOnlyList<UsageLink>>, ProblemHttpResult>> ListAsync(string id, ScenarioStore scenarios, UsageLinkStore links, CancellationToken cancellationToken) =>
        await scenarios.CurrentVersionAsync(id, cancellationToken) is null ? Problems.UnknownScenario(id) : TypedResults.Ok(await links.ListAsync(id, cancellationToken));

    private static async Task<Results<Ok<UsageLink>, ProblemHttpResult>> SetAsync(
        string id, string option, JsonBody<UsageLinkRequest> body, ScenarioStore scenarios, UsageLinkStore links, UsageStore usage, CancellationToken cancellationToken)
    {
        if (body.Refusal is { } refusal)
            return refusal;
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.UnknownScenario(id);
        if (!stored.Scenario.Options.Any(known => known.Id == option))
            return Problems.NotFound(ApiTexts.OptionUnknown.With(option));
        var (request, problems) = JsonDocuments.Read<UsageLinkRequest>(body.Text);
        if (request is null)
            return Problems.Invalid(problems);
        var models = request.Models ?? [];
        if (models.Count > MostModels || models.Any(model => string.IsNullOrWhiteSpace(model) || model.Length > LongestModel))
            return Problems.Invalid("models", ApiTexts.UsageLinkModels.With(MostModels, LongestModel));
        if (await usage.FindAsync(request.UsageSetId, cancellationToken) is { Profile: { } profile } && models.FirstOrDefault(model => profile.Days.All(day => day.Model != model)) is { } absent)
            return Problems.Invalid("models", ApiTexts.UsageLinkModelUnknown.With(absent));
        var link = new UsageLink(id, option, request.UsageSetId, [.. models.Distinct()]);
        return await links.SetAsync(link, cancellationToken) ? TypedResults.Ok(link) : Problems.Invalid("usageSetId", ApiTexts.UsageUnknown.With(request.UsageSetId));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, string option, ScenarioStore scenarios, UsageLinkStore links, CancellationToken cancellationToken)
    {
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is null)
            return Problems.UnknownScenario(id);
        return await links.RemoveAsync(id, option, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(ApiTexts.UsageLinkUnknown.With(option));
    }
}
