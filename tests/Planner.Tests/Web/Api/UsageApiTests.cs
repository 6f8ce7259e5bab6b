using System.Text;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Logs through the API, with sums worked out by hand.</summary>
public class UsageApiTests(UsageApiTests.OwnHost host) : IClassFixture<UsageApiTests.OwnHost>
{
    /// <summary>Two answered requests and a failed one within two hours.</summary>
    private const string Log = """
        timestamp,provider,model,prompt_tokens,completion_tokens,cost_usd,status,request_id
        2026-11-02T08:00:00Z,openai,gpt-4o,1000,100,0.25,success,a
        2026-11-02T09:00:00Z,openai,gpt-4o,3000,300,0.75,success,b
        2026-11-03T09:30:00Z,openai,gpt-4o,0,0,0,failure,c
        """;

    private static readonly string[] OfGpt4O = ["openai:gpt-4o"];

    [Fact]
    public async Task A_log_is_counted_once_listed_and_taken_out_again()
    {
        var first = await UploadAsync(Log, ["name", "Chat of November"]);
        Assert.Equal((200, true), ((int)first.Status, (bool)first.Value("isNew")!));
        var id = (long)first.Value("setId")!;
        var again = await UploadAsync(Log, ["set", $"{id}"]);

        Assert.Equal((200, false, id), ((int)again.Status, (bool)again.Value("isNew")!, (long)again.Value("setId")!));
        var set = await host.GetAsync($"/usage/{id}");
        Assert.Equal("Chat of November", (string)set.Value("name")!);
        Assert.Equal((2L, 1L), ((long)first.Value("totals")!["requests"]!, (long)first.Value("totals")!["failed"]!));
        Assert.Equal((4000L, 400L, 1m), ((long)first.Value("totals")!["inputTokens"]!, (long)first.Value("totals")!["outputTokens"]!, (decimal)first.Value("totals")!["costUsd"]!));
        Assert.Equal(3, set.Value("profile")!["hours"]!.AsArray().Count);
        var import = Assert.Single(set.Value("imports")!.AsArray())!;
        Assert.Equal(("log.csv", 3), ((string)import["fileName"]!, (int)import["rows"]!));
        var listed = (await host.GetAsync("/usage")).Body!.AsArray().Single(one => (long)one!["id"]! == id)!;
        Assert.Equal((1, 4000L), ((int)listed["files"]!, (long)listed["totals"]!["inputTokens"]!));

        Assert.Equal(204, (int)(await host.DeleteAsync($"/usage/imports/{import["id"]}")).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"/usage/imports/{import["id"]}"), 404);
        Assert.Null((await host.GetAsync($"/usage/{id}")).Value("profile"));
        ApiClient.IsProblem(await host.PostAsync($"/usage/{id}/scenario", null), 400);
        Assert.Equal(204, (int)(await host.DeleteAsync($"/usage/{id}")).Status);
        ApiClient.IsProblem(await host.GetAsync($"/usage/{id}"), 404);
        ApiClient.IsProblem(await host.DeleteAsync($"/usage/{id}"), 404);
    }

    [Fact]
    public async Task What_cannot_be_counted_is_told_by_field_and_leaves_nothing_behind()
    {
        var before = (await host.GetAsync("/usage")).Body!.AsArray().Count;
        ApiClient.IsProblem(await UploadAsync("a,b\n1,2\n3,4", ["name", "Nothing"]), 422, "mapping.start", "mapping.input");
        ApiClient.IsProblem(await UploadAsync("just words"), 422, "file");
        ApiClient.IsProblem(await UploadAsync(""), 422, "file");
        ApiClient.IsProblem(await UploadAsync(Log, ["mapping", """{"start":"when","input":"prompt_tokens"}"""]), 422, "file");
        ApiClient.IsProblem(await UploadAsync(Log, ["mapping", """{"start":7}"""]), 400, "mapping.start");
        ApiClient.IsProblem(await UploadAsync(Log, ["mapping", """{"start":"timestamp","input":"prompt_tokens","timeZone":"Mars/Base"}"""]), 422, "mapping.timeZone");
        ApiClient.IsProblem(await UploadAsync(Log, ["name", new string('x', 201)]), 422, "name");
        ApiClient.IsProblem(await UploadAsync(Log, ["set", "one"]), 400, "set");
        ApiClient.IsProblem(await UploadAsync(Log, ["set", "999999"]), 404);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/usage/imports", "{}"), 415);

        var faulty = await UploadAsync("timestamp,model,prompt_tokens,completion_tokens\nyesterday,m,1,1\n1999-01-01,m,1,1");
        ApiClient.IsProblem(faulty, 422, "file");
        Assert.Contains("no time that can be read", faulty.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(before, (await host.GetAsync("/usage")).Body!.AsArray().Count);
        // Of nine uploads, nothing is left but the lock.
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.Combine(host.Folder, "usage")), entry => Path.GetFileName(entry).StartsWith("work-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mapping_of_ones_own_wins()
    {
        // Sums of a day, in cents: two requests of a million prompt tokens for $5.
        var answer = await UploadAsync(
            "tag,n,hinein,heraus,preis\n2026-11-02,2,1000000,5000,500", ["mapping", """{"rowIsRequest":false,"start":"tag","requests":"n","input":"hinein","output":"heraus","cost":"preis","costInCents":true}"""]);
        Assert.Equal((2L, 1000000L, 5m), ((long)answer.Value("totals")!["requests"]!, (long)answer.Value("totals")!["inputTokens"]!, (decimal)answer.Value("totals")!["costUsd"]!));
        Assert.Null((await host.GetAsync($"/usage/{answer.Value("setId")}")).Value("profile")!["inputLengths"]);
        Assert.Equal("log", (string)(await host.GetAsync($"/usage/{answer.Value("setId")}")).Value("name")!);
    }

    [Fact]
    public async Task A_scenario_is_made_of_it_and_can_be_evaluated()
    {
        var id = (long)(await UploadAsync(Log, ["name", "For a scenario"])).Value("setId")!;
        var made = await host.PostAsync($"/usage/{id}/scenario", null);

        Assert.Equal(200, (int)made.Status);
        var scenario = made.Value("scenario")!;
        Assert.Equal("For a scenario", (string)scenario["name"]!);
        Assert.Equal(OfGpt4O, scenario["options"]!.AsArray().Select(option => (string)option!["priceKey"]!));
        // 4,000 ÷ 2 and 400 ÷ 2 tokens; two requests and $1 in the 25.5 hours from 8:00 to 9:30 of the next day, of 730 a month.
        Assert.Equal((2000m, 200m), ((decimal)scenario["workload"]!["inputTokens"]!, (decimal)scenario["workload"]!["outputTokens"]!));
        Assert.Equal((57m, 28.63m), ((decimal)scenario["workload"]!["requestsPerMonth"]!, (decimal)scenario["baselineMonthlyUsd"]!));
        Assert.NotEmpty(made.Value("unknown")!.AsArray());
        Assert.Equal(200, (int)(await host.PostAsync("/evaluate", scenario.DeepClone())).Status);

        var none = await host.PostAsync($"/usage/{id}/scenario?price=no:body", null);
        ApiClient.IsProblem(none, 400, "price");
        ApiClient.IsProblem(await host.PostAsync($"/usage/{id}/scenario?zone=Mars/Base", null), 400, "zone");
        ApiClient.IsProblem(await host.PostAsync($"/usage/{id}/scenario?scenario=nobody", null), 404);
        ApiClient.IsProblem(await host.PostAsync("/usage/999999/scenario", null), 404);
    }

    [Fact]
    public async Task A_stored_scenario_gets_the_measured_inputs_and_keeps_the_rest()
    {
        var id = (long)(await UploadAsync(Log, ["name", "For an update"])).Value("setId")!;
        var stored = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var made = await host.PostAsync($"/usage/{id}/scenario?scenario={stored.Value("id")}&zone=Europe/Berlin", null);

        var input = made.Value("inputs")!.AsArray().Single(one => (string)one!["path"]! == "workload.inputTokens")!;
        Assert.Equal((400m, 2000m), ((decimal)input["before"]!, (decimal)input["after"]!));
        Assert.Equal((2, "High-volume chat"), (made.Value("scenario")!["options"]!.AsArray().Count, (string)made.Value("scenario")!["name"]!));
        // Nothing of it was saved.
        Assert.Equal(400m, (decimal)(await host.GetAsync($"/scenarios/{stored.Value("id")}")).Value("scenario")!["workload"]!["inputTokens"]!);
    }

    private async Task<Answer> UploadAsync(string file, params string[][] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "log.csv" } };
        foreach (var field in fields)
            form.Add(new StringContent(field[1]), field[0]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage/imports") { Content = form };
        return await host.SendAsync(request);
    }

    /// <summary>An app of its own, so that nobody else measures in it.</summary>
    public sealed class OwnHost : PlannerHost;
}
