namespace Planner.Data.Reports;

/// <summary>The values of <see cref="ReportScheduleDraft.Every"/>.</summary>
public static class ReportPeriods
{
    public const string Day = "day";
    public const string Week = "week";
    public const string Month = "month";

    /// <summary>A cron expression of Quartz, seconds first.</summary>
    public const string Cron = "cron";

    public static IReadOnlyList<string> All { get; } = [Day, Week, Month, Cron];
}

/// <summary>A schedule as somebody enters it.</summary>
/// <param name="Every">One of <see cref="ReportPeriods"/>.</param>
/// <param name="Hour">Hour of the day, UTC, 0 to 23; null for a cron expression.</param>
/// <param name="Weekday">Of a weekly one, <c>monday</c> to <c>sunday</c>; null otherwise.</param>
/// <param name="Day">Of a monthly one, 1 to 31: where a month has no such day, its last; null otherwise.</param>
/// <param name="Cron">The cron expression, UTC; null otherwise.</param>
/// <param name="Formats">Forms: <c>pdf</c>, <c>xlsx</c>, <c>csv</c>.</param>
/// <param name="Paper">Word of the PDF's paper; null for the configured one.</param>
/// <param name="ToFolder">Whether it is saved to the server's folder.</param>
/// <param name="Recipients">Addresses that it is mailed to.</param>
public sealed record ReportScheduleDraft(
    string Every, int? Hour, string? Weekday, int? Day, string? Cron, IReadOnlyList<string> Formats, string? Paper, bool ToFolder, IReadOnlyList<string> Recipients);

/// <summary>A report that is sent or saved regularly.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ScenarioId">The scenario.</param>
/// <param name="Version">Which edition of it, from 1: what an edit has to know.</param>
/// <param name="Plan">When, what and where.</param>
/// <param name="State">What became of it.</param>
public sealed record ReportSchedule(long Id, string ScenarioId, int Version, ReportScheduleDraft Plan, ReportScheduleState State);

/// <summary>What is known of a schedule between its runs.</summary>
/// <param name="NextUtc">When it runs next, or is tried again; null where its time never comes again.</param>
/// <param name="LastUtc">When it ran last; null before.</param>
/// <param name="Outcome">What the last run did, as a sentence; null before, and where it failed.</param>
/// <param name="Fault">Why the last run failed, or what of it is not known; null while all is well.</param>
/// <param name="FaultSinceUtc">Since when that is so; null while all is well.</param>
/// <param name="Attempts">How often the present run failed; 0 between runs.</param>
/// <param name="IsUnsure">True where nothing failed for sure: the mail server did not confirm what it had been given.</param>
public sealed record ReportScheduleState(DateTime? NextUtc, DateTime? LastUtc, string? Outcome, string? Fault, DateTime? FaultSinceUtc, int Attempts, bool IsUnsure);

/// <summary>A schedule that is to run.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="WorkspaceId">The workspace of its scenario.</param>
/// <param name="RunUtc">For when the present run was due; null between runs.</param>
/// <param name="Reached">Whom the present run has reached already.</param>
public sealed record DueReport(ReportSchedule Schedule, long WorkspaceId, DateTime? RunUtc, IReadOnlyList<string> Reached);

/// <summary>What a run did.</summary>
/// <param name="Outcome">As a sentence; null where it failed.</param>
/// <param name="Fault">Why it failed, or what of it is not known; null where all was well.</param>
/// <param name="IsUnsure">True where nothing failed for sure.</param>
/// <param name="Attempts">How often the present run failed so far; 0 where it is over.</param>
/// <param name="NextUtc">When it runs next, or is tried again.</param>
public sealed record ReportRun(string? Outcome, string? Fault, bool IsUnsure, int Attempts, DateTime? NextUtc);
