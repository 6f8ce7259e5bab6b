using Microsoft.EntityFrameworkCore;

namespace Planner.Data.Audits;

/// <summary>What subjects of the audit log are called now: accounts, workspaces and scenarios, which their paths give by id only.</summary>
internal static class SubjectNames
{
    /// <summary>Gives each entry the name of its subject. A scenario of a workspace that the caller does not see stays without.</summary>
    internal static async Task<IReadOnlyList<AuditEntry>> NameAsync(PlannerDbContext context, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var (users, workspaces) = (Numbers(entries, "users"), Numbers(entries, "workspaces"));
        var scenarios = Ids(entries, "scenarios").ToList();
        var names = new Dictionary<(string Kind, string Id), string>();
        if (users.Count > 0)
            await context.Users.AsNoTracking().Where(row => users.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ForEachAsync(row => names[("users", $"{row.Id}")] = row.Name, cancellationToken);
        if (workspaces.Count > 0)
            await context.Workspaces.AsNoTracking().Where(row => workspaces.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ForEachAsync(row => names[("workspaces", $"{row.Id}")] = row.Name, cancellationToken);
        if (scenarios.Count > 0)
            await context.Scenarios.AsNoTracking().Where(row => scenarios.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ForEachAsync(row => names[("scenarios", row.Id)] = row.Name, cancellationToken);
        return [.. entries.Select(entry => entry with { SubjectName = names.GetValueOrDefault(Split(entry.Subject)) })];
    }

    private static List<long> Numbers(IEnumerable<AuditEntry> entries, string kind) => [.. Ids(entries, kind).Where(id => long.TryParse(id, out _)).Select(long.Parse)];

    private static IEnumerable<string> Ids(IEnumerable<AuditEntry> entries, string kind) =>
        entries.Select(entry => Split(entry.Subject)).Where(subject => subject.Kind == kind).Select(subject => subject.Id).Distinct();

    private static (string Kind, string Id) Split(string subject) => subject.Split('/') is [var kind, var id, ..] ? (kind, id) : (subject, "");
}
