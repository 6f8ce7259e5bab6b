using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Schedules of reports through the API, and on their page.</summary>
public class ReportSchedulesApiTests(ReportSchedulesApiTests.OwnHost host) : IClassFixture<ReportSchedulesApiTests.OwnHost>
{
    [Fact]
    public async Task A_schedule_is_added_listed_run_changed_and_removed()
    {
        var scenario = await ScenarioAsync();
        var schedules = $"/scenarios/{scenario}/report-schedules";
        var added = await host.PostAsync(schedules, Monthly());
        Assert.Equal(201, (int)added.Status);
        var id = (long)added.Value("id")!;

        var listed = Assert.Single((await host.GetAsync(schedules)).Body!.AsArray())!;
        Assert.Equal((id, "month", 31, "csv"), ((long)listed["id"]!, (string)listed["plan"]!["every"]!, (int)listed["plan"]!["day"]!, (string)listed["plan"]!["formats"]![0]!));
        Assert.NotNull(listed["state"]!["nextUtc"]);
        var run = await host.PostAsync($"{schedules}/{id}/run", null);
        Assert.Equal((200, null), ((int)run.Status, (string?)run.Value("state")!["fault"]));
        Assert.Single(Directory.GetFiles(host.Settings["Reports:Folder"], $"*_{scenario}_v1_*.csv"));
        var changed = new JsonObject { ["every"] = "cron", ["cron"] = "0 0 8 ? * MON-FRI", ["formats"] = new JsonArray("xlsx"), ["toFolder"] = true };
        ApiClient.IsProblem(await host.PostAsync($"{schedules}/{id}/run", null), 409);
        ApiClient.IsProblem(await host.PutAsync($"{schedules}/{id}", changed, null), 428, "If-Match");
        var put = await host.PutAsync($"{schedules}/{id}", changed, added.Message.Headers.ETag!.Tag);
        Assert.Equal(("0 0 8 ? * MON-FRI", 2, "\"v2\""), ((string)put.Value("plan")!["cron"]!, (int)put.Value("version")!, put.Message.Headers.ETag!.Tag));
        ApiClient.IsProblem(await host.PutAsync($"{schedules}/{id}", Monthly(), "\"v1\""), 412);
        ApiClient.IsProblem(await host.DeleteAsync($"{schedules}/{id}", "\"v1\""), 412);
        Assert.Equal("cron", (string)(await host.GetAsync($"{schedules}/{id}")).Value("plan")!["every"]!);
        using var browser = host.CreateClient();
        var page = await browser.GetStringAsync($"/scenarios/{scenario}/schedules", TestContext.Current.CancellationToken);
        Assert.Contains("By 0 0 8 ? * MON-FRI (UTC)", page, StringComparison.Ordinal);
        Assert.Contains("Reports:Smtp:Host", page, StringComparison.Ordinal);
        var other = $"/scenarios/{await ScenarioAsync()}/report-schedules/{id}";
        ApiClient.IsProblem(await host.GetAsync(other), 404);
        ApiClient.IsProblem(await host.PutAsync(other, changed, "\"v2\""), 404);
        ApiClient.IsProblem(await host.PostAsync($"{other}/run", null), 404);
        ApiClient.IsProblem(await host.DeleteAsync(other), 404);
        Assert.Equal(204, (int)(await host.DeleteAsync($"{schedules}/{id}")).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"{schedules}/{id}"), 404);
        ApiClient.IsProblem(await host.GetAsync("/scenarios/nobody/report-schedules"), 404);
    }

    [Theory]
    [InlineData("every", "\"hour\"", "every")]
    [InlineData("every", null, "every")]
    [InlineData("day", "32", "day")]
    [InlineData("hour", "-1", "hour")]
    [InlineData("hour", "1.5", "hour")]
    [InlineData("formats", "[]", "formats")]
    [InlineData("formats", "[null]", "formats")]
    [InlineData("formats", null, "formats")]
    [InlineData("toFolder", "false", "recipients")]
    [InlineData("recipients", "[\"a@example.com\"]", "recipients")]
    [InlineData("recipients", "[null]", "recipients")]
    public async Task A_fault_is_named_at_its_field(string field, string? value, string path)
    {
        var body = Monthly();
        if (value is null)
            body.Remove(field);
        else
            body[field] = JsonNode.Parse(value);

        ApiClient.IsProblem(await host.PostAsync($"/scenarios/{await ScenarioAsync()}/report-schedules", body), 400, path);
    }

    private static JsonObject Monthly() => new() { ["every"] = "month", ["day"] = 31, ["hour"] = 8, ["formats"] = new JsonArray("csv"), ["toFolder"] = true };

    private async Task<string> ScenarioAsync() => (string)(await host.PostAsync("/scenarios", await host.ExampleAsync())).Value("id")!;

    /// <summary>An app with a folder for reports and no mail.</summary>
    public sealed class OwnHost : PlannerHost
    {
        private readonly string _folder;

        public OwnHost()
        {
            _folder = Path.Combine(Folder, "reports");
            Settings = new Dictionary<string, string> { ["Reports:Folder"] = _folder };
        }

        public override IReadOnlyDictionary<string, string> Settings { get; }
    }
}
