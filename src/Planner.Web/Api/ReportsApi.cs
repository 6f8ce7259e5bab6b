using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Hosting;
using Planner.Web.Reports;

namespace Planner.Web.Api;

/// <summary>Reports of stored scenarios.</summary>
public static class ReportsApi
{
    public static RouteGroupBuilder MapReports(this RouteGroupBuilder api)
    {
        api.MapGet("/scenarios/{id}/report.pdf", PdfAsync)
            .WithTags("Reports").WithName("getScenarioReport").WithSummary("The report of a stored scenario as PDF.")
            .Produces(StatusCodes.Status200OK, contentType: ReportFile.PdfType)
            .WithProblems(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable, StatusCodes.Status504GatewayTimeout);
        api.MapGet("/scenarios/{id}/report.xlsx", (string id, [FromQuery(Name = "version")] QueryValue<int>? version, string? language, ScenarioStore scenarios, CancellationToken cancellationToken) =>
                WorkbookAsync(id, version, language, scenarios, cancellationToken))
            .WithTags("Reports").WithName("getScenarioWorkbook").WithSummary("The report of a stored scenario as a workbook whose formulas follow its inputs.")
            .Produces(StatusCodes.Status200OK, contentType: ReportFile.WorkbookType).WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/scenarios/{id}/report.csv", (string id, [FromQuery(Name = "version")] QueryValue<int>? version, ScenarioStore scenarios, CancellationToken cancellationToken) =>
                FileAsync(id, version, scenarios, ReportFile.Table, cancellationToken))
            .WithTags("Reports").WithName("getScenarioLedger").WithSummary("The ledgers of a stored scenario, a row for each figure of each line.")
            .Produces(StatusCodes.Status200OK, contentType: ReportFile.TableType).WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/scenarios/{id}/report.json", (string id, [FromQuery(Name = "version")] QueryValue<int>? version, ScenarioStore scenarios, CancellationToken cancellationToken) =>
                FileAsync(id, version, scenarios, stored => new ReportFile(ReportFile.NameOf(stored, "json"), "application/json", VersionRecord.Write(stored)), cancellationToken))
            .WithTags("Reports").WithName("getScenarioRecord").WithSummary("A stored version by value: the document, the catalog rows that it used and the result.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json").WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PdfAsync(
        string id, [FromQuery(Name = "version")] QueryValue<int>? version, string? paper, string? preparedBy, string? approvedBy, string? language, ScenarioStore scenarios, PdfPrinter printer,
        CancellationToken cancellationToken)
    {
        if (FaultsOf(language, paper, preparedBy, approvedBy) is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        var (found, problem) = await FindAsync(id, version, scenarios, cancellationToken);
        if (found is not { } stored)
            return problem!;
        return await PrintAsync(printer, PrintJob.Of(stored, new PrintChoices(PaperSizes.Parse(paper), preparedBy, approvedBy, Languages.Parse(language))), ReportFile.NameOf(stored, "pdf"), cancellationToken);
    }

    /// <summary>Prints a page to a file, or says why there is none and where the print view is.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PrintAsync(PdfPrinter printer, PrintJob job, string name, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.File(await printer.PrintAsync(job, cancellationToken), ReportFile.PdfType, name);
        }
        catch (PdfUnavailableException exception)
        {
            return Refuse(exception.Message, job.Path, StatusCodes.Status503ServiceUnavailable);
        }
        catch (TimeoutException exception)
        {
            return Refuse(exception.Message, job.Path, StatusCodes.Status504GatewayTimeout);
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        string id, QueryValue<int>? version, ScenarioStore scenarios, Func<StoredScenario, ReportFile> write, CancellationToken cancellationToken)
    {
        var (stored, problem) = await FindAsync(id, version, scenarios, cancellationToken);
        return stored is null ? problem! : Download(write(stored));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> WorkbookAsync(string id, QueryValue<int>? version, string? language, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        if (FaultsOf(language) is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        // An answer is read in its reader's language too.
        using var reader = Language.Of(Languages.Parse(language));
        return await FileAsync(id, version, scenarios, ReportFile.Workbook, cancellationToken);
    }

    private static FileContentHttpResult Download(ReportFile file) => TypedResults.File(file.Content, file.ContentType, file.Name);

    private static async Task<(StoredScenario? Stored, ProblemHttpResult? Problem)> FindAsync(string id, QueryValue<int>? version, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        if (version is { IsReadable: false })
            return (null, Problems.Invalid("version", ApiTexts.WholeNumber.With(1, int.MaxValue)));
        return await scenarios.GetAsync(id, version?.Value, cancellationToken) is { } stored
            ? (stored, null)
            : (null, Problems.NotFound(version is null ? ApiTexts.ScenarioUnknown.With(id) : ApiTexts.VersionUnknown.With(version.Value.Value)));
    }

    /// <summary>What is wrong with how a report is asked for.</summary>
    internal static List<Problem> FaultsOf(string? language, string? paper = null, string? preparedBy = null, string? approvedBy = null)
    {
        var faults = new List<Problem>();
        if (paper is not null && PaperSizes.Parse(paper) is null)
            faults.Add(new Problem("paper", ApiTexts.PaperUnknown.With(string.Join(", ", Enum.GetValues<PaperSize>().Select(size => size.Word)))));
        foreach (var (path, name) in new[] { ("preparedBy", preparedBy), ("approvedBy", approvedBy) })
        {
            if (name?.Length > PrintChoices.LongestName)
                faults.Add(new Problem(path, ApiTexts.NameTooLong.With(PrintChoices.LongestName)));
        }

        if (language is not null && Languages.Parse(language) is null)
            faults.Add(new Problem("language", ApiTexts.LanguageUnknown.With(string.Join(", ", Languages.All.Select(one => one.Name)))));
        return faults;
    }

    private static ProblemHttpResult Refuse(string reason, string printView, int status) => TypedResults.Problem(new ApiProblem
    {
        Status = status,
        Detail = Texts.PdfPrintView.With(reason, printView),
        Extensions = { ["printView"] = printView },
    });
}
