using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Models;

/// <summary>A model, a GPU or an engine while somebody types it: each field's content by its path.</summary>
public sealed class FactDraft<TFacts>(FactSheet<TFacts> sheet) : ICatalogDraft<FactEdit<TFacts>> where TFacts : CatalogFacts
{
    private const int Largest = 1_000_000_000;
    private static readonly Provenance Own = new("user", null, default);

    private readonly Dictionary<string, decimal?> _numbers = [];
    private readonly Dictionary<string, string?> _texts = [];

    public FactSheet<TFacts> Sheet { get; } = sheet;

    public string? Key { get; set; }

    public string? Note { get; set; }

    public int? Version { get; set; }

    /// <summary>True where the row has shipped facts.</summary>
    public bool IsShipped { get; init; }

    public string? Name => Text("name");

    /// <summary>The key that an empty box stands for: the name.</summary>
    public string SuggestedKey => KeyText.Suggest(Name);

    public decimal? Number(string path) => _numbers.GetValueOrDefault(path);

    public string? Text(string path) => _texts.GetValueOrDefault(path);

    /// <summary>True where the box holds a value.</summary>
    internal bool Holds(FactField field, JsonNode? value) => field.Input is FactInput.Number or FactInput.Whole
        ? Number(field.Path) == value?.GetValue<decimal>()
        : (Text(field.Path) ?? "") == (FactValues.Text(field, value) ?? "");

    public void SetNumber(string path, decimal? value) => _numbers[path] = value;

    public void SetText(string path, string? value) => _texts[path] = value;

    public (FactEdit<TFacts>? Edit, IReadOnlyList<Problem> Problems) Read()
    {
        var problems = new List<Problem>();
        var document = new JsonObject();
        foreach (var group in Sheet.Groups.Where(IsFilled))
        {
            foreach (var field in group.Fields)
                PartOf(document, group.Path)[field.Path[(field.Path.LastIndexOf('.') + 1)..]] = ValueOf(field, problems);
        }

        var keyIsOpen = Version is null && string.IsNullOrWhiteSpace(Key);
        var key = keyIsOpen ? SuggestedKey : Key!;
        var facts = document.Deserialize<TFacts>(ScenarioJson.Options)! with { Key = key, Provenance = Own };
        // What stands in for an unreadable value would make its neighbours look wrong.
        var unread = problems.Select(problem => PartPath(problem.Path)).Where(path => path.Length > 0).ToHashSet();
        var all = DraftRules.Join(problems, FactRules.Check(facts).Where(found => !unread.Contains(PartPath(found.Path))), keyIsOpen && string.IsNullOrWhiteSpace(Name));
        return (all.Count == 0 ? new FactEdit<TFacts>(key, facts, Note) : null, all);
    }

    /// <summary>A part of the document exists once something in it, or in a part of it, is given.</summary>
    private bool IsFilled(FactGroup group) => group.Path.Length == 0
        || Sheet.Groups.Where(other => other.Path == group.Path || other.Path.StartsWith($"{group.Path}.", StringComparison.Ordinal))
            .SelectMany(other => other.Fields).Any(field => Number(field.Path) is not null || Text(field.Path) is not (null or "" or "no"));

    private JsonNode? ValueOf(FactField field, List<Problem> problems)
    {
        var text = Text(field.Path)?.Trim();
        switch (field.Input)
        {
            case FactInput.Number or FactInput.Whole:
                if (!field.Optional)
                    DraftRules.Required(problems, field.Path, Number(field.Path));
                if (field.Input == FactInput.Whole)
                {
                    DraftRules.Whole(problems, field.Path, Number(field.Path), Largest);
                    return JsonValue.Create(DraftRules.WholeOrOne(Number(field.Path)));
                }

                return field.Optional && Number(field.Path) is null ? null : JsonValue.Create(Number(field.Path) ?? 1);
            case FactInput.Words:
                return new JsonArray([.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => JsonValue.Create(word))]);
            case FactInput.Flag:
                return JsonValue.Create(text == "yes");
            default:
                return field.Optional && string.IsNullOrEmpty(text) ? null : JsonValue.Create(text ?? "");
        }
    }

    private static JsonObject PartOf(JsonObject document, string path)
    {
        var part = document;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            part = (JsonObject)(part[name] ??= new JsonObject());
        return part;
    }

    private static string PartPath(string path) => path.Contains('.', StringComparison.Ordinal) ? path[..path.IndexOf('.', StringComparison.Ordinal)] : "";
}

/// <summary>Begins drafts.</summary>
public static class FactDraft
{
    /// <summary>A draft of a row as it is.</summary>
    public static FactDraft<TFacts> From<TFacts>(FactSheet<TFacts> sheet, FactEntry<TFacts> entry) where TFacts : CatalogFacts
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(entry);
        var draft = new FactDraft<TFacts>(sheet) { Key = entry.Key, Note = entry.State.UserNote, Version = entry.State.Version, IsShipped = entry.Shipped is not null };
        var values = FactValues.Of(entry.Facts);
        foreach (var field in sheet.Groups.SelectMany(group => group.Fields))
        {
            var value = values.At(field.Path);
            if (field.Input is FactInput.Number or FactInput.Whole)
                draft.SetNumber(field.Path, value?.GetValue<decimal>());
            else
                draft.SetText(field.Path, FactValues.Text(field, value));
        }

        return draft;
    }
}
