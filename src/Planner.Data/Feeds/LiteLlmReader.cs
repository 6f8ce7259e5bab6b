using System.Globalization;
using System.Text.Json;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads LiteLLM's <c>model_prices_and_context_window.json</c>: one object, a model a member, USD per token. The file has no schema, version or date,
/// so nothing in it is trusted: a row that does not read is refused by name, and the others are read all the same.
/// </summary>
public static class LiteLlmReader
{
    /// <summary>Largest file that is read, bytes; the real one has 1.4 million.</summary>
    public const int MaxBytes = FeedFile.MaxBytes;

    private const int MaxSkippedModes = 50;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <returns>The models in it, or why it is refused as a whole.</returns>
    public static FeedReading<PriceFeedRow> Read(ReadOnlySpan<byte> file)
    {
        if (FeedFile.Refusal(file) is { } refusal)
            return FeedReading<PriceFeedRow>.Refuse(refusal);

        try
        {
            return ReadObject(file[FeedFile.MarkLength(file)..]);
        }
        catch (JsonException exception)
        {
            return FeedFile.NotJson(exception);
        }
    }

    private static FeedReading<PriceFeedRow> ReadObject(ReadOnlySpan<byte> file)
    {
        var json = new Utf8JsonReader(file, new JsonReaderOptions { MaxDepth = FeedFile.MaxDepth });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return FeedReading<PriceFeedRow>.Refuse(FeedTexts.WrongShape);

        var entries = new List<LiteLlmEntry>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        DateOnly? sourceDate = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = StringOf(ref json);
            json.Read();
            if (key == "last_updated")
                sourceDate = DateOf(ref json);
            var entry = LiteLlmEntry.Read(ref json, key);
            if (indexes.TryAdd(entry.Key, entries.Count))
                entries.Add(entry);
            else if (entry.Kind != LiteLlmEntryKind.NotAModel || entries[indexes[entry.Key]].Kind != LiteLlmEntryKind.NotAModel)
                entries[indexes[entry.Key]] = LiteLlmEntry.Refuse(entry.Key, FeedTexts.RowDuplicateKey);
        }

        // Anything after the object's end but white space throws here.
        json.Read();
        return Collect(entries) with { SourceDate = sourceDate };
    }

    private static FeedReading<PriceFeedRow> Collect(List<LiteLlmEntry> entries)
    {
        var refused = new List<QuarantinedRow>();
        var notModels = new List<string>();
        var skipped = new Dictionary<string, int>(StringComparer.Ordinal);
        var models = new List<LiteLlmEntry>();
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case LiteLlmEntryKind.NotAModel:
                    notModels.Add(entry.Key);
                    break;
                case LiteLlmEntryKind.Refused:
                    refused.Add(new(entry.Key, entry.Reason!));
                    break;
                case LiteLlmEntryKind.Skipped:
                    var mode = skipped.ContainsKey(entry.Mode) || skipped.Count < MaxSkippedModes ? entry.Mode : "other";
                    skipped[mode] = skipped.GetValueOrDefault(mode) + 1;
                    break;
                default:
                    models.Add(entry);
                    break;
            }
        }

        var rows = WithKeys(models, refused);
        return rows.Count == 0 && refused.Count == 0
            ? FeedReading<PriceFeedRow>.Refuse(FeedTexts.NoModels)
            : new(null, entries.Count - notModels.Count, rows, refused, skipped, notModels);
    }

    /// <summary>
    /// Gives every model its catalog key. <c>deepseek-chat</c> and <c>deepseek/deepseek-chat</c>, both of the seller deepseek, have carried different prices:
    /// the bare name gets the short key, the other keeps its whole name.
    /// </summary>
    private static List<PriceFeedRow> WithKeys(List<LiteLlmEntry> models, List<QuarantinedRow> refused)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in models.Where(model => model.Key == model.Name))
            Take(model, $"{model.Seller}:{model.Key}");
        foreach (var model in models.Where(model => model.Key != model.Name))
        {
            if (!Take(model, $"{model.Seller}:{model.Name}"))
                Take(model, $"{model.Seller}:{model.Key}");
        }

        var rows = new List<PriceFeedRow>(models.Count);
        foreach (var model in models)
        {
            if (keys.TryGetValue(model.Key, out var key))
                rows.Add(model.ToRow(key));
            else
                refused.Add(new(model.Key, FeedTexts.RowKeyTaken.With($"{model.Seller}:{model.Key}")));
        }

        return rows;

        bool Take(LiteLlmEntry model, string key)
        {
            if (!taken.Add(key))
                return false;
            keys.Add(model.Key, key);
            return true;
        }
    }

    /// <summary>The day of a time such as <c>2026-07-24T18:23:43+00:00</c>; null where there is none.</summary>
    private static DateOnly? DateOf(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && StringOf(ref json) is { Length: >= 10 } text
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The text of a string or name; null where its escapes are no text (half of a surrogate pair).</summary>
    internal static string? StringOf(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
