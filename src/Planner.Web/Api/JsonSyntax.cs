using System.Text.Json;
using Planner.Domain;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>Finds where a text stops being JSON that can be stored, by the field: the serializer knows only the nearest object that it reads as a whole.</summary>
internal static class JsonSyntax
{
    /// <summary>What keeps a text from being JSON, or a string of it from being stored; null where nothing does.</summary>
    public static Problem? ProblemOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ScenarioJson.Options.MaxDepth });
        var place = new List<Level>();
        try
        {
            while (reader.Read())
            {
                Follow(place, ref reader);
                // A PostgreSQL server cannot store it, and SQLite's functions end a text there.
                if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true } && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                    return new Problem(PathOf(place).Replace("\0", "", StringComparison.Ordinal), ApiTexts.CharacterZero);
            }

            return null;
        }
        catch (JsonException exception)
        {
            Enter(place);
            var text = IsNotANumber(json[(int)reader.BytesConsumed..]) ? ApiTexts.NotANumber : Domain.Texts.NotJson;
            return new Problem(PathOf(place), text.With((exception.LineNumber ?? 0) + 1));
        }
        catch (InvalidOperationException)
        {
            // A member's name with an escape such as \ud800 alone: half of a character.
            return new Problem(PathOf(place), ApiTexts.BodyUnreadable);
        }
    }

    private static void Follow(List<Level> place, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                place[^1].Name = reader.GetString();
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Enter(place);
                place.Add(new Level { IsList = reader.TokenType == JsonTokenType.StartArray });
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                place.RemoveAt(place.Count - 1);
                break;
            default:
                Enter(place);
                break;
        }
    }

    /// <summary>A value begins; in a list it is the next entry.</summary>
    private static void Enter(List<Level> place)
    {
        if (place.Count > 0 && place[^1].IsList)
            place[^1].Index++;
    }

    private static string PathOf(List<Level> place) =>
        string.Concat(place.Select(level => level.IsList ? $"[{Math.Max(0, level.Index)}]" : level.Name is null ? "" : $".{level.Name}")).TrimStart('.');

    private static bool IsNotANumber(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t\r\n,:"u8).TrimStart((byte)'-');
        return rest.StartsWith("NaN"u8) || rest.StartsWith("Infinity"u8);
    }

    private sealed class Level
    {
        public bool IsList { get; init; }

        public int Index { get; set; } = -1;

        public string? Name { get; set; }
    }
}
