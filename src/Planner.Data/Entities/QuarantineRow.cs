namespace Planner.Data.Entities;

/// <summary>The values of <see cref="QuarantineRow.Decision"/>.</summary>
public static class QuarantineDecisions
{
    /// <summary>Its values were published although they looked wrong, and are for as long as the feed states the same.</summary>
    public const string Accepted = "accepted";

    /// <summary>Its values stay out; other values will be asked about again.</summary>
    public const string Rejected = "rejected";

    /// <summary>Nobody is to be asked about this row again.</summary>
    public const string Ignored = "ignored";
}

/// <summary>A row that a feed's runs held back, with what somebody decided about it.</summary>
public sealed class QuarantineRow
{
    public required string FeedId { get; set; }

    /// <summary>Its key in the feed.</summary>
    public required string SourceKey { get; set; }

    /// <summary>Why it is held back, as a sentence.</summary>
    public required string Reason { get; set; }

    /// <summary>The row as the feed states it; null where it could not be read, and then it cannot be accepted.</summary>
    public string? RowJson { get; set; }

    public DateTime FirstSeenUtc { get; set; }

    /// <summary>When a run last met it. A run that meets it no more leaves it as it is.</summary>
    public DateTime LastSeenUtc { get; set; }

    /// <summary>One of <see cref="QuarantineDecisions"/>; null while nobody has decided.</summary>
    public string? Decision { get; set; }

    public DateTime? DecidedUtc { get; set; }
}
