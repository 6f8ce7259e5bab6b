using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Web.Accounts;

/// <summary>Users whom a trusted proxy names; who is named for the first time is added. Safe to share.</summary>
public sealed class ProxyUsers(AccountStore accounts, AccountsOptions options)
{
    /// <summary>The user of a name.</summary>
    /// <returns>The id; null where the name cannot be one.</returns>
    public async Task<long?> FindOrAddAsync(string name, CancellationToken cancellationToken)
    {
        if (Names.Clean(name) is not { } clean)
            return null;
        var normalized = Names.Normalize(clean);
        if (await accounts.FindAsync(normalized, cancellationToken) is { } known)
            return known.Id;
        var user = new UserRow { Name = clean, NormalizedName = normalized, SecurityStamp = Guid.NewGuid().ToString("N") };
        // Two requests of a new user may come at once: the second finds what the first added.
        if (await accounts.AddAsync(user, cancellationToken) == AccountOutcome.NameTaken)
            return (await accounts.FindAsync(normalized, cancellationToken))?.Id;
        if (options.ProxyDefaultRole is { } role)
            await accounts.SetRoleAsync(user.Id, WorkspaceRow.FirstId, role, cancellationToken);
        return user.Id;
    }
}

/// <summary>Names of users.</summary>
public static class Names
{
    /// <summary>A name as it is kept; null where it cannot be one.</summary>
    public static string? Clean(string? name) =>
        name?.Trim() is { Length: > 0 and <= AccountStore.MaxNameLength } clean && !clean.Any(char.IsControl) ? clean : null;

    /// <summary>As names are compared; the same as Identity's.</summary>
    public static string Normalize(string name) => name.Normalize().ToUpperInvariant();
}
