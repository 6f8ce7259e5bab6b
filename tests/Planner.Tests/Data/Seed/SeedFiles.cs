using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Planner.Tests.Data.Seed;

/// <summary>The data files as shipped inside Planner.Data, and the public snapshots to check them against.</summary>
internal static class SeedFiles
{
    private static readonly Assembly Shipped = Assembly.Load("Planner.Data");

    public static JsonElement Catalog(string name)
    {
        using var document = JsonDocument.Parse(Text($"Seed/catalog/{name}.json"));
        return document.RootElement.Clone();
    }

    public static IReadOnlyList<JsonElement> Rows(string name) => [.. Catalog(name).GetProperty("rows").EnumerateArray()];

    public static IReadOnlyDictionary<string, JsonElement> RowsByKey(string name) => Rows(name).ToDictionary(Key);

    public static IReadOnlyList<string> ExampleIds { get; } =
    [
        .. Shipped.GetManifestResourceNames().Where(name => name.StartsWith("Seed/examples/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).Select(name => name!).Order(StringComparer.Ordinal),
    ];

    public static string Example(string id) => Text($"Seed/examples/{id}.json");

    public static string Key(JsonElement row) => row.GetProperty("key").GetString()!;

    public static decimal? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDecimal() : null;

    /// <summary>A snapshot beside the repository; the test is skipped where it is absent.</summary>
    public static string Snapshot(string path)
    {
        Assert.SkipWhen(Repository.Root is null, "Planner.sln was not found above the test's directory.");
        var file = Path.Combine(Repository.Root!, "..", "shared", "data", path);
        Assert.SkipUnless(File.Exists(file), $"The public snapshot ../shared/data/{path} is not there.");
        return File.ReadAllText(file);
    }

    /// <summary>Rows of a snapshot in CSV, by the names in its header.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> CsvSnapshot(string path)
    {
        var lines = Snapshot(path).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var header = Fields(lines[0]);
        return [.. lines.Skip(1).Select(line => header.Zip(Fields(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<string> Fields(string line)
    {
        List<string> fields = [""];
        var quoted = false;
        foreach (var character in line)
        {
            if (character == '"')
                quoted = !quoted;
            else if (character == ',' && !quoted)
                fields.Add("");
            else
                fields[^1] += character;
        }

        return fields;
    }

    private static string Text(string name)
    {
        using var stream = Shipped.GetManifestResourceStream(name);
        Assert.True(stream is not null, $"{name} is not shipped with Planner.Data.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
