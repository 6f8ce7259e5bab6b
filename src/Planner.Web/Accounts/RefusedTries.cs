using Planner.Data.Audits;

namespace Planner.Web.Accounts;

/// <summary>
/// Tells the audit log of refused tries: the first for a name within a minute at once, further ones of that minute as a number with the next refused try of anybody. Whoever tries without end would fill a log from
/// which nothing is ever removed. Thread-safe.
/// </summary>
public sealed class RefusedTries(AuditLog audit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tries> _tries = [];

    /// <summary>Notes a refused try.</summary>
    /// <param name="subject">Whom the log names.</param>
    /// <param name="detail">The user's name.</param>
    public async Task NoteAsync(string subject, string detail)
    {
        var now = time.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        List<(string Subject, Tries Tries)> over;
        bool first;
        lock (_lock)
        {
            over = [.. _tries.Where(known => known.Value.Minute != minute).Select(known => (known.Key, known.Value))];
            over.ForEach(ended => _tries.Remove(ended.Subject));
            first = _tries.TryAdd(subject, new Tries(detail, minute, 0));
            if (!first)
                _tries[subject] = _tries[subject] with { More = _tries[subject].More + 1 };
        }

        foreach (var (who, tries) in over.Where(ended => ended.Tries.More > 0))
        {
            await audit.NoteAsync(
                AuditActions.SignInRefused, who, Domain.Wording.Say(AccountTexts.AuditMoreTries, tries.Detail, tries.More, tries.Minute.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        }

        if (first)
            await audit.NoteAsync(AuditActions.SignInRefused, subject, detail);
    }

    private sealed record Tries(string Detail, DateTimeOffset Minute, int More);
}
