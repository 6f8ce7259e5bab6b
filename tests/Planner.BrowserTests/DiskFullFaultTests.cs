using Microsoft.Playwright;
using Planner.Tests;
using Planner.Tests.Data.Faults;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The disk is full when somebody saves.</summary>
public sealed class DiskFullFaultTests(RunningApp app)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Save_is_refused_in_words_the_draft_stays_and_is_saved_when_there_is_room()
    {
        Assert.SkipUnless(Repository.Root is not null, "The app is run from the checkout.");
        using var disk = SmallDisk.Mount(megabytes: 40);
        var database = Path.Combine(disk.Path, "planner.db");
        var folder = Directory.CreateTempSubdirectory("planner-full-").FullName;
        await using (var server = await AppProcess.StartAsync(database, folder, Repository.Root))
        {
            var page = await app.NewPageAsync();
            await RunningApp.GoAsync(page, new Uri(server.Address, "/examples/high-volume-chat"));
            await Expect(page.GetByText("You: 10 M")).ToBeVisibleAsync(Patient);
            await SaveAsync(page);
            await RunningApp.StandsAtAsync(page, "/scenarios/(?!new)[^/]+$");
            await page.GetByLabel("Requests per month").FillAsync("2M");
            await page.GetByLabel("Requests per month").PressAsync("Tab");
            await Expect(page.GetByText("You: 2 M")).ToBeVisibleAsync(Patient);
            // No room within what SQLite has beside the file, either.
            DatabaseFiles.Checkpoint(database);
            disk.Fill();
            await SaveAsync(page);

            await Expect(page.Locator(".toast.failed")).ToContainTextAsync("is full", new() { Timeout = 60_000 });
            await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
            await Expect(page.GetByText("changed, not saved").First).ToBeVisibleAsync();

            disk.MakeRoom();
            await SaveAsync(page);
            await Expect(page.GetByText("Saved as v2.")).ToBeVisibleAsync(Patient);
            await page.Context.CloseAsync();
        }

        await TestFolder.DeleteAsync(folder);
    }

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
}
