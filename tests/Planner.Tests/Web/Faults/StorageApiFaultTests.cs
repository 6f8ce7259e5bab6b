using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Planner.Data.Reports;
using Planner.Tests.Data;
using Planner.Tests.Data.Faults;
using Planner.Tests.Web.Api;
using Planner.Web.Components.Reports;
using Planner.Web.Components.Shared;
using Planner.Web.Jobs;
using Planner.Web.Reports;
using Planner.Web.Reports.Scheduled;
using Xunit;

namespace Planner.Tests.Web.Faults;

/// <summary>What callers and those who watch the app are told while the disk is full or the database damaged.</summary>
public sealed class StorageApiFaultTests
{
    private const string Full = "The disk with Planner's data is full. Nothing was changed; make room on it, then try again.";
    private const string Damaged = "The database is damaged. Stop Planner and put a backup back (planner restore).";

    public StorageApiFaultTests() => TestStore.IsAboutTheFile();

    [Fact]
    public async Task Full_disk_is_said_to_callers_and_watchers_and_the_app_goes_on_with_room()
    {
        using var disk = SmallDisk.Mount(megabytes: 40);
        var reports = Path.Combine(disk.Path, "reports");
        await using var app = new FaultyHost(Path.Combine(disk.Path, "planner.db"), reports);
        var document = await app.ExampleAsync();
        var before = await app.PostAsync("/scenarios", document);
        Assert.Equal(HttpStatusCode.Created, before.Status);
        var id = (string)before.Value("id")!;
        disk.Fill();

        var refused = await UntilRefusedAsync(app, document);

        ApiClient.IsProblem(refused, 507);
        Assert.Equal(Full, (string?)refused.Value("detail"));
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync($"/scenarios/{id}")).Status);
        var (ready, health) = await TextAsync(app, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains("is full", health, StringComparison.Ordinal);
        Assert.Equal(Full, (string?)(await app.GetAsync("/system")).Value("storage")!["fault"]);
        Assert.Contains("is full", (await TextAsync(app, "/system")).Text, StringComparison.Ordinal);

        disk.MakeRoom();
        Assert.Equal(HttpStatusCode.Created, (await app.PostAsync("/scenarios", document)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TextAsync(app, "/health/ready")).Status);
    }

    [Fact]
    public async Task Request_with_a_key_is_answered_as_it_ended_at_whatever_step_the_room_ends()
    {
        using var disk = SmallDisk.Mount(megabytes: 40);
        var database = Path.Combine(disk.Path, "planner.db");
        await using var app = new FaultyHost(database, null);
        var document = await app.ExampleAsync();
        await app.PostAsync("/scenarios", document);
        var (left, stored, begun, unkept) = (0, 1, 0, 0);
        for (var whole = false; !whole; left += 4_096)
        {
            Assert.True(left < 2_000_000, "Room is never enough.");
            // Nor is there room within what SQLite has beside the file.
            DatabaseFiles.Checkpoint(database);
            disk.Fill(left);
            var key = $"key-{left}";
            var first = await KeyedAsync(app, document, key);
            disk.MakeRoom();
            var again = await KeyedAsync(app, document, key);
            if (first.Status == HttpStatusCode.Created)
            {
                // Stored it is, whether or not there was room to keep the answer; a repetition stores no other one.
                whole = again.Message.Headers.Contains("Idempotency-Replayed");
                Assert.True(whole || again.Status == HttpStatusCode.Conflict, $"{again.Status} after {left} bytes.");
                unkept += whole ? 0 : 1;
            }
            else
            {
                ApiClient.IsProblem(first, 507);
                Assert.Equal((HttpStatusCode.Created, false), (again.Status, again.Message.Headers.Contains("Idempotency-Replayed")));
                begun++;
            }

            Assert.Equal(++stored, (int)(await app.GetAsync("/scenarios")).Value("total")!);
        }

        Assert.True(begun > 0 && unkept > 0, $"{begun} refused, {unkept} answers not kept.");
    }

    [Fact]
    public async Task Schedule_that_finds_no_room_says_so_in_its_form_which_stays()
    {
        using var disk = SmallDisk.Mount(megabytes: 40);
        var database = Path.Combine(disk.Path, "planner.db");
        await using var app = new FaultyHost(database, Path.Combine(disk.Path, "reports"));
        var id = (string)(await app.PostAsync("/scenarios", await app.ExampleAsync())).Value("id")!;
        var schedules = app.Services.GetRequiredService<ReportScheduleStore>();
        var plan = new ReportScheduleDraft("day", 8, null, null, null, ["csv"], null, ToFolder: true, []);
        var schedule = (await schedules.AddAsync(id, plan, DateTime.UtcNow.AddDays(1), ScheduleWords.Of(plan))).Added!;
        using var renderer = TestRenderer.Create(services => services.AddSingleton(schedules).AddSingleton<Confirmations>()
            .AddSingleton(app.Services.GetRequiredService<ReportDispatch>()).AddSingleton(app.Services.GetRequiredService<DeliveryOptions>()).AddSingleton(app.Services.GetRequiredService<PdfPrinter>()));
        await renderer.RenderAsync<SchedulePanel>(
            (nameof(SchedulePanel.ScenarioId), id), (nameof(SchedulePanel.Schedules), new[] { schedule }), (nameof(SchedulePanel.OnChanged), EventCallback.Empty));
        await renderer.ClickAsync("class", "button");
        DatabaseFiles.Checkpoint(database);
        disk.Fill();

        await renderer.ClickAsync("aria-label", $"Run now: {ScheduleWords.Of(plan)}");

        var html = await renderer.HtmlAsync();
        Assert.Contains("New schedule", html, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_for_which_there_is_no_room_is_refused_for_that_at_whatever_step_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount(megabytes: 40);
        await using var app = new FaultyHost(Path.Combine(disk.Path, "planner.db"), null);
        await app.GetAsync("/scenarios");
        var (refused, left) = (0, 0);
        for (; left < 2_000_000; left += left < 40_000 ? 4_096 : 100_000)
        {
            disk.Fill(left);
            using var form = new MultipartFormDataContent { { new StringContent("timestamp,model,prompt_tokens,completion_tokens\n2026-11-02T08:00:00Z,gpt-4o,1000,100\n2026-11-03T08:00:00Z,gpt-4o,1000,100"), "file", "log.csv" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage/imports") { Content = form };
            var answer = await app.SendAsync(request);
            disk.MakeRoom();
            if ((int)answer.Status < 300)
                break;
            refused++;
            ApiClient.IsProblem(answer, 507);
            Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.Combine(disk.Path, "usage")), path => Path.GetFileName(path) != ".lock");
        }

        Assert.True(refused > 2 && left < 2_000_000, $"{refused} refused, {left} bytes left.");
    }

    [Fact]
    public async Task Damage_is_said_to_callers_and_watchers()
    {
        var folder = Directory.CreateTempSubdirectory("planner-damaged-").FullName;
        try
        {
            var path = Path.Combine(folder, "planner.db");
            await using var app = new FaultyHost(path, null);
            var id = (string)(await app.PostAsync("/scenarios", await app.ExampleAsync())).Value("id")!;
            DatabaseFiles.Damage(path);

            var refused = await app.GetAsync($"/scenarios/{id}");

            ApiClient.IsProblem(refused, 503);
            Assert.Equal(Damaged, (string?)refused.Value("detail"));
            Assert.Null(refused.Message.Headers.RetryAfter);
            var (ready, health) = await TextAsync(app, "/health/ready");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
            Assert.Contains("is damaged", health, StringComparison.Ordinal);
            foreach (var page in new[] { "/system", $"/scenarios/{id}" })
                Assert.Contains("The database is damaged.", (await TextAsync(app, page)).Text, StringComparison.Ordinal);
        }
        finally
        {
            await TestFolder.DeleteAsync(folder);
        }
    }

    private static async Task<Answer> UntilRefusedAsync(FaultyHost app, JsonObject document)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await app.PostAsync("/scenarios", document) is { Status: not HttpStatusCode.Created } refused)
                return refused;
        }

        throw new InvalidOperationException("The disk does not get full.");
    }

    private static async Task<Answer> KeyedAsync(FaultyHost app, JsonObject document, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scenarios") { Content = new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        return await app.SendAsync(request);
    }

    private static async Task<(HttpStatusCode Status, string Text)> TextAsync(FaultyHost app, string path)
    {
        using var http = app.CreateClient();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The app on a database of the test's choice.</summary>
    private sealed class FaultyHost(string database, string? reports) : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Database:Path"] = database, ["Reports:Folder"] = reports ?? "", ["Backups:Enabled"] = "false" };

        // What it compares after a save takes room at a moment of its own.
        protected override IHost CreateHost(IHostBuilder builder)
        {
            var host = base.CreateHost(builder);
            host.Services.GetRequiredService<DecisionWatch>().StopAsync(CancellationToken.None).GetAwaiter().GetResult();
            return host;
        }
    }
}
