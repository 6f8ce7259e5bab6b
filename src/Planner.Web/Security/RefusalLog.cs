using Planner.Web.Accounts;

namespace Planner.Web.Security;

/// <summary>Logs requests that were refused: what, by which user, from where. Of the path the route only, where there is one, since a path may be a secret link.</summary>
public static partial class RefusalLog
{
    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status405MethodNotAllowed, StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status421MisdirectedRequest, StatusCodes.Status429TooManyRequests,
    ];

    // What a page sends while it is being left, so that its circuit ends at once: a browser that closes cuts it off, and the framework answers 400.
    private const string Goodbye = "/_blazor/disconnect/";

    private static readonly object RouteKey = new();

    /// <summary>Comes before everything that refuses.</summary>
    public static WebApplication UseRefusalLog(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusalLog).FullName!);
        app.Use(async (context, next) =>
        {
            var method = context.Request.Method;
            await next(context);
            // People are led to a page that says so.
            var status = context.Response.Headers.Location == AccessAnswers.NoAccess ? StatusCodes.Status403Forbidden : context.Response.StatusCode;
            var route = context.Items[RouteKey] as string;
            if (Refusals.Contains(status) && !(status == StatusCodes.Status400BadRequest && route == Goodbye))
                LogRefusal(log, status, method, route, Callers.IdOf(context.User), context.Connection.RemoteIpAddress?.ToString());
        });
        return app;
    }

    /// <summary>Comes after routing: what is executed again, to say that it was refused, has another route in the end.</summary>
    public static WebApplication UseRefusedRoutes(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, next) =>
        {
            context.Items.TryAdd(RouteKey, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            return next(context);
        });
        return app;
    }

    [LoggerMessage(LogLevel.Warning, "Refused with {Status}: {Method} {Route} by user {UserId} from {Address}")]
    private static partial void LogRefusal(ILogger log, int status, string method, string? route, long? userId, string? address);
}
