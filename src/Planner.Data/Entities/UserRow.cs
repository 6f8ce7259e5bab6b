namespace Planner.Data.Entities;

/// <summary>A person who may sign in.</summary>
public sealed class UserRow : IVersioned
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The name in upper case: two names that differ by case only are one.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>As Identity's hasher wrote it; null where only the proxy signs this user in.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>True for whom a trusted proxy names: such a user has no password, and no user with one is ever found by the proxy.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Changes with the password, the second factor and the end of all sessions; a session with another stamp has ended.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Wrong passwords, codes of the app and recovery codes since the last right one.</summary>
    public int FailedTries { get; set; }

    public DateTime? LockedUntilUtc { get; set; }

    /// <summary>Key of the authenticator app, encrypted with the app's keys; null where none was set up.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>True where signing in asks for a code too.</summary>
    public bool AsksForCode { get; set; }

    /// <summary>SHA-256 of the unused recovery codes, 64 hex digits each, separated by spaces.</summary>
    public string RecoveryCodes { get; set; } = "";

    /// <summary>The latest time step whose code was taken, in steps of 30 s since 1970; its code and those before it are of no use any more. Null for none.</summary>
    public long? LastCodeStep { get; set; }

    /// <summary>Raised by each change of the row but wrong tries, locks and steps; what was read of an older one is not written back.</summary>
    public int Version { get; set; } = 1;

    public DateTime CreatedUtc { get; set; }

    /// <summary>When an Admin shut the account; null while it is open.</summary>
    public DateTime? ClosedUtc { get; set; }

    public List<MemberRow> Memberships { get; } = [];
}
