using Microsoft.EntityFrameworkCore;
using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Data.Stores;

/// <summary>An answer that can be given again.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ContentType">Type of its body; null for none.</param>
/// <param name="Location">Where what was made is; null where nothing was.</param>
/// <param name="EntityTag">Its entity tag; null for none.</param>
/// <param name="Body">Its body; null where it holds a secret that is told once, or there was no room for it.</param>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? EntityTag, byte[]? Body);

/// <summary>What is known of a request that comes with a key.</summary>
public abstract record KeyedRequest
{
    private KeyedRequest()
    {
    }

    /// <summary>It is new, and now noted as begun.</summary>
    public sealed record New : KeyedRequest;

    /// <summary>Its sender has as many keys as are kept.</summary>
    public sealed record Full : KeyedRequest;

    /// <summary>The key came before.</summary>
    /// <param name="Fingerprint">What was asked then.</param>
    /// <param name="Answer">What was answered; null while there is no answer.</param>
    public sealed record Known(string Fingerprint, KeptAnswer? Answer) : KeyedRequest;
}

/// <summary>Requests with a key of their sender's, for a day. Safe to share.</summary>
public sealed class IdempotencyStore(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach, TimeProvider time)
{
    /// <summary>How long a key is known.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Most keys of a user that are known at a time.</summary>
    internal int MostKeys { get; init; } = 10_000;

    /// <summary>Most bytes of answers that are kept at a time, of all users together.</summary>
    internal long MostBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Notes a request as begun, unless its key is known.</summary>
    /// <param name="keyHash">SHA-256 of who asked and the key.</param>
    /// <param name="userId">Who asked; null without accounts.</param>
    /// <param name="fingerprint">What was asked, in a form that tells nothing of it to who reads the database.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KeyedRequest> BeginAsync(string keyHash, long? userId, string fingerprint, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        // A key of a clock that was ahead is as good as forgotten. Only the one that comes again is deleted: where it is the clock that is behind now, the others are good again once it is right.
        var (old, ahead) = (now - Life, now + Life);
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // The write lock is held from here on, so of two at once the second finds the first.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.IdempotencyKeys.Where(row => row.CreatedUtc < old || (row.CreatedUtc > ahead && row.KeyHash == keyHash)).ExecuteDeleteAsync(cancellationToken);
        if (await context.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(row => row.KeyHash == keyHash, cancellationToken) is { } known)
        {
            return new KeyedRequest.Known(
                known.Fingerprint, known.Status is { } status ? new KeptAnswer(status, known.ContentType, known.Location, known.EntityTag, known.Body) : null);
        }

        if (await context.IdempotencyKeys.CountAsync(row => row.UserId == userId && row.CreatedUtc <= ahead, cancellationToken) >= MostKeys)
            return new KeyedRequest.Full();
        context.Add(new IdempotencyKeyRow { KeyHash = keyHash, UserId = userId, Fingerprint = fingerprint, CreatedUtc = now });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new KeyedRequest.New();
    }

    /// <summary>Keeps what was answered, without its body where that would be too much.</summary>
    public async Task EndAsync(string keyHash, KeptAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var length = answer.Body?.Length ?? 0;
        var ahead = time.GetUtcNow().UtcDateTime + Life;
        var body = length == 0 || await context.IdempotencyKeys.Where(row => row.CreatedUtc <= ahead).SumAsync(row => (long)row.Body!.Length, cancellationToken) + length <= MostBytes ? answer.Body : null;
        await context.IdempotencyKeys.Where(row => row.KeyHash == keyHash).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Status, answer.Status).SetProperty(row => row.ContentType, answer.ContentType).SetProperty(row => row.Location, answer.Location)
                .SetProperty(row => row.EntityTag, answer.EntityTag).SetProperty(row => row.Body, body),
            cancellationToken);
    }

    /// <summary>Forgets a request that did nothing, so that it can be sent anew with its key.</summary>
    public async Task ForgetAsync(string keyHash, CancellationToken cancellationToken = default)
    {
        using var _ = reach.AsProgram();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.IdempotencyKeys.Where(row => row.KeyHash == keyHash && row.Status == null).ExecuteDeleteAsync(cancellationToken);
    }
}
