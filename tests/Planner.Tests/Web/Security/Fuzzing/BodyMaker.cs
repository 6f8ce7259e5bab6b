using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Planner.Tests.Web.Security.Fuzzing;

/// <summary>Bodies after the schemas of the API's own description, and damage to them.</summary>
/// <param name="description">The OpenAPI document.</param>
/// <param name="scenarios">Valid scenarios.</param>
/// <param name="random">Decides.</param>
internal sealed class BodyMaker(JsonNode description, IReadOnlyList<string> scenarios, Random random)
{
    private const int Deepest = 7;

    private static readonly string[] Texts =
    [
        "", "a", "api", "selfHost", "hybrid", "chat", "completion", "metrics", "prometheus", "folder", "mail", "pdf", "daily", "weekly", "0 0 7 * * ?", "* * * * * ?", "2026-12", "2026-13", "2026-11-21", "0001-01-01", "9999-12-31",
        "2026-11-21T00:00:00Z", "9999-12-31T23:59:59.9999999-14:00", "http://127.0.0.1:1/metrics", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "file:///etc/passwd", "javascript:alert(1)", "../../etc/passwd", "C:\\windows", "a\0b",
        "\u202Eabc", "😀", "ſ", "=1+1", "<script>alert(1)</script>", "'; DROP TABLE Scenarios; --", "%s%n{0}{1}", "${jndi:ldap://x}", "{job=\"vllm\"}", "{job=~\"(a+)+$\"}", "fp8", "bf16", "H100", "USD", "EUR", "UTC", "Europe/Berlin", "1e999", "NaN",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "2", "3", "10", "-1", "0.1", "0.5", "1e-28", "1e-320", "1e28", "7.9e28", "1e29", "1e308", "1e400", "-1e400", "99999999999999999999", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
        "1000000", "730", "0.99999999999999999999999999999999",
    ];

    private static readonly string[] Values = [.. Numbers, "null", "true", "false", "[]", "{}", "[null]", "[[[[]]]]", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"1\""];

    public string Text() => random.Next(40) == 0 ? new string('x', random.Next(1, 70_000)) : Pick(Texts);

    public string Number() => Pick(Numbers);

    /// <summary>A document after a schema, damaged more often than not.</summary>
    public byte[] Json(JsonNode? schema)
    {
        var text = Of(schema, 0)?.ToJsonString() ?? "null";
        if (random.Next(4) == 0)
            text = DamageText(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(60) switch
        {
            0 => Nested(random.Next(1, 5000)),
            1 => [.. bytes, 0xC3, 0x28],
            2 => [0xEF, 0xBB, 0xBF, .. bytes],
            3 when bytes.Length > 2 => Flipped(bytes),
            4 => [],
            5 => [.. bytes, .. bytes],
            6 => Encoding.Unicode.GetBytes(text),
            _ => bytes,
        };
    }

    /// <summary>A form with a file, damaged now and then.</summary>
    public byte[] Form(JsonNode? schema, string boundary)
    {
        using var body = new MemoryStream();
        var members = Resolve(schema)?["properties"]?.AsObject() ?? [];
        foreach (var (name, member) in members)
        {
            if (random.Next(4) == 0)
                continue;
            var isFile = name == "file" || (string?)Resolve(member)?["format"] == "binary";
            body.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{(isFile ? $"; filename=\"{Pick("a.csv", "a.json", "../../a.csv", "a.csv.gz", "a.zip", "a.parquet", "", "a\0.csv")}\"" : "")}\r\n\r\n"));
            body.Write(isFile ? File() : random.Next(2) == 0 ? Json(member) : Encoding.UTF8.GetBytes(Text()));
            body.Write("\r\n"u8);
        }

        if (random.Next(8) > 0)
            body.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
        return random.Next(8) == 0 ? Flipped(body.ToArray()) : body.ToArray();
    }

    private byte[] File()
    {
        byte[] content = random.Next(8) switch
        {
            0 => "model,input,output\ngpt-x,1,2\n=1+1,-1,1e400\n"u8.ToArray(),
            1 => "{\"a\":[{\"model\":\"x\",\"input_cost_per_token\":1e-6}]}"u8.ToArray(),
            2 => "timestamp,model,prompt_tokens,completion_tokens\n2026-11-01T00:00:00Z,gpt-x,10,20\n,,,\n"u8.ToArray(),
            3 => "{\"created\":1760000000,\"model\":\"x\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n{"u8.ToArray(),
            4 => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3],
            5 => [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 4],
            6 => "PAR1xxxxPAR1"u8.ToArray(),
            _ => "input_len,output_len,output_tok_s,model,gpu\n1024,128,2500,llama-3.1-8b,H100\n\"\n"u8.ToArray(),
        };
        return random.Next(3) == 0 ? Flipped(content) : content;
    }

