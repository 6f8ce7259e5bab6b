using System.CommandLine;
using Planner.Data;
using Planner.Data.Sqlite;

namespace Planner.Web.Commands;

/// <summary><c>planner backup</c> and <c>planner restore</c>: copies of the database.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var database = CommandOptions.Database();
        var command = new Command("backup", "Copies the database into its folder of backups, checked, also while the app runs.") { database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await CommandHost.OpenAsync(CommandHost.FileOf(parsed.GetValue(database)), isKept: true, cancellationToken);
            try
            {
                var made = await host.Get<DatabaseBackups>().MakeAsync(cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(made.Path);
                return ExitCodes.Done;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new CommandRefusedException(exception.Message, exception);
            }
        });
        return command;
    }

    public static Command CreateRestore()
    {
        var file = new Argument<FileInfo>("backup") { Description = "A backup, or the copy from before an upgrade.", HelpName = "FILE" };
        var database = CommandOptions.Database();
        var command = new Command("restore", "Puts a backup in the place of the database, which is put aside. The app must not be running.") { file, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = CommandHost.FileOf(parsed.GetValue(database));
            try
            {
                var aside = await Task.Run(() => DatabaseRestore.Run(parsed.GetValue(file)!.FullName, path, DatabaseSettings.File(path).KnownMigrations(), TimeProvider.System), cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(aside is null ? path : $"{path}\n{CommandTexts.RestoreAside} {aside}");
                return ExitCodes.Done;
            }
            catch (Exception exception) when (exception is DatabaseRefusedException or IOException or UnauthorizedAccessException)
            {
                throw new CommandRefusedException(exception.Message, exception);
            }
        });
        return command;
    }
}
