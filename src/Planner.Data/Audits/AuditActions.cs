namespace Planner.Data.Audits;

/// <summary>Names of what the audit log tells: what it is done to, and what is done.</summary>
public static class AuditActions
{
    public const string SignedIn = "session.begun";
    public const string SignInRefused = "session.refused";
    public const string SignedOut = "session.ended";
    public const string SessionsEnded = "session.endedEverywhere";
    public const string UserAdded = "user.added";
    public const string UserShut = "user.shut";
    public const string UserOpened = "user.opened";
    public const string PasswordSet = "user.passwordSet";
    public const string SecondFactorSet = "user.secondFactorSet";
    public const string SecondFactorRemoved = "user.secondFactorRemoved";
    public const string RoleSet = "member.roleSet";
    public const string MemberRemoved = "member.removed";
    public const string WorkspaceAdded = "workspace.added";
    public const string WorkspaceRenamed = "workspace.renamed";
    public const string TokenMade = "token.made";
    public const string TokenRevoked = "token.revoked";
    public const string ScenarioCreated = "scenario.created";
    public const string ScenarioSaved = "scenario.saved";
    public const string ScenarioVersionRestored = "scenario.versionRestored";
    public const string ScenarioDeleted = "scenario.deleted";
    public const string ScenarioUndeleted = "scenario.undeleted";
    public const string LinkMade = "link.made";
    public const string LinkRefused = "link.refused";
    public const string LinkRevoked = "link.revoked";
    public const string Exported = "report.exported";
    public const string ReportSent = "report.sent";
    public const string ReportSaved = "report.saved";
    public const string ScheduleAdded = "schedule.added";
    public const string ScheduleEdited = "schedule.edited";
    public const string ScheduleRemoved = "schedule.removed";
    public const string CatalogAdded = "catalog.added";
    public const string CatalogEdited = "catalog.edited";
    public const string CatalogReset = "catalog.reset";
    public const string CatalogRetired = "catalog.retired";
    public const string CatalogRestored = "catalog.restored";
    public const string PriceListAdded = "priceList.added";
    public const string PriceListEdited = "priceList.edited";
    public const string PriceListRemoved = "priceList.removed";
    public const string HeldRowAccepted = "heldRow.accepted";
    public const string HeldRowRejected = "heldRow.rejected";
    public const string HeldRowIgnored = "heldRow.ignored";
    public const string HeldRowReopened = "heldRow.reopened";
    public const string WorkloadAdded = "workload.added";
    public const string WorkloadRemoved = "workload.removed";
    public const string WorkloadLinked = "workload.linked";
    public const string WorkloadUnlinked = "workload.unlinked";
    public const string LogImported = "log.imported";
    public const string LogRemoved = "log.removed";
    public const string FleetAdded = "fleet.added";
    public const string FleetEdited = "fleet.edited";
    public const string FleetRemoved = "fleet.removed";
    public const string MeasurementsImported = "measurement.imported";
    public const string MeasurementDeleted = "measurement.deleted";
    public const string MeasurementUndeleted = "measurement.undeleted";
    public const string CalibrationSet = "calibration.set";
    public const string CalibrationRemoved = "calibration.removed";
    public const string FeedRun = "feed.run";
    public const string AlertPutAside = "alert.putAside";
    public const string AlertTakenUp = "alert.takenUp";

    /// <summary>All of them, as the log lists them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AuditActions).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}
