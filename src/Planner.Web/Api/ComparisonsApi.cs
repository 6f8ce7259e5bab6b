using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Web.Comparisons;
using Planner.Web.Hosting;
using Planner.Web.Reports;
using Planner.Web.Reports.Workbooks;

namespace Planner.Web.Api;

/// <summary>Stored versions side by side, and added up.</summary>
public static class ComparisonsApi
{
    public static RouteGroupBuilder MapComparisons(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Comparisons").WithProblems(StatusCodes.Status400BadRequest);
        group.MapGet("/compare", CompareAsync).WithName("compareScenarios")
            .WithSummary("Up to six stored versions side by side as they were stored; `with` is an id, or id@version, or either with :option behind it.");
        group.MapGet("/portfolio", PortfolioAsync).WithName("getPortfolio")
            .WithSummary("Totals over stored scenarios, one option of each: the cheapest, or the one named behind the id; all scenarios where `with` is left out.");
        group.MapGet("/portfolio/report.pdf", PdfAsync).WithName("getPortfolioReport").WithSummary("The portfolio as PDF.")
            .Produces(StatusCodes.Status200OK, contentType: ReportFile.PdfType).WithProblems(StatusCodes.Status503ServiceUnavailable, StatusCodes.Status504GatewayTimeout);
        group.MapGet("/portfolio/report.xlsx", ([FromQuery(Name = "with")] string[]? with, string? language, ComparisonDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
                FileAsync(with, language, desk, answer => TypedResults.File(PortfolioWorkbook.Write(answer), ReportFile.WorkbookType, FileName(clock, "xlsx")), cancellationToken))
            .WithName("getPortfolioWorkbook").WithSummary("The portfolio as a workbook whose totals are sums of its rows.").Produces(StatusCodes.Status200OK, contentType: ReportFile.WorkbookType);
        group.MapGet("/portfolio/report.csv", ([FromQuery(Name = "with")] string[]? with, ComparisonDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
                FileAsync(with, null, desk, answer => TypedResults.File(Encoding.UTF8.GetBytes(PortfolioCsv.Write(answer)), ReportFile.TableType, FileName(clock, "csv")), cancellationToken))
            .WithName("getPortfolioTable").WithSummary("The portfolio as a table: scenarios, totals, kinds of cost and months.").Produces(StatusCodes.Status200OK, contentType: ReportFile.TableType);
        return api;
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync(
        [FromQuery(Name = "with")] string[]? with, ComparisonDesk desk, CancellationToken cancellationToken)
    {
        if (with is not { Length: > 0 })
            return Problems.Invalid("with", ComparisonTexts.NothingToCompare.With(ComparisonDesk.MostCompared));
        var comparison = await desk.CompareAsync(with, cancellationToken);
        return comparison.Problems.Count > 0 ? Problems.Invalid(comparison.Problems) : TypedResults.Ok(comparison);
    }

    private static async Task<Results<Ok<PortfolioAnswer>, ProblemHttpResult>> PortfolioAsync(
        [FromQuery(Name = "with")] string[]? with, ComparisonDesk desk, CancellationToken cancellationToken)
    {
        var answer = await desk.AddUpAsync(with ?? [], cancellationToken);
        return answer.Problems.Count > 0 ? Problems.Invalid(answer.Problems) : TypedResults.Ok(answer);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        string[]? with, string? language, ComparisonDesk desk, Func<PortfolioAnswer, FileContentHttpResult> write, CancellationToken cancellationToken)
    {
        if (ReportsApi.FaultsOf(language) is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        using var reader = Language.Of(Languages.Parse(language));
        var answer = await desk.AddUpAsync(with ?? [], cancellationToken);
        return answer.Problems.Count > 0 ? Problems.Invalid(answer.Problems) : write(answer);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PdfAsync(
        [FromQuery(Name = "with")] string[]? with, string? paper, string? language, ComparisonDesk desk, PdfPrinter printer, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (ReportsApi.FaultsOf(language, paper) is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        var size = PaperSizes.Parse(paper);
        var (picks, problems) = await desk.PinAsync(with ?? [], cancellationToken);
        if (problems.Count > 0)
            return Problems.Invalid(problems);
        // Versions are pinned, so that what is printed is what was just checked.
        var culture = Languages.Parse(language);
        PrintJob job;
        using (Language.Of(culture))
            job = new PrintJob(PortfolioAddress.PrintView(picks, size), ComparisonTexts.PortfolioHeading, ComparisonTexts.PortfolioCount.With(picks.Count), size, culture);
        return await ReportsApi.PrintAsync(printer, job, FileName(clock, "pdf"), cancellationToken);
    }

    private static string FileName(TimeProvider clock, string extension) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Portfolio {clock.GetUtcNow():yyyy-MM-dd}.{extension}");
}
