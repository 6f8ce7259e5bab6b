using System.Globalization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.SignalR;
using Planner.Web.Components.Layout;

namespace Planner.Web.Hosting;

/// <summary>How many pages may be open at a time, as configured in <c>Pages:Most</c>, <c>Pages:MostLost</c> and <c>Pages:LostSeconds</c>.</summary>
/// <param name="Most">Pages that are open, those whose connection broke among them.</param>
/// <param name="MostLost">Of these, pages whose connection broke that wait for their reader.</param>
/// <param name="LostFor">How long such a page waits.</param>
public sealed record PageLimits(int Most, int MostLost, TimeSpan LostFor)
{
    /// <summary>Seconds after which a reader who found no room asks again.</summary>
    public const int RetrySeconds = 5;

    // A program without readers, and what a page of a scenario adds at most; docs/performance.md has both.
    private const long OwnBytes = 300L << 20;
    private const long PageBytes = 6L << 20;
    private const int Fewest = 20;
    private const int UsualMost = 1_000;
    private const int Ceiling = 100_000;

    /// <summary>Why the app may not start like this, as a sentence; null where it may.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads them.</summary>
    public static PageLimits From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string? fault = null;
        var most = Number("Pages:Most", 1, Ceiling) ?? MostIn(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        var lost = Number("Pages:MostLost", 0, Ceiling) ?? Math.Clamp(most / 10, 5, 100);
        var seconds = Number("Pages:LostSeconds", 1, 3_600) ?? 120;
        return new PageLimits(most, lost, TimeSpan.FromSeconds(seconds)) { Fault = fault };

        int? Number(string setting, int least, int greatest)
        {
            var text = configuration[setting];
            if (string.IsNullOrWhiteSpace(text))
                return null;
            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= greatest)
                return value;
            fault ??= HostTexts.PagesForm.With(setting, text, least, greatest);
            return null;
        }
    }

    /// <summary>Pages that memory has room for: what the runtime may take, which is three quarters of a container's limit.</summary>
    internal static int MostIn(long bytes) => (int)Math.Clamp((bytes - OwnBytes) / PageBytes, Fewest, UsualMost);
}

/// <summary>Refuses further pages in words when as many are open as may be.</summary>
public static class PageRoom
{
    /// <summary>Comes after routing and sign-in. Pages without a circuit, files, the API and health are served however many pages are open.</summary>
    public static WebApplication UsePageRoom(this WebApplication app)
    {
        var (circuits, endpoints) = (app.Services.GetRequiredService<Circuits>(), app.Services.GetRequiredService<EndpointDataSource>());
        app.Use((context, next) => circuits.IsFull && OpensCircuit(context) ? ShowAsync(context, next, endpoints) : next(context));
        return app;
    }

    private static bool OpensCircuit(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && context.AcceptsInteractiveRouting();

    /// <summary>Serves the page that says so in the place of the one that was asked for; its address stays, so that it can be asked for again.</summary>
    private static Task ShowAsync(HttpContext context, RequestDelegate next, EndpointDataSource endpoints)
    {
        context.SetEndpoint(endpoints.Endpoints.First(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(FullPage)));
        context.Request.RouteValues.Clear();
        context.Request.Path = FullPage.Address;
        context.Request.QueryString = QueryString.Empty;
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = PageLimits.RetrySeconds.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}

/// <summary>Refuses the circuit of a page that was served while there was room, or that asks past the page. A few more than may be get in who ask at the same moment.</summary>
internal sealed class PageRoomFilter(Circuits circuits) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodName is not ("StartCircuit" or "ResumeCircuit") || !circuits.IsFull)
            return await next(invocationContext);
        // The page says that it failed and offers to be loaded again; then it is told why.
        await invocationContext.Hub.Clients.Caller.SendAsync("JS.Error", Components.Layout.LayoutTexts.FullReason.With(circuits.Limits.Most));
        return null;
    }
}
