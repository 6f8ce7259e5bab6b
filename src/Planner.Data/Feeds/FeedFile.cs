using System.Text.Json;
using System.Text.Unicode;

namespace Planner.Data.Feeds;

/// <summary>What is asked of every feed's file before a row of it is read.</summary>
internal static class FeedFile
{
    /// <summary>Largest file that is read, bytes; the largest real one has 4 million.</summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Deepest nesting of JSON that is read; no feed has more than 10 levels.</summary>
    internal const int MaxDepth = 64;

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Why a file is refused as a whole, whatever its format; null where it may be read.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxBytes">Largest that is read.</param>
    internal static string? Refusal(ReadOnlySpan<byte> file, int maxBytes = MaxBytes)
    {
        if (file.Length > maxBytes)
            return FeedTexts.TooLarge.With(maxBytes / (1024 * 1024));
        file = file[MarkLength(file)..];
        if (!Utf8.IsValid(file))
            return FeedTexts.NotUtf8;
        var content = file.TrimStart(" \t\r\n"u8);
        if (content.IsEmpty)
            return FeedTexts.Empty;
        return content[0] == '<' ? FeedTexts.WebPage : null;
    }

    /// <summary>Reads a stream to its end; of one that is longer than the limit only as much that it is known to be.</summary>
    /// <param name="stream">The stream. One that hands over its buffer is taken as it is, so that a large file is not held twice.</param>
    /// <param name="maxBytes">The limit, bytes.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static async Task<byte[]> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        // Of another kind of stream nobody knows that its buffer is what it reads.
        if (stream.GetType() == typeof(MemoryStream) && stream is MemoryStream { Position: 0 } held && held.TryGetBuffer(out var whole) && whole.Count == whole.Array!.Length)
            return whole.Array;
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length - stream.Position, maxBytes) : 0);
        var buffer = new byte[81920];
        while (content.Length <= maxBytes && await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            content.Write(buffer, 0, read);
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    /// <summary>Length of the byte order mark: 3 or 0.</summary>
    internal static int MarkLength(ReadOnlySpan<byte> file) => file.StartsWith(Mark) ? Mark.Length : 0;

    /// <summary>Reads a file that is one JSON document.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <param name="read">Reads the document's root; null where it has another shape.</param>
    /// <param name="wrongShape">The refusal for another shape.</param>
    internal static FeedReading<PriceFeedRow> ReadJson(ReadOnlyMemory<byte> file, Func<JsonElement, FeedReading<PriceFeedRow>?> read, string wrongShape)
    {
        if (Refusal(file.Span) is { } refusal)
            return FeedReading<PriceFeedRow>.Refuse(refusal);
        try
        {
            using var document = JsonDocument.Parse(file[MarkLength(file.Span)..], new JsonDocumentOptions { MaxDepth = MaxDepth });
            return read(document.RootElement) ?? FeedReading<PriceFeedRow>.Refuse(wrongShape);
        }
        catch (JsonException exception)
        {
            return NotJson(exception);
        }
    }

    internal static FeedReading<PriceFeedRow> NotJson(JsonException exception) =>
        FeedReading<PriceFeedRow>.Refuse(FeedTexts.NotJson.With(exception.LineNumber + 1));
}
