using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Planner.Tests.Data.Faults;
using Xunit;

namespace Planner.Tests.Web.Faults;

/// <summary>Folders and files that the app's user may read but not write. Rights do not bind root, so the app runs as another user; tests are skipped where nobody may change users.</summary>
public sealed class ReadOnlyFaultTests : IAsyncLifetime
{
    private const string User = "65534";
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string[] AsAnother = ["setpriv", "--reuid", User, "--regid", User, "--clear-groups", "--inh-caps=-all", "--"];

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-readonly-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string Database => Path.Combine(Data, "planner.db");

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/setpriv") && Repository.Root is not null, "Only root can run the app as another user.");
        Directory.CreateDirectory(Data);
        Own(_folder, User);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Start_in_a_folder_that_cannot_be_written_is_refused_in_one_line()
    {
        Own(Data, "0");

        var line = await RefusedAsync();

        Assert.Contains(Data, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_on_a_file_that_cannot_be_written_is_refused_in_one_line()
    {
        await using (var app = await AppProcess.StartAsync(Database, _folder, Repository.Root!, command: AsAnother))
            await app.KillAsync();
        // What is beside it goes into it first: without that a reader would have to write.
        DatabaseFiles.Checkpoint(Database);
        Own(Database, "0");
        SetMode(Database, Readable);

        var line = await RefusedAsync();

        Assert.Contains($"The database {Database} may be read but not written.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_become_read_only_are_refused_in_words_until_they_can_be_written_again()
    {
        await using var app = await AppProcess.StartAsync(Database, _folder, Repository.Root!, command: AsAnother);
        using var http = new HttpClient { BaseAddress = app.Address };
        var document = await http.GetFromJsonAsync<JsonObject>("/api/v1/examples/high-volume-chat");
        Assert.Equal(HttpStatusCode.Created, (await StoreAsync(http, document)).Status);
        foreach (var path in Directory.GetFiles(Data).Append(Data))
        {
            Own(path, "0");
            SetMode(path, path == Data ? Enterable : Readable);
        }

        var (status, text) = await StoreAsync(http, document);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Planner may not write to its data: the disk or the files are read-only. Nothing was changed."), (status, (string?)JsonNode.Parse(text)!["detail"]));
        using (var health = await http.GetAsync(new Uri("/health/ready", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using (var list = await http.GetAsync(new Uri("/api/v1/scenarios", UriKind.Relative)))
            Assert.Single(JsonNode.Parse(await list.Content.ReadAsStringAsync())!["items"]!.AsArray());

        foreach (var path in Directory.GetFiles(Data).Append(Data))
        {
            SetMode(path, (path == Data ? Enterable : Readable) | UnixFileMode.UserWrite);
            Own(path, User);
        }

        Assert.Equal(HttpStatusCode.Created, (await StoreAsync(http, document)).Status);
    }

    private async Task<string> RefusedAsync()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var app = await AppProcess.StartAsync(Database, _folder, Repository.Root!, command: AsAnother);
        });
        var said = refused.Message[(refused.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.DoesNotContain(said, line => line.StartsWith("at ", StringComparison.Ordinal));
        return Assert.Single(said, line => line.StartsWith("Planner:", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Text)> StoreAsync(HttpClient http, JsonObject? document)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/scenarios", document);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static void Own(string path, string user)
    {
        using var process = Process.Start("chown", ["-R", $"{user}:{user}", path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
