using System.Text;
using Microsoft.Playwright;
using Planner.Domain.Scenarios;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>A price list of somebody's own, from its file to the scenario.</summary>
public sealed class PriceListTests(RunningApp app)
{
    private const string File = "Vendor;Model;Input;Antwort\nwalnut;Oak 1;1,25;5\nwalnut;Oak 2;2,5;10\n";

    [Fact]
    public async Task Table_of_another_country_is_mapped_published_and_used_in_a_scenario()
    {
        var page = await app.OpenAsync("/feeds");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a list" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Own price lists", Level = 1 })).ToBeVisibleAsync();
        await ChooseAsync(page, File);
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "First rows as they are read, beside the file's cells" });
        await Expect(rows.GetByRole(AriaRole.Cell, new() { Name = "$1.25" })).ToBeVisibleAsync();
        await Expect(rows.GetByRole(AriaRole.Cell, new() { Name = "$5.00" })).ToHaveCountAsync(0);

        await page.GetByLabel("Output price", new() { Exact = true }).SelectOptionAsync("Antwort");
        await Expect(rows.GetByRole(AriaRole.Cell, new() { Name = "$5.00" })).ToBeVisibleAsync();
        await page.GetByLabel("Name of the list").FillAsync("Walnut agreement");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish 2 price sheets" }).ClickAsync();
        await Expect(page.GetByText("Walnut agreement: 2 published, of them 2 new and 0 with another price than before; 0 retired, 0 held back.")).ToBeVisibleAsync();

        // What its columns mean is known now: the next file is published at once, unless a column is missing.
        await page.GetByRole(AriaRole.Button, new() { Name = "Next file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Next file of Walnut agreement" })).ToBeVisibleAsync();
        await ChooseAsync(page, "Vendor;Model;Input;Antwort\nwalnut;Oak 1;1,5;5\nwalnut;Oak 2;2,5;10\n");
        await Expect(page.GetByText("Walnut agreement: 2 published, of them 0 new and 1 with another price than before; 0 retired, 0 held back.")).ToBeVisibleAsync();
        await ChooseAsync(page, "Vendor;Model;Input;Answer\nwalnut;Oak 1;1,75;5\n");
        await Expect(page.GetByText("The file has no column Antwort.")).ToBeVisibleAsync();
        await Expect(page.GetByText("This file has no such column.")).ToBeVisibleAsync();

        await app.GoAsync(page, "/prices?q=walnut");
        await Expect(page.GetByText("own-walnut-agreement").First).ToBeVisibleAsync();
        await Expect(page.GetByText("$1.50").First).ToBeVisibleAsync();

        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with
        {
            Options = [.. scenario.Options.Select(option => option is ApiOption api ? api with { PriceKey = "walnut:Oak 1", Price = null } : option)],
        });
        await app.GoAsync(page, $"/scenarios/{id}");
        await Expect(page.GetByText("own-walnut-agreement").First).ToBeAttachedAsync();
        await page.Context.CloseAsync();
    }

    private static Task ChooseAsync(IPage page, string text) => page.GetByLabel("Drop a price list here or choose a file")
        .SetInputFilesAsync(new FilePayload { Name = "walnut.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
}
