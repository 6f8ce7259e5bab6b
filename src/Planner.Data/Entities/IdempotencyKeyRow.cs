namespace Planner.Data.Entities;

/// <summary>A request that its sender may send again without doing it twice.</summary>
public sealed class IdempotencyKeyRow
{
    /// <summary>SHA-256 of who asked and the key, 64 hex digits.</summary>
    public required string KeyHash { get; set; }

    /// <summary>SHA-256 of what was asked, 64 hex digits.</summary>
    public required string RequestHash { get; set; }

    public DateTime CreatedUtc { get; set; }

    /// <summary>Status of the answer; null while there is none, which after a crash it stays.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public string? EntityTag { get; set; }

    /// <summary>Body of the answer; null where it holds a secret that is told once.</summary>
    public byte[]? Body { get; set; }
}
