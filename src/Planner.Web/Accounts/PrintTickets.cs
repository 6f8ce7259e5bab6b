using System.Collections.Concurrent;
using System.Security.Cryptography;
using Planner.Data.Accounts;

namespace Planner.Web.Accounts;

/// <summary>Permissions for the app's own browser to open one page once, with the reach of who asked for the report. Thread-safe.</summary>
public sealed class PrintTickets(AccountsOptions options, CurrentReach reach, TimeProvider time)
{
    /// <summary>Header that carries one; addresses are logged and kept, headers are not.</summary>
    public const string Header = "X-Planner-Print";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Ticket> _issued = new(StringComparer.Ordinal);

    /// <summary>Makes a ticket.</summary>
    /// <param name="path">Path and query of the page.</param>
    /// <returns>The ticket; null where there are no accounts and every page is open.</returns>
    public string? Issue(string path)
    {
        if (!options.Enabled)
            return null;
        var now = time.GetUtcNow();
        foreach (var (old, ticket) in _issued)
        {
            if (ticket.Ends <= now)
                _issued.TryRemove(old, out _);
        }

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _issued[secret] = new Ticket(path, reach.Value, now + Life);
        return secret;
    }

    /// <summary>Takes a ticket in.</summary>
    /// <returns>What its holder may read; null where it is unknown, used, too old or for another page.</returns>
    public Reach? Redeem(string secret, string path) =>
        _issued.TryRemove(secret, out var ticket) && ticket.Ends > time.GetUtcNow() && Uri.UnescapeDataString(ticket.Path) == Uri.UnescapeDataString(path) ? ticket.Reach : null;

    private sealed record Ticket(string Path, Reach Reach, DateTimeOffset Ends);
}
