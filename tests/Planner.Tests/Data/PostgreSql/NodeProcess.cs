using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Planner.Tests.Data.Usage.Databases;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>The app in a process of its own, as one of the nodes of a server.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private NodeProcess(Process process, string folder, HttpClient http, string name) => (_process, _folder, _http, Name) = (process, folder, http, name);

    /// <summary>How the server names its connections.</summary>
    internal string Name { get; }

    /// <summary>Starts the app and waits until it answers.</summary>
    /// <param name="name">How the server names its connections.</param>
    /// <param name="connection">How it connects to the server; null where the settings name a file.</param>
    /// <param name="settings">The other settings, as the environment names them.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static async Task<NodeProcess> StartAsync(string name, string? connection, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var (folder, address) = (Directory.CreateTempSubdirectory("planner-node-").FullName, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}"));
        var log = Path.Combine(folder, "log");
        // To a file, not through a pipe that nobody empties.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, Environment.ProcessPath is { } self && Path.GetFileName(self) == "dotnet" ? self : "dotnet", Path.Combine(AppContext.BaseDirectory, "Planner.Web.dll"), "--urls", address])
            start.ArgumentList.Add(argument);
        if (connection is not null)
        {
            start.Environment["Database__Provider"] = "PostgreSql";
            start.Environment["Database__ConnectionString"] = $"{connection};Application Name={name}";
        }

        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        var node = new NodeProcess(Process.Start(start)!, folder, new HttpClient { BaseAddress = new Uri(address) }, name);
        try
        {
            await node.AnswersAsync(log, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private async Task AnswersAsync(string log, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                (await _http.GetAsync("/health/live", cancellationToken)).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException exception)
            {
                if (_process.HasExited || tries > 600)
                    throw new InvalidOperationException($"{Name} did not start: {await File.ReadAllTextAsync(log, cancellationToken)}", exception);
                await Task.Delay(100, cancellationToken);
            }
        }
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
    internal async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
