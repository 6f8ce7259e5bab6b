using System.Threading.RateLimiting;

namespace Planner.Web.Security;

/// <summary>Limits of what fails at shared pages. Only failures count, so that readers of a link that works are not kept from it by each other. Thread-safe; a start of the app forgets them.</summary>
public sealed class ShareFailures : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _deadLinks = RequestLimits.PerMinute(RequestLimits.DeadLinksAMinute, RequestLimits.Sender);

    private readonly PartitionedRateLimiter<long> _wrongPasscodes = PartitionedRateLimiter.Create<long, long>(link => RateLimitPartition.GetFixedWindowLimiter(
        link, _ => new FixedWindowRateLimiterOptions { PermitLimit = RequestLimits.WrongPasscodesAnHour, Window = TimeSpan.FromHours(1) }));

    /// <summary>Refuses a sender who asked for too many links that do not work.</summary>
    /// <returns>True where the request is answered with that.</returns>
    public async Task<bool> RefusesAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Nothing is taken: this asks whether anything is left.
        using var lease = _deadLinks.AttemptAcquire(context, 0);
        if (!lease.IsAcquired)
            await RequestLimits.RefuseAsync(context, lease, context.RequestAborted);
        return !lease.IsAcquired;
    }

    /// <summary>Counts a link that does not work.</summary>
    public void CountDeadLink(HttpContext context) => _deadLinks.AttemptAcquire(context).Dispose();

    /// <summary>True where a link has taken so many wrong passcodes that it takes none for now.</summary>
    public bool IsShut(long linkId)
    {
        using var lease = _wrongPasscodes.AttemptAcquire(linkId, 0);
        return !lease.IsAcquired;
    }

    /// <summary>Counts a wrong passcode.</summary>
    public void CountWrongPasscode(long linkId) => _wrongPasscodes.AttemptAcquire(linkId).Dispose();

    public void Dispose()
    {
        _deadLinks.Dispose();
        _wrongPasscodes.Dispose();
    }
}
