using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Web.Hosting;
using Xunit;

namespace Planner.BrowserTests;

/// <summary>The app with room for two pages.</summary>
public sealed class SmallApp : RunningApp
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Pages:Most"] = "2" };
}

/// <summary>Circuits when as many pages are open as may be.</summary>
public sealed class PageRoomTests(SmallApp app) : IClassFixture<SmallApp>
{
    [Fact]
    public async Task Third_reader_waits_until_one_leaves_and_who_got_the_page_before_is_told_that_it_failed()
    {
        var first = await app.OpenAsync("/method");
        // This one has its page, and asks for the circuit only when the room is taken.
        var early = await app.NewPageAsync();
        var held = new TaskCompletionSource();
        await early.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await early.GotoAsync(new Uri(app.Address, "/method").ToString());
        var second = await app.OpenAsync("/");

        var third = await app.NewPageAsync();
        var refused = await third.GotoAsync(new Uri(app.Address, "/scenarios").ToString());
        Assert.Equal(503, refused!.Status);
        await Assertions.Expect(third.GetByRole(AriaRole.Heading, new() { Name = "Planner is full" })).ToBeVisibleAsync();
        Assert.Equal(new Uri(app.Address, "/scenarios").ToString(), third.Url);

        held.SetResult();
        await Assertions.Expect(early.Locator("#blazor-error-ui")).ToBeVisibleAsync();

        await second.CloseAsync();
        // The server hears of it later than the browser.
        var circuits = app.Services.GetRequiredService<Circuits>();
        while (circuits.IsFull)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await app.GoAsync(third, "/scenarios");
        await Assertions.Expect(third.GetByRole(AriaRole.Heading, new() { Name = "Scenarios", Exact = true })).ToBeVisibleAsync();
        foreach (var page in new[] { first, early, second, third })
            await page.Context.CloseAsync();
    }
}
