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
        ["users"] => AuditsTexts.SubjectSignIn,
        ["users", var id] => AuditsTexts.SubjectAccount.With(name ?? id),
        ["workspaces", var id] => AuditsTexts.SubjectWorkspace.With(name ?? id),
        ["scenarios", var id] => AuditsTexts.SubjectScenario.With(name ?? id),
        ["scenarios", var id, "links", var link] => AuditsTexts.SubjectLink.With(link, name ?? id),
        ["scenarios", var id, "report-schedules", ..] => AuditsTexts.SubjectSchedules.With(name ?? id),
        ["scenarios", var id, "fleets", ..] => AuditsTexts.SubjectFleets.With(name ?? id),
        ["usage", var id] => AuditsTexts.SubjectWorkload.With(id),
        ["measurements", var id] => AuditsTexts.SubjectMeasurements.With(id),
        ["price-lists", var id] => AuditsTexts.SubjectPriceList.With(id),
        ["feeds", var id] => AuditsTexts.SubjectFeed.With(id),
        ["catalog", "prices", .. var key] => AuditsTexts.SubjectPrice.With(string.Join('/', key)),
        ["catalog", "instances", .. var key] => AuditsTexts.SubjectInstance.With(string.Join('/', key)),
        ["catalog", "models", .. var key] => AuditsTexts.SubjectModel.With(string.Join('/', key)),
        ["catalog", "gpus", .. var key] => AuditsTexts.SubjectGpu.With(string.Join('/', key)),
        ["catalog", "engines", .. var key] => AuditsTexts.SubjectEngine.With(string.Join('/', key)),
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
