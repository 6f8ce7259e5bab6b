using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Web.Api;
using Xunit;

namespace Planner.Tests.Web.Security.Fuzzing;

/// <summary>
/// Every operation of the API asked with what is right and wrong in its path, query, headers and body: nothing breaks, nothing is logged as an error, and every refusal is a problem document. <c>PLANNER_FUZZ_CALLS</c> asks more often,
/// <c>PLANNER_FUZZ_SEED</c> otherwise.
/// </summary>
public sealed class ApiFuzzTests(FuzzedHost host, ITestOutputHelper output) : IClassFixture<FuzzedHost>
{
    private const int Workers = 2;

    private readonly ConcurrentDictionary<string, bool> _answered = new();

    [Fact]
    public async Task No_call_breaks_the_server()
    {
        var calls = Setting("PLANNER_FUZZ_CALLS", 3000);
        var seed = Setting("PLANNER_FUZZ_SEED", 1);
        using var client = host.CreateClient();
        var description = await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        var store = host.Services.GetRequiredService<ExampleStore>();
        var scenarios = new[] { "high-volume-chat", "support-assistant", "spot-mix", "document-embeddings", "daily-classifier" }.Select(id => ScenarioJson.Write(store.Find(id)!.Scenario)).ToList();
        var stored = new List<string>();
        foreach (var scenario in scenarios)
            stored.Add(await StoreAsync(scenario));
        var keys = new Dictionary<string, string[]>();
        foreach (var list in new[] { "prices", "instances", "models", "gpus", "engines" })
            keys[list] = [.. (await host.GetAsync($"/catalog/{list}?take=8")).Value("items")!.AsArray().Select(item => (string)item!["key"]!)];
        var faults = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var slowest = new ConcurrentBag<(TimeSpan Took, string What)>();

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var maker = new RequestMaker(JsonNode.Parse(description)!, scenarios, stored, keys, new Random(seed * 1000 + worker));
            for (var i = 0; i < calls / Workers && faults.Count < 20; i++)
            {
                // Calls delete what others ask for.
                if (i % 40 == 0)
                    maker.Learn(await StoreAsync(scenarios[i % scenarios.Count]));
                await CallAsync(maker, faults, statuses, slowest);
            }
        })));

        output.WriteLine($"{statuses.Values.Sum()} calls from seed {seed}: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} × {status.Key}"))}");
        output.WriteLine($"{_answered.Count(operation => operation.Value)} operations answered, refused only: {string.Join(", ", _answered.Where(operation => !operation.Value).Select(operation => operation.Key).Order(StringComparer.Ordinal))}");
        foreach (var (took, what) in slowest.OrderByDescending(call => call.Took).Take(10))
            output.WriteLine($"{took.TotalMilliseconds:F0} ms {what[..Math.Min(200, what.Length)]}");
        var found = faults.Concat(host.Errors).ToList();
        Assert.True(found.Count == 0, string.Join("\n\n", found));
        Assert.Contains(200, statuses.Keys);
        Assert.Contains(201, statuses.Keys);
    }

    private async Task<string> StoreAsync(string scenario) => (string)(await host.PostAsync("/scenarios", JsonNode.Parse(scenario))).Value("id")!;

    private async Task CallAsync(RequestMaker maker, ConcurrentQueue<string> faults, ConcurrentDictionary<int, int> statuses, ConcurrentBag<(TimeSpan Took, string What)> slowest)
    {
        var what = "";
        var began = Stopwatch.GetTimestamp();
        try
        {
            var context = await host.Server.SendAsync(asked => what = maker.Fill(asked));
            using var body = new MemoryStream();
            await context.Response.Body.CopyToAsync(body);
            var status = context.Response.StatusCode;
            _answered.AddOrUpdate(maker.Operation, status < 400, (_, before) => before || status < 400);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            // 503 and 504: there is no browser to print with, or no database of logs.
            if (status is >= 500 and not (503 or 504))
                faults.Enqueue($"{status} for {what}");
            else if (status >= 400 && context.Request.Path.StartsWithSegments("/api") && context.Request.Method != "HEAD" && context.Response.ContentType?.StartsWith("application/problem+json", StringComparison.Ordinal) != true)
                faults.Enqueue($"{status} {context.Response.ContentType} and no problem document for {what}");
            if (status == 201 && context.Request.Path.StartsWithSegments("/api/v1/scenarios") && JsonNode.Parse(body.ToArray()) is JsonObject made && made["schema"] is not null && made["id"] is JsonValue id)
                maker.Learn(id.ToString());
        }
        catch (Exception exception)
        {
            faults.Enqueue($"{exception} for {what}");
        }

        var took = Stopwatch.GetElapsedTime(began);
        if (took > TimeSpan.FromMilliseconds(500))
            slowest.Add((took, what));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
