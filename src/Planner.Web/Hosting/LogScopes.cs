using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Planner.Data;

namespace Planner.Web.Hosting;

/// <summary>Says in each line of the log what it is about, by ids: the request or the circuit, and the scenario. Addresses are not among them, since those of shared pages are secret.</summary>
public static class LogScopes
{
    private const string Scenarios = "scenarios";

    /// <summary>Comes after routing, which finds the endpoint.</summary>
    public static WebApplication UseLogScopes(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LogScopes).FullName!);
        app.Use(async (context, next) =>
        {
            var trace = Activity.Current;
            using var _ = log.BeginScope(Scope("RequestId", context.TraceIdentifier, context.Request.Path.Value));
            Name(trace, context);
            await next(context);
            trace?.SetTag("http.response.status_code", context.Response.StatusCode);
        });
        return app;
    }

    /// <summary>Names the request's trace, which the framework leaves without one: by the route, never by the address.</summary>
    private static void Name(Activity? trace, HttpContext context)
    {
        if (trace is null)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        trace.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} /{route.TrimStart('/')}";
        trace.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route);
    }

    /// <summary>A scope.</summary>
    /// <param name="name">What the work belongs to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="path">Path of the page or of the call, from which a scenario's id is taken.</param>
    internal static LogScope Scope(string name, string id, string? path)
    {
        var scope = new LogScope((name, id));
        var parts = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Array.IndexOf(parts, Scenarios) is >= 0 and var at && at + 1 < parts.Length && IsId(parts[at + 1]))
            scope.Add(new("ScenarioId", parts[at + 1]));
        return scope;
    }

    // Whatever else somebody writes there is not repeated.
    private static bool IsId(string part) => part.Length is > 0 and <= 32 && part.All(char.IsAsciiLetterOrDigit);
}

/// <summary>The same for what people do on an open page.</summary>
public sealed class CircuitScopes(NavigationManager navigation, ILogger<CircuitScopes> log) : CircuitHandler
{
    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        using var _ = log.BeginScope(LogScopes.Scope("CircuitId", context.Circuit.Id, new Uri(navigation.Uri).AbsolutePath));
        await next(context);
    };
}
