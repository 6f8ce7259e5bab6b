using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Web.Reports;
using Planner.Web.Hosting;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>The log tells what the work was about by ids, and nothing that somebody wrote.</summary>
public sealed class LogTests : IAsyncLifetime
{
    private const string Secret = "Merger with Acme";
    private const string Mail = "cfo@acme.example";

    private readonly SharingApp _app = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Edit_and_job_are_told_by_ids_without_what_somebody_wrote()
    {
        using var http = _app.CreateClient();
        var example = JsonNode.Parse(await http.GetStringAsync("/api/v1/examples/daily-classifier", TestContext.Current.CancellationToken))!.AsObject();
        (example["name"], example["notes"]) = (Secret, Mail);
        var made = await http.PostAsync("/api/v1/scenarios", Json(example), TestContext.Current.CancellationToken);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
        using var edit = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/scenarios/{id}?q={Uri.EscapeDataString(Mail)}") { Content = Json(example) };
        edit.Headers.IfMatch.Add(made.Headers.ETag!);
        Assert.Equal(200, (int)(await http.SendAsync(edit, TestContext.Current.CancellationToken)).StatusCode);
        await http.GetAsync($"/scenarios?q={Uri.EscapeDataString(Secret)}", TestContext.Current.CancellationToken);

        using var file = new MultipartFormDataContent { { new ByteArrayContent(LiteLlmFixture.Plain(3)), "file", $"{Mail}.json" } };
        var run = await http.PostAsync("/api/v1/feeds/litellm/import", file, TestContext.Current.CancellationToken);
        var runId = (await run.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();

        Assert.Contains($"Feed litellm, run {runId}", _app.Log.All, StringComparison.Ordinal);
        Assert.Contains($"RunId: {runId}", _app.Log.All, StringComparison.Ordinal);
        Assert.Contains($"ScenarioId: {id}", _app.Log.All, StringComparison.Ordinal);
        Assert.Contains("RequestId: ", _app.Log.All, StringComparison.Ordinal);
        foreach (var text in new[] { Secret, Mail, Uri.EscapeDataString(Secret), Uri.EscapeDataString(Mail) })
            Assert.DoesNotContain(text, _app.Log.All, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/v1/scenarios/k3abc", "k3abc")]
    [InlineData("/scenarios/k3abc/versions", "k3abc")]
    [InlineData("/scenarios/Merger with Acme", null)]
    [InlineData("/s/token", null)]
    [InlineData("/scenarios", null)]
    [InlineData(null, null)]
    public void Scenario_is_known_by_an_id_in_the_path(string? path, string? id)
    {
        var scope = LogScopes.Scope("RequestId", "r1", path);
        Assert.Equal(id is null ? "RequestId: r1" : $"RequestId: r1, ScenarioId: {id}", scope.ToString());
    }

    private static StringContent Json(JsonNode node) => new(node.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
