using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Planner.Tests.Web.Security.Fuzzing;

/// <summary>The app without a browser or a network, and all that it logs as an error.</summary>
public sealed class FuzzedHost : PlannerHost
{
    private readonly Keeper _keeper = new();

    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(
        new[] { "litellm", "genai-prices", "openrouter", "llm-prices", "vantage", "azure-retail", "runpod", "aws-spot-advisor" }.Select(feed => KeyValuePair.Create($"Feeds:{feed}:Url", "http://127.0.0.1:1/")))
    {
        ["Pdf:BrowserPath"] = "/no/browser",
    };

    /// <summary>What was logged as an error, each kind once.</summary>
    public IReadOnlyCollection<string> Errors => [.. _keeper.Errors.Keys];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_keeper));
    }

    private sealed class Keeper : ILoggerProvider, ILogger
    {
        public ConcurrentDictionary<string, bool> Errors { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error && Errors.Count < 100)
                Errors[$"{formatter(state, exception)} {exception}"] = true;
        }

        public void Dispose()
        {
        }
    }
}
