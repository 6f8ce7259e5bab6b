using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Documents damaged at random, from a fixed seed: each is answered or refused, and none breaks the server.</summary>
public class FuzzTests(PlannerHost host)
{
    private static readonly string[] Values =
    [
        "0", "-0", "1", "-1", "0.1", "1e-28", "1e28", "7.9e28", "1e29", "1e308", "1e400", "-1e400", "99999999999999999999", "2147483648", "null",
        "true", "\"\"",
        "\"1\"", "\"\\u0000\"", "\"\\ud800\"", "\"😀\"", "[]", "[null]", "[1,2]", "{}", "{\"kind\":\"api\"}", "{\"kind\":{}}", "\"api\"", "\"selfHost\"",
        "\"weights\"", "\"peak\"", "\"weeklyPeak\"", "\"fixed\"", "\"measured\"", "\"output\"", "\"input\"", "1000000000000",
        "10000000", "0.01", "1000", "100000",
    ];

    [Theory]
    [InlineData("high-volume-chat", 1)]
    [InlineData("support-assistant", 2)]
    [InlineData("spot-mix", 3)]
    [InlineData("document-embeddings", 4)]
    public async Task Damaged_documents_never_break_the_server(string example, int seed)
    {
        var random = new Random(seed);
        var text = (await host.ExampleAsync(example)).ToJsonString();
        for (var i = 0; i < 150; i++)
        {
            var json = random.Next(4) == 0 ? DamageText(text, random) : DamageTree(text, random);
            var answer = await host.SendAsync(HttpMethod.Post, i % 5 == 0 ? "/scenarios" : "/evaluate", json);
            Assert.True((int)answer.Status < 500, $"{(int)answer.Status} for {json}");
            if ((int)answer.Status >= 300)
                ApiClient.IsProblem(answer, 400);
        }
    }

    private static string DamageTree(string text, Random random)
    {
        var document = JsonNode.Parse(text)!;
        for (var hits = random.Next(1, 4); hits > 0; hits--)
        {
            var places = Places(document).ToList();
            var (parent, key, index) = places[random.Next(places.Count)];
            var mark = (JsonNode)$"§{random.Next(Values.Length)}§";
            if (key is null)
                parent.AsArray()[index] = mark;
            else if (random.Next(6) == 0)
                parent.AsObject().Remove(key);
            else
                parent[key] = mark;
        }

        var marks = new Regex("\"\\\\u00A7(\\d+)\\\\u00A7\"");
        return marks.Replace(document.ToJsonString(), match => Values[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]);
    }

    private static string DamageText(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(3) switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1),
            _ => text.Insert(at, "{}[],:\"\\-e0n"[random.Next(12)].ToString()),
        };
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject item => item.Select(member => ((JsonNode)item, (string?)member.Key, 0)).Concat(item.SelectMany(member => Places(member.Value))),
        JsonArray list => Enumerable.Range(0, list.Count).Select(i => ((JsonNode)list, (string?)null, i)).Concat(list.SelectMany(Places)),
        _ => [],
    };
}
