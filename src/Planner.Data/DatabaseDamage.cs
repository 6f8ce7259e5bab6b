using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Planner.Data;

/// <summary>Remembers that the file was found damaged: it does not mend itself, so from then on the app says so until it is started anew. A server is asked anew each time: it is mended while the app runs. Safe to share.</summary>
public sealed class DatabaseDamage
{
    private static readonly HashSet<EventId> Failures =
    [
        RelationalEventId.CommandError, RelationalEventId.ConnectionError, RelationalEventId.TransactionError, CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed,
    ];

    private volatile bool _seen;

    /// <summary>True once anything told of it.</summary>
    public bool Seen => _seen;

    /// <summary>Notes it where an exception tells of it.</summary>
    public void Note(Exception? exception)
    {
        if (StorageFault.Of(exception) is StorageFaultKind.Damaged)
            _seen = true;
    }

    /// <summary>Listens to what fails in contexts. An interceptor would not hear of rows that cannot be read while a query gives one after the other.</summary>
    internal DbContextOptionsBuilder ListenTo(DbContextOptionsBuilder options) =>
        options.LogTo((id, _) => Failures.Contains(id), data => Note((data as IErrorEventData)?.Exception));
}
