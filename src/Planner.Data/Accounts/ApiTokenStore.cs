using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;

namespace Planner.Data.Accounts;

/// <summary>A new token, which is told this once and stored nowhere.</summary>
/// <param name="Id">Its id, to revoke it.</param>
/// <param name="Token">The secret.</param>
public sealed record NewApiToken(long Id, string Token);

/// <summary>A token in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="WorkspaceName">The workspace that it opens.</param>
/// <param name="Scope">The most it may do.</param>
/// <param name="ExpiresUtc">When it ends.</param>
/// <param name="LastUsedUtc">When it was last used, to the minute; null for never.</param>
/// <param name="RevokedUtc">When it was revoked; null while it stands.</param>
public sealed record ApiToken(long Id, string Name, string WorkspaceName, Role Scope, DateTime ExpiresUtc, DateTime? LastUsedUtc, DateTime? RevokedUtc);

/// <summary>A token that stands, for Admins.</summary>
/// <param name="UserId">Whom it stands for.</param>
/// <param name="UserName">That user's name.</param>
/// <param name="Token">The token.</param>
public sealed record StandingToken(long UserId, string UserName, ApiToken Token);

/// <summary>Whom a token stands for.</summary>
public sealed record TokenHolder(long UserId, long WorkspaceId, Role Scope, string Name);

/// <summary>Tokens for programs. Safe to share.</summary>
public sealed class ApiTokenStore(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach, TimeProvider time)
{
    /// <summary>What every token begins with, so that scanners for secrets know it.</summary>
    public const string Prefix = "planner_";

    /// <summary>Days a token lives where nothing else is asked for.</summary>
    public const int DefaultDays = 90;

    /// <summary>Most days a token lives.</summary>
    public const int MostDays = 365;

    private const int SecretBytes = 32;

    /// <summary>Makes a token.</summary>
    /// <param name="userId">Whom it stands for.</param>
    /// <param name="workspaceId">The workspace that it opens.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scope">The most it may do.</param>
    /// <param name="days">Days until it ends, 1 to <see cref="MostDays"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<NewApiToken> CreateAsync(long userId, long workspaceId, string name, Role scope, int days = DefaultDays, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var row = new ApiTokenRow
        {
            UserId = userId,
            WorkspaceId = workspaceId,
            Name = name.Trim(),
            TokenHash = Hash(token),
            Scope = scope,
            CreatedUtc = Now,
            ExpiresUtc = Now.AddDays(days),
        };
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(row);
        context.Note(time, AuditActions.TokenMade, AccountStore.SubjectOf(userId), $"{row.Name}: {scope}", workspaceId);
        await context.SaveChangesAsync(cancellationToken);
        return new NewApiToken(row.Id, token);
    }

    /// <summary>A user's tokens, the latest first, ended ones included.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(long userId, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiTokens.Where(row => row.UserId == userId).OrderByDescending(row => row.Id)
            .Select(row => new ApiToken(
                row.Id, row.Name, context.Workspaces.First(workspace => workspace.Id == row.WorkspaceId).Name, row.Scope, row.ExpiresUtc, row.LastUsedUtc, row.RevokedUtc))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Tokens of all users that were neither revoked nor have ended, by user, the latest first.</summary>
    public async Task<IReadOnlyList<StandingToken>> StandingAsync(CancellationToken cancellationToken = default)
    {
        var now = Now;
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiTokens.Where(row => row.RevokedUtc == null && row.ExpiresUtc > now)
            .Join(context.Users, row => row.UserId, user => user.Id, (row, user) => new { row, user })
            .OrderBy(found => found.user.NormalizedName).ThenByDescending(found => found.row.Id)
            .Select(found => new StandingToken(found.user.Id, found.user.Name, new ApiToken(
                found.row.Id, found.row.Name, context.Workspaces.First(workspace => workspace.Id == found.row.WorkspaceId).Name, found.row.Scope,
                found.row.ExpiresUtc, found.row.LastUsedUtc, found.row.RevokedUtc)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Revokes a token for good; false where the user has no such token or it was revoked before.</summary>
    public async Task<bool> RevokeAsync(long userId, long id, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ApiTokens.SingleOrDefaultAsync(row => row.Id == id && row.UserId == userId && row.RevokedUtc == null, cancellationToken) is not { } row)
            return false;
        Revoke(context, time, row);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Whom a token stands for, and notes its use.</summary>
    /// <returns>The holder; null where the token is unknown, revoked or ended.</returns>
    public async Task<TokenHolder?> ResolveAsync(string token, CancellationToken cancellationToken = default)
    {
        if (token is null || !token.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        // The index sees only the hash of what was sent, so its timing says nothing about a token.
        var (hash, now) = (Hash(token), Now);
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.ApiTokens.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        if (row is not { RevokedUtc: null } || row.ExpiresUtc <= now)
            return null;
        DateTime? minute = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        if (row.LastUsedUtc != minute)
            await context.ApiTokens.Where(used => used.Id == row.Id).ExecuteUpdateAsync(update => update.SetProperty(used => used.LastUsedUtc, minute), cancellationToken);
        return new TokenHolder(row.UserId, row.WorkspaceId, row.Scope, row.Name);
    }

    /// <summary>Revokes a token as part of a change that the caller saves.</summary>
    internal static void Revoke(PlannerDbContext context, TimeProvider time, ApiTokenRow row)
    {
        row.RevokedUtc = time.GetUtcNow().UtcDateTime;
        context.Note(time, AuditActions.TokenRevoked, AccountStore.SubjectOf(row.UserId), row.Name, row.WorkspaceId);
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
