using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;

namespace Planner.Data.Accounts;

/// <summary>Which browsers are signed in: a cookie whose session is not among these opens nothing. Safe to share.</summary>
public sealed class SessionStore(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach, TimeProvider time)
{
    /// <summary>How long a session lives at most, however much it is used.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    // Clocks of several nodes, and one that is set right now and then, are minutes apart.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>Begins a session of a user, and forgets those that are too old.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> BeginAsync(long userId, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // One dated ahead stays: where it is the clock that is behind now, it is good again once the clock is right.
        var first = Now - Longest;
        await context.Sessions.Where(old => old.BegunUtc <= first).ExecuteDeleteAsync(cancellationToken);
        var row = new SessionRow { UserId = userId, BegunUtc = Now };
        context.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return row.Id;
    }

    /// <summary>True while a session of the user goes on.</summary>
    public async Task<bool> IsLiveAsync(long id, long userId, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // One begun by a clock that was ahead must not live until that time comes, and a week longer.
        var (first, last) = (Now - Longest, Now + Slack);
        return await context.Sessions.AnyAsync(row => row.Id == id && row.UserId == userId && row.BegunUtc > first && row.BegunUtc < last, cancellationToken);
    }

    /// <summary>Ends a session of the user; false where it has ended before.</summary>
    public async Task<bool> EndAsync(long id, long userId, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
            return false;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var ended = await context.Sessions.Where(row => row.Id == id && row.UserId == userId).ExecuteDeleteAsync(cancellationToken) > 0;
        await context.CommitNotedAsync(transaction, time, ended, AuditActions.SignedOut, AccountStore.SubjectOf(userId), user.Name, cancellationToken);
        return ended;
    }

    /// <summary>Ends all sessions of a user, and the pages that are open.</summary>
    public async Task EndAllAsync(long userId, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
            return;
        await EndAllAsync(context, user, cancellationToken);
        await context.CommitNotedAsync(transaction, time, true, AuditActions.SessionsEnded, AccountStore.SubjectOf(userId), user.Name, cancellationToken);
    }

    /// <summary>Ends them as part of another change, which saves the user.</summary>
    internal static async Task EndAllAsync(PlannerDbContext context, UserRow user, CancellationToken cancellationToken)
    {
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        await context.Sessions.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
