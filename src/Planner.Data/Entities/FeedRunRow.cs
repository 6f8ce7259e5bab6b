namespace Planner.Data.Entities;

/// <summary>The values of <see cref="FeedRunRow.Status"/>.</summary>
public static class FeedRunStatuses
{
    public const string Running = "running";
    public const string Published = "published";
    public const string Unchanged = "unchanged";
    public const string Refused = "refused";
    public const string Failed = "failed";
}

/// <summary>The values of <see cref="FeedRunRow.Trigger"/>.</summary>
public static class FeedRunTriggers
{
    public const string Schedule = "schedule";
    public const string Manual = "manual";
    public const string Upload = "upload";

    /// <summary>Somebody accepted a row that was held back.</summary>
    public const string Review = "review";

    /// <summary>Somebody's own price list was removed.</summary>
    public const string Removal = "removal";
}

/// <summary>One run of a feed.</summary>
public sealed class FeedRunRow
{
    public long Id { get; set; }

    public required string FeedId { get; set; }

    /// <summary>One of <see cref="FeedRunTriggers"/>.</summary>
    public required string Trigger { get; set; }

    public DateTime StartedUtc { get; set; }

    public long DurationMs { get; set; }

    /// <summary>One of <see cref="FeedRunStatuses"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Why it was refused or failed, as a sentence; null otherwise.</summary>
    public string? Reason { get; set; }

    public int RowsRead { get; set; }

    public int Published { get; set; }

    public int Added { get; set; }

    public int Changed { get; set; }

    public int Retired { get; set; }

    public int Unavailable { get; set; }

    public int Warnings { get; set; }

    public required string Currency { get; set; }

    /// <summary>Rows held back: <c>[{key, reason}]</c>.</summary>
    public string QuarantinedJson { get; set; } = "[]";

    /// <summary>Price changes: <c>[{key, field, old, new}]</c>, USD, null for unknown.</summary>
    public string ChangesJson { get; set; } = "[]";

    /// <summary>Day that the source gives for its data; null where it gives none.</summary>
    public DateOnly? SourceAsOf { get; set; }
}

/// <summary>What is known of a feed between its runs.</summary>
public sealed class FeedStateRow
{
    public required string FeedId { get; set; }

    public string? ETag { get; set; }

    /// <summary>The source's header, word for word.</summary>
    public string? LastModified { get; set; }

    public string? ContentSha256 { get; set; }

    public long? LastGoodRunId { get; set; }

    public DateTime? LastGoodUtc { get; set; }

    /// <summary>The feed's schedule as the user set it; empty for none.</summary>
    public required string Cron { get; set; }
}
