using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;

namespace Planner.Web.Api;

/// <summary>What is decided about a row that is held back.</summary>
/// <param name="Decision"><c>accepted</c>, <c>rejected</c>, <c>ignored</c>, or <c>open</c> to take one of the last two back.</param>
public sealed record QuarantineDecision(string? Decision);

/// <summary>A row after a decision.</summary>
/// <param name="Row">The row.</param>
/// <param name="Run">The run that published it; null where it was not accepted.</param>
public sealed record QuarantineAnswer(HeldRow Row, FeedRunDetail? Run);

/// <summary>Rows that feeds held back.</summary>
public static class QuarantineApi
{
    private const string Open = "open";

    public static RouteGroupBuilder MapQuarantine(this RouteGroupBuilder api)
    {
        var rows = api.MapGroup("/feeds/quarantine").WithTags("Feeds");
        rows.MapGet("", ListAsync).WithName("listQuarantine").WithSummary("Rows that feeds held back, with the reason and what the catalog has of them.")
            .WithProblems(StatusCodes.Status400BadRequest);
        rows.MapPost("/{feed}/{**key}", DecideAsync).WithName("decideQuarantine").WithSummary("Accepts, rejects or ignores a row that is held back. Accepting publishes it.")
            .WithProblems(StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<Ok<Page<HeldRow>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "feed")] string? feed, [FromQuery(Name = "search")] string? search, [FromQuery(Name = "decided")] QueryValue<bool>? decided,
        [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take, QuarantineStore quarantine, CancellationToken cancellationToken)
    {
        var query = new PageQuery(search, null, null, skip, take);
        var asked = new QuarantineQuery
        {
            FeedId = feed,
            Text = query.ReadSearch(),
            Decided = decided is null ? null : query.ReadFlag("decided", decided),
            Skip = query.ReadSkip(),
            Take = query.ReadTake(),
        };
        return query.Problems.Count > 0 ? Problems.Invalid(query.Problems) : TypedResults.Ok(await quarantine.PageAsync(asked, cancellationToken));
    }

    private static async Task<Results<Ok<QuarantineAnswer>, ProblemHttpResult>> DecideAsync(
        string feed, string key, JsonBody<QuarantineDecision> body, PriceFeeds feeds, QuarantineStore quarantine, FeedImporter importer, FeedRunStore runs, CancellationToken cancellationToken)
    {
        if (body.Refusal is { } refusal)
            return refusal;
        var (asked, problems) = JsonDocuments.Read<QuarantineDecision>(body.Text);
        if (problems.Count > 0)
            return Problems.Invalid(problems);
        if (asked?.Decision is not (Open or QuarantineDecisions.Accepted or QuarantineDecisions.Rejected or QuarantineDecisions.Ignored))
            return Problems.Invalid("decision", ApiTexts.OneOf.With(string.Join(", ", QuarantineDecisions.Accepted, QuarantineDecisions.Rejected, QuarantineDecisions.Ignored, Open)));
        var sourceKey = CatalogKeys.Read(key);
        if (feeds.Find(feed) is null || await quarantine.FindAsync(feed, sourceKey, cancellationToken) is not { } held)
            return Problems.NotFound(ApiTexts.QuarantineUnknown.With(feed, sourceKey));
        FeedRunDetail? published = null;
        if (asked.Decision == QuarantineDecisions.Accepted)
        {
            if (!held.IsReadable || await importer.AcceptAsync(feed, sourceKey, cancellationToken) is not { } run)
                return Problems.Invalid("decision", ApiTexts.QuarantineUnreadable);
            published = FeedRunDetail.From(await runs.GetAsync(run.Id, cancellationToken) ?? new FeedRunDetails(run, [], []));
        }
        else if (await quarantine.DecideAsync(feed, [sourceKey], asked.Decision == Open ? null : asked.Decision, cancellationToken) == 0)
        {
            return Problems.Invalid("decision", ApiTexts.QuarantinePublished);
        }

        return TypedResults.Ok(new QuarantineAnswer((await quarantine.FindAsync(feed, sourceKey, cancellationToken))!, published));
    }
}
