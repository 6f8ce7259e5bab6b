using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Sqlite;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Web.Api;
using Planner.Web.Hosting;
using Planner.Web.Reports;
using Planner.Web.Reports.Workbooks;

namespace Planner.Web.Commands;

/// <summary><c>planner report</c>: the report of a stored scenario, or of a document, as a file.</summary>
internal static class ReportCommand
{
    /// <summary>Id of what is not stored; no stored scenario has one so short.</summary>
    private const string Document = "document";

    private static readonly string[] Formats = ["pdf", "xlsx", "csv", "json"];

    public static Command Create()
    {
        var subject = new Argument<string>("scenario") { Description = "Id of a stored scenario, or a scenario document, which is evaluated with the catalog's prices.", HelpName = "ID|FILE" };
        var file = new Option<FileInfo>("--output", "-o") { Description = "The file to write: its ending (.pdf, .xlsx, .csv, .json) says what.", HelpName = "FILE", Required = true };
        var version = CommandOptions.Whole("--version", "Version of a stored scenario; the current one by default.", 1, int.MaxValue);
        var paper = new Option<string?>("--paper") { Description = "Paper of a PDF: a4 or letter; as configured by default.", HelpName = "PAPER" };
        var language = new Option<string?>("--language") { Description = "Language of a PDF or a workbook: en or de; with a country, such as de-AT, figures are written as there. English by default.", HelpName = "LANGUAGE" };
        var database = CommandOptions.Database();
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && !Formats.Contains(Format(name)))
                result.AddError(CommandTexts.ReportFormat.With(string.Join(", ", Formats.Select(format => $".{format}"))));
        });
        paper.Validators.Add(result => Check(result, word => ReportsApi.FaultsOf(null, paper: word)));
        language.Validators.Add(result => Check(result, word => ReportsApi.FaultsOf(word)));
        var command = new Command("report", "Writes the report of a scenario as PDF, workbook, table or record.") { subject, file, version, paper, language, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await CommandHost.OpenAsync(parsed.GetValue(database), isKept: false, cancellationToken);
            var (target, culture) = (parsed.GetValue(file)!, Languages.Parse(parsed.GetValue(language)));
            var format = Format(target.Name);
            // Tables and records are for programs. An answer is read in its reader's language too.
            using var reader = Language.Of(format is "pdf" or "xlsx" ? culture : null);
            var stored = await FindAsync(host, parsed.GetValue(subject)!, parsed.GetValue(version), cancellationToken);
            var content = format switch
            {
                "pdf" => await PrintAsync(host, stored, new PrintChoices(PaperSizes.Parse(parsed.GetValue(paper)), Culture: culture), cancellationToken),
                "xlsx" => ScenarioWorkbook.Write(stored),
                "csv" => Encoding.UTF8.GetBytes(LedgerCsv.Write(stored.Result)),
                _ => VersionRecord.Write(stored),
            };
            await NoteAsync(host, stored, target.Name, cancellationToken);
            try
            {
                await File.WriteAllBytesAsync(target.FullName, content, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandRefusedException(exception.Message, exception);
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(target.FullName);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Check(SymbolResult result, Func<string, List<Problem>> faultsOf)
    {
        foreach (var fault in result.Tokens is [{ Value: var word }] ? faultsOf(word) : [])
            result.AddError(fault.Message);
    }

    /// <summary>Notes the file of a stored scenario in the audit log. What somebody brings as a document is none of the database's.</summary>
    private static async Task NoteAsync(CommandHost host, StoredScenario stored, string file, CancellationToken cancellationToken)
    {
        if (stored.Id == Document)
            return;
        try
        {
            await host.Get<AuditLog>().NoteAsync(AuditActions.Exported, $"scenarios/{stored.Id}", file, cancellationToken: cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            throw new CommandRefusedException($"{host.Path}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    private static string Format(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();

    private static async Task<StoredScenario> FindAsync(CommandHost host, string subject, int? version, CancellationToken cancellationToken)
    {
        if (await host.Get<ScenarioStore>().GetAsync(subject, version, cancellationToken) is { } stored)
            return stored;
        if (version is not null && await host.Get<ScenarioStore>().GetAsync(subject, cancellationToken: cancellationToken) is { } current)
            throw new CommandRefusedException(CommandTexts.NoVersion.With(subject, version, current.CurrentVersion));
        if (!File.Exists(subject))
            throw new CommandRefusedException(CommandTexts.NoScenario.With(subject));
        var taken = await host.TakeAsync(await CommandHost.ReadAsync(subject, cancellationToken), cancellationToken);
        var now = host.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        return new StoredScenario(Document, 1, 1, taken.Scenario, taken.Snapshot, taken.Evaluate(), Engine.Version, now, now);
    }

    /// <summary>Prints by an app of its own on a copy of the database, so that one that is running is not disturbed.</summary>
    private static async Task<byte[]> PrintAsync(CommandHost host, StoredScenario stored, PrintChoices choices, CancellationToken cancellationToken)
    {
        if (host.IsServer)
            throw new CommandRefusedException(CommandTexts.NoPrintOnServer);
        var folder = Directory.CreateTempSubdirectory("planner-print-").FullName;
        try
        {
            var database = Path.Combine(folder, "planner.db");
            if (!host.IsPassing)
                host.Get<DatabaseBackups>().CopyTo(database);
            // Settings that are files would win over these: they may name a server.
            await using var app = PlannerHost.Build(
                ["--urls", "http://127.0.0.1:0", "--Secrets:Folder=", "--Database:Provider=Sqlite", $"--Database:Path={database}", "--Feeds:Enabled=false", "--Actuals:Enabled=false", "--Alerts:WebhookUrl=", "--Accounts:Enabled=false", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Planner=None", "--Logging:LogLevel:Microsoft=None"]);
            await app.BeginAsync();
            try
            {
                var scenarios = app.Services.GetRequiredService<ScenarioStore>();
                var printed = stored.Id == Document
                    ? await scenarios.GetAsync((await scenarios.CreateAsync(stored.Scenario, stored.Snapshot, stored.Result, cancellationToken)).Id, cancellationToken: cancellationToken)
                    : stored;
                return await app.Services.GetRequiredService<PdfPrinter>().PrintAsync(PrintJob.Of(printed!, choices), cancellationToken);
            }
            finally
            {
                await app.StopAsync(CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is PdfUnavailableException or TimeoutException or StartRefusedException)
        {
            throw new CommandRefusedException(exception.Message, exception);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
