using System.Buffers;
using System.Text.Json;

namespace Planner.Data.Usage;

/// <summary>What the bytes of a JSON file tell of it.</summary>
internal static class UsageJson
{
    /// <summary>Levels that no log reaches. The engine's parser takes stack for each and ends the process with some ten thousand.</summary>
    private const int MostLevels = 2_000;

    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MostLevels };

    private static readonly SearchValues<byte> Marks = SearchValues.Create("{}[]\""u8);

    private static readonly SearchValues<byte> EndOfText = SearchValues.Create("\"\\\n"u8);

    /// <summary>Members that hold the rows of a page.</summary>
    private static readonly string[] Pages = ["data", "results", "daily", "weekly", "monthly", "session", "sessions", "blocks", "resourceSpans"];

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
        var inner = new HashSet<string>(StringComparer.Ordinal);
        var (values, isPage, mayBePage) = (0, false, false);
        var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(Lenient));
        try
        {
            while (reader.Read())
            {
                isPage |= mayBePage && reader.TokenType == JsonTokenType.StartArray;
                mayBePage = false;
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == rowDepth)
                {
                    members.Add(reader.GetString()!);
                    mayBePage = Pages.Contains(members[^1], StringComparer.Ordinal);
                }
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    inner.Add(reader.GetString()!);
                }
                else if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    values++;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a file still tells its first rows; the engine counts what it cannot read.
            if (members.Count == 0)
                throw new UsageRefusedException(UsageTexts.NoJson);
        }

        var container = isPage ? UsageContainer.JsonPage : isArray ? UsageContainer.JsonArray : UsageContainer.JsonLines;
        return new UsageTable(path, container, [.. members.Distinct(StringComparer.Ordinal)]) { Inner = inner, HasManyValues = values > 1 };
    }

    /// <summary>Refuses JSON that is nested deeper than the engine's parser survives.</summary>
    /// <exception cref="UsageRefusedException">It is nested too deep.</exception>
    internal static async Task CheckDepthAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var block = ArrayPool<byte>.Shared.Rent(1 << 18);
        var depth = new Depth();
        try
        {
            for (var read = await file.ReadAsync(block, cancellationToken); read > 0; read = await file.ReadAsync(block, cancellationToken))
            {
                if (depth.After(block.AsSpan(0, read)) > MostLevels)
                    throw new UsageRefusedException(UsageTexts.TooDeep.With(MostLevels));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>How deep the brackets of a text lie in one another; those within its texts do not count.</summary>
    private sealed class Depth
    {
        private bool _inText;
        private bool _escaped;
        private long _levels;

        /// <summary>The deepest level within the next bytes.</summary>
        internal long After(ReadOnlySpan<byte> bytes)
        {
            var deepest = _levels;
            if (_escaped && bytes is [not (byte)'\n', ..])
                bytes = bytes[1..];
            _escaped = false;
            while (bytes.IndexOfAny(_inText ? EndOfText : Marks) is var at and >= 0)
            {
                switch (bytes[at])
                {
                    case (byte)'"':
                        _inText = !_inText;
                        break;
                    // No text of JSON goes beyond its line, so that a quote too many does not hide what follows.
                    case (byte)'\n':
                        _inText = false;
                        break;
                    case (byte)'\\':
                        _escaped = at + 1 == bytes.Length;
                        at += _escaped || bytes[at + 1] == '\n' ? 0 : 1;
                        break;
                    case (byte)'{' or (byte)'[':
                        deepest = Math.Max(deepest, ++_levels);
                        break;
                    default:
                        _levels = Math.Max(0, _levels - 1);
                        break;
                }

                bytes = bytes[(at + 1)..];
            }

            return deepest;
        }
    }
}
