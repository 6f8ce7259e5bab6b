using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Planner.Tests.Data.Feeds;

/// <summary>Damaged copies of small files.</summary>
internal static class FeedDamage
{
    /// <summary>Numbers that damage writes into a file and that a reader cannot tell from prices.</summary>
    internal static readonly decimal[] Numbers = [0, 7, 7.25m, -0.000001m];

    private static readonly string[] Values =
    [
        "null", "true", "\"chat\"", "\"\"", "\"\\ud800\"", "\"2027-02-30\"", "\"2026-10-01\"", "[1, [2]]", "[]", "{}", "{ \"usd\": 1, \"usd\": 2 }", "1e308", "-1e308",
        "1e-40", "123456789012345678901234567890123456789", "1e999999999999", "0", "7", "\"7\"", "7.25", "\"7.25\"", "-0.000001", "\"=7+7\"", "\"7 EUR\"",
        new string('[', 60) + new string(']', 60), new string('[', 5000) + new string(']', 5000), $"\"{new string('x', 5000)}\"", $"0.{new string('0', 5000)}1",
    ];

    /// <summary>A damaged copy, and whether every number in it is one of the original or of <see cref="Numbers"/>: changed bytes make digits of digits.</summary>
    internal static (byte[] File, bool KeepsNumbers) Json(string text, Random random) => random.Next(4) == 0 ? Text(text, random) : (WithValues(text, random), true);

    /// <summary>A damaged copy of any text.</summary>
    internal static (byte[] File, bool KeepsNumbers) Text(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(6))
        {
            case 0:
                // A number may be cut, but what is cut has no end.
                return (bytes[..random.Next(bytes.Length)], false);
            case 1:
                for (var count = random.Next(1, 9); count > 0; count--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return (bytes, false);
            case 2:
                return (random.Next(2) == 0 ? Encoding.Unicode.GetBytes(text) : [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], true);
            case 3:
                return (Encoding.Latin1.GetBytes(text.Insert(random.Next(text.Length), "é")), true);
            default:
                return (Encoding.UTF8.GetBytes(WithLines(text, random)), true);
        }
    }

    /// <summary>A value of a table's cell instead of another.</summary>
    internal static (byte[] File, bool KeepsNumbers) Table(string text, char separator, Random random)
    {
        if (random.Next(4) == 0)
            return Text(text, random);
        var lines = text.Split('\n');
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var line = random.Next(lines.Length);
            var cells = lines[line].Split(separator);
            cells[random.Next(cells.Length)] = Values[random.Next(Values.Length)];
            lines[line] = string.Join(separator, cells);
        }

        return (Encoding.UTF8.GetBytes(string.Join('\n', lines)), true);
    }

    /// <summary>Lines twice, elsewhere or missing: duplicate rows and fields, unbalanced brackets.</summary>
    private static string WithLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var (from, count) = (random.Next(lines.Count), random.Next(1, 4));
        var piece = lines.Skip(from).Take(count).ToList();
        if (random.Next(2) == 0)
            lines.InsertRange(random.Next(2) == 0 ? from : random.Next(lines.Count), piece);
        else
            lines.RemoveRange(from, piece.Count);
        return string.Join('\n', lines);
    }

    /// <summary>Values of other types and sizes anywhere in the tree. They are written in at last, since some are no JSON that can be parsed.</summary>
    private static byte[] WithValues(string text, Random random)
    {
        var root = JsonNode.Parse(text)!;
        var values = new List<string>();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var node = root;
            while (true)
            {
                var children = node is JsonObject row ? row.Select(child => child.Value).ToList() : [.. node.AsArray()];
                if (children.Count == 0)
                    break;
                var index = random.Next(children.Count);
                if (children[index] is JsonObject or JsonArray && random.Next(8) != 0)
                {
                    node = children[index]!;
                    continue;
                }

                values.Add(Values[random.Next(Values.Length)]);
                var placeholder = JsonValue.Create($"@@{values.Count - 1}@@");
                if (node is JsonObject target)
                    target[target.ElementAt(index).Key] = placeholder;
                else
                    node.AsArray()[index] = placeholder;
                break;
            }
        }

        var damaged = root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        for (var index = 0; index < values.Count; index++)
            damaged = damaged.Replace($"\"@@{index}@@\"", values[index], StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(damaged);
    }
}
