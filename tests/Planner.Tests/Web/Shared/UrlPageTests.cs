using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

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

    [Fact]
    public async Task List_that_the_disk_keeps_from_loading_says_why()
    {
        var toasts = new Toasts(TimeProvider.System);
        using var page = new Probe { Navigation = new Address(), Loggers = NullLoggerFactory.Instance, Toasts = toasts, Fault = new SqliteException("malformed", 11) };

        await page.LoadAgainAsync();

        Assert.Equal("The database is damaged. Stop Planner and put a backup back (planner restore).", Assert.Single(toasts.Shown).Text);
    }

    private sealed class Probe : UrlPage<string>
    {
        internal Exception? Fault { get; init; }

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
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://localhost/", "http://localhost/list");
    }
}
