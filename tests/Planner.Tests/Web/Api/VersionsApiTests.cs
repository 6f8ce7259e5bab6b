using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class VersionsApiTests(PlannerHost host)
{
    [Fact]
    public async Task History_says_what_each_version_changed_and_is_paged()
    {
        var path = await TwiceAsync(2_000_000);

        var list = await host.GetAsync($"{path}/versions");
        Assert.Equal(2, (int)list.Value("total")!);
        var (latest, first) = (list.Value("items")![0]!, list.Value("items")![1]!);
        Assert.Equal((2, "Requests per month: 10,000,000 → 2,000,000 (−80 %)"), ((int)latest["version"]!, (string)latest["changes"]!));
        Assert.Equal((1, "The first version."), ((int)first["version"]!, (string)first["changes"]!));
        // 2 M requests of 500 tokens at $1.5 a million.
        Assert.Equal(("api", 1_500m), ((string)latest["cheapestOptionId"]!, (decimal)latest["monthlyUsd"]!));

        var page = await host.GetAsync($"{path}/versions?skip=1&take=1");
        Assert.Equal((2, 1), ((int)page.Value("total")!, (int)Assert.Single(page.Value("items")!.AsArray())!["version"]!));
        ApiClient.IsProblem(await host.GetAsync($"{path}/versions?take=0"), 400, "take");
    }

    [Fact]
    public async Task Page_that_there_is_not_leads_to_the_last_one()
    {
        var path = await TwiceAsync(2_000_000);
        using var client = host.CreateClient();

        var answer = await client.GetAsync($"{path}/versions?page=99");

        Assert.Equal((200, $"{path}/versions"), ((int)answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery));
        Assert.Contains($"/report/{path.Split('/')[^1]}?version=1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Difference_of_two_versions_is_told_in_sentences()
    {
        var path = await TwiceAsync(2_000_000);

        var diff = await host.GetAsync($"{path}/diff?from=1&to=2");
        Assert.Equal((1, 2), ((int)diff.Value("from")!, (int)diff.Value("to")!));
        var input = Assert.Single(diff.Value("inputs")!.AsArray())!;
        Assert.Equal(("workload.requestsPerMonth", "changed", "Requests per month", "10,000,000", "2,000,000"), ((string)input["path"]!, (string)input["kind"]!, (string)input["name"]!, (string)input["old"]!, (string)input["new"]!));
        var month = diff.Value("answer")!["figures"]!.AsArray().First(row => (string)row!["optionId"]! == "api" && (string?)row["id"] == "ongoingMonthlyUsd")!;
        Assert.Equal(("A month", 7_500.0, 1_500.0), ((string)month["figure"]!, (double)month["oldValue"]!, (double)month["newValue"]!));
        Assert.Equal(("$7,500.00", "$1,500.00", "−$6,000.00, −80 %"), ((string)month["old"]!, (string)month["new"]!, (string)month["difference"]!));
        Assert.EndsWith(", a month: $7,500.00 → $1,500.00 (−$6,000.00, −80 %)", (string)month["sentence"]!, StringComparison.Ordinal);

        Assert.True(JsonNode.DeepEquals(diff.Body, (await host.GetAsync($"{path}/diff")).Body));
        Assert.Empty((await host.GetAsync($"{path}/diff?from=2&to=2")).Value("inputs")!.AsArray());
        ApiClient.IsProblem(await host.GetAsync($"{path}/diff?from=1&to=9"), 404);
        ApiClient.IsProblem(await host.GetAsync($"{path}/diff?from=x&to=0"), 400, "from", "to");
        ApiClient.IsProblem(await host.GetAsync("/scenarios/nobody/diff"), 404);
    }

    [Fact]
    public async Task Smallest_volume_that_is_taken_does_not_break_the_history()
    {
        var document = (await host.ExampleAsync())!;
        document["workload"]!["requestsPerMonth"] = 1e-20m;
        var created = await host.PostAsync("/scenarios", document);
        var path = $"/scenarios/{(string)created.Value("id")!}";
        var next = created.Value("scenario")!.DeepClone();
        next["workload"]!["requestsPerMonth"] = 1_000_000_000_000m;
        Assert.Equal(200, (int)(await host.PutAsync(path, next, created.Tag)).Status);

        Assert.EndsWith("→ 1,000,000,000,000 (up more than a millionfold)", (string)(await host.GetAsync($"{path}/versions")).Value("items")![0]!["changes"]!, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await host.GetAsync($"{path}/diff")).Status);
        Assert.Equal(200, (int)(await host.GetAsync($"{path}/diff?from=2&to=1")).Status);
        var id = path.Split('/')[^1];
        Assert.Equal(2, (await host.GetAsync($"/compare?with={id}@1&with={id}@2")).Value("scenarios")!.AsArray().Count);
    }

    [Fact]
    public async Task Earlier_version_is_restored_against_the_version_that_was_seen()
    {
        var path = await TwiceAsync(2_000_000);
        var first = (await host.GetAsync($"{path}/versions/1")).Body!;

        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, $"{path}/versions/1/restore"), 428, "If-Match");
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, $"{path}/versions/1/restore", ifMatch: "\"v1\""), 412);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, $"{path}/versions/9/restore", ifMatch: "\"v2\""), 404);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/scenarios/nobody/versions/1/restore", ifMatch: "\"v2\""), 404);
        var restored = await host.SendAsync(HttpMethod.Post, $"{path}/versions/1/restore", ifMatch: "\"v2\"");

        Assert.Equal((200, "\"v3\""), ((int)restored.Status, restored.Tag));
        foreach (var part in new[] { "scenario", "snapshot", "result", "engineVersion" })
            Assert.True(JsonNode.DeepEquals(first[part], restored.Value(part)), part);
        Assert.Empty((await host.GetAsync($"{path}/diff?from=1&to=3")).Value("inputs")!.AsArray());
    }

    [Fact]
    public async Task Version_that_cannot_be_read_is_told_as_such()
    {
        var path = await TwiceAsync(2_000_000);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(host.Folder, "planner.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE ScenarioVersions SET DocumentJson = '[]' WHERE ScenarioId = $id AND Version = 1";
            command.Parameters.AddWithValue("$id", path.Split('/')[^1]);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        ApiClient.IsProblem(await host.GetAsync($"{path}/versions/1"), 409);
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, $"{path}/versions/1/restore", ifMatch: "\"v2\""), 409);
        var refused = await host.GetAsync($"{path}/diff");
        ApiClient.IsProblem(refused, 409);
        Assert.Equal("v1 and v2 cannot be compared: one of them cannot be read by this program.", (string)refused.Value("detail")!);
        Assert.Equal(200, (int)(await host.GetAsync($"{path}/versions/2")).Status);
        var id = path.Split('/')[^1];
        ApiClient.IsProblem(await host.GetAsync($"/compare?with={id}@2&with={id}@1"), 400, "with[1]");
    }

    [Fact]
    public async Task Save_that_changes_nothing_keeps_the_version()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var saved = await host.PutAsync($"/scenarios/{(string)created.Value("id")!}", created.Value("scenario")!, created.Tag);
        Assert.Equal((200, "\"v1\""), ((int)saved.Status, saved.Tag));
    }

    /// <summary>The first example, saved again with another volume.</summary>
    private async Task<string> TwiceAsync(decimal requests)
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var (path, document) = ($"/scenarios/{(string)created.Value("id")!}", created.Value("scenario")!.DeepClone());
        document["workload"]!["requestsPerMonth"] = requests;
        Assert.Equal(200, (int)(await host.PutAsync(path, document, created.Tag)).Status);
        return path;
    }
}
