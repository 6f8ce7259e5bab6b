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
    public required DatabaseBackups Backups { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private async Task BackUpAsync()
    {
        _copying = true;
        try
        {
            await Backups.MakeAsync();
            Toasts.Done("The database was copied.");
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
