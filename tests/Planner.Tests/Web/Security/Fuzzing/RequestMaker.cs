using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Planner.Tests.Web.Security.Fuzzing;

/// <summary>Requests to each operation of the API's description, right and wrong in every part.</summary>
internal sealed class RequestMaker
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "BREW"];

    // These take longer than all others together: they come seldom.
    private static readonly string[] Dear = ["/search", "/simulate", "/break-even/map", "/alerts/check", "/imports", "/levers", "/corrections", "/advice", "/portfolio", "/right-size", "/horizon", "/report.xlsx"];

    private readonly List<(string Method, string Path, JsonNode Operation)> _operations;
    private readonly List<string> _ids = [];
    private readonly IReadOnlyDictionary<string, string[]> _keys;
    private readonly BodyMaker _bodies;
    private readonly Random _random;

    public RequestMaker(JsonNode description, IReadOnlyList<string> scenarios, IReadOnlyList<string> stored, IReadOnlyDictionary<string, string[]> keys, Random random)
    {
        _ids.AddRange(stored);
        _keys = keys;
        _random = random;
        _bodies = new BodyMaker(description, scenarios, random);
        // To refresh a feed is to wait for the network.
        _operations = [.. description["paths"]!.AsObject().Where(path => !path.Key.EndsWith("/refresh", StringComparison.Ordinal)).SelectMany(path => path.Value!.AsObject().Where(member => member.Key != "parameters").Select(member => (member.Key.ToUpperInvariant(), path.Key, member.Value!)))];
    }

    /// <summary>Remembers what an answer named, so that later requests find it.</summary>
    public void Learn(string id)
    {
        if (_ids.Count < 40)
            _ids.Add(id);
        else
            _ids[_random.Next(_ids.Count)] = id;
    }

    /// <summary>The operation asked last.</summary>
    public string Operation { get; private set; } = "";

    /// <summary>The next request.</summary>
    /// <returns>What it is, for a person who looks for its cause.</returns>
    public string Fill(HttpContext context)
    {
        var (method, path, operation) = _operations[_random.Next(_operations.Count)];
        while (Dear.Any(dear => path.Contains(dear, StringComparison.Ordinal)) && _random.Next(25) > 0)
            (method, path, operation) = _operations[_random.Next(_operations.Count)];
        Operation = $"{method} {path}";
        var request = context.Request;
        request.Method = _random.Next(25) == 0 ? Methods[_random.Next(Methods.Length)] : method;
        request.Scheme = "http";
        request.Host = new HostString("localhost");
        var asked = new StringBuilder();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = (string)parameter!["name"]!;
            switch ((string)parameter["in"]!)
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Segment(name, path), StringComparison.Ordinal);
                    break;
                case "query" when _random.Next(3) == 0:
                    for (var times = _random.Next(20) == 0 ? 30 : 1; times > 0; times--)
                        asked.Append(asked.Length == 0 ? '?' : '&').Append(name).Append('=').Append(QueryValue());
                    break;
                case "header" when _random.Next(2) == 0:
                    request.Headers[name] = Header(name);
                    break;
            }
        }

        if (_random.Next(30) == 0)
            path = path.Insert(_random.Next(1, path.Length), Segment("", path));
        if (_random.Next(30) == 0)
            asked.Append(asked.Length == 0 ? '?' : '&').Append("%ff=%zz&&=&x");
        request.Path = new PathString(path.StartsWith('/') ? path : "/" + path);
        request.QueryString = new QueryString(asked.ToString());
        for (var odd = _random.Next(3); odd > 0; odd--)
            OddHeader(request);
        var bytes = Body(request, operation);
        request.Body = new MemoryStream(bytes);
        if (bytes.Length > 0 && _random.Next(10) > 0)
            request.ContentLength = bytes.Length;
        return $"{request.Method} {request.Path}{request.QueryString} [{string.Join("; ", request.Headers.Select(header => $"{header.Key}={Shown(header.Value.ToString())}"))}] {Shown(Encoding.UTF8.GetString(bytes))}";
    }

    private byte[] Body(HttpRequest request, JsonNode operation)
    {
        if (operation["requestBody"]?["content"]?.AsObject().FirstOrDefault() is not { Key: { } type, Value: { } content })
            return _random.Next(10) == 0 ? _bodies.Json(null) : [];
        if (type == "multipart/form-data")
        {
            var boundary = _random.Next(20) == 0 ? new string('b', 71) : "frontier";
            request.ContentType = _random.Next(20) == 0 ? "multipart/form-data" : $"multipart/form-data; boundary={(_random.Next(20) == 0 ? "other" : boundary)}";
            return _bodies.Form(content["schema"], boundary);
        }

        request.ContentType = _random.Next(20) switch { 0 => "text/plain", 1 => "application/json; charset=utf-16", 2 => "application/json; charset=nonsense", 3 => "application/merge-patch+json", 4 => ";;", _ => type };
        return _bodies.Json(content["schema"]);
    }

    private string Segment(string name, string path) => _random.Next(12) switch
    {
        < 9 when name == "id" && path.Contains("/scenarios/", StringComparison.Ordinal) => _ids[_random.Next(_ids.Count)],
        < 9 when name == "id" && path.Contains("/feeds/{id}", StringComparison.Ordinal) => Pick("litellm", "vantage", "runpod", "azure-retail", "llm-prices"),
        < 9 when name == "id" && path.Contains("/examples/", StringComparison.Ordinal) => Pick("high-volume-chat", "spot-mix", "support-assistant"),
        < 9 when path.StartsWith("/api/v1/catalog/", StringComparison.Ordinal) && _keys.TryGetValue(path.Split('/')[4], out var keys) => keys[_random.Next(keys.Length)],
        < 9 when name == "option" => Pick("api", "self", "hourly"),
        < 9 => _random.Next(1, name == "id" ? 60 : 4).ToString(CultureInfo.InvariantCulture),
        9 => _ids[_random.Next(_ids.Count)],
        // What stays of a path once a server has read it.
        _ => Pick("..", "%2e%2e", "-1", "9223372036854775808", "a b", "é", "\uFFFD", "'--", "*", "{id}", "~", ";v=1", new string('9', 400)),
    };

    private string QueryValue() => _random.Next(4) switch
    {
        0 => _ids[_random.Next(_ids.Count)] + Pick("", "@1", ":self", "@99999999999", ":no"),
        1 => Uri.EscapeDataString(_bodies.Number()),
        2 => Pick("true", "false", "name", "saved", "-name", "2026-11-21", "A4", "letter", "%ff%fe", "%00", "%", "[]", "0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59%2B14:00"),
        _ => Uri.EscapeDataString(new string([.. _bodies.Text().Take(3000)])),
    };

    private string Header(string name) => name == "If-Match"
        ? Pick("\"1\"", "\"1\"", "\"1\"", "\"2\"", "\"3\"", "*", "W/\"1\"", "\"", "1", "\"99999999999999999999\"", "\"1\", \"2\"", "")
        : Pick("key-1", "key-2", "", " ", new string('k', 300), "é", Guid.NewGuid().ToString("N"));

    private void OddHeader(HttpRequest request)
    {
        var (name, value) = _random.Next(14) switch
        {
            0 => ("Accept", Pick("text/html", "*/*;q=2", "application/xml", ",,,", "application/json;v=" + new string('9', 200))),
            1 => ("Accept-Language", Pick("de", "xx-invalid-zz", new string('a', 500))),
            2 => ("Accept-Encoding", Pick("gzip", "br;q=9", "identity;q=0")),
            3 => ("Authorization", Pick("Bearer planner_x", "Bearer ", "Basic %%%", "Negotiate", "planner_")),
            4 => ("Cookie", Pick("planner-session=AAAA", "planner-theme=dark", ".AspNetCore.Antiforgery=x", "=;=", "a=\"", new string('c', 4000))),
            5 => ("Range", Pick("bytes=0-1", "bytes=9-1", "lines=1", "bytes=0-,1-,2-,3-")),
            6 => ("If-None-Match", Pick("*", "\"1\"", "W/", ",")),
            7 => ("If-Modified-Since", Pick("yesterday", "Sat, 21 Nov 2026 00:00:00 GMT")),
            8 => ("Content-Encoding", Pick("gzip", "deflate", "nonsense")),
            9 => ("X-Forwarded-For", Pick("1.2.3.4", "::", "a, b", "unknown")),
            10 => ("X-HTTP-Method-Override", "DELETE"),
            11 => ("Sec-Fetch-Site", Pick("same-origin", "same-origin", "none", "cross-site")),
            12 => ("Origin", Pick("http://localhost", "http://localhost", "http://localhost", "::")),
            _ => ("Upgrade", "websocket"),
        };
        request.Headers[name] = value;
    }

    private string Pick(params string[] values) => values[_random.Next(values.Length)];

    private static string Shown(string text) => text.Length <= 1500 ? text : $"{text[..1500]}… ({text.Length})";
}
