using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Reports;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Reports.Scheduled;

namespace Planner.Web.Api;

/// <summary>A report to send or save regularly.</summary>
/// <param name="Every"><c>day</c>, <c>week</c>, <c>month</c>, or <c>cron</c>.</param>
/// <param name="Formats">Forms: <c>pdf</c>, <c>xlsx</c>, <c>csv</c>.</param>
/// <param name="Hour">Hour of the day, UTC, 0 to 23; left out for a cron expression.</param>
/// <param name="Weekday">Of a weekly one, <c>monday</c> to <c>sunday</c>.</param>
/// <param name="Day">Of a monthly one, 1 to 31: where a month has no such day, its last.</param>
/// <param name="Cron">A cron expression of Quartz, seconds first, UTC; at most once an hour.</param>
/// <param name="Paper">Paper of the PDF, <c>a4</c> or <c>letter</c>; left out for the configured one.</param>
/// <param name="ToFolder">Whether it is saved to the server's folder.</param>
/// <param name="Recipients">Addresses that it is mailed to.</param>
public sealed record ReportScheduleRequest(
    string Every, IReadOnlyList<string> Formats, int? Hour = null, string? Weekday = null, int? Day = null, string? Cron = null, string? Paper = null, bool ToFolder = false,
    IReadOnlyList<string>? Recipients = null);

