namespace Planner.Web.Api;

/// <summary>Which addresses belong to programs rather than to people: what goes wrong there is told as a problem document, never as a page.</summary>
public static class ApiPaths
{
    public const string Root = "/api/v1";

    public static bool IsApi(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // As routing does, without regard to case.
        return context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);
    }
}
