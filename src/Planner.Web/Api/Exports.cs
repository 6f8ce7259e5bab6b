using Planner.Data.Audits;

namespace Planner.Web.Api;

/// <summary>Notes in the audit log what leaves the app as a file.</summary>
internal static class Exports
{
    /// <summary>Notes each file that an endpoint of the group gives away.</summary>
    internal static RouteGroupBuilder NoteExports(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            if ((result is INestedHttpResult nested ? nested.Result : result) is IFileHttpResult file)
            {
                var http = context.HttpContext;
                var subject = http.Request.RouteValues["id"] is string id ? $"scenarios/{id}" : http.Request.Path.Value!;
                await http.RequestServices.GetRequiredService<AuditLog>().NoteAsync(AuditActions.Exported, subject, file.FileDownloadName, cancellationToken: http.RequestAborted);
            }

            return result;
        });
        return group;
    }
}
