using Planner.Data.Accounts;
using Planner.Data.Audits;

namespace Planner.Web.Accounts;

/// <summary>
/// Tells the audit log of refused tries: the first of a kind or for a name within a minute at once, further ones of that minute as a number with the next refused try of anybody. Whoever tries without end would fill a log from
/// which nothing is ever removed. Thread-safe.
/// </summary>
public sealed class RefusedTries(AuditLog audit, CurrentReach reach, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Subject, string Detail), Tries> _tries = [];

    /// <summary>Notes a refused try.</summary>
    /// <param name="subject">Whom the log names.</param>
    /// <param name="detail">The user's name, or what was tried.</param>
    public async Task NoteAsync(string subject, string detail)
    {
        var now = time.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        List<((string Subject, string Detail) Of, Tries Tries)> over;
        bool first;
        lock (_lock)
        {
            over = [.. _tries.Where(known => known.Value.Minute != minute).Select(known => (known.Key, known.Value))];
            over.ForEach(ended => _tries.Remove(ended.Of));
            first = _tries.TryAdd((subject, detail), new Tries(minute, 0));
            if (!first)
                _tries[(subject, detail)] = _tries[(subject, detail)] with { More = _tries[(subject, detail)].More + 1 };
        }

        await TellAsync(over);
        if (first)
            await audit.NoteAsync(AuditActions.SignInRefused, subject, detail, reach.Value.By is null ? Actor.Nobody : null);
    }

    /// <summary>Tells of tries that are over. Whoever tries now has nothing to do with them.</summary>
    private async Task TellAsync(IEnumerable<((string Subject, string Detail) Of, Tries Tries)> over)
    {
        using var _ = reach.Enter(Reach.Nothing with { By = Actor.Nobody });
        using var language = Language.Stored();
        foreach (var ((who, detail), tries) in over.Where(ended => ended.Tries.More > 0))
        {
            await audit.NoteAsync(
                AuditActions.SignInRefused, who, AccountTexts.AuditMoreTries.With(detail, tries.More, tries.Minute.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private sealed record Tries(DateTimeOffset Minute, int More);
}
