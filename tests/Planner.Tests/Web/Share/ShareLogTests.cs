using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Planner.Tests.Web.Reports;
using Xunit;

namespace Planner.Tests.Web.Share;

/// <summary>Tokens stay out of the log, also where the configuration asks one provider, or one category, for all that there is.</summary>
public sealed class ShareLogTests : IAsyncLifetime
{
    private readonly TalkativeApp _app = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Token_never_reaches_the_log()
    {
        using var http = _app.CreateClient();
        var made = await http.PostAsJsonAsync($"/api/v1/scenarios/{await _app.StoreAsync("daily-classifier")}/links", new { passcode = "open sesame" });
        var link = new Uri((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!);

        foreach (var path in new[] { "", "/passcode", "/more", "?view=risk" })
            await http.GetAsync(link + path);
        await http.PostAsync(link, null);

        Assert.Contains("Microsoft.AspNetCore", _app.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Segments[^1], _app.Log.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Critical)]
    [InlineData("Microsoft.AspNetCore.Routing.Matching.DfaMatcher", LogLevel.Information)]
    [InlineData("Microsoft.AspNetCore.Components.Server.Circuits.RemoteNavigationManager", LogLevel.Information)]
    // It writes what StartCircuit was called with.
    [InlineData("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Information)]
    public void Loggers_that_write_addresses_are_quiet(string category, LogLevel level) =>
        Assert.False(_app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level));

    private sealed class TalkativeApp : SharingApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            var provider = $"Logging:{typeof(LogKeeper).FullName}:LogLevel";
            builder.UseSetting($"{provider}:Default", "Trace");
            builder.UseSetting($"{provider}:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace");
            builder.UseSetting($"{provider}:Microsoft.AspNetCore.Hosting.Diagnostics*", "Trace");
            builder.UseSetting($"{provider}:Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", "Trace");
            builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Routing.Matching", "Trace");
        }
    }
}
