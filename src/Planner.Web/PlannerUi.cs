using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Planner.Web.Accounts;
using Planner.Web.Api;
using Planner.Web.Comparisons;
using Planner.Web.Components;
using Planner.Web.Components.Actuals;
using Planner.Web.Components.Overview;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Shared;
using Planner.Web.Components.Usage;
using Planner.Web.Hosting;
using Planner.Web.Security;
using Radzen;

namespace Planner.Web;

/// <summary>The pages: their services, their middleware and their endpoints.</summary>
public static class PlannerUi
{
    public static IServiceCollection AddPlannerUi(this IServiceCollection services)
    {
        // Notes of a scenario may have 20,000 characters; a message of the default size would end the circuit over them.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub =>
        {
            hub.MaximumReceiveMessageSize = 256 * 1024;
            hub.AddFilter<PageRoomFilter>();
        });
        services.AddSingleton<PageRoomFilter>();
        services.AddOptions<CircuitOptions>().Configure<PageLimits>((circuits, limits) =>
        {
            (circuits.DisconnectedCircuitMaxRetained, circuits.DisconnectedCircuitRetentionPeriod) = (limits.MostLost, limits.LostFor);
            // A page that was given up is loaded anew: its script does not ask for what would be kept of it.
            circuits.PersistedCircuitInMemoryMaxRetained = 0;
        });
        services.AddRadzenComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<Toasts>();
        services.AddScoped<PageFiles>();
        services.AddScoped<Confirmations>();
        services.AddScoped<AddressViewState>();
        services.AddSingleton<ScenarioOverview>();
        services.AddSingleton<BreakEvenTrend>();
        services.AddSingleton<UsageUploads>();
        services.AddSingleton<ActualsDesk>();
        services.AddSingleton<ScenarioOpener>();
        services.AddSingleton<ComparisonDesk>();
        return services;
    }

    /// <summary>Faults and unknown addresses become pages, save below <c>/api</c> and <c>/openapi</c>, where clients expect problem documents.</summary>
    public static WebApplication MapPlannerUi(this WebApplication app)
    {
        app.UseWhen(IsPage, pages =>
        {
            if (!app.Environment.IsDevelopment())
            {
                pages.UseExceptionHandler("/fault", createScopeForErrors: true);
            }

            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });

        // Monitors and previews ask for heads alone. The server itself knows that, and sends no body.
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
                (context.Request.Method, context.Response.Body) = (HttpMethods.Get, Stream.Null);
            return next(context);
        });
        // After the two above: what they execute again must be routed again.
        app.UseRouting();
        app.UseRefusedRoutes();
        app.UseLogScopes();
        app.UseAccess();
        app.UsePageRoom();
        app.UseIdempotencyKeys();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGroup("").RequireAuthorization(Policies.Edit).MapUsageUploads();
        app.MapAccounts();
        // The framework's own policy, 'self', would stand beside that of every answer.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null).Add(OpenCircuits);
        return app;
    }

    /// <summary>Shared pages have circuits too. What a circuit may show is asked page by page, what it may do call by call.</summary>
    private static void OpenCircuits(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && (path.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal) || path.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal)))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    private static bool IsPage(HttpContext context) => !ApiPaths.IsApi(context);
}
