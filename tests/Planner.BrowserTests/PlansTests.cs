using System.IO.Compression;
using Microsoft.Playwright;
using Planner.Domain.Scenarios;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>What is found for a scenario, and what becomes of it by a click: plans, advice, files.</summary>
public sealed class PlansTests(RunningApp app)
{
    // A search takes all cores, which others may be using.
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 90_000 };

    [Fact]
    public async Task Best_plan_is_found_and_becomes_an_option_by_a_click()
    {
        var page = await OpenTabAsync("/examples/support-assistant?view=plans");
        await Expect(page.GetByText("The search begins with the models and price sheets of your options")).ToBeVisibleAsync();
        await Button(page, "Search").ClickAsync();
        var finding = page.GetByText("is the cheapest plan at").First;
        await Expect(finding).ToBeVisibleAsync(Patiently);
        var name = (await finding.InnerTextAsync()).Split(" is the cheapest plan at")[0];

        // A point of the frontier is picked with the keyboard.
        await page.GetByRole(AriaRole.Application).Last.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Button(page, "Add as an option")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Add {name} as an option" }).First.ClickAsync();
        await Expect(page.GetByText($"{name} is now an option.")).ToBeVisibleAsync();
        await Expect(Button(page, "Undo").First).ToBeEnabledAsync();
        await Button(page, "Undo").First.ClickAsync();
        await Expect(Button(page, "Undo").First).ToBeDisabledAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Search_of_everything_warns_and_can_be_given_up()
    {
        var page = await OpenTabAsync("/examples/support-assistant?view=plans");
        foreach (var chosen in new[] { "Llama 3.1 70B", "Claude Sonnet 4.6", "GPT-5 mini" })
            await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {chosen}" }).ClickAsync();
        await Expect(page.GetByText("No model is chosen")).ToBeVisibleAsync();
        await Expect(page.GetByText("No price sheet is chosen")).ToBeVisibleAsync();

        // A fast machine is done before a click from outside arrives: the page itself clicks as soon as there is something to click.
        await page.EvaluateAsync("""
            () => new MutationObserver((_, watch) => {
              const cancel = document.querySelector('progress')?.parentElement.querySelector('button');
              if (cancel) { watch.disconnect(); cancel.click(); }
            }).observe(document.body, { childList: true, subtree: true })
            """);
        await Button(page, "Search").ClickAsync();

        await Expect(Button(page, "Search")).ToBeEnabledAsync();
        await Expect(page.GetByText("plans considered")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Lowest_quality_tier_excludes_what_has_a_lower_one()
    {
        var page = await OpenTabAsync("/examples/support-assistant?view=plans");
        await page.GetByLabel("Lowest quality tier").Filter(new() { Visible = true }).FillAsync("3");
        await Expect(page.GetByText("nothing has a tier yet")).ToBeVisibleAsync();
        foreach (var (name, tier) in new[] { ("Claude Sonnet 4.6", "4"), ("GPT-5 mini", "2") })
        {
            await page.GetByLabel($"Quality tier of {name}").FillAsync(tier);
            await page.GetByLabel($"Quality tier of {name}").PressAsync("Tab");
        }

        await Expect(page.GetByText("nothing has a tier yet")).ToHaveCountAsync(0);
        await Button(page, "Search").ClickAsync();

        // Of two price sheets and a model without a tier only the better sheet is left; giving the tier up is what the other would take.
        await Expect(page.GetByText("Claude Sonnet 4.6 (anthropic) is the cheapest plan at")).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Quality tier" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Tasks_of_a_mix_get_a_plan_each_and_become_a_mix()
    {
        var id = await app.StoreAsync("support-assistant", example => example with
        {
            Options = [example.Options[1], new HybridOption { Id = "tasks", Name = "By task", Mode = HybridModes.Tasks, Routes = [Route("Simple tasks", 0.8m, example), Route("Hard tasks", 0.2m, example)] }],
            BaselineOptionId = null,
            Ranges = [],
            Evidence = [],
        });
        var page = await OpenTabAsync($"/scenarios/{id}?view=plans");
        await page.GetByLabel("Each of the 2 tasks of").CheckAsync();
        await Button(page, "Search").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "All together" })).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Simple tasks" })).ToBeVisibleAsync();
        await Button(page, "Add the tasks' plans as a mix").ClickAsync();

        await Expect(page.GetByText("Each task its own plan is now an option.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Advice_is_taken_by_a_click_and_taken_back_by_another()
    {
        var page = await OpenTabAsync("/examples/support-assistant?view=advice");
        var apply = page.GetByRole(AriaRole.Button, new() { Name = "Apply:" }).First;
        await Expect(apply).ToBeVisibleAsync(Patiently);
        var sentence = (await apply.GetAttributeAsync("aria-label"))!["Apply: ".Length..];

        await apply.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).GetByText(sentence)).ToBeVisibleAsync();
        await Expect(Button(page, "Undo").First).ToBeEnabledAsync();
        await Button(page, "Undo").First.ClickAsync();
        await Expect(Button(page, "Undo").First).ToBeDisabledAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Files_of_a_plan_are_downloaded_as_a_zip()
    {
        var page = await OpenTabAsync("/examples/internal-code-generation?view=deploy");
        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Download all").ClickAsync());

        Assert.EndsWith(".zip", download.SuggestedFilename, StringComparison.Ordinal);
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync());
        Assert.NotEmpty(zip.Entries);
        foreach (var entry in zip.Entries)
        {
            Assert.True(entry.Length > 0, $"{entry.FullName} is empty.");
            await Expect(page.Locator("summary").Filter(new() { HasText = entry.Name }).First).ToBeVisibleAsync();
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Plan_that_cannot_serve_gets_no_files_but_the_reason()
    {
        var page = await OpenTabAsync("/examples/high-volume-chat?view=deploy");

        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "2 × g5.12xlarge" })).ToBeVisibleAsync();
        await Expect(Button(page, "Download all")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    /// <summary>The tab once it answers to clicks, which it does as soon as the charts are drawn.</summary>
    private async Task<IPage> OpenTabAsync(string path)
    {
        var page = await app.OpenAsync(path);
        await Expect(page.Locator("figure .host svg").First).ToBeVisibleAsync();
        return page;
    }

    private static TaskRoute Route(string task, decimal share, Scenario scenario) => new() { Task = task, Share = share, OptionId = scenario.Options[1].Id };

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
