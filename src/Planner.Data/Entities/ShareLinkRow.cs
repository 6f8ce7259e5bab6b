namespace Planner.Data.Entities;

/// <summary>A read-only link to a scenario.</summary>
public sealed class ShareLinkRow
{
    public long Id { get; set; }

    public required string ScenarioId { get; set; }

    /// <summary>The frozen version; null for a link that follows the current one.</summary>
    public int? Version { get; set; }

    /// <summary>SHA-256 of the token as 64 hex digits. The token itself is nowhere kept.</summary>
    public required string TokenHash { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime? RevokedUtc { get; set; }

    /// <summary>When it ends; null for never.</summary>
    public DateTime? ExpiresUtc { get; set; }

    /// <summary>The passcode as passwords are hashed; null where none is asked for.</summary>
    public string? PasscodeHash { get; set; }

    /// <summary>True where the reader may try other figures, which are stored nowhere.</summary>
    public bool AllowsWhatIf { get; set; }

    public int ViewCount { get; set; }

    /// <summary>When it was opened last; null where it never was, or before this was kept.</summary>
    public DateTime? LastOpenedUtc { get; set; }
}
