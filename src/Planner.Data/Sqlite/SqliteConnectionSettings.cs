using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Planner.Data.Sqlite;

/// <summary>Sets on every connection what SQLite does not keep in the file.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    internal static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        // FULL: a saved scenario outlives a power cut. The bundled library sleeps whole seconds in busy_timeout, so there the provider's own retry waits.
        command.CommandText = SqliteShim.UsesSystemLibrary
            ? "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;"
            : "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;";
        command.ExecuteNonQuery();
    }
}
