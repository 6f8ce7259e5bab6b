using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using Planner.Data;
using Planner.Tests.Data.PostgreSql;
using Planner.Tests.Data.Usage.Databases;
using Planner.Tests.Web.Accounts;
using Planner.Web.Commands;
using Xunit;

namespace Planner.Tests.Data.Moves;

/// <summary>The app itself before and after a move.</summary>
[Collection(nameof(PostgresTests))]
public sealed partial class AppMoveTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-move-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task People_links_keys_and_answers_are_the_same_on_a_server_and_in_a_file_again()
    {
        var (first, second, name) = (Path.Combine(_folder, "first.db"), Path.Combine(_folder, "again", "second.db"), $"move_{Guid.NewGuid():N}");
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        var (token, cookies) = (await NodeAccounts.PrepareAsync(DatabaseSettings.File(first), Cancel), new CookieContainer());
        SqliteConnection.ClearAllPools();
        string link;
        State before;
        await using (var app = await StartAsync(first))
        {
            using var browser = app.Browser(cookies);
            using var program = app.Program(token);
            Assert.Equal(HttpStatusCode.Redirect, (await AccountsHost.SignInAsync(browser, NodeAccounts.Admin)).StatusCode);
            var id = (string)(await MakeAsync(program, "first"))["id"]!;
            using var made = await program.PostAsJsonAsync($"/api/v1/scenarios/{id}/links", new JsonObject { ["live"] = true }, Cancel);
            link = new Uri((string)(await made.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["url"]!).PathAndQuery;
            before = await LookAsync(browser, program, id, link);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (before.Signed, before.Shared));
            // Killed, so that the last of what was written is beside the file.
        }

        Assert.Contains("ApiTokens", await MoveAsync("--from", first, "--to", server.ConnectionString(name)), StringComparison.Ordinal);
        await using (var app = await NodeProcess.StartAsync("node", server.ConnectionString(name), NodeAccounts.Settings))
            await IsAsync(app, before, token, cookies, link, "second");
        NpgsqlConnection.ClearAllPools();

        await MoveAsync("--from", server.ConnectionString(name), "--to", second);
        await using (var app = await StartAsync(second))
            await IsAsync(app, before, token, cookies, link, "third");
    }

    private static Task<NodeProcess> StartAsync(string path) =>
        NodeProcess.StartAsync("app", null, new Dictionary<string, string>(NodeAccounts.Settings) { ["Database__Path"] = path });

    private static async Task<string> MoveAsync(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.Equal((ExitCodes.Done, ""), (await CommandLine.RunAsync(["migrate-store", .. arguments], output, errors, Cancel), errors.ToString()));
        return output.ToString();
    }

    /// <summary>All is as it was, and goes on: what was asked once is not done twice, and what is new is added.</summary>
    private static async Task IsAsync(NodeProcess app, State before, string token, CookieContainer cookies, string link, string key)
    {
        using var browser = app.Browser(cookies);
        using var program = app.Program(token);
        Assert.Equal(before, await LookAsync(browser, program, before.Id, link));
        Assert.Equal(before.Id, (string)(await MakeAsync(program, "first"))["id"]!);
        Assert.NotEqual(before.Id, (string)(await MakeAsync(program, key))["id"]!);
    }

    private static async Task<State> LookAsync(HttpClient browser, HttpClient program, string id, string link)
    {
        var document = await program.GetFromJsonAsync<JsonNode>("/api/v1/examples/high-volume-chat", Cancel);
        using var evaluated = await program.PostAsJsonAsync("/api/v1/evaluate", document, Cancel);
        return new State(
            id, ToMicrosecond(await program.GetStringAsync($"/api/v1/scenarios/{id}", Cancel)), await evaluated.Content.ReadAsStringAsync(Cancel), await program.GetStringAsync("/api/v1/catalog/prices?take=50", Cancel),
            (await browser.GetAsync("/scenarios", Cancel)).StatusCode, (await browser.GetAsync(link, Cancel)).StatusCode);
    }

    private static async Task<JsonNode> MakeAsync(HttpClient program, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scenarios") { Content = JsonContent.Create(await program.GetFromJsonAsync<JsonNode>("/api/v1/examples/high-volume-chat", Cancel)) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await program.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
    }

    /// <summary>Leaves out what a server does not keep of a time, the tenths of its microseconds, and then zeros at the end, which are not written.</summary>
    private static string ToMicrosecond(string document) => Fraction().Replace(document, time => time.Groups[1].Value.TrimEnd('0').TrimEnd('.') + "Z");

    [GeneratedRegex(@"(?<=T\d\d:\d\d:\d\d)(\.\d{1,6})\d?Z")]
    private static partial Regex Fraction();

    private sealed record State(string Id, string Scenario, string Evaluation, string Prices, HttpStatusCode Signed, HttpStatusCode Shared);
}
