using Microsoft.AspNetCore.Components;
using Planner.Data.Sqlite;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Operations;

/// <summary>Backups of the database.</summary>
public sealed partial class SystemPage
{
    private IReadOnlyList<DatabaseBackup> _backups = [];
    private bool _copying;

    [Inject]
    public required IServiceProvider Services { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    /// <summary>Null where the database is on a server, which makes its own.</summary>
    private DatabaseBackups? Backups => Services.GetService<DatabaseBackups>();

    private async Task BackUpAsync()
    {
        _copying = true;
        try
        {
            await Backups!.MakeAsync();
            Toasts.Done(OperationsTexts.BackupDone);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Said above the list.
        }
        finally
        {
            _copying = false;
        }

        await LookAsync();
    }
}
