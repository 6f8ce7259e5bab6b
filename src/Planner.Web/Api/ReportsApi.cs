using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Reports;

namespace Planner.Web.Api;

/// <summary>Reports of stored scenarios.</summary>
public static class ReportsApi
{
    public static RouteGroupBuilder MapReports(this RouteGroupBuilder api)
    {
        api.MapGet("/scenarios/{id}/report.pdf", PdfAsync)
            .WithTags("Reports").WithName("getScenarioReport").WithSummary("The report of a stored scenario as PDF.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithProblems(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable, StatusCodes.Status504GatewayTimeout);
        return api;
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PdfAsync(
        string id, [FromQuery(Name = "version")] QueryValue<int>? version, ScenarioStore scenarios, PdfPrinter printer, CancellationToken cancellationToken)
    {
        if (version is { IsReadable: false })
            return Problems.Invalid("version", Wording.Say(ApiTexts.WholeNumber, 1, int.MaxValue));
        if (await scenarios.GetAsync(id, version?.Value, cancellationToken) is not { } stored)
            return Problems.NotFound(version is null ? Wording.Say(ApiTexts.ScenarioUnknown, id) : Wording.Say(ApiTexts.VersionUnknown, version.Value.Value));
        var view = ReportAddress.PrintView(stored.Id, stored.Version);
        try
        {
            var pdf = await printer.PrintAsync(new PrintJob(view, stored.Scenario.Name, Wording.Say(Texts.ReportVersion, stored.Version)), cancellationToken);
            return TypedResults.File(pdf, "application/pdf", FileName(stored));
        }
        catch (PdfUnavailableException exception)
        {
            return Refuse(exception.Message, view, StatusCodes.Status503ServiceUnavailable);
        }
        catch (TimeoutException exception)
        {
            return Refuse(exception.Message, view, StatusCodes.Status504GatewayTimeout);
        }
    }

    private static ProblemHttpResult Refuse(string reason, string printView, int status) => TypedResults.Problem(new ApiProblem
    {
        Status = status,
        Detail = Wording.Say(Texts.PdfPrintView, reason, printView),
        Extensions = { ["printView"] = printView },
    });

    private static string FileName(StoredScenario stored)
    {
        const int longest = 80;
        var name = new StringBuilder();
        foreach (var letter in stored.Scenario.Name.Take(longest))
        {
            if (char.IsLetterOrDigit(letter))
                name.Append(letter);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        return $"{name.ToString().TrimEnd('-')} v{stored.Version}.pdf";
    }
}
