using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Web.Api;

public sealed class IdempotencyTests(PlannerHost host)
{
    [Fact]
    public async Task Repeated_request_gets_the_first_answer_and_is_done_once()
    {
        using var client = host.CreateClient();
        var name = Guid.NewGuid().ToString("N");

        var first = await PostAsync(client, "/scenarios", await DocumentAsync(name), name);
        var second = await PostAsync(client, "/scenarios", await DocumentAsync(name), name);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal((first.Headers.Location, first.Headers.ETag), (second.Headers.Location, second.Headers.ETag));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await CountAsync(client, name));
    }

    [Fact]
    public async Task Without_a_key_it_is_done_each_time()
    {
        using var client = host.CreateClient();
        var name = Guid.NewGuid().ToString("N");

        await PostAsync(client, "/scenarios", await DocumentAsync(name), null);
        await PostAsync(client, "/scenarios", await DocumentAsync(name), null);

        Assert.Equal(2, await CountAsync(client, name));
    }

    [Fact]
    public async Task Many_at_once_are_done_once()
    {
        using var client = host.CreateClient();
        var name = Guid.NewGuid().ToString("N");
        var document = await DocumentAsync(name);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(client, "/scenarios", document, name)));

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.Equal(1, await CountAsync(client, name));
    }

    [Fact]
    public async Task Key_of_another_request_is_refused_and_so_is_one_that_cannot_be_meant()
    {
        using var client = host.CreateClient();
        var key = Guid.NewGuid().ToString("N");
        await PostAsync(client, "/scenarios", await DocumentAsync(key), key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, "/scenarios", await DocumentAsync(key + "x"), key)).StatusCode);
        var tooLong = await PostAsync(client, "/scenarios", await DocumentAsync(key), new string('a', 256));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Contains("Idempotency-Key", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_request_leaves_its_key_free()
    {
        using var client = host.CreateClient();
        var key = Guid.NewGuid().ToString("N");

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(client, "/scenarios", "{}", key)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "/scenarios", await DocumentAsync(key), key)).StatusCode);
    }

    [Fact]
    public async Task Secret_that_is_told_once_is_kept_nowhere()
    {
        using var client = host.CreateClient();
        var key = Guid.NewGuid().ToString("N");
        var made = await PostAsync(client, "/scenarios", await DocumentAsync(key), null);
        var path = $"/scenarios/{(string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!}/links";

        var link = await PostAsync(client, path, "{}", key);
        var again = await PostAsync(client, path, "{}", key);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (link.StatusCode, again.StatusCode));
        Assert.Single((await client.GetFromJsonAsync<JsonArray>($"/api/v1{path}"))!);
    }

    [Fact]
    public async Task Key_is_known_for_a_day_and_a_request_that_never_ended_is_not_done_again()
    {
        using var database = await Data.TestDatabase.PreparedAsync();
        var store = database.Get<IdempotencyStore>();

        Assert.IsType<KeyedRequest.New>(await store.BeginAsync("key", 7, "print"));
        Assert.Equal(new KeyedRequest.Known("print", null), await store.BeginAsync("key", 7, "another"));
        await store.EndAsync("key", new KeptAnswer(201, "application/json", "/x", "\"v1\"", [1, 2]));
        database.Time.Now = database.Time.Now.AddHours(24);
        Assert.Equal([1, 2], Assert.IsType<KeyedRequest.Known>(await store.BeginAsync("key", 7, "another")).Answer!.Body!);
        database.Time.Now = database.Time.Now.AddSeconds(1);
        Assert.IsType<KeyedRequest.New>(await store.BeginAsync("key", 7, "another"));
    }

    [Fact]
    public async Task Keys_of_a_user_and_bytes_of_answers_are_bounded_and_what_is_over_is_not_done_twice()
    {
        using var database = await Data.TestDatabase.PreparedAsync();
        var store = new IdempotencyStore(database.Get<IDbContextFactory<PlannerDbContext>>(), database.Get<CurrentReach>(), database.Time) { MostKeys = 2, MostBytes = 5 };

        async Task<KeptAnswer?> DoneAsync(string key, byte[] body)
        {
            Assert.IsType<KeyedRequest.New>(await store.BeginAsync(key, 7, "print"));
            await store.EndAsync(key, new KeptAnswer(201, "application/json", "/x", null, body));
            return Assert.IsType<KeyedRequest.Known>(await store.BeginAsync(key, 7, "print")).Answer;
        }

        Assert.Equal([1, 2, 3], (await DoneAsync("first", [1, 2, 3]))!.Body!);
        var second = await DoneAsync("second", [4, 5, 6]);
        Assert.Equal((null, "/x"), (second!.Body, second.Location));
        Assert.IsType<KeyedRequest.Full>(await store.BeginAsync("third", 7, "print"));
        Assert.IsType<KeyedRequest.New>(await store.BeginAsync("third", 8, "print"));
        Assert.IsType<KeyedRequest.New>(await store.BeginAsync("fourth", null, "print"));
    }

    [Fact]
    public async Task What_was_asked_cannot_be_guessed_from_what_is_kept_of_it()
    {
        using var client = host.CreateClient();
        var key = Guid.NewGuid().ToString("N");
        var document = await DocumentAsync(key);
        var asked = SHA256.HashData([.. Encoding.UTF8.GetBytes("POST\n/api/v1/scenarios\n\n"), .. Encoding.UTF8.GetBytes(document)]);

        await PostAsync(client, "/scenarios", document, key);
        using var _ = host.Services.GetRequiredService<CurrentReach>().AsProgram();
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        var kept = await context.IdempotencyKeys.Select(row => row.Fingerprint).ToListAsync();
        Assert.NotEmpty(kept);
        Assert.DoesNotContain(Convert.ToHexStringLower(asked), kept);

        await context.IdempotencyKeys.ExecuteUpdateAsync(update => update.SetProperty(row => row.Fingerprint, ""));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(client, "/scenarios", document, key)).StatusCode);
        Assert.Equal(1, await CountAsync(client, key));
    }

    [Fact]
    public async Task Who_has_the_current_version_gets_no_body()
    {
        using var client = host.CreateClient();
        var made = await PostAsync(client, "/scenarios", await DocumentAsync("Tagged"), null);

        async Task<HttpStatusCode> AskAsync(string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, made.Headers.Location);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            var answer = await client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NotModified)
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotModified, await AskAsync("\"v1\""));
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync("\"v7\", W/\"v1\""));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("\"v2\""));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("nonsense"));
    }

    private async Task<string> DocumentAsync(string name)
    {
        var document = await host.ExampleAsync();
        document["name"] = name;
        return document.ToJsonString();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<int> CountAsync(HttpClient client, string name) => (int)(await client.GetFromJsonAsync<JsonNode>($"/api/v1/scenarios?search={name}"))!["total"]!;
}
