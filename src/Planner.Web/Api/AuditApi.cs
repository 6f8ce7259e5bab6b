using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Audits;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Charts;

namespace Planner.Web.Api;

/// <summary>What narrows the audit log.</summary>
/// <param name="Who">Part of the name of who did it, or whose account refused to be signed in to.</param>
/// <param name="Action">An action, or what it is done to.</param>
/// <param name="Subject">What it was done to, or its beginning up to a slash.</param>
/// <param name="From">First day, yyyy-MM-dd, UTC.</param>
/// <param name="To">Last day.</param>
public sealed record AuditFilter(
    [FromQuery(Name = "who")] string? Who, [FromQuery(Name = "action")] string? Action, [FromQuery(Name = "subject")] string? Subject, [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To)
{
    private const int Longest = 200;

    /// <summary>Reads it; faults are added to the page's.</summary>
    internal (AuditQuery Query, IReadOnlyList<Problem> Problems) Read(PageQuery page)
    {
        var query = new AuditQuery(Who, Action, Subject, page.ReadDay("from", From), page.ReadDay("to", To), page.ReadSkip(), page.ReadTake());
        (string Name, string? Text)[] texts = [("who", Who), ("action", Action), ("subject", Subject)];
        return (query, [.. page.Problems, .. texts.Where(item => item.Text?.Length > Longest).Select(item => new Problem(item.Name, ApiTexts.TooLong.With(Longest)))]);
    }
}

/// <summary>The audit log, for Admins.</summary>
public static class AuditApi
{
    private const int MostRows = 1_000;

    public static RouteGroupBuilder MapAudit(this RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").WithProblems(StatusCodes.Status400BadRequest);
        audit.MapGet("", ListAsync).WithName("listAudit").WithSummary("Who did what, the latest first. Admins see their workspace's entries, Admins of the first workspace all.");
        audit.MapGet("/entries.csv", CsvAsync).WithName("getAuditCsv").WithSummary("The same as CSV, all entries that the query names.").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        return api;
    }

    private static async Task<Results<Ok<Page<AuditEntry>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AuditFilter filter, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take, AuditLog log, CancellationToken cancellationToken)
    {
        var (query, problems) = filter.Read(new PageQuery(null, null, null, skip, take));
        return problems.Count > 0 ? Problems.Invalid(problems) : TypedResults.Ok(await log.PageAsync(query, cancellationToken));
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> CsvAsync([AsParameters] AuditFilter filter, AuditLog log, CancellationToken cancellationToken)
    {
        var (query, problems) = filter.Read(new PageQuery(null, null, null, null, null));
        return problems.Count > 0 ? Problems.Invalid(problems) : TypedResults.Stream(body => WriteAsync(body, query, log, cancellationToken), "text/csv", "audit.csv");
    }

    /// <summary>Writes page by page: the log has no end.</summary>
    private static async Task WriteAsync(Stream body, AuditQuery query, AuditLog log, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await writer.WriteAsync(Csv.Write([["id", "atUtc", "who", "means", "action", "subject", "detail", "subjectName"]]));
        long? before = null;
        while (true)
        {
            // Not counted: that would read the whole selection for each of its pages.
            var page = await log.ListAsync(query with { Before = before, Skip = 0, Take = MostRows }, cancellationToken);
            if (page.Count == 0)
                return;
            await writer.WriteAsync(Csv.Write(page.Select(entry => (IReadOnlyList<string>)
            [
                entry.Id.ToString(CultureInfo.InvariantCulture), entry.AtUtc.ToString("O", CultureInfo.InvariantCulture), entry.Who, entry.Means, entry.Action, entry.Subject, entry.Detail ?? "", entry.SubjectName ?? "",
            ])));
            before = page[^1].Id;
        }
    }
}
