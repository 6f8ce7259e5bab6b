using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Planner.Data.Audits;
using Planner.Data.Entities;

namespace Planner.Data.Accounts;

/// <summary>A workspace and the caller's role in it.</summary>
public sealed record Membership(long WorkspaceId, string WorkspaceName, Role Role);

/// <summary>Who calls, as the database knows it now.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">The user's name.</param>
/// <param name="SecurityStamp">Sessions with another stamp have ended.</param>
/// <param name="Current">The workspace that the call is about; null where the user is a member of none.</param>
/// <param name="Memberships">All of the user's, by name.</param>
public sealed record Caller(long UserId, string Name, string SecurityStamp, Membership? Current, IReadOnlyList<Membership> Memberships)
{
    /// <summary>An Admin of the first workspace looks after the installation, whichever workspace the call is about.</summary>
    public bool IsKeeper => Memberships.Any(membership => membership is { WorkspaceId: WorkspaceRow.FirstId, Role: Role.Admin });
}

/// <summary>A user in the list for Admins.</summary>
public sealed record UserSummary(long Id, string Name, bool IsProxied, bool AsksForCode, DateTime CreatedUtc, DateTime? ClosedUtc, IReadOnlyList<Membership> Memberships);

/// <summary>What became of a change to accounts.</summary>
public enum AccountOutcome
{
    Done,

    /// <summary>There is no such user or workspace.</summary>
    NotFound,

    /// <summary>The name is taken.</summary>
    NameTaken,

    /// <summary>The first workspace would have no open Admin left.</summary>
    LastAdmin,

    /// <summary>The proxy signs this user in, who has no password.</summary>
    Proxied,
}

/// <summary>Users, workspaces and who is a member of which. It does not ask who calls: whoever uses it has asked. Safe to share.</summary>
public sealed class AccountStore(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach, TimeProvider time)
{
    /// <summary>Longest name of a user or a workspace, characters.</summary>
    public const int MaxNameLength = 100;

    private const int UniqueViolated = 19;
    private const int CodeStepsOfADay = 24 * 60 * 2;

    /// <summary>True once somebody looks after the installation: the first workspace has an open Admin.</summary>
    public Task<bool> IsSetUpAsync(CancellationToken cancellationToken = default) => OnAsync(context => HasAdminAsync(context, cancellationToken), cancellationToken);

