using System.Net;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

public sealed partial class CompareTests(RunningApp app)
{
    [Fact]
    public async Task Scenarios_chosen_in_the_list_are_compared_held_against_another_base_and_added_up()
    {
        await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Compared first" });
        await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Compared second", Workload = scenario.Workload.At(12_000_000) });
        var page = await app.OpenAsync("/scenarios");

        await page.GetByLabel("Choose Compared first").CheckAsync();
        await page.GetByLabel("Choose Compared second").CheckAsync();
        await page.GetByText("2 chosen").WaitForAsync();
        await page.Locator(".chosen").GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Compare" }).ClickAsync();

        // $7,500 and $9,000.
        await page.GetByText("+$1,500.00, +20 %").First.WaitForAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Make it the base" }).ClickAsync();
        await page.GetByText("−$1,500.00, −17 %").First.WaitForAsync();
        Assert.EndsWith("&base=2", page.Url, StringComparison.Ordinal);

        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Add them up" }).ClickAsync();
        await page.GetByText("2 scenarios cost $16,500 a month").WaitForAsync();
        await page.GetByLabel("Option of Compared first that counts").SelectOptionAsync("self");
        await page.GetByText("2 scenarios cost $17,168 a month").WaitForAsync();
        Assert.Contains(":self", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Choosing_moves_nothing_and_what_can_be_done_is_in_sight(int width, int height)
    {
        foreach (var number in Enumerable.Range(1, 6))
            await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = $"Chosen {width} {number}" });
        var page = await app.OpenAsync($"/scenarios?q=Chosen+{width}", new() { ViewportSize = new() { Width = width, Height = height } });
        var box = page.GetByLabel($"Choose Chosen {width} 6");
        await box.WaitForAsync();
        const string Places = "() => JSON.stringify([...document.querySelectorAll('.scenario, .gallery-head')].map(e => Math.round(e.getBoundingClientRect().top + scrollY)))";
        var before = await page.EvaluateAsync<string>(Places);
        await Expect(page.Locator(".chosen")).ToBeHiddenAsync();

        await box.CheckAsync();
        await page.GetByText("1 chosen").WaitForAsync();

        Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        await Expect(page.Locator(".chosen").GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Compare" })).ToBeInViewportAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Choose none" }).ClickAsync();
        await Expect(page.Locator(".chosen")).ToBeHiddenAsync();
        Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Portfolio_is_printed_with_its_summary_on_the_first_page()
    {
        using var http = app.CreateClient();
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("support-assistant"));

        using var answer = await http.GetAsync($"/api/v1/portfolio/report.pdf?with={first}:self&with={second}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await PdfText.ReadAsync(await answer.Content.ReadAsByteArrayAsync());
        var pages = int.Parse(PageCount().Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(pages, 3, 5);
        // $8,167.68 and the $1,895 of GPT-5 mini.
        foreach (var expected in new[] { "Portfolio of 2 scenarios", "$10,062.68", "High-volume chat", "Support assistant", "own price", "Costs that scenarios could share", $"Page {pages} of {pages}" })
            Assert.Contains(expected, text, StringComparison.Ordinal);
        var summary = text[..text.IndexOf("Page 1 of", StringComparison.Ordinal)];
        foreach (var expected in new[] { "A month", "Over the horizon of each", "By kind of cost", "cannot serve the workload" })
            Assert.Contains(expected, summary, StringComparison.Ordinal);
    }

    [GeneratedRegex("Page 1 of (\\d+)")]
    private static partial Regex PageCount();
}
