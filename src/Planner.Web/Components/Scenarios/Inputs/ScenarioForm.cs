using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>An input whose note is opened.</summary>
/// <param name="Path">Its path in the document.</param>
/// <param name="Label">What the page calls it.</param>
public sealed record NotedInput(string Path, string Label);

/// <summary>An input that a reader asked to be led to; each time another instance.</summary>
/// <param name="path">Its path in the document.</param>
public sealed class WantedInput(string path)
{
    public string Path { get; } = path;
}

/// <summary>What input fields of the scenario page share. A new one after each change, so that every field shows its fault.</summary>
/// <param name="Editor">The draft.</param>
/// <param name="Changed">Called after each change.</param>
public sealed record ScenarioForm(ScenarioEditor Editor, Action Changed)
{
    /// <summary>Opens the note of an input; null where inputs have none.</summary>
    public Action<NotedInput>? OpenNote { get; init; }

    /// <summary>The input that a reader asked to be led to; null where none was since the last change.</summary>
    public WantedInput? Wanted { get; init; }

    public Scenario Draft => Editor.Draft;

    /// <summary>What the draft has at a path; the type's default where it has nothing there.</summary>
    /// <remarks>Fields ask here and take no parameter: a new form reaches them before their group's parameters do, and a box that got its old value for that moment would lose what is typed in it meanwhile.</remarks>
    public T? ValueAt<T>(string path) => Editor.ValueAt<T>(path);

    /// <summary>What is noted on an input; null for nothing.</summary>
    public Evidence? NoteAt(string path) => Draft.Evidence.FirstOrDefault(entry => entry.Path == path);

    /// <summary>What the page calls an input; its path where it has no field.</summary>
    public string Label(string path) => InputField.At(Draft, path)?.Label ?? path;

    /// <summary>The fault of a field; null where there is none.</summary>
    public string? Problem(string path) => Editor.Problems.FirstOrDefault(problem => problem.Path == path) is { } fault ? InputField.FaultInWords(Draft, fault) : null;

    public void Set(string path, object? value, CatalogSnapshot? rows = null)
    {
        Editor.Set(path, value, rows);
        Changed();
    }

    public void Refuse(string path, string? message)
    {
        Editor.Refuse(path, message);
        Changed();
    }

    public void Change(Func<Scenario, Scenario> change, CatalogSnapshot? rows = null)
    {
        Editor.Change(change, rows);
        Changed();
    }

    /// <summary>Gives an input a range around its value; one that has one keeps it, and what is no number stays without.</summary>
    public void AddRange(string path)
    {
        if (Draft.Ranges.All(range => range.Path != path) && RangeTargets.RangeAround(Draft, Editor.Catalog, path) is { } range)
        {
            Set("ranges", Draft.Ranges.Append(range).ToList());
        }
    }

    /// <summary>Sets what is noted on an input; null removes it.</summary>
    public void Note(string path, Evidence? evidence)
    {
        Editor.Change(draft => draft with { Evidence = [.. draft.Evidence.Where(entry => entry.Path != path), .. evidence is null ? [] : new[] { evidence }] }, path: $"evidence {path}");
        Changed();
    }

    /// <summary>Removes an entry of a list, and with it what was noted on its inputs.</summary>
    public void Remove(string list, int index) => Change(draft => DocumentPath.Without(ListPaths.WithoutEntry(draft, list, index), list, index));

    /// <summary>Element id of the field at a path.</summary>
    public static string IdOf(string path) => "in-" + path.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    /// <summary>Element ids to look for when a reader wants to see the field at a path: its own, then of what it is a part of.</summary>
    public static IReadOnlyList<string> IdsOf(Scenario scenario, string path)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(path);
        var noted = scenario.Evidence.Where((_, i) => path.StartsWith($"evidence[{i}]", StringComparison.Ordinal)).FirstOrDefault();
        var ids = new List<string>();
        for (var part = noted?.Path ?? path; part.Length > 0; part = part[..Math.Max(0, part.LastIndexOfAny(['.', '[']))])
        {
            ids.Add(IdOf(part));
        }

        return ids;
    }
}
