using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Data.Audits;

/// <summary>Which entries are asked for.</summary>
/// <param name="Who">Part of the name of who did it, or whose account refused to be signed in to; null for anybody.</param>
/// <param name="Action">An action, or what it is done to, such as <c>scenario</c>; null for all.</param>
/// <param name="Subject">What it was done to, exactly or its beginning up to a slash; null for anything.</param>
/// <param name="From">First day, UTC; null for the first there is.</param>
/// <param name="To">Last day, UTC; null for the last there is.</param>
/// <param name="Skip">Entries to leave out, at least 0.</param>
/// <param name="Take">Most entries to return, 1 to 1,000.</param>
/// <param name="Before">Only entries with a lower number, to go on where a page ended while others are added; null for all.</param>
public sealed record AuditQuery(
    string? Who = null, string? Action = null, string? Subject = null, DateOnly? From = null, DateOnly? To = null, int Skip = 0, int Take = 100, long? Before = null);

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Its number; later ones are higher.</param>
/// <param name="AtUtc">When it was done.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Means">How the actor was recognised.</param>
/// <param name="Action">What was done (<see cref="AuditActions"/>).</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Detail">Its name and what changed, in words; null where the action says it all.</param>
public sealed record AuditEntry(long Id, DateTime AtUtc, string Who, string Means, string Action, string Subject, string? Detail)
{
    /// <summary>What the account, the workspace or the scenario is called now that <see cref="Subject"/> gives by its id; null for other subjects, and where the caller does not see it.</summary>
    public string? SubjectName { get; init; }
}

/// <summary>
/// Who did what, and when. Entries are only ever added: a change of the data writes its entry in the same transaction, and the database refuses to change or remove one. Safe to share.
/// </summary>
public sealed class AuditLog(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach, TimeProvider time)
{
    internal const string Table = "Audit";

    /// <summary>Adds an entry by whoever calls, of what changes nothing in the database.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="subject">What it was done to.</param>
    /// <param name="detail">Its name and what changed; null for nothing more.</param>
    /// <param name="by">Who did it, where the call does not know; null for who calls.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task NoteAsync(string action, string subject, string? detail = null, Actor? by = null, CancellationToken cancellationToken = default)
    {
        using var _ = by is null ? null : reach.Enter(reach.Value with { By = by });
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Note(time, action, subject, detail);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Entries that the caller may see, the latest first: those of its workspace, and all for who looks after the installation.</summary>
    public async Task<Page<AuditEntry>> PageAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Narrow(context, query);
        var total = await rows.CountAsync(cancellationToken);
        return new Page<AuditEntry>(await EntriesAsync(context, rows, query, cancellationToken), total);
    }

    /// <summary>The same entries without their number, which has the whole selection counted.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await EntriesAsync(context, Narrow(context, query), query, cancellationToken);
    }

    internal static IQueryable<AuditRow> Narrow(PlannerDbContext context, AuditQuery query)
    {
        var rows = context.Audit.AsNoTracking();
        foreach (var pattern in LikePatterns.Of(query.Who))
        {
            // Nobody is signed in when a try is refused: the entry names the account only as what it was done to. The database writes the number, in no language.
#pragma warning disable CA1305
            rows = rows.Where(row => LikePatterns.Matches(row.Who, pattern)
                || (row.Action == AuditActions.SignInRefused && context.Users.Any(user => row.Subject == "users/" + user.Id.ToString() && LikePatterns.Matches(user.Name, pattern))));
#pragma warning restore CA1305
        }

        // Between the separator and the character after it: a range uses the index, LIKE with a parameter does not. SQLite compares by bytes, and EF Core knows this overload only.
#pragma warning disable CA1309
        if (query.Action is { } action)
            rows = rows.Where(row => row.Action == action || (string.Compare(row.Action, action + ".") > 0 && string.Compare(row.Action, action + "/") < 0));
        if (query.Before is { } before)
            rows = rows.Where(row => row.Id < before);
        if (query.Subject is { } subject)
            rows = rows.Where(row => row.Subject == subject || (string.Compare(row.Subject, subject + "/") > 0 && string.Compare(row.Subject, subject + "0") < 0));
#pragma warning restore CA1309
        if (query.From is { } from)
        {
            var first = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            rows = rows.Where(row => row.AtUtc >= first);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            rows = rows.Where(row => row.AtUtc < end);
        }

        return rows;
    }

    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(PlannerDbContext context, IQueryable<AuditRow> rows, AuditQuery query, CancellationToken cancellationToken)
    {
        var entries = await rows.OrderByDescending(row => row.Id).Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, 1_000))
            .Select(row => new AuditEntry(row.Id, row.AtUtc, row.Who, row.Means, row.Action, row.Subject, row.Detail)).ToListAsync(cancellationToken);
        return await SubjectNames.NameAsync(context, entries, cancellationToken);
    }
}

/// <summary>Writes entries beside the changes that they tell of.</summary>
internal static class AuditNotes
{
    /// <summary>Adds an entry by whoever the context was made for; it is stored with what else the context saves.</summary>
    /// <param name="context">The database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="action">What is done.</param>
    /// <param name="subject">What it is done to.</param>
    /// <param name="detail">Its name and what changes; null for nothing more.</param>
    /// <param name="workspaceId">The workspace that it concerns; null for that of the call.</param>
    internal static void Note(this PlannerDbContext context, TimeProvider time, string action, string subject, string? detail = null, long? workspaceId = null)
    {
        var actor = context.Reach.By ?? Actor.Program;
        context.Add(new AuditRow
        {
            AtUtc = time.GetUtcNow().UtcDateTime,
            WorkspaceId = workspaceId ?? context.Reach.WorkspaceId,
            UserId = actor.UserId,
            Who = actor.Name,
            Means = actor.Means,
            Action = action,
            Subject = subject,
            Detail = detail,
        });
    }

    /// <summary>Commits a statement that went past the context's tracker, with its entry where it did something.</summary>
    internal static async Task CommitNotedAsync(
        this PlannerDbContext context, IDbContextTransaction transaction, TimeProvider time, bool done, string action, string subject, string? detail, CancellationToken cancellationToken)
    {
        if (done)
        {
            context.Note(time, action, subject, detail);
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
