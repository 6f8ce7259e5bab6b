using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Planner.BrowserTests;

/// <summary>Every page in both themes and at both sizes: axe finds nothing, nothing sticks out sideways, nothing fails in the console.</summary>
public sealed class AccessibilityTests(RunningApp app)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/scenarios")]
    [InlineData("/scenarios/guide")]
    [InlineData("/scenarios/guide?step=2")]
    [InlineData("/scenarios/guide?step=3")]
    [InlineData("/scenarios/guide?step=4")]
    [InlineData("/scenarios/new?answers=task%3Dchat%26budget%3D5000")]
    [InlineData("/examples/high-volume-chat")]
    [InlineData("/examples/high-volume-chat?tour=1")]
    [InlineData("/examples/spot-mix")]
    [InlineData("/examples/support-assistant?view=capacity")]
    [InlineData("/examples/support-assistant?view=load")]
    [InlineData("/examples/support-assistant?axis=instancePrice")]
    [InlineData("/examples/support-assistant?map=apiPrice")]
    [InlineData("/scenarios/{id}/actuals")]
    [InlineData("/scenarios/{id}/versions")]
    [InlineData("/compare")]
    [InlineData("/compare?with={id}&with={id}:self&with=nosuch")]
    [InlineData("/portfolio?with={id}:self")]
    [InlineData("/usage")]
    [InlineData("/prices")]
    [InlineData("/instances")]
    [InlineData("/models")]
    [InlineData("/measurements")]
    [InlineData("/feeds")]
    [InlineData("/feeds/quarantine")]
    [InlineData("/feeds/lists")]
    [InlineData("/method")]
    [InlineData("/method/accuracy")]
    [InlineData("/glossary")]
    public Task Page_is_clean_in_both_themes_and_sizes(string path) => IsCleanAsync(app, path);

    /// <summary>Looks at a page in both themes and at both sizes.</summary>
    /// <param name="app">The app.</param>
    /// <param name="path">The page.</param>
    /// <param name="state">Cookies of who looks at it, as the browser keeps them; null for nobody.</param>
    internal static async Task IsCleanAsync(RunningApp app, string path, string? state = null)
    {
        if (path.Contains("{id}", StringComparison.Ordinal))
            path = path.Replace("{id}", await app.StoreAsync("high-volume-chat"), StringComparison.Ordinal);
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                var faults = new List<string>();
                var page = await app.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, StorageState = state });
                page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
                page.PageError += (_, fault) => faults.Add(fault);
                // The circuit's first render takes the prerendered head over, its title included.
                await app.GoAsync(page, path);
                await page.WaitForFunctionAsync("() => window.Blazor && document.title && [...document.querySelectorAll('figure')].every(figure => figure.querySelector('svg'))");

                var found = await page.RunAxe();
                Assert.True(found.Violations.Length == 0, $"{path} {width} {scheme}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"))}");
                Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width, $"{path} is wider than {width}.");
                Assert.Empty(faults);
                await page.Context.CloseAsync();
            }
        }
    }
}
