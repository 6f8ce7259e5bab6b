using Planner.Data.Audits;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Audits;

/// <summary>What the page shows. It is the page's address.</summary>
/// <param name="Who">Part of the name of who did it, or whose account refused to be signed in to.</param>
/// <param name="Action">An action, or what it is done to.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Page">Page of the list, from 1.</param>
public sealed record AuditState(string? Who, string? Action, string? Subject, DateOnly? From, DateOnly? To, int Page)
{
    public const string Path = "/audit";

    /// <summary>Entries on a page.</summary>
    public const int Size = 100;

    public static AuditState Read(Uri address)
    {
        var query = new QueryText(address);
        return new(query.Text("who"), query.Text("action"), query.Text("subject"), query.Day("from"), query.Day("to"), query.Page("page"));
    }

    public string Write() => Write(Path, ("page", Page > 1 ? $"{Page}" : null));

    /// <summary>Address of the same entries as CSV.</summary>
    public string WriteCsv() => Write("/api/v1/audit/entries.csv");

    public AuditQuery ToQuery() => new(Who, Action, Subject, From, To, (Page - 1) * Size, Size);

    private string Write(string path, params ReadOnlySpan<(string Name, string? Value)> more) => QueryText.Write(
        path,
        [("who", Who), ("action", Action), ("subject", Subject), ("from", From is { } from ? Format.Day(from) : null), ("to", To is { } to ? Format.Day(to) : null), .. more]);
}
