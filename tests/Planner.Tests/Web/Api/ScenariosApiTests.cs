using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class ScenariosApiTests(PlannerHost host)
{
    [Fact]
    public async Task Scenario_is_stored_by_value_and_read_back()
    {
        var document = await host.ExampleAsync("support-assistant");
        var created = await host.PostAsync("/scenarios", document);
        Assert.Equal(201, (int)created.Status);
        Assert.Equal("\"v1\"", created.Tag);

        using var client = host.CreateClient();
        var read = JsonNode.Parse(await client.GetStringAsync(created.Message.Headers.Location))!;

        Assert.Equal((string)created.Value("id")!, (string)read["id"]!);
        Assert.Equal(1, (int)read["version"]!);
        Assert.True(JsonNode.DeepEquals(document, read["scenario"]));
        Assert.True(JsonNode.DeepEquals((await host.GetAsync("/examples/support-assistant/result")).Body, read["result"]));
        Assert.Equal(3, (decimal)read["snapshot"]!["prices"]!["anthropic:claude-sonnet-4-6"]!["prices"]!["inputUsdPerM"]!);
    }

    [Fact]
    public async Task Members_that_this_version_does_not_know_survive()
    {
        var document = await host.ExampleAsync();
        document["x-team"] = new JsonArray("search", new JsonObject { ["since"] = null });
        document["options"]![0]!["x-contract"] = 42.5m;
        var created = await host.PostAsync("/scenarios", document);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document.ToJsonString()), created.Value("scenario")));
    }

    [Fact]
    public async Task List_is_sorted_by_name_or_by_what_was_saved_last_and_another_column_is_refused_by_name()
    {
        var word = Guid.NewGuid().ToString("N");
        foreach (var name in new[] { "B", "C", "A" })
        {
            var document = await host.ExampleAsync();
            document["name"] = $"{name} {word}";
            await host.PostAsync("/scenarios", document);
        }

        async Task<string> NamesAsync(string order) =>
            string.Concat((await host.GetAsync($"/scenarios?search={word}{order}")).Value("items")!.AsArray().Select(item => ((string)item!["name"]!)[0]));

        Assert.Equal("ACB", await NamesAsync(""));
        Assert.Equal("ABC", await NamesAsync("&sort=name"));
        Assert.Equal("CB", await NamesAsync("&sort=name&descending=true&take=2"));
        Assert.Equal("BCA", await NamesAsync("&sort=saved"));
        ApiClient.IsProblem(await host.GetAsync("/scenarios?sort=zzz"), 400, "sort");
        ApiClient.IsProblem(await host.GetAsync("/scenarios?descending=perhaps"), 400, "descending");
    }

    [Fact]
    public async Task Empty_start_month_is_refused_by_name_and_one_that_is_left_out_stays_out()
    {
        var document = await host.ExampleAsync();
        document["startMonth"] = "";
        ApiClient.IsProblem(await host.PostAsync("/scenarios", document), 400, "startMonth");

        document.AsObject().Remove("startMonth");
        var created = await host.PostAsync("/scenarios", document);
        Assert.Equal(201, (int)created.Status);
        Assert.False(created.Value("scenario")!.AsObject().ContainsKey("startMonth"));
        Assert.Equal(200, (int)(await host.PutAsync($"/scenarios/{(string)created.Value("id")!}", created.Value("scenario")!.DeepClone(), created.Tag)).Status);
    }

    [Fact]
    public async Task Save_needs_the_version_that_was_edited()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var (id, document) = ((string)created.Value("id")!, created.Value("scenario")!.DeepClone());
        document["name"] = "Renamed";

        ApiClient.IsProblem(await host.PutAsync($"/scenarios/{id}", document, ifMatch: null), 428, "If-Match");
        ApiClient.IsProblem(await host.PutAsync($"/scenarios/{id}", document, "v1"), 400, "If-Match");
        ApiClient.IsProblem(await host.PutAsync($"/scenarios/{id}", document, "W/\"v1\""), 412);
        var saved = await host.PutAsync($"/scenarios/{id}", document, created.Tag);

        Assert.Equal(200, (int)saved.Status);
        Assert.Equal("\"v2\"", saved.Tag);
        Assert.Equal("Renamed", (string)saved.Value("scenario")!["name"]!);
        document["name"] = "Renamed again";
        Assert.Equal(200, (int)(await host.PutAsync($"/scenarios/{id}", document, "*")).Status);
        Assert.Equal(200, (int)(await host.PutAsync($"/scenarios/{id}", document, "\"v1\", \"v3\"")).Status);
    }

    [Fact]
    public async Task Of_two_writers_the_second_is_told_and_nothing_is_lost()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var (id, first, second) = ((string)created.Value("id")!, created.Value("scenario")!.DeepClone(), created.Value("scenario")!.DeepClone());
        (first["name"], second["name"]) = ("First", "Second");

        var won = await host.PutAsync($"/scenarios/{id}", first, created.Tag);
        var lost = await host.PutAsync($"/scenarios/{id}", second, created.Tag);

        ApiClient.IsProblem(lost, 412);
        Assert.Equal(2, (int)lost.Value("currentVersion")!);
        Assert.Equal("First", (string)(await host.GetAsync($"/scenarios/{id}")).Value("scenario")!["name"]!);
        Assert.Equal(200, (int)(await host.PutAsync($"/scenarios/{id}", second, won.Tag)).Status);
        var names = (await host.GetAsync($"/scenarios/{id}/versions")).Value("items")!.AsArray().Select(version => (string)version!["name"]!);
        Assert.Equal(["Second", "First", (string)created.Value("scenario")!["name"]!], names);
        Assert.Equal("First", (string)(await host.GetAsync($"/scenarios/{id}/versions/2")).Value("scenario")!["name"]!);
        ApiClient.IsProblem(await host.GetAsync($"/scenarios/{id}/versions/9"), 404);
    }

    [Fact]
    public async Task Writers_at_the_same_moment_leave_one_winner()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var document = created.Value("scenario")!.DeepClone();
        document["name"] = "Whoever is first";
        var path = $"/scenarios/{(string)created.Value("id")!}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.PutAsync(path, document, created.Tag)));

        Assert.Equal([200, 412, 412, 412, 412, 412, 412, 412], answers.Select(answer => (int)answer.Status).Order());
    }

    [Fact]
    public async Task A_refused_document_changes_nothing()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var (path, document) = ($"/scenarios/{(string)created.Value("id")!}", created.Value("scenario")!.DeepClone());
        document["hoursPerMonth"] = -1;
        ApiClient.IsProblem(await host.PutAsync(path, document, created.Tag), 400, "hoursPerMonth");
        Assert.Equal("\"v1\"", (await host.GetAsync(path)).Tag);
    }

    [Fact]
    public async Task Deleted_scenario_can_be_restored()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var path = $"/scenarios/{(string)created.Value("id")!}";

        ApiClient.IsProblem(await host.DeleteAsync(path, "\"v7\""), 412);
        Assert.Equal(204, (int)(await host.DeleteAsync(path)).Status);
        ApiClient.IsProblem(await host.GetAsync(path), 404);
        ApiClient.IsProblem(await host.DeleteAsync(path), 404);
        var restored = await host.PostAsync($"{path}/restore", null);

        Assert.Equal(200, (int)restored.Status);
        Assert.Equal("\"v1\"", restored.Tag);
        Assert.Equal(200, (int)(await host.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Scenario_that_cannot_be_read_can_be_deleted(string stored)
    {
        var id = (string)(await host.PostAsync("/scenarios", await host.ExampleAsync())).Value("id")!;
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(host.Folder, "planner.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE ScenarioVersions SET DocumentJson = $stored, SnapshotJson = $stored WHERE ScenarioId = $id";
            command.Parameters.AddWithValue("$id", id);
            command.Parameters.AddWithValue("$stored", stored);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        ApiClient.IsProblem(await host.DeleteAsync($"/scenarios/{id}", "\"v7\""), 412);
        Assert.Equal(204, (int)(await host.DeleteAsync($"/scenarios/{id}", "\"v1\"")).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"/scenarios/{id}"), 404);
    }

    [Fact]
    public async Task Duplicate_is_a_scenario_of_its_own()
    {
        var created = await host.PostAsync("/scenarios", await host.ExampleAsync());
        var path = $"/scenarios/{(string)created.Value("id")!}";

        var copy = await host.PostAsync($"{path}/duplicate", null);
        var named = await host.PostAsync($"{path}/duplicate?name=Mine", null);

        Assert.Equal(201, (int)copy.Status);
        Assert.NotEqual((string)created.Value("id")!, (string)copy.Value("id")!);
        Assert.Equal($"{created.Value("scenario")!["name"]} (copy)", (string)copy.Value("scenario")!["name"]!);
        Assert.Equal("Mine", (string)named.Value("scenario")!["name"]!);
    }

    [Fact]
    public async Task List_is_paged_and_searched()
    {
        var word = $"w{Guid.NewGuid():N}";
        var document = await host.ExampleAsync();
        for (var i = 0; i < 3; i++)
        {
            document["name"] = $"{word} {i}";
            await host.PostAsync("/scenarios", document);
        }

        var page = await host.GetAsync($"/scenarios?search={word}&skip=1&take=1");

        Assert.Equal(3, (int)page.Value("total")!);
        Assert.Equal($"{word} 1", (string)Assert.Single(page.Value("items")!.AsArray())!["name"]!);
        ApiClient.IsProblem(await host.GetAsync("/scenarios?take=501&skip=-1"), 400, "take", "skip");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/versions")]
    [InlineData("GET", "/versions/1")]
    [InlineData("POST", "/restore")]
    [InlineData("POST", "/duplicate")]
    public async Task Unknown_scenario_is_not_found(string method, string rest) =>
        ApiClient.IsProblem(await host.SendAsync(new HttpMethod(method), $"/scenarios/nobody{rest}"), 404);
}
