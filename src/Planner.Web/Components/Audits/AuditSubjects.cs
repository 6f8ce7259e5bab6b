using Planner.Data.Audits;

namespace Planner.Web.Components.Audits;

/// <summary>Subjects of the audit log for readers: "users/3" is "account Anna", on the page of users.</summary>
internal static class AuditSubjects
{
    internal static string Words(AuditEntry entry) => Words(entry.Subject, entry.SubjectName);

    /// <summary>A subject in words.</summary>
    /// <param name="subject">The path that the log keeps.</param>
    /// <param name="name">What is called so now; null for its id.</param>
    internal static string Words(string subject, string? name) => subject.Split('/') switch
    {
        ["users"] => "sign-in",
        ["users", var id] => $"account {name ?? id}",
        ["workspaces", var id] => $"workspace {name ?? id}",
        ["scenarios", var id] => $"scenario {name ?? id}",
        ["scenarios", var id, "links", var link] => $"share link {link} of {name ?? id}",
        ["scenarios", var id, "report-schedules", ..] => $"scheduled reports of {name ?? id}",
        ["scenarios", var id, "fleets", ..] => $"fleets of {name ?? id}",
        ["usage", var id] => $"workload {id}",
        ["measurements", var id] => $"measurements {id}",
        ["price-lists", var id] => $"price list {id}",
        ["feeds", var id] => $"feed {id}",
        ["catalog", var table, .. var key] => $"{table.TrimEnd('s')} {string.Join('/', key)}",
        _ => subject,
    };

    /// <summary>Where a subject is seen; null where it has no page.</summary>
    internal static string? PageOf(AuditEntry entry) => entry.Subject.Split('/') switch
    {
        ["scenarios", var id, "report-schedules", ..] => $"/scenarios/{Uri.EscapeDataString(id)}/schedules",
        ["scenarios", var id, "fleets", ..] => $"/scenarios/{Uri.EscapeDataString(id)}/actuals",
        ["scenarios", var id, ..] => $"/scenarios/{Uri.EscapeDataString(id)}",
        ["usage", var id] => $"/usage/{id}",
        ["measurements", ..] => "/measurements",
        ["price-lists", ..] => "/feeds/lists",
        ["catalog", "prices", ..] => "/prices",
        ["catalog", "instances", ..] => "/instances",
        ["catalog", ..] => "/models",
        ["feeds", ..] => entry.Action == AuditActions.FeedRun ? "/feeds" : "/feeds/quarantine",
        ["users", _] or ["workspaces", ..] => "/people",
        _ => null,
    };
}
