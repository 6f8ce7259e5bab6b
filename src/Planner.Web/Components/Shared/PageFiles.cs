using Microsoft.AspNetCore.Components;
using Planner.Data.Audits;

namespace Planner.Web.Components.Shared;

/// <summary>Notes in the audit log the files that a page makes for its reader.</summary>
public sealed class PageFiles(AuditLog log, NavigationManager navigation)
{
    /// <summary>Notes a file. What a shared page gives away is told where its link is: the address of the page is a secret.</summary>
    /// <param name="name">Name of the file.</param>
    public Task NoteAsync(string name)
    {
        var page = new Uri(navigation.Uri).AbsolutePath.Trim('/');
        return $"{page}/".StartsWith("s/", StringComparison.OrdinalIgnoreCase) ? Task.CompletedTask : log.NoteAsync(AuditActions.Exported, page, name);
    }
}
