using System.Text.Json;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Versions;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Versions;

/// <summary>A difference of two documents in the words of the fields.</summary>
/// <param name="Path">Where it stands in the document: the later one, or the earlier one where it was removed.</param>
/// <param name="Kind">One of <see cref="DocumentChangeKinds"/>.</param>
/// <param name="Name">What the page calls it, such as "Requests per month".</param>
/// <param name="Old">The earlier value with its unit; null for what was added.</param>
/// <param name="New">The later value with its unit; null for what was removed.</param>
/// <param name="Sentence">All of it: "Requests per month: 1,000,000 → 1,200,000 (+20 %)".</param>
public sealed record InputChange(string Path, string Kind, string Name, string? Old, string? New, string Sentence);

/// <summary>Writes the differences of two documents so that a reader needs no path.</summary>
internal static class InputWords
{
    private const int LongestText = 80;
    private const int MostValues = 12;
    private const int MostFacts = 6;

    public static IReadOnlyList<InputChange> Of(Scenario before, Scenario after, IReadOnlyList<DocumentChange> changes) => [.. changes.Select(change => Of(before, after, change))];

    private static InputChange Of(Scenario before, Scenario after, DocumentChange change)
    {
        var (scenario, path) = change.NewPath is null ? (before, change.Path) : (after, change.Path);
        switch (change.Kind)
        {
            case DocumentChangeKinds.Added or DocumentChangeKinds.Removed:
                var entry = Entry(scenario, path, (change.New ?? change.Old)!.Value);
                var (bare, told) = change.Kind == DocumentChangeKinds.Added ? (VersionsTexts.Added, VersionsTexts.AddedWith) : (VersionsTexts.Removed, VersionsTexts.RemovedWith);
                return new(path, change.Kind, entry.Name, change.Old is null ? null : entry.Value, change.New is null ? null : entry.Value, entry.Value.Length == 0 ? bare.With(Bidi.Isolated(entry.Name)) : told.With(Bidi.Isolated(entry.Name), Bidi.Isolated(entry.Value)));
            case DocumentChangeKinds.Reordered:
                var (name, old, now) = (VersionsTexts.OrderOf.With(ListName(scenario, path)), Order(change.Old), Order(change.New));
                return new(path, change.Kind, name, old, now, Told(name, old, now));
            default:
                return Changed(before, after, change, scenario, path);
        }
    }

    private static InputChange Changed(Scenario before, Scenario after, DocumentChange change, Scenario scenario, string path)
    {
        var name = Capital(InputField.NameOf(scenario, path));
        if (change is { Old.ValueKind: JsonValueKind.Array, New.ValueKind: JsonValueKind.Array } && (change.Old.Value.GetArrayLength() > MostValues || change.New.Value.GetArrayLength() > MostValues))
        {
            var (was, becomes) = (Elements(change.Old.Value), Elements(change.New.Value));
            var detail = was.Count == becomes.Count
                ? VersionsTexts.ValuesChanged.With(Format.Number(was.Zip(becomes).Count(pair => !JsonElement.DeepEquals(pair.First, pair.Second))), Format.Number(was.Count))
                : VersionsTexts.ValuesMoved.With(Format.Number(was.Count), Format.Number(becomes.Count));
            return new(path, change.Kind, name, VersionsTexts.Values.With(Format.Number(was.Count)), VersionsTexts.Values.With(Format.Number(becomes.Count)), $"{Bidi.Isolated(name)}: {detail}");
        }

        if (change is { Old.ValueKind: JsonValueKind.String, New.ValueKind: JsonValueKind.String } && Excerpts(change.Old.Value.GetString()!, change.New.Value.GetString()!) is var (shortOld, shortNew))
            return new(path, change.Kind, name, shortOld, shortNew, Told(name, shortOld, shortNew));
        var (old, now) = (Value(before, change.OldPath ?? path, change.Old), Value(after, path, change.New));
        // What a field shows alike is told as the document has it.
        if (old == now && change is { Old: { } oldRaw, New: { } newRaw })
            (old, now) = (oldRaw.GetRawText(), newRaw.GetRawText());
        var moved = InputField.At(after, path) is { Percent: true } ? "" : Moved(Number(change.Old), Number(change.New));
        return new(path, change.Kind, name, old, now, Told(name, old, now) + moved);
    }

