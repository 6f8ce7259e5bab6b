using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Catalog;

/// <summary>What a page began still ends after the page was left.</summary>
public class UrlPageTests
{
    [Fact]
    public async Task Left_page_says_so_and_loads_nothing_more()
    {
        var page = new Probe { Navigation = new Address(), Loggers = NullLoggerFactory.Instance, Toasts = new Toasts(TimeProvider.System) };
        await page.LoadAgainAsync();
        Assert.False(page.IsLeft);

        page.Dispose();

        Assert.True(page.IsLeft);
        await page.LoadAgainAsync();
        Assert.Equal(1, page.Loads);
    }

    [Fact]
    public async Task Next_load_ends_the_one_before()
    {
        using var page = new Probe { Navigation = new Address(), Loggers = NullLoggerFactory.Instance, Toasts = new Toasts(TimeProvider.System) };
        await page.LoadAgainAsync();
        var first = page.Last;

        await page.LoadAgainAsync();

        Assert.True(first.IsCancellationRequested);
        Assert.False(page.Last.IsCancellationRequested);
    }

    private sealed class Probe : UrlPage<string>
    {
        internal int Loads { get; private set; }

        internal CancellationToken Last { get; private set; }

        internal bool IsLeft => Leaving.IsCancellationRequested;

        internal Task LoadAgainAsync() => ReloadAsync();

        protected override string Read(Uri address) => address.ToString();

        protected override string Write(string state) => state;

        protected override Task LoadAsync(string state, CancellationToken cancellationToken)
        {
            Loads++;
            Last = cancellationToken;
            return Task.CompletedTask;
        }
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://localhost/", "http://localhost/list");
    }
}
