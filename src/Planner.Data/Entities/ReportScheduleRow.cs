namespace Planner.Data.Entities;

/// <summary>A report of a scenario that is sent or saved regularly, and what became of it last.</summary>
public sealed class ReportScheduleRow
{
    public long Id { get; set; }

    public required string ScenarioId { get; set; }

    /// <summary>One of <see cref="Reports.ReportPeriods"/>.</summary>
    public required string Every { get; set; }

    /// <summary>Hour of the day, UTC; null for a cron expression.</summary>
    public int? Hour { get; set; }

    /// <summary>Of a weekly one; null otherwise.</summary>
    public string? Weekday { get; set; }

    /// <summary>Of a monthly one; null otherwise.</summary>
    public int? Day { get; set; }

    public string? Cron { get; set; }

    /// <summary>Forms: <c>["pdf"]</c>.</summary>
    public required string FormatsJson { get; set; }

    /// <summary>Word of the paper; null for the configured one.</summary>
    public string? Paper { get; set; }

    public bool ToFolder { get; set; }

    /// <summary>Addresses: <c>["a@example.com"]</c>.</summary>
    public required string RecipientsJson { get; set; }

    /// <summary>From 1, raised by each change of the schedule: a run of the old one is not taken for one of the new, and nobody overwrites what was not seen.</summary>
    public int Version { get; set; } = 1;

    /// <summary>When it runs next, or is tried again; null where its time never comes again.</summary>
    public DateTime? NextUtc { get; set; }

    /// <summary>When it began last, by itself or by hand; null before.</summary>
    public DateTime? BeganUtc { get; set; }

    /// <summary>For when the present run was due, which all its tries share; null between runs.</summary>
    public DateTime? RunUtc { get; set; }

    /// <summary>When it ran last, whether all was well or not; null before.</summary>
    public DateTime? LastUtc { get; set; }

    /// <summary>What the last run did, as a sentence; null before, and where it failed.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why the last run failed; null while all is well.</summary>
    public string? Fault { get; set; }

    /// <summary>True where nothing failed for sure: the mail server did not confirm what it had been given.</summary>
    public bool IsUnsure { get; set; }

    /// <summary>Since when runs fail; null while all is well.</summary>
    public DateTime? FaultSinceUtc { get; set; }

    /// <summary>How often the present run failed; 0 between runs.</summary>
    public int Attempts { get; set; }

    /// <summary>Whom the present run has reached already, so that trying again tells nobody twice; null for nobody.</summary>
    public string? ReachedJson { get; set; }
}
