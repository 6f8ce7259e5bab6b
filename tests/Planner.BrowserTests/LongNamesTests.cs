using Microsoft.Playwright;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.BrowserTests;

/// <summary>Names are the reader's own, and one may have no place to break at.</summary>
public sealed class LongNamesTests(RunningApp app)
{
    private static readonly string Long = "Kundenserviceautomatisierungsplattformkostenvergleichsrechnung" + new string('x', 20);

    [Theory]
    [InlineData("/")]
    [InlineData("/scenarios")]
    [InlineData("/scenarios/{id}")]
    [InlineData("/scenarios/{id}/versions")]
    [InlineData("/compare?with={id}&with={id}@1")]
    [InlineData("/portfolio?with={id}&with={id}@1")]
    [InlineData("/portfolio/report?with={id}&with={id}@1")]
    [InlineData("/report/{id}")]
    public async Task Page_with_long_names_is_no_wider_than_a_phone(string path)
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = Long, Options = [.. scenario.Options.Select(Renamed)] });
        var page = await app.OpenAsync(path.Replace("{id}", id, StringComparison.Ordinal), new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        await page.GetByText(Long).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // Names stand in charts too.
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure')].every(figure => figure.querySelector('svg'))");

        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        var wide = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')]
              .filter(e => e.getBoundingClientRect().right > 391)
              .slice(0, 30).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)
            """);

        Assert.True(width == 390, $"{path} is {width} wide: {string.Join("; ", wide)}");
        await page.Context.CloseAsync();
    }

    private static Option Renamed(Option option, int index) => option with { Name = $"{Long}{index}" };
}
