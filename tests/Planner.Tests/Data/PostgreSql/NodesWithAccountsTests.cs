using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Planner.Data;
using Planner.Tests.Data.Usage.Databases;
using Planner.Tests.Web.Accounts;
using Xunit;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>Two nodes with accounts on one database of a server.</summary>
public sealed class TwoNodes(PostgresServer server) : IAsyncLifetime
{
    private NodeProcess? _one, _two;

    internal NodeProcess One => _one!;

    internal NodeProcess Two => _two!;

    /// <summary>Keys that the nodes made when they started at once.</summary>
    internal long Keys { get; private set; }

    /// <summary>A token of the Admin.</summary>
    internal string Token { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var name = $"nodes_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        var (connection, cancel) = (server.ConnectionString(name), TestContext.Current.CancellationToken);
        Token = await NodeAccounts.PrepareAsync(DatabaseSettings.Server(connection + ";Pooling=false"), cancel);
        try
        {
            // Each is kept as it comes: where the other one fails to start, it is ended all the same.
            await Task.WhenAll(
                Task.Run(async () => _one = await NodeProcess.StartAsync("node-one", connection, NodeAccounts.Settings), cancel),
                Task.Run(async () => _two = await NodeProcess.StartAsync("node-two", connection, NodeAccounts.Settings), cancel));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        Keys = await server.ScalarAsync<long>("""SELECT count(*) FROM "Keys" """, name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in new[] { _one, _two }.OfType<NodeProcess>())
            await node.DisposeAsync();
    }
}

/// <summary>What somebody does on one node holds on the other.</summary>
[Collection(nameof(PostgresTests))]
public sealed class NodesWithAccountsTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const string File = "Lieferant;Modell;Eingabe;Ausgabe\nacme;agreed;1,5;6\n";

    // Of a change of an own list: the nodes look it up anew every 2 seconds, and a slow machine takes its time.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A node that did not know the other's would refuse its sessions for a day.
    [Fact]
    public void Nodes_that_start_at_once_make_one_key() => Assert.Equal(1, nodes.Keys);

    [Fact]
    public async Task Who_signs_in_on_one_node_is_signed_in_on_the_other_and_who_signs_out_there_is_out_on_both()
    {
        var cookies = new CookieContainer();
        using var one = nodes.One.Browser(cookies);
        using var two = nodes.Two.Browser(cookies);
        Assert.Equal(HttpStatusCode.Redirect, (await two.GetAsync("/scenarios", Cancel)).StatusCode);

        await AccountsHost.SignInAsync(one, NodeAccounts.Admin);
        Assert.Equal(HttpStatusCode.OK, (await two.GetAsync("/scenarios", Cancel)).StatusCode);
        using var thief = nodes.Two.Browser(new CookieContainer());
        thief.DefaultRequestHeaders.Add("Cookie", $"planner-session={cookies.GetAllCookies().Single(cookie => cookie.Name == "planner-session").Value}");
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/scenarios", Cancel)).StatusCode);
        await one.PostAsync("/sign-out", null, Cancel);

        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/scenarios", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await two.GetAsync("/scenarios", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Form_of_one_node_is_taken_by_the_other_and_the_token_that_it_made_opens_both_until_it_is_revoked()
    {
        var cookies = new CookieContainer();
        using var one = nodes.One.Browser(cookies);
        using var two = nodes.Two.Browser(cookies);
        await AccountsHost.SignInAsync(one, NodeAccounts.Admin);

        var page = await SendAsync(one, two, "token", ("Token.Name", "of both"), ("Token.Scope", "Viewer"), ("Token.Days", "7"), ("Token.Password", AccountsHost.Password));
        var token = Regex.Match(page, "planner_[A-Za-z0-9_-]{43}").Value;
        using var here = nodes.One.Program(token);
        using var there = nodes.Two.Program(token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await here.GetAsync("/api/v1/scenarios", Cancel)).StatusCode, (await there.GetAsync("/api/v1/scenarios", Cancel)).StatusCode));

