using System.Reflection;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>WCAG 2.2 AA as far as a program can tell: every page in both themes, at three widths, with wide text and without motion, and what unfolds on pages.</summary>
public sealed class AccessibilityTests(RunningApp app)
{
    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (390, 844)];

    /// <summary>The scenario page at 1280 px and 400 %.</summary>
    private static readonly (int Width, int Height) Magnified = (320, 256);

    /// <summary>Axe's rules of WCAG and good practice; those for the size of targets are off unless asked for. The one page that loads itself again waits for room, and nothing is lost by it.</summary>
    private static readonly AxeRunOptions Everything = new() { Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true }, ["meta-refresh"] = new() { Enabled = false } } };

    /// <summary>The other theme changes colours and nothing else.</summary>
    private static readonly AxeRunOptions Colours = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    /// <summary>Other widths change places and sizes.</summary>
    private static readonly AxeRunOptions Places = new() { RunOnly = RunOnlyOptions.Rules("target-size", "scrollable-region-focusable") };

    private const string WhatSticksOut = """
        () => document.documentElement.scrollWidth <= innerWidth ? '' : `${document.documentElement.scrollWidth} of ${innerWidth}: ` + [...document.body.querySelectorAll('*')].filter((element) => {
          if (element.getBoundingClientRect().right <= innerWidth + 1) return false;
          for (let box = element.parentElement; box; box = box.parentElement) if (getComputedStyle(box).overflowX !== 'visible') return false;
          return true;
        }).slice(0, 3).map((element) => element.outerHTML.slice(0, 150)).join(' ')
        """;

    /// <summary>With the spacing of WCAG 1.4.12. What is hidden on purpose, drawings and tables that are rolled hold what they hold without it.</summary>
    private const string WhatWideTextLoses = """
        () => {
          const style = document.head.appendChild(document.createElement('style'));
          style.textContent = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';
          const lost = document.documentElement.scrollWidth > innerWidth ? [`page of ${document.documentElement.scrollWidth}`] : [];
          const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
          for (const element of document.body.querySelectorAll('*')) {
            if (element.closest('.visually-hidden, svg, figure .host') || !element.checkVisibility() || !element.innerText) continue;
            const { overflowX, overflowY, clipPath } = getComputedStyle(element);
            if (clipPath !== 'none') continue;
            if ((hides(overflowX) && element.scrollWidth > element.clientWidth + 2) || (hides(overflowY) && element.scrollHeight > element.clientHeight + 2)) lost.push(element.outerHTML.slice(0, 150));
          }
          style.remove();
          return lost.slice(0, 3).join(' ');
        }
        """;

    private const string WhatMoves = """
        () => [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0);
        }).slice(0, 3).map((element) => element.outerHTML.slice(0, 150)).join(' ')
        """;

    public static TheoryData<string> Addresses() => [.. PageLooks.All.Where(look => !look.WithAccounts).SelectMany(look => look.Addresses)];

    [Fact]
    public void Every_route_is_looked_at()
    {
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(route => route.Template).Order(StringComparer.Ordinal);
        Assert.Equal(routes, PageLooks.All.Select(look => look.Route).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task Page_is_clean(string address) => IsCleanAsync(app, address);

    [Theory]
    [InlineData("/examples/high-volume-chat", "working")]
    [InlineData("/examples/high-volume-chat", "note")]
    [InlineData("/examples/high-volume-chat", "bad input")]
    [InlineData("/examples/high-volume-chat", "table of a chart")]
    [InlineData("/examples/high-volume-chat", "menu of a chart")]
    [InlineData("/scenarios/{id}", "share")]
    [InlineData("/scenarios/{id}", "menu of the report")]
    [InlineData("/scenarios/{id}", "message after deleting")]
    [InlineData("/prices", "drawer of a price")]
    [InlineData("/prices", "form of a price")]
    public Task State_of_a_page_is_clean(string address, string state) => IsCleanAsync(app, address, unfold: page => UnfoldAsync(page, state));

    /// <summary>Looks at a page in both themes and at all sizes, without loading it again.</summary>
    /// <param name="app">The app.</param>
    /// <param name="address">The page.</param>
    /// <param name="state">Cookies of who looks at it, as the browser keeps them; null for nobody.</param>
    /// <param name="unfold">What is done on it first.</param>
    internal static async Task IsCleanAsync(RunningApp app, string address, string? state = null, Func<IPage, Task>? unfold = null)
    {
        if (address.Contains("{id}", StringComparison.Ordinal))
            address = address.Replace("{id}", await app.StoreAsync("high-volume-chat"), StringComparison.Ordinal);
        var faults = new List<string>();
        var page = await app.NewPageAsync(new BrowserNewContextOptions { ViewportSize = SizeOf(Sizes[0]), ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce, StorageState = state });
        // What is meant to be missing is told in the console by its status.
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) faults.Add(message.Text); };
        page.PageError += (_, fault) => faults.Add(fault);
        // The circuit's first render takes the prerendered head over, its title included.
        await app.GoAsync(page, address);
        await DrawnAsync(page);
        if (unfold is not null)
            await unfold(page);

        foreach (var size in Sizes)
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            foreach (var (scheme, rules) in new[] { (ColorScheme.Light, Everything), (ColorScheme.Dark, Colours) })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await DrawnAsync(page);
                await FindsNothingAsync(page, rules, $"{address} {size.Width} {scheme}");
            }

            await IsEmptyAsync(page, WhatSticksOut, $"{address} {size.Width}: wider than the screen");
        }

        await IsEmptyAsync(page, WhatMoves, $"{address}: moves where motion is to be reduced");
        await IsEmptyAsync(page, WhatWideTextLoses, $"{address} 390: wide text is lost");
        await page.SetViewportSizeAsync(Magnified.Width, Magnified.Height);
        await DrawnAsync(page);
        await FindsNothingAsync(page, Places, $"{address} {Magnified.Width}");
        await IsEmptyAsync(page, WhatSticksOut, $"{address} {Magnified.Width}: wider than the screen");
        await IsEmptyAsync(page, WhatWideTextLoses, $"{address} {Magnified.Width}: wide text is lost");
        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    private static async Task FindsNothingAsync(IPage page, AxeRunOptions rules, string where)
    {
        var found = await page.RunAxe(rules);
        Assert.True(found.Violations.Length == 0, $"{where}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"))}");
    }

    private static async Task IsEmptyAsync(IPage page, string script, string where)
    {
        var found = await page.EvaluateAsync<string>(script);
        Assert.True(found.Length == 0, $"{where}: {found}");
    }

    private static async Task DrawnAsync(IPage page) =>
        await page.WaitForFunctionAsync("() => document.readyState === 'complete' && document.title && [...document.querySelectorAll('figure')].every(figure => figure.querySelector('svg'))");

    private static ViewportSize SizeOf((int Width, int Height) size) => new() { Width = size.Width, Height = size.Height };

    private static async Task UnfoldAsync(IPage page, string state)
    {
        var dialog = page.Locator("dialog[open]");
        switch (state)
        {
            case "working":
                await page.Locator("button.amount").First.ClickAsync();
                await Expect(dialog).ToBeVisibleAsync();
                break;
            case "note":
                await page.GetByRole(AriaRole.Button, new() { NameRegex = new("note", System.Text.RegularExpressions.RegexOptions.IgnoreCase) }).First.ClickAsync();
                await Expect(dialog).ToBeVisibleAsync();
                break;
            case "bad input":
                await page.GetByLabel("Requests per month").FillAsync("many");
                await page.GetByLabel("Requests per month").PressAsync("Tab");
                await Expect(page.GetByLabel("Requests per month")).ToHaveAttributeAsync("aria-invalid", "true");
                break;
            case "table of a chart":
                await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).First.ClickAsync();
                await Expect(page.Locator("figure .numbers").First).ToBeVisibleAsync();
                break;
            case "menu of a chart":
                await page.Locator("figure details.menu > summary").First.ClickAsync();
                await Expect(page.Locator("figure details.menu .choices").First).ToBeVisibleAsync();
                break;
            case "share":
                await page.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
                await Expect(dialog).ToBeVisibleAsync();
                break;
            case "menu of the report":
                await page.GetByText("Report", new() { Exact = true }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Download PDF" })).ToBeVisibleAsync();
                break;
            case "message after deleting":
                await page.Locator(".page-head details.menu > summary").Last.ClickAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).First.ClickAsync();
                await Expect(page.GetByText("Deleted High-volume chat.")).ToBeVisibleAsync();
                break;
            case "drawer of a price":
                await page.Locator(".grid-box a.name").First.ClickAsync();
                await Expect(dialog).ToBeVisibleAsync();
                break;
            case "form of a price":
                await page.GetByRole(AriaRole.Button, new() { Name = "Add a price sheet" }).ClickAsync();
                await Expect(dialog).ToBeVisibleAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, null);
        }
    }
}
