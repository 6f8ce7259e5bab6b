using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>The app in a process of its own, as one of the nodes of a server.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly AppProcess _app;
    private readonly string _folder;
    private readonly HttpClient _http;

    private NodeProcess(AppProcess app, string folder, string name) => (_app, _folder, _http, Name) = (app, folder, new HttpClient { BaseAddress = app.Address }, name);

    /// <summary>How the server names its connections.</summary>
    internal string Name { get; }

    /// <summary>Starts the app and waits until it answers.</summary>
    /// <param name="name">How the server names its connections.</param>
    /// <param name="connection">How it connects to the server; null where the settings name a file.</param>
    /// <param name="settings">The other settings, as the environment names them.</param>
    internal static async Task<NodeProcess> StartAsync(string name, string? connection, IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("planner-node-").FullName;
        var all = settings.ToDictionary();
        if (connection is not null)
            (all["Database__Provider"], all["Database__ConnectionString"]) = ("PostgreSql", $"{connection};Application Name={name}");
        return new NodeProcess(await AppProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "Planner.Web.dll"), folder, folder, all), folder, name);
    }

    /// <summary>A browser, which follows no redirects, with cookies that another one may have as well.</summary>
    internal HttpClient Browser(CookieContainer cookies) => new(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = _http.BaseAddress };

    /// <summary>A program with a token.</summary>
    internal HttpClient Program(string token) => new() { BaseAddress = _http.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    internal async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => (await _http.GetFromJsonAsync<JsonNode>($"/api/v1{path}", cancellationToken))!;

    /// <summary>Asks for anything, and gives it as text.</summary>
    internal Task<string> TextAsync(string path, CancellationToken cancellationToken) => _http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    internal async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1{path}", body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{Name} {path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Ends it without asking it.</summary>
    internal Task KillAsync() => _app.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