    private JsonNode? Of(JsonNode? schema, int depth)
    {
        if ((string?)schema?["$ref"] is "#/components/schemas/Scenario" && random.Next(12) > 0)
            return DamagedTree(JsonNode.Parse(Pick([.. scenarios]))!);
        schema = Resolve(schema);
        if (schema is null || depth > Deepest || random.Next(40) == 0)
            return Value();
        foreach (var name in new[] { "oneOf", "anyOf" })
        {
            if (schema[name] is JsonArray ways)
                return Of(random.Next(3) == 0 ? ways[^1] : ways[random.Next(ways.Count)], depth);
        }

        if (schema["enum"] is JsonArray values)
            return values[random.Next(values.Count)]?.DeepClone();
        if (schema["properties"] is JsonObject members)
        {
            var item = new JsonObject();
            var share = Pick(0.1, 0.5, 0.95);
            foreach (var (name, member) in members)
            {
                if (name is "scenario" or "name" || random.NextDouble() < share)
                    item[name] = Of(member, depth + 1);
            }

            return item;
        }

        return (schema["type"] is JsonArray types ? (string?)types[random.Next(types.Count)] : (string?)schema["type"]) switch
        {
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Of(schema["items"], depth + 1))]),
            "object" => schema["additionalProperties"] is JsonObject each ? new JsonObject { [Text()] = Of(each, depth + 1) } : [],
            "boolean" => random.Next(2) == 0,
            "string" => Text(),
            "null" => null,
            _ => Mark(Number()),
        };
    }

    private JsonNode Resolve(string reference) => description["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]!;

    private JsonNode? Resolve(JsonNode? schema) => (string?)schema?["$ref"] is { } reference ? Resolve(reference) : schema;

    private JsonNode? Value() => random.Next(2) == 0 ? JsonValue.Create(Text()) : Mark(Pick(Values));

    /// <summary>Half a surrogate pair is read into a node and cannot be written; damage to the text brings it.</summary>
    private static JsonNode? Mark(string json) => json.Contains("ud800", StringComparison.Ordinal) ? null : JsonNode.Parse(json);

    private JsonNode DamagedTree(JsonNode document)
    {
        for (var hits = random.Next(6) - 2; hits > 0; hits--)
        {
            var places = Places(document).ToList();
            if (places.Count == 0)
                break;
            var (parent, key, index) = places[random.Next(places.Count)];
            if (key is null)
                parent.AsArray()[index] = Value();
            else if (random.Next(6) == 0)
                parent.AsObject().Remove(key);
            else
                parent[key] = Value();
        }

        return document;
    }

    private string DamageText(string text)
    {
        if (text.Length == 0)
            return text;
        var at = random.Next(text.Length);
        return random.Next(6) switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1),
            2 => text.Insert(at, Pick(Values)),
            3 => text.Replace("1", Number(), StringComparison.Ordinal),
            4 => text.Replace(":", $":{Pick(Values)},\"{random.Next(9).ToString(CultureInfo.InvariantCulture)}\":", StringComparison.Ordinal)[..Math.Min(text.Length, 60_000)],
            _ => text.Insert(at, "{}[],:\"\\-e0n"[random.Next(12)].ToString()),
        };
    }

    private byte[] Flipped(byte[] bytes)
    {
        var copy = bytes.ToArray();
        for (var hits = random.Next(1, 5); hits > 0 && copy.Length > 0; hits--)
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        return copy;
    }

    private byte[] Nested(int depth)
    {
        var open = random.Next(2) == 0 ? "[" : "{\"a\":";
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth)));
    }

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject item => item.Select(member => ((JsonNode)item, (string?)member.Key, 0)).Concat(item.SelectMany(member => Places(member.Value))),
        JsonArray list => Enumerable.Range(0, list.Count).Select(i => ((JsonNode)list, (string?)null, i)).Concat(list.SelectMany(Places)),
        _ => [],
    };
}
