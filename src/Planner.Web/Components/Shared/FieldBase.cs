using Microsoft.AspNetCore.Components;

namespace Planner.Web.Components.Shared;

/// <summary>What all input fields have.</summary>
public abstract class FieldBase : ComponentBase
{
    private static int _last;
    private readonly string _ownId = $"field-{Interlocked.Increment(ref _last)}";

    /// <summary>Element id; made up where not given.</summary>
    [Parameter]
    public string? Id { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>A sentence below the box.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with the value, in words.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>A chip beside the label, such as a <see cref="SourceChip"/>.</summary>
    [Parameter]
    public RenderFragment? Chip { get; set; }

    protected string ElementId => Id ?? _ownId;

    /// <summary>Ids of the texts that describe the box; null where there are none.</summary>
    protected string? Describe(string? error) => (Hint, error) switch
    {
        (null, null) => null,
        (null, _) => $"{ElementId}-error",
        (_, null) => $"{ElementId}-hint",
        _ => $"{ElementId}-hint {ElementId}-error",
    };
}
