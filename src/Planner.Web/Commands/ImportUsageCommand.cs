using System.CommandLine;
using Planner.Data.Usage;
using Planner.Domain;
using Planner.Web.Api;
using Planner.Web.Components.Usage;

namespace Planner.Web.Commands;

/// <summary><c>planner import-usage</c>: takes a log into a measured workload of the app's database.</summary>
internal static class ImportUsageCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("log") { Description = "A log or an export: CSV, JSON, JSON lines or Parquet, also packed with gzip, zstd or zip.", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "Name of a new measured workload; the file's by default.", HelpName = "NAME" };
        var set = new Option<long?>("--into") { Description = "Id of the measured workload that the log belongs to; a new one by default.", HelpName = "ID" };
        var mapping = new Option<string?>("--mapping") { Description = "What its columns mean, a JSON document as POST /api/v1/usage/imports takes it; by default what their names suggest.", HelpName = "FILE" };
        var (database, json) = (CommandOptions.Database(), CommandOptions.Json());
        var command = new Command("import-usage", "Takes a log into a measured workload. A request counts once; prompts and answers are never read.") { file, name, set, mapping, json, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await CommandHost.OpenAsync(parsed.GetValue(database), isKept: true, cancellationToken);
            if (UsageDesk.Unavailable is { } unavailable)
                throw new CommandRefusedException(unavailable);
            var log = parsed.GetValue(file)!;
            try
            {
                using var content = log.OpenRead();
                using var stored = await host.Get<UsageImporter>().StoreAsync(log.Name, content, null, cancellationToken);
                var recognition = await host.Get<UsageImporter>().RecogniseAsync(stored, cancellationToken);
                var meaning = parsed.GetValue(mapping) is { } path ? await MappingAsync(path, cancellationToken) : recognition.Mapping;
                var taken = await host.Get<UsageDesk>().ImportAsync(parsed.GetValue(set), parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(log.Name), stored, recognition, meaning, cancellationToken: cancellationToken);
                var imported = Imported(taken, parsed.GetValue(set));
                await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? CommandHost.Json(imported) : InWords(imported));
                return ExitCodes.Done;
            }
            catch (Exception exception) when (exception is UsageRefusedException or IOException or UnauthorizedAccessException)
            {
                throw new CommandRefusedException($"{log.Name}: {exception.Message}", exception);
            }
        });
        return command;
    }

    private static async Task<UsageMapping> MappingAsync(string path, CancellationToken cancellationToken)
    {
        var (read, problems) = JsonDocuments.Read<UsageMapping>(await CommandHost.ReadAsync(path, cancellationToken));
        return read ?? throw new CommandRefusedException(ExitCodes.Invalid, problems);
    }

    private static UsageImported Imported(UsageTaken taken, long? set) => taken.Outcome switch
    {
        UsageOutcome.Imported imported => new UsageImported(taken.SetId!.Value, true, imported.Import, imported.Profile.Totals),
        UsageOutcome.AlreadyImported known => new UsageImported(taken.SetId!.Value, false, known.Import, null),
        UsageOutcome.Refused refused => throw new CommandRefusedException(ExitCodes.Invalid, [.. refused.Problems, .. refused.Skipped.Select(skipped => new Problem("", UsageWords.Of(skipped)))]),
        _ => throw new CommandRefusedException(ApiTexts.UsageUnknown.With(set)),
    };

    private static string InWords(UsageImported imported) => imported.IsNew
        ? $"Measured workload {imported.SetId}: {UsageWords.Rows(imported.File.Counted)} of {imported.File.FileName} ({imported.File.FormatName}) count."
        : $"Measured workload {imported.SetId} has this very file already; nothing changed.";
}