    // The earlier value stands before the arrow, whatever is written in the two.
    private static string Told(string name, string old, string now) => $"{Bidi.Isolated(name)}: {Bidi.Isolated(old)} → {Bidi.Isolated(now)}";

    /// <summary>A rise or fall as a share: " (+20 %)"; nothing where there is none to tell.</summary>
    public static string Moved(decimal? old, decimal? now)
    {
        if (old is null or 0 || now is not { } becomes)
            return "";
        // What a field takes may lie further apart than a decimal can tell.
        var share = (double)(becomes - old.Value) / (double)Math.Abs(old.Value);
        return share == 0 ? "" : $" ({Share(share)})";
    }

    /// <summary>A signed share: "+20 %", "−3.5 %", "up by less than 0.1 %", "up more than a millionfold".</summary>
    public static string Share(double share) => Math.Abs(share) switch
    {
        < 0.0005 => share < 0 ? VersionsTexts.BarelyDown : VersionsTexts.BarelyUp,
        > 1e6 => share < 0 ? VersionsTexts.MillionfoldDown : VersionsTexts.MillionfoldUp,
        _ => (share > 0 ? "+" : "") + Format.Percent(share),
    };

    /// <summary>A value of the document as its field shows it, with the unit and every digit.</summary>
    private static string Value(Scenario scenario, string path, JsonElement? value)
    {
        var field = InputField.At(scenario, path);
        return value switch
        {
            null => field?.Choices.FirstOrDefault(choice => choice.Value.Length == 0)?.Text ?? VersionsTexts.None,
            { ValueKind: JsonValueKind.True } => path.EndsWith(".on", StringComparison.Ordinal) ? VersionsTexts.On : VersionsTexts.Yes,
            { ValueKind: JsonValueKind.False } => path.EndsWith(".on", StringComparison.Ordinal) ? VersionsTexts.Off : VersionsTexts.No,
            { ValueKind: JsonValueKind.Number } number => Number(number) is { } figure ? Figure(field, figure) : number.GetRawText(),
            { ValueKind: JsonValueKind.String } text => Word(scenario, path, field, text.GetString()!),
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 0 => VersionsTexts.None,
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() <= MostValues && Elements(list).TrueForAll(IsPlain) => string.Join(", ", Elements(list).Select(element => Value(scenario, $"{path}[0]", element))),
            { ValueKind: JsonValueKind.Array } list => VersionsTexts.Values.With(Format.Number(list.GetArrayLength())),
            { ValueKind: JsonValueKind.Object } part => part.EnumerateObject().Any() ? VersionsTexts.Set : VersionsTexts.None,
            _ => value.Value.GetRawText(),
        };
    }

    private static string Figure(InputField? field, decimal value) => field switch
    {
        { Percent: true } => $"{Format.Number(value * 100)} {field.Unit ?? "%"}",
        { Unit: ['U', 'S', 'D', .. var per] } => Dollars(value) + per,
        { Unit: ['$', .. var per] } => Dollars(value) + per,
        // The name of a count says its unit.
        { Unit: { } unit } when !(field.Name ?? field.Label).Contains(unit.Split(' ')[0], StringComparison.OrdinalIgnoreCase) => $"{Format.Number(value)} {unit}",
        _ => Format.Number(value),
    };

    /// <summary>An amount with every digit, cents at least where it has any: "$5.672", "$7,500", "$1.50".</summary>
    private static string Dollars(decimal usd)
    {
        var text = Math.Abs(usd).ToString(usd == decimal.Truncate(usd) ? "#,0" : "#,0.00##########", System.Globalization.CultureInfo.CurrentCulture);
        return (usd < 0 ? "−" : "") + DisplayCurrency.Usd.With(text);
    }