/// <summary>Reports that are sent or saved regularly.</summary>
public static class ReportSchedulesApi
{
    public static RouteGroupBuilder MapReportSchedules(this RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/scenarios/{id}/report-schedules").WithTags("Reports").WithProblems(StatusCodes.Status404NotFound);
        schedules.MapGet("", ListAsync).WithName("listReportSchedules").WithSummary("A scenario's schedules of reports, the oldest first, with what became of the last run.");
        schedules.MapPost("", AddAsync).WithName("addReportSchedule").WithSummary("Sends or saves the report of the current version regularly from now on.").WithProblems(StatusCodes.Status409Conflict);
        schedules.MapGet("/{schedule:long}", GetAsync).WithName("getReportSchedule").WithSummary("A schedule of reports; its ETag goes into If-Match.");
        schedules.MapPut("/{schedule:long}", UpdateAsync).WithName("updateReportSchedule").WithSummary("Changes a schedule of reports; If-Match says which version was edited.")
            .WithProblems(StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        schedules.MapDelete("/{schedule:long}", DeleteAsync).WithName("deleteReportSchedule").WithSummary("Removes a schedule of reports; what was sent and saved stays.").WithProblems(StatusCodes.Status412PreconditionFailed);
        schedules.MapPost("/{schedule:long}/run", RunAsync).WithName("runReportSchedule").WithSummary("Sends or saves the report of a schedule now; its state says how that ended. Refused while it runs, and within a minute of a run that began.").WithProblems(StatusCodes.Status409Conflict);
        return api;
    }

    private static async Task<Results<Ok<IReadOnlyList<ReportSchedule>>, ProblemHttpResult>> ListAsync(
        string id, ScenarioStore scenarios, ReportScheduleStore schedules, CancellationToken cancellationToken) =>
        await scenarios.CurrentVersionAsync(id, cancellationToken) is null ? Problems.UnknownScenario(id) : TypedResults.Ok(await schedules.ListAsync(id, cancellationToken));

    private static async Task<Results<Ok<ReportSchedule>, ProblemHttpResult>> GetAsync(
        string id, long schedule, ScenarioStore scenarios, ReportScheduleStore schedules, HttpContext http, CancellationToken cancellationToken)
    {
        var (found, unknown) = await FindAsync(id, schedule, scenarios, schedules, cancellationToken);
        if (found is null)
            return unknown!;
        http.Response.Headers.ETag = IfMatch.TagOf(found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<Results<Created<ReportSchedule>, ProblemHttpResult>> AddAsync(
        string id, JsonBody<ReportScheduleRequest> body, ScenarioStore scenarios, ReportScheduleStore schedules, DeliveryOptions options, TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is null)
            return Problems.UnknownScenario(id);
        var now = time.GetUtcNow().UtcDateTime;
        var (draft, refusal) = DraftOf(body, options, now);
        if (draft is null)
            return refusal!;
        var (added, isFull) = await schedules.AddAsync(id, draft, ReportTimes.NextUtc(draft, now), ScheduleWords.Noted(draft), cancellationToken);
        if (added is null)
            return isFull ? Problems.Of(StatusCodes.Status409Conflict, DeliveryTexts.SchedulesFull.With(ReportScheduleStore.MostSchedules)) : Problems.UnknownScenario(id);
        http.Response.Headers.ETag = IfMatch.TagOf(added.Version);
        return TypedResults.Created($"{ApiPaths.Root}/scenarios/{Uri.EscapeDataString(id)}/report-schedules/{added.Id}", added);
    }

    private static async Task<Results<Ok<ReportSchedule>, ProblemHttpResult>> UpdateAsync(
        string id, long schedule, IfMatch ifMatch, JsonBody<ReportScheduleRequest> body, ScenarioStore scenarios, ReportScheduleStore schedules, DeliveryOptions options, TimeProvider time, HttpContext http,
        CancellationToken cancellationToken)
    {
        var (found, unknown) = await FindAsync(id, schedule, scenarios, schedules, cancellationToken);
        if (found is null)
            return unknown!;
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var now = time.GetUtcNow().UtcDateTime;
        var (draft, refusal) = DraftOf(body, options, now);
        if (draft is null)
            return refusal!;
        var outcome = await schedules.UpdateAsync(id, schedule, ifMatch.Expected(found.Version), draft, ReportTimes.NextUtc(draft, now), ScheduleWords.Noted(draft), cancellationToken);
        return RefusalOf(outcome, schedule) is { } notSaved ? notSaved : await GetAsync(id, schedule, scenarios, schedules, http, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, long schedule, IfMatch ifMatch, ScenarioStore scenarios, ReportScheduleStore schedules, CancellationToken cancellationToken)
    {
        if (ifMatch.Refusal is { } malformed)
            return malformed;
        var (found, unknown) = await FindAsync(id, schedule, scenarios, schedules, cancellationToken);
        if (found is null)
            return unknown!;
        var outcome = await schedules.DeleteAsync(id, schedule, ifMatch.Expected(found.Version), ScheduleWords.Noted(found.Plan), cancellationToken);
        return RefusalOf(outcome, schedule) is { } refusal ? refusal : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ReportSchedule>, ProblemHttpResult>> RunAsync(
        string id, long schedule, ScenarioStore scenarios, ReportScheduleStore schedules, ReportDispatch dispatch, CancellationToken cancellationToken)
    {
        var (_, unknown) = await FindAsync(id, schedule, scenarios, schedules, cancellationToken);
        if (unknown is not null)
            return unknown;
        // Whoever does not wait for the answer gets the whole report all the same, not a part of it.
        var (after, refusal) = await dispatch.RunNowAsync(id, schedule, CancellationToken.None);
        return after is null ? Problems.Of(StatusCodes.Status409Conflict, refusal ?? DeliveryTexts.ScheduleGone) : TypedResults.Ok(after);
    }

    private static ProblemHttpResult? RefusalOf(SaveOutcome outcome, long schedule) => outcome.Refusal(DeliveryTexts.ScheduleUnknown.With(schedule));

    private static async Task<(ReportSchedule? Found, ProblemHttpResult? Unknown)> FindAsync(
        string id, long schedule, ScenarioStore scenarios, ReportScheduleStore schedules, CancellationToken cancellationToken)
    {
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is null)
            return (null, Problems.UnknownScenario(id));
        return await schedules.FindAsync(id, schedule, cancellationToken) is { } found ? (found, null) : (null, UnknownSchedule(schedule));
    }

    private static (ReportScheduleDraft? Draft, ProblemHttpResult? Refusal) DraftOf(JsonBody<ReportScheduleRequest> body, DeliveryOptions options, DateTime now)
    {
        if (body.Refusal is { } refusal)
            return (null, refusal);
        var (request, problems) = JsonDocuments.ReadStrictly<ReportScheduleRequest>(body.Text);
        if (request is null)
            return (null, Problems.Invalid(problems));
        var missing = new (string Path, object? Value)[] { ("every", request.Every), ("formats", request.Formats) }.Where(field => field.Value is null).ToList();
        if (missing.Count > 0)
            return (null, Problems.Invalid([.. missing.Select(field => new Problem(field.Path, ApiTexts.Required))]));
        var draft = ScheduleRules.Tidy(new ReportScheduleDraft(
            request.Every, request.Hour, request.Weekday, request.Day, request.Cron, request.Formats, request.Paper, request.ToFolder, request.Recipients ?? []));
        return ScheduleRules.Check(draft, options, now) is { Count: > 0 } faults ? (null, Problems.Invalid(faults)) : (draft, null);
    }

    private static ProblemHttpResult UnknownSchedule(long schedule) => Problems.NotFound(DeliveryTexts.ScheduleUnknown.With(schedule));
}