        var id = Regex.Match(page, "of both</th>.*?(revoke-\\d+)", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains("no longer works", await SendAsync(two, one, id), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), ((await here.GetAsync("/api/v1/scenarios", Cancel)).StatusCode, (await there.GetAsync("/api/v1/scenarios", Cancel)).StatusCode));
    }

    [Fact]
    public async Task Link_that_was_made_on_one_node_opens_on_the_other_until_it_is_revoked()
    {
        using var one = nodes.One.Program(nodes.Token);
        using var two = nodes.Two.Program(nodes.Token);
        using var reader = nodes.Two.Browser(new CookieContainer());
        var (id, _) = await MakeAsync(one);
        using var made = await one.PostAsJsonAsync($"/api/v1/scenarios/{id}/links", new JsonObject { ["live"] = true }, Cancel);
        var link = (await made.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
        var path = new Uri((string)link["url"]!).PathAndQuery;

        Assert.Contains("High-volume chat", await reader.GetStringAsync(path, Cancel), StringComparison.Ordinal);
        (await one.DeleteAsync($"/api/v1/scenarios/{id}/links/{(long)link["id"]!}", Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(path, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Of_writers_on_both_nodes_one_wins_each_round_and_no_edit_is_lost()
    {
        const int Rounds = 8;
        using var one = nodes.One.Program(nodes.Token);
        using var two = nodes.Two.Program(nodes.Token);
        var (id, tag) = await MakeAsync(one);
        var won = new List<string> { "High-volume chat" };
        for (var round = 0; round < Rounds; round++)
        {
            string[] names = [$"One {round}", $"Two {round}"];
            var answers = await Task.WhenAll(SaveAsync(one, id, names[0], tag), SaveAsync(two, id, names[1], tag));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.Status).Order());
            var winner = answers.Index().Single(answer => answer.Item.Status == HttpStatusCode.OK);
            tag = winner.Item.Tag!;
            won.Add(names[winner.Index]);
        }

        // Every version is there, on the node that did not store it as well.
        foreach (var program in new[] { one, two })
        {
            var versions = await Task.WhenAll(Enumerable.Range(1, Rounds + 1).Select(version => program.GetFromJsonAsync<JsonNode>($"/api/v1/scenarios/{id}/versions/{version}", Cancel)));
            Assert.Equal(won, versions.Select(version => (string)version!["scenario"]!["name"]!));
        }
    }

    [Fact]
    public async Task Price_of_ones_own_and_an_own_list_of_one_node_are_soon_the_others()
    {
        using var one = nodes.One.Program(nodes.Token);
        using var two = nodes.Two.Program(nodes.Token);
        var (id, _) = await MakeAsync(two);
        // Both nodes have it in mind by now.
        const string Path = "/api/v1/catalog/prices/openai:gpt-5-mini";
        using var read = await one.GetAsync(Path, Cancel);
        await two.GetStringAsync(Path, Cancel);
        var price = (await read.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
        price["prices"]!["inputUsdPerM"] = 123;
        using (var edit = new HttpRequestMessage(HttpMethod.Put, Path) { Content = JsonContent.Create(price), Headers = { { "If-Match", read.Headers.ETag!.Tag } } })
            (await one.SendAsync(edit, Cancel)).EnsureSuccessStatusCode();
        await UntilAsync(async () => (decimal)(await two.GetFromJsonAsync<JsonNode>(Path, Cancel))!["prices"]!["inputUsdPerM"]! == 123, "The other node did not have the edited price.");

        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(File)), "file", "prices.csv" }, { new StringContent("Agreed"), "name" },
            { new StringContent("""{"seller":"Lieferant","model":"Modell","input":"Eingabe","output":"Ausgabe","decimalSign":","}"""), "mapping" },
        };
        using var added = await one.PostAsync("/api/v1/feeds/lists", form, Cancel);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync(Cancel));
        var list = (string)(await added.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["list"]!["id"]!;
        await UntilAsync(async () => (await two.GetFromJsonAsync<JsonArray>("/api/v1/feeds", Cancel))!.Any(feed => (string)feed!["id"]! == list), "The other node did not have the own list.");
    }

    /// <summary>Reads a form of the page of one's own on one node, and sends it to the other.</summary>
    private static async Task<string> SendAsync(HttpClient from, HttpClient to, string form, params (string Name, string Value)[] fields)
    {
        var token = Regex.Match(await from.GetStringAsync("/account", Cancel), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("_handler", form), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]);
        using var answer = await to.PostAsync("/account", content, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<(string Id, string Tag)> MakeAsync(HttpClient program)
    {
        using var made = await program.PostAsJsonAsync("/api/v1/scenarios", await program.GetFromJsonAsync<JsonNode>("/api/v1/examples/high-volume-chat", Cancel), Cancel);
        return ((string)(await made.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["id"]!, made.Headers.ETag!.Tag);
    }

    private static async Task<(HttpStatusCode Status, string? Tag)> SaveAsync(HttpClient program, string id, string name, string tag)
    {
        var document = (await program.GetFromJsonAsync<JsonNode>("/api/v1/examples/high-volume-chat", Cancel))!;
        document["name"] = name;
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/scenarios/{id}") { Content = JsonContent.Create(document), Headers = { { "If-Match", tag } } };
        using var answer = await program.SendAsync(request, Cancel);
        return (answer.StatusCode, answer.Headers.ETag?.Tag);
    }

    /// <summary>Waits for what has to come in a while, and says what did not.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(100, Cancel))
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Soon, otherwise);
    }
}
