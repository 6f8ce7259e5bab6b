using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Jobs;

namespace Planner.Web.Api;

/// <summary>A price feed: where it comes from, when it is refreshed, what is known of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it is fetched; empty for an own price list, whose files are uploaded.</param>
/// <param name="Cron">When it is refreshed: a cron expression with seconds, UTC; empty for an own price list.</param>
/// <param name="Enabled">False where it is refreshed by hand only.</param>
/// <param name="NextRunUtc">When it is refreshed next; null where it is not scheduled.</param>
/// <param name="LastGoodUtc">When its content was last published or confirmed; null where it never was.</param>
/// <param name="LastGoodRunId">The run that published what applies; null where none did.</param>
public sealed record FeedItem(
    string Id, string Name, string Url, string Cron, bool Enabled, DateTime? NextRunUtc, DateTime? LastGoodUtc, long? LastGoodRunId);

/// <summary>The body of an import.</summary>
/// <param name="File">The feed's file as its source serves it.</param>
public sealed record FeedUpload(IFormFile File);

/// <summary>Price feeds and their runs.</summary>
public static class FeedsApi
{
    public static RouteGroupBuilder MapFeeds(this RouteGroupBuilder api)
    {
        var feeds = api.MapGroup("/feeds").WithTags("Feeds");
        feeds.MapGet("", ListAsync).WithName("listFeeds").WithSummary("The price feeds, with their schedule.");
        feeds.MapPost("/{id}/refresh", RefreshAsync).WithName("refreshFeed").WithSummary("Fetches a feed now and tells how the run ended.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        feeds.MapPost("/{id}/import", ImportAsync).WithName("importFeed").WithSummary("Publishes a feed's file that is uploaded as the field “file”.")
            .Accepts<FeedUpload>("multipart/form-data")
            .WithProblems(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType);
        feeds.MapGet("/runs", RunsAsync).WithName("listFeedRuns").WithSummary("Runs, the latest first.").WithProblems(StatusCodes.Status400BadRequest);
        feeds.MapGet("/runs/{id:long}", RunAsync).WithName("getFeedRun").WithSummary("A run with the rows it held back and the prices it changed.")
            .WithProblems(StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Ok<IReadOnlyList<FeedItem>>> ListAsync(
        PriceFeeds feeds, FeedRunStore runs, FeedSchedule schedule, CancellationToken cancellationToken)
    {
        var states = (await runs.StatesAsync(cancellationToken)).ToDictionary(state => state.FeedId);
        var items = new List<FeedItem>();
        foreach (var feed in feeds.All)
        {
            var state = states.GetValueOrDefault(feed.Id);
            items.Add(new FeedItem(
                feed.Id, feed.Name, feed.Url, feed.Cron, feed.Enabled, await schedule.NextRunUtcAsync(feed.Id, cancellationToken), state?.LastGoodUtc,
                state?.LastGoodRunId));
        }

        return TypedResults.Ok<IReadOnlyList<FeedItem>>(items);
    }

    private static async Task<Results<Ok<FeedRunDetail>, Accepted<FeedRunDetail>, ProblemHttpResult>> RefreshAsync(
        string id, PriceFeeds feeds, FeedImporter importer, FeedRunStore runs, CancellationToken cancellationToken) => feeds.Find(id) switch
        {
            null => Unknown(id),
            { IsOwnList: true } => Problems.Invalid("id", ApiTexts.PriceListUploads.With(id)),
            _ => await AnswerAsync(await importer.RefreshAsync(id, FeedRunTriggers.Manual, cancellationToken), runs, cancellationToken),
        };

    private static async Task<Results<Ok<FeedRunDetail>, Accepted<FeedRunDetail>, ProblemHttpResult>> ImportAsync(
        string id, PriceFeeds feeds, FeedImporter importer, FeedRunStore runs, HttpContext http, CancellationToken cancellationToken)
    {
        if (feeds.Find(id) is not { } feed)
            return Unknown(id);
        if (Uploads.Allow(http, feed.MaxBytes) is { } tooLarge)
            return tooLarge;
        var (file, refusal) = await Uploads.FindAsync(http.Request, "file", cancellationToken);
        return file is null
            ? refusal!
            : await AnswerAsync(await importer.ImportAsync(id, file, FeedRunTriggers.Upload, cancellationToken), runs, cancellationToken);
    }

    private static async Task<Results<Ok<Page<FeedRunSummary>>, ProblemHttpResult>> RunsAsync(
        [FromQuery(Name = "feed")] string? feed, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take,
        FeedRunStore runs, CancellationToken cancellationToken)
    {
        var query = new PageQuery(null, null, null, skip, take);
        var (from, count) = (query.ReadSkip(), query.ReadTake());
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var page = await runs.ListAsync(feed, from, count, cancellationToken);
        return TypedResults.Ok(new Page<FeedRunSummary>([.. page.Items.Select(FeedRunSummary.From)], page.Total));
    }

    private static async Task<Results<Ok<FeedRunDetail>, ProblemHttpResult>> RunAsync(long id, FeedRunStore runs, CancellationToken cancellationToken) =>
        await runs.GetAsync(id, cancellationToken) is { } run
            ? TypedResults.Ok(FeedRunDetail.From(run))
            : Problems.NotFound(ApiTexts.RunUnknown.With(id));

    private static async Task<Results<Ok<FeedRunDetail>, Accepted<FeedRunDetail>, ProblemHttpResult>> AnswerAsync(
        FeedRunRow run, FeedRunStore runs, CancellationToken cancellationToken)
    {
        // A run under way is told as it was found, with the reason why no other began. What a review or a removal does is stored in the end only: it has no address yet.
        if (run.Status == FeedRunStatuses.Running)
            return TypedResults.Accepted(run.Id == 0 ? null : $"{ApiPaths.Root}/feeds/runs/{run.Id}", FeedRunDetail.From(new FeedRunDetails(run, [], [])));
        return TypedResults.Ok(FeedRunDetail.From(await runs.GetAsync(run.Id, cancellationToken) ?? new FeedRunDetails(run, [], [])));
    }

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound(ApiTexts.FeedUnknown.With(id));
}