    private static string Word(Scenario scenario, string path, InputField? field, string text)
    {
        if (field?.Choices.FirstOrDefault(choice => choice.Value == text) is { } choice)
            return choice.Text;
        if (path.EndsWith("ptionId", StringComparison.Ordinal))
            return scenario.Options.FirstOrDefault(option => option.Id == text)?.Name ?? text;
        if (path.EndsWith("].path", StringComparison.Ordinal))
            return InputField.NameOf(scenario, text);
        return text.Length == 0 ? VersionsTexts.Empty : text.Length <= LongestText ? text : text[..LongestText] + "…";
    }

    /// <summary>An entry of a list: what it is, and what it says.</summary>
    private static (string Name, string Value) Entry(Scenario scenario, string path, JsonElement entry)
    {
        var list = path[..path.LastIndexOf('[')];
        if (list == "options")
            return (VersionsTexts.OptionNamed.With(Text(entry, "name")), Word(scenario, "", InputField.At(scenario, $"{path}.kind"), Text(entry, "kind") ?? ""));
        if (list is "ranges" or "evidence")
        {
            return (Capital(InputField.NameOf(scenario, path)), list == "evidence"
                ? string.Join(", ", new[] { Text(entry, "note"), Text(entry, "url") }.Where(text => !string.IsNullOrEmpty(text)))
                : string.Join(", ", (((string End, string Text)[])[("low", VersionsTexts.Low), ("likely", VersionsTexts.Likely), ("high", VersionsTexts.High)]).Select(end => end.Text.With(Value(scenario, $"{path}.{end.End}", entry.TryGetProperty(end.End, out var value) ? value : null)))));
        }

        var facts = entry.EnumerateObject().Where(member => Tells(member.Value) && InputField.At(scenario, $"{path}.{member.Name}") is not null).Take(MostFacts)
            .Select(member => $"{InputField.At(scenario, $"{path}.{member.Name}")!.Label} {Value(scenario, $"{path}.{member.Name}", member.Value)}");
        var name = Text(entry, "name") ?? Text(entry, "task") ?? "";
        var all = facts.Where(fact => !fact.EndsWith($" {name}", StringComparison.Ordinal) || name.Length == 0);
        return ($"{Capital(ListName(scenario, list))}{(name.Length == 0 ? "" : $": {name}")}", string.Join(", ", all));
    }

    private static string ListName(Scenario scenario, string list) => list == "options" ? VersionsTexts.TheOptions : InputField.NameOf(scenario, list);

    private static string Order(JsonElement? list) => string.Join(", ", Elements(list!.Value).Select(entry =>
        Text(entry, "name") ?? Text(entry, "task") ?? Text(entry, "kind") ?? Text(entry, "from") ?? entry.EnumerateObject().Select(member => member.Value.ToString()).FirstOrDefault()));

    /// <summary>Long texts around the first place where they differ; null where both are short.</summary>
    private static (string Old, string New)? Excerpts(string old, string now)
    {
        if (old.Length <= LongestText && now.Length <= LongestText)
            return null;
        var common = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = Math.Max(0, common - (LongestText / 4));
        return (Around(old, start), Around(now, start));
    }

    private static string Around(string text, int start)
    {
        var from = Math.Min(start, text.Length);
        var to = Math.Min(text.Length, from + LongestText);
        return text.Length == 0 ? VersionsTexts.Empty : $"“{(from > 0 ? "…" : "")}{text[from..to]}{(to < text.Length ? "…" : "")}”";
    }

    private static bool Tells(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Number(value) is not 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => false,
    };

    private static bool IsPlain(JsonElement element) => element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static List<JsonElement> Elements(JsonElement list) => [.. list.EnumerateArray()];

    private static decimal? Number(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var figure) ? figure : null;

    private static string? Text(JsonElement entry, string member) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Capital(string text) => text.Length == 0 || char.IsUpper(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
