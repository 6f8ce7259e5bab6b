using System.Globalization;
using System.Text;
using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Web.Accounts;

/// <summary>Users whom a trusted proxy names; who is named for the first time is added. It never finds a user with a password: at an identity provider anybody may have that name. Safe to share.</summary>
public sealed class ProxyUsers(AccountStore accounts, AccountsOptions options)
{
    /// <summary>The user of a name.</summary>
    /// <returns>The id; null where the name cannot be one, or is that of a user with a password.</returns>
    public async Task<long?> FindOrAddAsync(string name, CancellationToken cancellationToken)
    {
        if (!Names.IsPlain(name))
            return null;
        var normalized = Names.Normalize(name);
        if (await accounts.FindAsync(normalized, cancellationToken) is { } known)
            return Own(known);
        var user = new UserRow { Name = name, NormalizedName = normalized, IsProxied = true, SecurityStamp = Guid.NewGuid().ToString("N") };
        if (options.ProxyDefaultRole is { } role)
            user.Memberships.Add(new MemberRow { WorkspaceId = WorkspaceRow.FirstId, Role = role });
        // Two requests of a new user may come at once: the second finds what the first added.
        return await accounts.AddAsync(user, cancellationToken) == AccountOutcome.Done ? user.Id : Own(await accounts.FindAsync(normalized, cancellationToken));
    }

    private static long? Own(UserRow? user) => user is { IsProxied: true } ? user.Id : null;
}

/// <summary>Names of users.</summary>
public static class Names
{
    /// <summary>A name as it is kept; null where it cannot be one.</summary>
    public static string? Clean(string? name) =>
        name?.Trim() is { Length: > 0 and <= AccountStore.MaxNameLength } clean && !clean.Any(char.IsControl) ? clean : null;

    /// <summary>
    /// True for a name that looks like no other: names are compared without regard to case, and with a letter that only a lenient comparison takes for another one, or with characters that nobody sees, two people
    /// of an identity provider would be one user here.
    /// </summary>
    public static bool IsPlain(string name) =>
        Clean(name) == name && IsWellFormed(name) && name.IsNormalized(NormalizationForm.FormKC) && name.EnumerateRunes().All(rune => rune.Value == ' ' || !IsUnseen(rune));

    // Half of a surrogate pair has no normal form; the check would throw.
    private static bool IsWellFormed(string name) => !name.EnumerateRunes().Contains(Rune.ReplacementChar);

    /// <summary>White space, format characters, and letters and marks that Unicode lets programs leave out (Default_Ignorable_Code_Point).</summary>
    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>As names are compared; the same as Identity's.</summary>
    public static string Normalize(string name) => name.Normalize().ToUpperInvariant();
}
