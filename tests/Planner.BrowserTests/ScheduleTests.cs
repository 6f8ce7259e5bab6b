using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data.Reports;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>An app with a folder for reports.</summary>
public sealed class ReportsApp : RunningApp
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Reports:Folder"] = Path.Combine(Path.GetTempPath(), $"planner-reports-{Guid.NewGuid():N}") };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(Settings["Reports:Folder"]))
            Directory.Delete(Settings["Reports:Folder"], recursive: true);
    }
}

/// <summary>Schedules of reports on their page.</summary>
public sealed class ScheduleTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    [Fact]
    public async Task Who_saves_a_schedule_that_was_changed_meanwhile_is_told_so_and_running_it_twice_is_refused()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var store = app.Services.GetRequiredService<ReportScheduleStore>();
        var plan = new ReportScheduleDraft("day", 8, null, null, null, ["csv"], null, true, []);
        var schedule = (await store.AddAsync(id, plan, null, "", TestContext.Current.CancellationToken)).Added!;
        var page = await app.OpenAsync($"/scenarios/{id}/schedules");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit: Every day at 08:00" }).ClickAsync();
        await store.UpdateAsync(id, schedule.Id, schedule.Version, plan with { Hour = 9 }, null, "", TestContext.Current.CancellationToken);
        await page.GetByLabel("Hour").FillAsync("10");
        await page.GetByLabel("Hour").PressAsync("Tab");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Somebody else changed this schedule meanwhile.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Every day at 09:00 UTC", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Every day at 10:00 UTC", new() { Exact = true })).ToBeVisibleAsync();

        var run = page.GetByRole(AriaRole.Button, new() { Name = "Run now: Every day at 10:00" });
        await run.ClickAsync();
        await Expect(page.GetByText("Saved High-volume-chat").First).ToBeVisibleAsync();
        await Expect(run).ToBeEnabledAsync();
        await run.ClickAsync();
        await Expect(page.GetByText("A run of this schedule began less than a minute ago.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
