using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Planner.Web.Accounts;
using Planner.Web.Security;
using Xunit;

namespace Planner.Tests.Web.Security;

/// <summary>No page elsewhere may show this app in a frame.</summary>
public class FramingTests
{
    [Theory]
    [InlineData("localhost:5080", 204)]
    [InlineData("attacker.example", 421)]
    public async Task Every_answer_forbids_frames(string host, int status)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
        context.RequestServices = new NoServices();

        await new LoopbackGuard(passed =>
        {
            passed.Response.StatusCode = 204;
            return Task.CompletedTask;
        }, AccountsOptions.From(new ConfigurationBuilder().Build(), "planner.db")).InvokeAsync(context);

        Assert.Equal((status, "frame-ancestors 'none'"), (context.Response.StatusCode, context.Response.Headers.ContentSecurityPolicy.ToString()));
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(Microsoft.Extensions.Logging.ILoggerFactory) ? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance : null;
    }
}
