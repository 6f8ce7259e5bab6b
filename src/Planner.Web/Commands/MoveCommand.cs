using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Planner.Data;
using Planner.Data.Moves;
using Planner.Web.Accounts;
using Planner.Web.Hosting;

namespace Planner.Web.Commands;

/// <summary><c>planner migrate-store</c>: moves everything from a file to a PostgreSQL server, or back.</summary>
internal static partial class MoveCommand
{
    internal const string Name = "migrate-store";

    private const string From = "--from";
    private const string To = "--to";

    // Enough to tell two apart at a glance; all of it is in the answer as JSON.
    private const int DigestLength = 12;

    public static Command Create()
    {
        var from = new Option<string?>(From) { Description = "What is moved: a database file, or a connection string of PostgreSQL. By default the database of the app's settings.", HelpName = "DATABASE" };
        var to = new Option<string?>(To) { Description = "Where it goes, which must be empty: a file that is not there, or a connection string. By default the database of the app's settings.", HelpName = "DATABASE" };
        var keys = new Option<DirectoryInfo?>("--keys") { Description = "Folder of the keys beside the file. By default Accounts:KeyFolder, planner-keys beside the file.", HelpName = "FOLDER" };
        var json = CommandOptions.Json();
        var command = new Command(Name, "Moves everything from a file to a PostgreSQL server, or back, and compares both. No app may be running.") { from, to, keys, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is null && result.GetValue(to) is null)
                result.AddError(CommandTexts.MoveNothingNamed);
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommandHost.Settings();
            var (source, target) = (Named(settings, From, parsed.GetValue(from)), Named(settings, To, parsed.GetValue(to)));
            var file = source.Provider == DatabaseProvider.Sqlite ? source : target;
            var folder = parsed.GetValue(keys)?.FullName ?? AccountsOptions.From(settings, file.Name).KeyFolder;
            try
            {
                var report = await StoreMove.RunAsync(source, target, folder, cancellationToken);
                await WriteAsync(report, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
                if (report is { HasPeople: true, HasKeys: false })
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(CommandTexts.MoveNoKeys.With(source == file ? folder : source.Name));
                return report.IsSame ? ExitCodes.Done : throw new CommandRefusedException(CommandTexts.MoveDiffers.With(report.To));
            }
            // An answer, not an exception: the library's wait for the end of a command that is told to end fails of one.
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(CommandTexts.MoveEnded.With(target.Name));
                return ExitCodes.Failed;
            }
            catch (Exception exception) when (exception is DatabaseRefusedException or IOException or UnauthorizedAccessException)
            {
                throw new CommandRefusedException(exception.Message, exception);
            }
        });
        return command;
    }

    /// <summary>A database that the command line names, or that of the settings.</summary>
    private static DatabaseSettings Named(IConfiguration settings, string option, string? named)
    {
        if (named is null)
            return CommandHost.ServerOf(settings) ?? DatabaseSettings.File(settings.DatabasePath());
        try
        {
            return IsServer(named) ? DatabaseSettings.Server(named) : DatabaseSettings.File(named);
        }
        catch (Exception exception) when (exception is DatabaseRefusedException or ArgumentException)
        {
            throw new CommandRefusedException(CommandTexts.MoveUnreadable.With(option), exception);
        }
    }

    private static async Task WriteAsync(StoreMoveReport report, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            await output.WriteLineAsync(CommandHost.Json(report));
            return;
        }

        await TextTable.WriteAsync(
            output, ["Table", "Same", "Digest", "Rows", "Moved"],
            report.Tables.Select(table => (IReadOnlyList<string>)
            [
                table.Table, table.IsSame ? "yes" : "no", table.Digest[..DigestLength], table.Rows.ToString("N0", CultureInfo.InvariantCulture), table.MovedRows.ToString("N0", CultureInfo.InvariantCulture),
            ]), numbersFrom: 3);
        if (report.IsSame)
            await output.WriteLineAsync(CommandTexts.Moved.With(report.From, report.To));
    }

    /// <summary>Whether a text is meant as a connection string, which may have a password, and not as the path of a file.</summary>
    internal static bool IsServer(string text) => Server().IsMatch(text);

    /// <summary>A connection string, also one that lacks the host and must not be told as the name of a file because it may have a password, or an address that Npgsql does not read but that nobody means as a file.</summary>
    [GeneratedRegex(@"(^|;)\s*[\w ]+\s*=|^postgres(ql)?://", RegexOptions.IgnoreCase)]
    private static partial Regex Server();
}
