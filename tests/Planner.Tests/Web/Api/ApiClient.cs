using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>An answer of the API: status, headers and body.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseMessage Message, JsonNode? Body)
{
    public string Tag => Message.Headers.ETag!.Tag;

    /// <summary>The paths of a problem document's errors.</summary>
    public IEnumerable<string> ErrorPaths => Body!["errors"]!.AsArray().Select(error => (string)error!["path"]!);

    public JsonNode? Value(string name) => Body![name];
}

/// <summary>Requests to the API below <c>/api/v1</c>.</summary>
internal static class ApiClient
{
    public static Task<Answer> GetAsync(this PlannerHost host, string path) => host.SendAsync(HttpMethod.Get, path);

    public static Task<Answer> PostAsync(this PlannerHost host, string path, JsonNode? body) => host.SendAsync(HttpMethod.Post, path, body?.ToJsonString());

    public static Task<Answer> PutAsync(this PlannerHost host, string path, JsonNode body, string? ifMatch) =>
        host.SendAsync(HttpMethod.Put, path, body.ToJsonString(), ifMatch);

    public static Task<Answer> DeleteAsync(this PlannerHost host, string path, string? ifMatch = null) =>
        host.SendAsync(HttpMethod.Delete, path, null, ifMatch);

    public static async Task<Answer> SendAsync(this PlannerHost host, HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await host.SendAsync(request);
    }

    public static async Task<Answer> SendAsync(this PlannerHost host, HttpRequestMessage request)
    {
        using var client = host.CreateClient();
        var message = await client.SendAsync(request);
        var text = await message.Content.ReadAsStringAsync();
        return new Answer(message.StatusCode, message, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>A document that has no fault.</summary>
    public static async Task<JsonObject> ExampleAsync(this PlannerHost host, string id = "high-volume-chat") =>
        (await host.GetAsync($"/examples/{id}")).Body!.AsObject();

    /// <summary>Checks that an answer is a problem document of a status, and that its errors name the given fields.</summary>
    public static void IsProblem(Answer answer, int status, params string[] paths)
    {
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), answer.Message.Content.Headers.ContentType);
        Assert.Equal(status, (int)answer.Value("status")!);
        foreach (var member in new[] { "type", "title", "detail" })
            Assert.False(string.IsNullOrWhiteSpace((string?)answer.Value(member)), member);
        Assert.All(answer.Value("errors")!.AsArray(), error => Assert.NotEmpty((string)error!["message"]!));
        foreach (var path in paths)
            Assert.Contains(path, answer.ErrorPaths);
    }
}
