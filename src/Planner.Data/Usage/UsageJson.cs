using System.Text.Json;

namespace Planner.Data.Usage;

/// <summary>What the first bytes of a JSON file tell of it.</summary>
internal static class UsageJson
{
    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>A JSON list of texts.</summary>
    internal static IReadOnlyList<string> Texts(string json) => JsonSerializer.Deserialize<IReadOnlyList<string>>(json)!;

    /// <summary>Tells how the rows stand in a file and what their members are called.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">Its first bytes from the first brace or bracket on.</param>
    /// <exception cref="UsageRefusedException">It is not JSON.</exception>
    internal static UsageTable Open(string path, ReadOnlySpan<byte> head)
    {
        // Members of the rows, which lie one level down in an array; those deeper say what kind of page it is.
        var isArray = head[0] == '[';
        var rowDepth = isArray ? 2 : 1;
        var members = new List<string>();
        var inner = new List<string>();
        var (values, objects) = (0, 0);
        var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(Lenient));
        try
        {
            while (values < 2 && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    (reader.CurrentDepth == rowDepth ? members : inner).Add(reader.GetString()!);
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    values++;
                if (reader.CurrentDepth == rowDepth - 1 && reader.TokenType == JsonTokenType.StartObject)
                    objects++;
            }
        }
        catch (JsonException)
        {
            // Half a file still tells its first rows; the engine counts what it cannot read.
            if (members.Count == 0)
                throw new UsageRefusedException(UsageTexts.NoJson);
        }

        if (isArray)
            return new UsageTable(path, UsageContainer.JsonArray, Distinct(members));
        // A page: one object whose members are lists.
        var isPage = members.Intersect(Pages, StringComparer.Ordinal).Any() && objects == 1;
        return isPage ? new UsageTable(path, UsageContainer.JsonPage, Distinct(members.Concat(inner))) : new UsageTable(path, UsageContainer.JsonLines, Distinct(members));
    }

    /// <summary>Members that hold the rows of a page.</summary>
    private static readonly string[] Pages = ["data", "results", "daily", "weekly", "monthly", "session", "sessions", "blocks", "resourceSpans"];

    private static List<string> Distinct(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)];
}
