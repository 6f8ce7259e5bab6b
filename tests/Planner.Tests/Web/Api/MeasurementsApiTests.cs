using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Planner.Tests.Data.Benchmarks;
using Xunit;

namespace Planner.Tests.Web.Api;

public class MeasurementsApiTests(MeasurementsApiTests.OwnHost host) : IClassFixture<MeasurementsApiTests.OwnHost>
{
    private static readonly string[] Engine = ["engine", "vllm"];

    [Fact]
    public async Task A_file_is_stored_once_and_listed_beside_what_is_modelled()
    {
        var file = $"{VllmRunsTests.Run(("label", "\"listed\""))}\n{VllmRunsTests.Run(("max_concurrency", "64"), ("output_throughput", "NaN"))}";
        var first = await UploadAsync(file, Engine, ["note", "before the update"]);
        var again = await UploadAsync(file, Engine);

        Assert.Equal(200, (int)first.Status);
        Assert.Equal(("vllm", 1, 0), ((string)first.Value("tool")!, (int)first.Value("stored")!, (int)first.Value("storedBefore")!));
        var skipped = Assert.Single(first.Value("skipped")!.AsArray())!;
        Assert.Equal((2, "output_throughput"), ((int)skipped["row"]!, (string)skipped["field"]!));
        Assert.Equal((0, 1), ((int)again.Value("stored")!, (int)again.Value("storedBefore")!));

        var item = Assert.Single((await host.GetAsync("/measurements?search=8b+H100-SXM+fp8")).Value("items")!.AsArray())!;
        Assert.Equal(("llama-3.1-8b", 2), ((string)item["deployment"]!["model"]!, (int)item["deployment"]!["gpuCount"]!));
        var measurement = item["measurements"]!.AsArray().Single(one => (string?)one!["source"]!["note"] == "before the update")!;
        Assert.Equal("run.json", (string)measurement["source"]!["fileName"]!);
        var point = Assert.Single(measurement["points"]!.AsArray())!;
        Assert.Equal(("listed", 2048.5), ((string)point["note"]!, (double)point["measured"]!["outputTokensPerSecond"]!));
        Assert.True((double)point["modelled"]!["outputTokensPerSecond"]! > 0);
        Assert.Empty((await host.GetAsync("/measurements?search=nothing-like-it")).Value("items")!.AsArray());
    }

    [Fact]
    public async Task What_neither_file_nor_form_says_is_asked_for_by_field()
    {
        var answer = await UploadAsync("input_len,output_len,output_tok_s\n1000,200,640", ["model", "no-such-model"], ["tensorParallel", "1"]);

        ApiClient.IsProblem(answer, 400, "model", "precision", "engine", "gpu");
        Assert.DoesNotContain("tensorParallel", answer.ErrorPaths);
        ApiClient.IsProblem(await UploadAsync(VllmRunsTests.Run(), ["tensorParallel", "two"]), 400, "tensorParallel");
        ApiClient.IsProblem(await UploadAsync(VllmRunsTests.Run(), Engine, ["note", new string('x', 2_001)]), 400, "note");
        ApiClient.IsProblem(await UploadAsync(VllmRunsTests.Run(), Engine, ["note", new string('x', 30_000)]), 400, "note");
    }

    [Fact]
    public async Task A_file_of_another_tool_and_a_broken_form_are_refused()
    {
        ApiClient.IsProblem(await UploadAsync("{\"results\": []}"), 400, "file");
        ApiClient.IsProblem(await UploadAsync(VllmRunsTests.Run(("completed", "0")), Engine), 400, "file");
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/measurements/imports", "{}"), 415);
        ApiClient.IsProblem(await host.GetAsync("/measurements?take=0"), 400, "take");
        using var cutOff = new HttpRequestMessage(HttpMethod.Post, "/api/v1/measurements/imports");
        cutOff.Content = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ninput_len,out", Encoding.ASCII);
        cutOff.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        ApiClient.IsProblem(await host.SendAsync(cutOff), 400, "file");
    }

    [Fact]
    public async Task A_table_of_several_deployments_is_stored_run_by_run()
    {
        var answer = await UploadAsync(
            """
            model,precision,engine,gpu,tp,input_len,output_len,concurrency,output_tok_s
            Qwen3-32B,fp8,vllm,A100-80-SXM,2,1000,200,16,420
            Qwen3-32B,fp8,vllm,A100-80-SXM,4,1000,200,16,700
            mystery-9b,fp8,vllm,A100-80-SXM,4,1000,200,16,700
            """);

        Assert.Equal((200, 2, 2), ((int)answer.Status, (int)answer.Value("stored")!, answer.Value("ids")!.AsArray().Count));
        var skipped = Assert.Single(answer.Value("skipped")!.AsArray())!;
        Assert.Equal((4, "model"), ((int)skipped["row"]!, (string)skipped["field"]!));
        Assert.Equal(2, (int)(await host.GetAsync("/measurements?search=A100-80-SXM&take=1")).Value("total")!);
    }

    [Fact]
    public async Task A_measurement_is_deleted_and_restored()
    {
        var stored = await UploadAsync(VllmRunsTests.Run(("label", "\"to delete\""), ("gpu", "\"L40S\"")), Engine);
        var id = (long)Assert.Single(stored.Value("ids")!.AsArray())!;

        Assert.Equal(204, (int)(await host.DeleteAsync($"/measurements/{id}")).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"/measurements/{id}"), 404);
        Assert.Empty((await host.GetAsync("/measurements?search=L40S")).Value("items")!.AsArray());
        Assert.Equal(204, (int)(await host.PostAsync($"/measurements/{id}/restore", null)).Status);
        Assert.Single((await host.GetAsync("/measurements?search=L40S")).Value("items")!.AsArray());
        ApiClient.IsProblem(await host.PostAsync("/measurements/999999/restore", null), 404);
    }

    [Fact]
    public async Task A_calibration_is_fitted_and_kept()
    {
        await UploadAsync($"{VllmRunsTests.Run(("gpu", "\"H200\""))}\n{VllmRunsTests.Run(("gpu", "\"H200\""), ("max_concurrency", "64"), ("output_throughput", "3100"))}", Engine);
        var deployment = new JsonObject
        {
            ["model"] = "llama-3.1-8b",
            ["precision"] = "fp8",
            ["kvPrecision"] = "bf16",
            ["engine"] = "vllm",
            ["gpu"] = "H200",
            ["tensorParallel"] = 2,
        };

        var correction = await host.PostAsync("/measurements/corrections", deployment);

        Assert.Equal((200, 2), ((int)correction.Status, (int)correction.Value("points")!));
        var item = Assert.Single((await host.GetAsync("/measurements?search=H200")).Value("items")!.AsArray())!;
        Assert.Equal((double)correction.Value("factors")!["output"]!, (double)item["correction"]!["factors"]!["output"]!);
        Assert.Equal((double)item["fit"]!["factors"]!["output"]!, (double)item["correction"]!["factors"]!["output"]!, 12);
        Assert.True((double)item["fit"]!["output"]!["after"]! < (double)item["fit"]!["output"]!["before"]!);
        deployment["gpu"] = "A100-40";
        ApiClient.IsProblem(await host.PostAsync("/measurements/corrections", deployment), 404);
        deployment["tensorParallel"] = "two";
        ApiClient.IsProblem(await host.PostAsync("/measurements/corrections", deployment), 400, "tensorParallel");
    }

    private async Task<Answer> UploadAsync(string file, params string[][] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "run.json" } };
        foreach (var field in fields)
            form.Add(new StringContent(field[1]), field[0]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/measurements/imports") { Content = form };
        return await host.SendAsync(request);
    }

    /// <summary>An app of its own, so that nobody else measures in it.</summary>
    public sealed class OwnHost : PlannerHost;
}