    /// <summary>A user, open or shut; null where there is none.</summary>
    public Task<UserRow?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        OnAsync(context => context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken), cancellationToken);

    /// <summary>A user by the name in upper case; null where there is none.</summary>
    public Task<UserRow?> FindAsync(string normalizedName, CancellationToken cancellationToken = default) =>
        OnAsync(context => context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedName == normalizedName, cancellationToken), cancellationToken);

    /// <summary>Stores a new user with its memberships, and gives it its id.</summary>
    public Task<AccountOutcome> AddAsync(UserRow user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.CreatedUtc = Now;
        return OnAsync(
            async context =>
            {
                context.Add(user);
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                if (!await SavedAsync(context, cancellationToken))
                    return AccountOutcome.NameTaken;
                context.Note(time, AuditActions.UserAdded, SubjectOf(user.Id), user.Name);
                foreach (var member in user.Memberships)
                    context.Note(time, AuditActions.RoleSet, WorkspaceSubjectOf(member.WorkspaceId), $"{user.Name}: {member.Role}", member.WorkspaceId);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return AccountOutcome.Done;
            },
            cancellationToken);
    }

    /// <summary>
    /// Stores a changed password, second factor or stamp, as read by <see cref="FindAsync(long, CancellationToken)"/>. Wrong tries and locks have their own ways, and whether the account is shut is not written here:
    /// a try to sign in reads the user, takes its time, and must not bring back what an Admin changed meanwhile.
    /// </summary>
    /// <returns>False where the user was changed since it was read, or is not there.</returns>
    public Task<bool> UpdateAsync(UserRow user, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await context.Users.SingleOrDefaultAsync(row => row.Id == user.Id && row.Version == user.Version, cancellationToken) is not { } stored)
                return false;
            if (stored.PasswordHash != user.PasswordHash)
                context.Note(time, AuditActions.PasswordSet, SubjectOf(user.Id), user.Name);
            if (stored.AsksForCode != user.AsksForCode)
                context.Note(time, user.AsksForCode ? AuditActions.SecondFactorSet : AuditActions.SecondFactorRemoved, SubjectOf(user.Id), user.Name);
            // As a new key of the authenticator app does, before any code of it was given.
            else if (stored.SecurityStamp != user.SecurityStamp && stored.PasswordHash == user.PasswordHash)
                context.Note(time, AuditActions.SessionsEnded, SubjectOf(user.Id), user.Name);
            (stored.PasswordHash, stored.SecurityStamp) = (user.PasswordHash, user.SecurityStamp);
            (stored.AuthenticatorKey, stored.AsksForCode, stored.RecoveryCodes) = (user.AuthenticatorKey, user.AsksForCode, user.RecoveryCodes);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            user.Version = stored.Version;
            return true;
        },
        cancellationToken);

    /// <summary>Counts a wrong password or code.</summary>
    /// <returns>How many there are since the last right one.</returns>
    public Task<int> CountFailedTryAsync(long userId, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            var own = context.Users.Where(row => row.Id == userId);
            await own.ExecuteUpdateAsync(update => update.SetProperty(row => row.FailedTries, row => row.FailedTries + 1), cancellationToken);
            return await own.Select(row => row.FailedTries).SingleOrDefaultAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Forgets the wrong tries.</summary>
    public Task ForgetFailedTriesAsync(long userId, CancellationToken cancellationToken = default) => OnAsync(
        context => context.Users.Where(row => row.Id == userId).ExecuteUpdateAsync(update => update.SetProperty(row => row.FailedTries, 0), cancellationToken), cancellationToken);

    /// <summary>Locks a name until a time; null ends a lock.</summary>
    public Task LockAsync(long userId, DateTime? untilUtc, CancellationToken cancellationToken = default) => OnAsync(
        context => context.Users.Where(row => row.Id == userId).ExecuteUpdateAsync(update => update.SetProperty(row => row.LockedUntilUtc, untilUtc), cancellationToken), cancellationToken);

    /// <summary>Uses the code of a time step up, and those before it.</summary>
    /// <returns>False where it was used up before.</returns>
    public Task<bool> TakeCodeStepAsync(long userId, long step, CancellationToken cancellationToken = default) => OnAsync(
        // A step more than a day ahead is of a clock that was wrong, and must not keep the user out until it comes.
        async context => await context.Users.Where(row => row.Id == userId && (row.LastCodeStep == null || row.LastCodeStep < step || row.LastCodeStep > step + CodeStepsOfADay))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.LastCodeStep, step), cancellationToken) > 0,
        cancellationToken);

    /// <summary>Gives a user another password, as an Admin does: sessions and tokens end, and the second factor and a lock are taken off.</summary>
    public Task<AccountOutcome> ResetPasswordAsync(long userId, string passwordHash, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await context.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
                return AccountOutcome.NotFound;
            if (user.IsProxied)
                return AccountOutcome.Proxied;
            context.Note(time, AuditActions.PasswordSet, SubjectOf(userId), user.Name);
            if (user.AsksForCode)
                context.Note(time, AuditActions.SecondFactorRemoved, SubjectOf(userId), user.Name);
            (user.PasswordHash, user.FailedTries, user.LockedUntilUtc) = (passwordHash, 0, null);
            (user.AuthenticatorKey, user.AsksForCode, user.RecoveryCodes) = (null, false, "");
            await EndAllAsync(context, user, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return AccountOutcome.Done;
        },
        cancellationToken);

    /// <summary>Who calls, for a workspace of choice.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="workspaceId">The workspace; null, or one that the user is no member of, for the first of the user's.</param>
    /// <param name="strict">True to have no workspace rather than another one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The caller; null where the user is not there or the account is shut.</returns>
    public Task<Caller?> CallerAsync(long userId, long? workspaceId, bool strict = false, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId && row.ClosedUtc == null, cancellationToken);
            if (user is null)
                return null;
            var memberships = await MembershipsAsync(context, userId, cancellationToken);
            var current = memberships.FirstOrDefault(membership => membership.WorkspaceId == workspaceId) ?? (strict ? null : memberships.OrderBy(membership => membership.WorkspaceId).FirstOrDefault());
            return new Caller(user.Id, user.Name, user.SecurityStamp, current, memberships);
        },
        cancellationToken);

    /// <summary>Which of a user's workspaces has a scenario, or a measured workload; null where none has.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="scenarioId">The scenario; null for none.</param>
    /// <param name="usageSetId">The measured workload; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Membership?> WorkspaceOfAsync(long userId, string? scenarioId, long? usageSetId, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            var ids = scenarioId is not null
                ? context.Scenarios.Where(row => row.Id == scenarioId && row.DeletedUtc == null).Select(row => row.WorkspaceId)
                : context.UsageSets.Where(row => row.Id == usageSetId).Select(row => row.WorkspaceId);
            var workspaceId = await ids.SingleOrDefaultAsync(cancellationToken);
            return (await MembershipsAsync(context, userId, cancellationToken)).Find(membership => membership.WorkspaceId == workspaceId);
        },
        cancellationToken);

    /// <summary>All users by name.</summary>
    public Task<IReadOnlyList<UserSummary>> UsersAsync(CancellationToken cancellationToken = default) => OnAsync<IReadOnlyList<UserSummary>>(
        async context =>
        {
            var users = await context.Users.AsNoTracking().Include(user => user.Memberships).OrderBy(user => user.NormalizedName).ToListAsync(cancellationToken);
            var names = await context.Workspaces.ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
            return
            [
                .. users.Select(user => new UserSummary(
                    user.Id, user.Name, user.IsProxied, user.AsksForCode, user.CreatedUtc, user.ClosedUtc,
                    [.. user.Memberships.Select(member => new Membership(member.WorkspaceId, names[member.WorkspaceId], member.Role)).OrderBy(membership => membership.WorkspaceName, StringComparer.Ordinal)])),
            ];
        },
        cancellationToken);

    /// <summary>All workspaces, the first one first.</summary>
    public Task<IReadOnlyList<WorkspaceRow>> WorkspacesAsync(CancellationToken cancellationToken = default) =>
        OnAsync<IReadOnlyList<WorkspaceRow>>(async context => await context.Workspaces.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>Adds a workspace with its first Admin.</summary>
    public Task<AccountOutcome> AddWorkspaceAsync(string name, long adminId, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var row = new WorkspaceRow { Name = name.Trim(), CreatedUtc = Now };
            context.Add(row);
            if (!await SavedAsync(context, cancellationToken))
                return AccountOutcome.NameTaken;
            context.Add(new MemberRow { UserId = adminId, WorkspaceId = row.Id, Role = Role.Admin });
            context.Note(time, AuditActions.WorkspaceAdded, WorkspaceSubjectOf(row.Id), row.Name, row.Id);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return AccountOutcome.Done;
        },
        cancellationToken);

    /// <summary>Renames a workspace.</summary>
    public Task<AccountOutcome> RenameWorkspaceAsync(long id, string name, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            if (await context.Workspaces.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
                return AccountOutcome.NotFound;
            context.Note(time, AuditActions.WorkspaceRenamed, WorkspaceSubjectOf(id), $"{row.Name} → {name.Trim()}", id);
            row.Name = name.Trim();
            return await SavedAsync(context, cancellationToken) ? AccountOutcome.Done : AccountOutcome.NameTaken;
        },
        cancellationToken);

    /// <summary>Makes a user a member of a workspace, or changes the role, or ends the membership.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="role">The role; null for no longer a member.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<AccountOutcome> SetRoleAsync(long userId, long workspaceId, Role? role, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, cancellationToken);
            if (user is null || !await context.Workspaces.AnyAsync(row => row.Id == workspaceId, cancellationToken))
                return AccountOutcome.NotFound;
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var hadAdmin = await HasAdminAsync(context, cancellationToken);
            await context.Members.Where(row => row.UserId == userId && row.WorkspaceId == workspaceId).ExecuteDeleteAsync(cancellationToken);
            if (role is { } given)
                context.Add(new MemberRow { UserId = userId, WorkspaceId = workspaceId, Role = given });
            context.Note(
                time, role is null ? AuditActions.MemberRemoved : AuditActions.RoleSet, WorkspaceSubjectOf(workspaceId), role is null ? user.Name : $"{user.Name}: {role}", workspaceId);
            await context.SaveChangesAsync(cancellationToken);
            return await CommitAsync(context, transaction, hadAdmin, cancellationToken);
        },
        cancellationToken);

    /// <summary>Shuts an account, which ends its sessions and tokens for good, or opens it again. One that is so already stays as it is.</summary>
    public Task<AccountOutcome> SetClosedAsync(long userId, bool closed, CancellationToken cancellationToken = default) => OnAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await context.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
                return AccountOutcome.NotFound;
            if (user.ClosedUtc is not null == closed)
                return AccountOutcome.Done;
            var hadAdmin = await HasAdminAsync(context, cancellationToken);
            user.ClosedUtc = closed ? Now : null;
            context.Note(time, closed ? AuditActions.UserShut : AuditActions.UserOpened, SubjectOf(userId), user.Name);
            await EndAllAsync(context, user, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            return await CommitAsync(context, transaction, hadAdmin, cancellationToken);
        },
        cancellationToken);

    /// <summary>Commits unless it takes away the last who can look after the installation.</summary>
    private static async Task<AccountOutcome> CommitAsync(
        PlannerDbContext context, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, bool hadAdmin, CancellationToken cancellationToken)
    {
        if (hadAdmin && !await HasAdminAsync(context, cancellationToken))
            return AccountOutcome.LastAdmin;
        await transaction.CommitAsync(cancellationToken);
        return AccountOutcome.Done;
    }

    private static Task<bool> HasAdminAsync(PlannerDbContext context, CancellationToken cancellationToken) => context.Members.AnyAsync(
        row => row.WorkspaceId == WorkspaceRow.FirstId && row.Role == Role.Admin && context.Users.Any(user => user.Id == row.UserId && user.ClosedUtc == null), cancellationToken);

    /// <summary>Ends sessions and tokens of a user whom the caller saves.</summary>
    private async Task EndAllAsync(PlannerDbContext context, UserRow user, CancellationToken cancellationToken)
    {
        await SessionStore.EndAllAsync(context, user, cancellationToken);
        foreach (var token in await context.ApiTokens.Where(row => row.UserId == user.Id && row.RevokedUtc == null).ToListAsync(cancellationToken))
            ApiTokenStore.Revoke(context, time, token);
    }

    private static async Task<List<Membership>> MembershipsAsync(PlannerDbContext context, long userId, CancellationToken cancellationToken) =>
        await context.Members.Where(row => row.UserId == userId)
            .Join(context.Workspaces, member => member.WorkspaceId, workspace => workspace.Id, (member, workspace) => new { member.WorkspaceId, workspace.Name, member.Role })
            .OrderBy(found => found.Name).Select(found => new Membership(found.WorkspaceId, found.Name, found.Role)).ToListAsync(cancellationToken);

    /// <summary>How the audit log names a user.</summary>
    public static string SubjectOf(long userId) => $"users/{userId}";

    private static string WorkspaceSubjectOf(long workspaceId) => $"workspaces/{workspaceId}";

    /// <summary>False where the name is taken.</summary>
    private static async Task<bool> SavedAsync(PlannerDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception.InnerException is SqliteException { SqliteErrorCode: UniqueViolated } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }

    private async Task<T> OnAsync<T>(Func<PlannerDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        // Who may do it is asked where the request comes in: a user changes the own password without a role.
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await work(context);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
