using System.Net;
using Planner.Data.Accounts;
using Planner.Tests.Web.Accounts;
using Planner.Web.Security;
using Xunit;

namespace Planner.Tests.Web.Security;

public sealed class RequestLimitTests
{
    [Fact]
    public async Task Sender_has_so_many_requests_to_the_api_a_minute_and_the_pages_are_not_counted()
    {
        await using var app = new LimitedHost(3);
        using var client = app.CreateClient();

        for (var request = 0; request < 3; request++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/examples")).StatusCode);
        var refused = await client.GetAsync("/api/v1/examples");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/scenarios")).StatusCode);
    }

    [Fact]
    public async Task With_accounts_each_user_has_an_own_count_whatever_the_address()
    {
        await using var app = new AccountsHost();
        await app.AddUserAsync("ada", Role.Admin, proxied: true);
        await app.AddUserAsync("bob", Role.Viewer, proxied: true);
        using var ada = app.Proxied("ada");
        using var elsewhere = app.Proxied("ada", "10.1.2.4");
        using var bob = app.Proxied("bob");

        HttpStatusCode last = default;
        for (var count = 0; count <= RequestLimits.RequestsAMinute && last != HttpStatusCode.TooManyRequests; count++)
            last = (await ada.GetAsync("/api/v1/nothing")).StatusCode;

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await elsewhere.GetAsync("/api/v1/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync("/api/v1/nothing")).StatusCode);
    }

    private sealed class LimitedHost(int requests) : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Api:RequestsPerMinute"] = $"{requests}" };
    }
}
