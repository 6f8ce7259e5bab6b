namespace Planner.Data.Entities;

/// <summary>A request that its sender may send again without doing it twice.</summary>
public sealed class IdempotencyKeyRow
{
    /// <summary>SHA-256 of who asked and the key, 64 hex digits.</summary>
    public required string KeyHash { get; set; }

    /// <summary>The user who asked; null without accounts.</summary>
    public long? UserId { get; set; }

    /// <summary>What was asked, as a hash encrypted with the app's keys: of a short secret in it the bare hash would be as good as the secret.</summary>
    public required string Fingerprint { get; set; }

    public DateTime CreatedUtc { get; set; }

    /// <summary>Status of the answer; null while there is none, which after a crash it stays.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public string? EntityTag { get; set; }

    /// <summary>Body of the answer; null where it holds a secret that is told once, or there was no room for it.</summary>
    public byte[]? Body { get; set; }
}
