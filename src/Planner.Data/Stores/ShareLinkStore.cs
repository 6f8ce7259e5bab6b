using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Entities;

namespace Planner.Data.Stores;

/// <summary>A new link. The token is told this once and stored nowhere.</summary>
/// <param name="Id">The link's id, to revoke it.</param>
/// <param name="Token">The secret part of the address, 43 characters.</param>
public sealed record NewShareLink(long Id, string Token);

/// <summary>On which terms a link opens.</summary>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="PasscodeHash">Hash of the passcode that is asked for; null for none.</param>
/// <param name="AllowsWhatIf">True where the reader may try other figures.</param>
public sealed record ShareTerms(DateTime? ExpiresUtc = null, string? PasscodeHash = null, bool AllowsWhatIf = true);

/// <summary>A link in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The frozen version; null where it follows the current one.</param>
/// <param name="CreatedUtc">When it was made.</param>
/// <param name="RevokedUtc">When it was revoked; null where it was not.</param>
/// <param name="ViewCount">How often it was opened.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="HasPasscode">True where a passcode is asked for.</param>
/// <param name="AllowsWhatIf">True where the reader may try other figures.</param>
/// <param name="LastOpenedUtc">When it was opened last; null where that is not known to have happened.</param>
public sealed record ShareLink(
    long Id, int? Version, DateTime CreatedUtc, DateTime? RevokedUtc, int ViewCount, DateTime? ExpiresUtc, bool HasPasscode, bool AllowsWhatIf, DateTime? LastOpenedUtc);

/// <summary>What a link opens, and on which terms.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="ScenarioId">The scenario.</param>
/// <param name="Version">The frozen version; null for the current one.</param>
/// <param name="Terms">On which terms.</param>
public sealed record ShareTarget(long LinkId, string ScenarioId, int? Version, ShareTerms Terms);

/// <summary>Read-only links to scenarios. Safe to share.</summary>
public sealed class ShareLinkStore(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach, TimeProvider time)
{
    private const int TokenBytes = 32;

    /// <summary>Makes a link.</summary>
    /// <param name="scenarioId">The scenario.</param>
    /// <param name="version">The version to freeze; null to follow the current one.</param>
    /// <param name="terms">On which terms; null for no end and no passcode.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The link with its token; null where there is no such scenario or version.</returns>
    public async Task<NewShareLink?> CreateAsync(string scenarioId, int? version, ShareTerms? terms = null, CancellationToken cancellationToken = default)
    {
        terms ??= new ShareTerms();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var exists = await context.Scenarios.AnyAsync(
            row => row.Id == scenarioId && row.DeletedUtc == null
                && (version == null || context.ScenarioVersions.Any(stored => stored.ScenarioId == scenarioId && stored.Version == version)),
            cancellationToken);
        if (!exists)
            return null;
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        var row = new ShareLinkRow
        {
            ScenarioId = scenarioId,
            Version = version,
            TokenHash = Hash(token),
            CreatedUtc = Now,
            ExpiresUtc = terms.ExpiresUtc,
            PasscodeHash = terms.PasscodeHash,
            AllowsWhatIf = terms.AllowsWhatIf,
        };
        context.Add(row);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        context.Note(time, AuditActions.LinkMade, SubjectOf(scenarioId, row.Id), Language.Stored(() => InWords(version, terms)));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewShareLink(row.Id, Base64Url.EncodeToString(token));
    }

    /// <summary>What a token opens.</summary>
    /// <param name="token">The secret part of the address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The target; null where the token is unknown, revoked or past its end, or the scenario was deleted. Whoever asks has still to ask for the passcode.</returns>
    public async Task<ShareTarget?> ResolveAsync(string? token, CancellationToken cancellationToken = default)
    {
        // The index sees only the hash of what was sent, so its timing says nothing about a token.
        if (Decode(token) is not { } bytes)
            return null;
        var hash = Hash(bytes);
        // Whoever has the token needs no account.
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await context.ShareLinks.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        if (link is not { RevokedUtc: null } || link.ExpiresUtc <= Now
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(link.TokenHash), Encoding.ASCII.GetBytes(hash)))
        {
            return null;
        }

        return await context.Scenarios.AnyAsync(row => row.Id == link.ScenarioId && row.DeletedUtc == null, cancellationToken)
            ? new ShareTarget(link.Id, link.ScenarioId, link.Version, new ShareTerms(link.ExpiresUtc, link.PasscodeHash, link.AllowsWhatIf))
            : null;
    }

    /// <summary>Counts a visit.</summary>
    public async Task CountViewAsync(long linkId, CancellationToken cancellationToken = default)
    {
        DateTime? now = Now;
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ShareLinks.Where(row => row.Id == linkId).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.ViewCount, row => row.ViewCount + 1).SetProperty(row => row.LastOpenedUtc, now), cancellationToken);
    }

    /// <summary>Notes that a wrong passcode was given, for those who may see the log of the scenario's workspace; not what it was.</summary>
    public async Task NoteRefusalAsync(ShareTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        // A reader has no name here, not even on the machine of the only user.
        using var _ = reach.Enter(Reach.All with { By = Actor.Nobody });
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await context.Scenarios.Where(row => row.Id == target.ScenarioId).Select(row => row.WorkspaceId).SingleAsync(cancellationToken);
        context.Note(time, AuditActions.LinkRefused, SubjectOf(target.ScenarioId, target.LinkId), Language.Stored(() => Texts.AuditPasscodeWrong), workspace);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A scenario's links, the latest first, revoked and ended ones included.</summary>
    public async Task<IReadOnlyList<ShareLink>> ListAsync(string scenarioId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ShareLinks.Where(row => row.ScenarioId == scenarioId).OrderByDescending(row => row.Id)
            .Select(row => new ShareLink(
                row.Id, row.Version, row.CreatedUtc, row.RevokedUtc, row.ViewCount, row.ExpiresUtc, row.PasscodeHash != null, row.AllowsWhatIf, row.LastOpenedUtc)).ToListAsync(cancellationToken);
    }

    /// <summary>Revokes a link for good.</summary>
    /// <returns>False where the scenario has no such link or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(string scenarioId, long linkId, CancellationToken cancellationToken = default)
    {
        DateTime? now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var revoked = await context.ShareLinks.Where(row => row.Id == linkId && row.ScenarioId == scenarioId && row.RevokedUtc == null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.RevokedUtc, now), cancellationToken) == 1;
        await context.CommitNotedAsync(transaction, time, revoked, AuditActions.LinkRevoked, SubjectOf(scenarioId, linkId), null, cancellationToken);
        return revoked;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static string InWords(int? version, ShareTerms terms) => string.Join(", ", new[]
    {
        version is { } frozen ? Texts.AuditFrozenLink.With(frozen) : Texts.AuditLiveLink,
        terms.ExpiresUtc is { } end ? Texts.AuditLinkEnds.With(end) : null,
        terms.PasscodeHash is null ? null : Texts.AuditLinkPasscode,
    }.OfType<string>());

    private static string SubjectOf(string scenarioId, long linkId) => $"scenarios/{scenarioId}/links/{linkId}";

    private static string Hash(byte[] token) => Convert.ToHexStringLower(SHA256.HashData(token));

    private static byte[]? Decode(string? token)
    {
        var bytes = new byte[TokenBytes];
        return token is { Length: 43 } && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var written) && written == TokenBytes
            ? bytes
            : null;
    }
}
