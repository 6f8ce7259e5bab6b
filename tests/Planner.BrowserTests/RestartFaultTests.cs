using Microsoft.Playwright;
using Planner.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The server ends, or the network, while somebody edits.</summary>
public sealed class RestartFaultTests(RunningApp app) : IAsyncLifetime
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 60_000 };

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-restart-").FullName;

    private string Database => Path.Combine(_folder, "planner.db");

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Repository.Root is not null && OperatingSystem.IsLinux(), "The app is run from the checkout, on an address that Linux has.");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await TestFolder.DeleteAsync(_folder);

    [Fact]
    public async Task Edit_outlives_a_server_that_is_killed_and_started_again()
    {
        await using var way = new Way();
        var page = await app.NewPageAsync();
        string scenario;
        await using (var before = await AppProcess.StartAsync(Database, _folder, Repository.Root!, way.Target))
        {
            way.Open();
            scenario = await OpenSavedAsync(page, way.Address);
            await EnterAsync(page.GetByLabel("Requests per month"), "2M");
            await Expect(page.GetByText("You: 2 M")).ToBeVisibleAsync(Patient);
            await page.WaitForFunctionAsync("id => Object.entries(localStorage).some(([name, kept]) => name.startsWith(`planner.draft.${id}~`) && kept.includes('2000000'))", scenario);
            way.Close();
            await before.KillAsync();
        }

        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync(Patient);
        await using var after = await AppProcess.StartAsync(Database, _folder, Repository.Root!, way.Target);
        way.Open();

        // Nobody touches the page: it finds the server by itself.
        var restore = page.GetByRole(AriaRole.Button, new() { Name = "Restore it" });
        await Expect(restore).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("10,000,000");
        await restore.ClickAsync();
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as v2.")).ToBeVisibleAsync(Patient);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Edit_outlives_a_connection_that_is_cut_and_comes_back()
    {
        await using var way = new Way();
        await using var server = await AppProcess.StartAsync(Database, _folder, Repository.Root!, way.Target);
        way.Open();
        var page = await app.NewPageAsync();
        await OpenSavedAsync(page, way.Address);
        await EnterAsync(page.GetByLabel("Requests per month"), "2M");
        await Expect(page.GetByText("You: 2 M")).ToBeVisibleAsync(Patient);
        await page.EvaluateAsync("window.notLoadedAgain = true");

        way.Close();
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync(Patient);
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("What you entered is still on this page.");
        way.Open();

        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync(new() { Timeout = 120_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.notLoadedAgain === true"));
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as v2.")).ToBeVisibleAsync(Patient);
        await page.Context.CloseAsync();
    }

    /// <summary>Saves a worked example and stays on its page.</summary>
    /// <returns>Its id.</returns>
    private static async Task<string> OpenSavedAsync(IPage page, Uri address)
    {
        await RunningApp.GoAsync(page, new Uri(address, "/examples/high-volume-chat"));
        await Expect(page.GetByText("You: 10 M")).ToBeVisibleAsync(Patient);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "/scenarios/(?!new)[^/]+$");
        await Expect(page.GetByText("You: 10 M")).ToBeVisibleAsync(Patient);
        return new Uri(page.Url).Segments[^1];
    }

    private static async Task EnterAsync(ILocator field, string text)
    {
        await field.FillAsync(text);
        await field.PressAsync("Tab");
    }
}
