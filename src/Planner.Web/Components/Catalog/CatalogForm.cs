using Microsoft.AspNetCore.Components;
using Planner.Domain;

namespace Planner.Web.Components.Catalog;

/// <summary>The fields of a row. A form edits the draft it was given and raises <see cref="OnSave"/>.</summary>
public abstract class CatalogForm<TDraft> : ComponentBase where TDraft : class
{
    private readonly Dictionary<string, string> _unreadable = [];

    [Parameter, EditorRequired]
    public required TDraft Draft { get; set; }

    /// <summary>Faults of the last attempt to save.</summary>
    [Parameter]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>What is wrong as a whole.</summary>
    [Parameter]
    public string? Message { get; set; }

    [Parameter]
    public EventCallback OnSave { get; set; }

    /// <summary>True while a box holds what cannot be read; its value is then not what is seen.</summary>
    public bool IsUnreadable => _unreadable.Count > 0;

    protected string? ErrorOf(string path) => Problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    /// <summary>Remembers that a box cannot be read, or that it can again.</summary>
    protected void Note(string path, string? problem)
    {
        if (problem is null)
            _unreadable.Remove(path);
        else
            _unreadable[path] = problem;
    }

    /// <summary>Forgets boxes that are gone.</summary>
    protected void ForgetBelow(string path)
    {
        foreach (var gone in _unreadable.Keys.Where(known => known.StartsWith(path, StringComparison.Ordinal)).ToList())
            _unreadable.Remove(gone);
    }

    /// <summary>Other values of a field in one line: those of the source, and those stored now after a conflict.</summary>
    protected static string? Hints(params string?[] hints) =>
        hints.Any(hint => hint is not null) ? string.Join(" · ", hints.Where(hint => hint is not null)) : null;
}
