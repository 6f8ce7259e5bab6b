using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Planner.Data;

namespace Planner.Web.Hosting;

/// <summary>Logs, metrics and traces, as docs/operations.md tells.</summary>
public static class Observability
{
    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    // The framework's own of a request: addresses of shared pages are secret, and who asked is nobody's business.
    private static readonly string[] Withheld = ["url.path", "url.query", "url.full", "client.address", "network.peer.address", "user_agent.original", "exception.message", "exception.stacktrace"];

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(Observability).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "–";

    /// <summary>Registers them. Metrics and traces are sent where the settings name a receiver, and kept nowhere.</summary>
    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // The settings, read later, may say otherwise.
        builder.Services.Configure<JsonConsoleFormatterOptions>(json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        builder.Services.AddSingleton<SystemState>();
        builder.Services.AddSingleton(PageLimits.From(builder.Configuration));
        builder.Services.AddSingleton<Circuits>();
        builder.Services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<Circuits>());
        builder.Services.AddScoped<CircuitHandler, CircuitScopes>();
        builder.Services.AddHostedService(provider => new Exports(provider.GetRequiredService<IConfiguration>()));
        return builder;
    }

    private static bool IsAsked(IConfiguration settings, string signal) =>
        !string.Equals(settings["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && settings[$"OTEL_{signal}_EXPORTER"] is null or "otlp"
        && !string.IsNullOrWhiteSpace(settings[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] ?? settings["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>Sends metrics and traces while the app runs. The packages that do so by themselves are not needed for two providers.</summary>
    private sealed class Exports(IConfiguration settings) : IHostedService
    {
        private MeterProvider? _metrics;
        private TracerProvider? _traces;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (IsAsked(settings, "METRICS"))
                _metrics = Sdk.CreateMeterProviderBuilder().ConfigureServices(services => services.AddSingleton(settings)).SetResourceBuilder(Resource()).AddMeter(Meters).AddOtlpExporter().Build();
            if (IsAsked(settings, "TRACES"))
            {
                _traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(services => services.AddSingleton(settings)).SetResourceBuilder(Resource())
                    .AddSource(Telemetry.Name, "Microsoft.AspNetCore").AddProcessor(new Discretion()).AddOtlpExporter().Build();
            }

            return Task.CompletedTask;
        }

        // What was not sent yet is sent now, for seconds at most.
        public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
            () =>
            {
                _traces?.Dispose();
                _metrics?.Dispose();
            },
            cancellationToken);

        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say otherwise.
        private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService("planner", serviceVersion: Version).AddTelemetrySdk().AddEnvironmentVariableDetector();
    }

    /// <summary>Takes off a trace what it may not tell.</summary>
    private sealed class Discretion : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            foreach (var tag in Withheld)
                data.SetTag(tag, null);
        }
    }
}
