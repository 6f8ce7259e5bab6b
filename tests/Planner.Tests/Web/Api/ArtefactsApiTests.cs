using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class ArtefactsApiTests(PlannerHost host)
{
    /// <summary>The example's mix of H100s with overflow to an API: INT4 weights, which the published repository does not hold.</summary>
    private async Task<JsonObject> QuestionAsync(string? checkpoint = "someone/Llama-3.1-70B-AWQ", string option = "hybrid")
    {
        var scenario = await host.ExampleAsync("support-assistant");
        var mix = scenario["options"]!.AsArray().Single(one => (string)one!["kind"]! == "hybrid")!;
        mix["id"] = "hybrid";
        return new JsonObject { ["scenario"] = scenario.DeepClone(), ["optionId"] = option, ["checkpoint"] = checkpoint };
    }

    private async Task<(HttpResponseMessage Message, byte[] Body)> BytesAsync(HttpRequestMessage request)
    {
        using var client = host.CreateClient();
        var message = await client.SendAsync(request);
        return (message, await message.Content.ReadAsByteArrayAsync());
    }

    private static List<(string Name, string Content)> Unzip(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return (entry.FullName, reader.ReadToEnd());
        })];
    }

    [Fact]
    public async Task Files_and_checklist_come_as_json()
    {
        var answer = await host.PostAsync("/artefacts", await QuestionAsync());
        Assert.Equal(200, (int)answer.Status);
        var names = answer.Value("files")!.AsArray().Select(file => (string)file!["name"]!);
        Assert.Equal(
            ["README.md", "serve.sh", "compose.yaml", "litellm.yaml", "litellm-compose.yaml", "kubernetes.yaml", "prometheus.yml", "prometheus-compose.yml", "alerts.yml", "prometheus-adapter.yaml"], names);
        Assert.Contains("Fallback", answer.Value("stack")!.AsArray().Where(row => (bool)row!["done"]!).Select(row => (string)row!["part"]!));
        Assert.Equal("someone/Llama-3.1-70B-AWQ", (string)answer.Value("checkpoint")!);
    }

    [Fact]
    public async Task The_same_files_come_as_a_zip_to_who_accepts_one()
    {
        var question = await QuestionAsync();
        var files = (await host.PostAsync("/artefacts", question)).Value("files")!.AsArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/artefacts") { Content = new StringContent(question.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/zip"));
        var (message, body) = await BytesAsync(request);

        Assert.Equal("application/zip", message.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("-hybrid.zip", message.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.Equal(files.Select(file => ((string)file!["name"]!, (string)file["content"]!)), Unzip(body));
    }

    [Fact]
    public async Task Stored_scenario_hands_its_files_over_by_address()
    {
        var scenario = (await QuestionAsync())["scenario"]!;
        var saved = await host.PostAsync("/scenarios", scenario);
        var address = $"/api/v1/scenarios/{saved.Value("id")}/artefacts.zip";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}?option=hybrid&checkpoint=someone/Llama-3.1-70B-AWQ");
        var (message, body) = await BytesAsync(request);
        Assert.Equal(200, (int)message.StatusCode);
        Assert.Contains("serve.sh", Unzip(body).Select(file => file.Name));

        ApiClient.IsProblem(await host.GetAsync(address["/api/v1".Length..]), 400, "option");
        ApiClient.IsProblem(await host.GetAsync($"{address["/api/v1".Length..]}?option=none"), 400, "option");
        ApiClient.IsProblem(await host.GetAsync($"{address["/api/v1".Length..]}?option=hybrid"), 400, "checkpoint");
        ApiClient.IsProblem(await host.GetAsync("/scenarios/none/artefacts.zip?option=hybrid"), 404);
    }

    [Fact]
    public async Task What_cannot_run_is_refused_at_its_field()
    {
        ApiClient.IsProblem(await host.PostAsync("/artefacts", await QuestionAsync(checkpoint: null)), 400, "checkpoint");
        ApiClient.IsProblem(await host.PostAsync("/artefacts", await QuestionAsync(option: "sonnet")), 400, "optionId");
        ApiClient.IsProblem(await host.PostAsync("/artefacts", new JsonObject { ["optionId"] = "x" }), 400, "scenario");
        var question = await QuestionAsync();
        question.Remove("optionId");
        ApiClient.IsProblem(await host.PostAsync("/artefacts", question), 400, "optionId");
        question = await QuestionAsync();
        question["scenario"]!["workload"]!["inputTokens"] = -1;
        ApiClient.IsProblem(await host.PostAsync("/artefacts", question), 400, "scenario.workload.inputTokens");
        ApiClient.IsProblem(await host.PostAsync("/artefacts", new JsonObject { ["scenario"] = await host.ExampleAsync(), ["optionId"] = "self" }), 400, "optionId");
    }
}
