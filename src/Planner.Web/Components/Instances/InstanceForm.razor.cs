using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Instances;

/// <summary>The fields of an instance. It edits the draft it was given and raises <see cref="OnSave"/>.</summary>
public sealed partial class InstanceForm
{
    private readonly Dictionary<string, string> _unreadable = [];

    [Parameter, EditorRequired]
    public required InstanceDraft Draft { get; set; }

    /// <summary>The GPUs that the catalog knows.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Gpu> Gpus { get; set; }

    /// <summary>Faults of the last attempt to save.</summary>
    [Parameter]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>What is wrong as a whole.</summary>
    [Parameter]
    public string? Message { get; set; }

    /// <summary>The catalog's prices, shown beside the boxes; null where it has none.</summary>
    [Parameter]
    public HourlyPrices? CatalogPrices { get; set; }

    /// <summary>The prices that are stored now, shown after a conflict; null otherwise.</summary>
    [Parameter]
    public HourlyPrices? StoredPrices { get; set; }

    [Parameter]
    public EventCallback OnSave { get; set; }

    /// <summary>True while a box holds what cannot be read; its value is then not what is seen.</summary>
    public bool IsUnreadable => _unreadable.Count > 0;

    private IReadOnlyList<SelectOption> GpuOptions => [.. Gpus.Select(gpu => new SelectOption(gpu.Key, gpu.Name, gpu.Vendor))];

    /// <summary>A GPU brings its memory along; it can still be changed, since clouds sell slices.</summary>
    private void Choose(string? key)
    {
        Draft.Gpu = key;
        if (Gpus.FirstOrDefault(gpu => gpu.Key == key) is { } chosen)
            Draft.GpuMemoryGb = chosen.MemoryGb;
    }

    private string? ErrorOf(string path) => Problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    private string? HintOf(HourlyField field)
    {
        string?[] hints =
        [
            CatalogPrices is null ? null : $"Catalog: {Format.Rate(field.Get(CatalogPrices))}",
            StoredPrices is null ? null : $"Stored now: {Format.Rate(field.Get(StoredPrices))}",
        ];
        return hints.Any(hint => hint is not null) ? string.Join(" · ", hints.Where(hint => hint is not null)) : null;
    }

    private void Note(string path, string? problem)
    {
        if (problem is null)
            _unreadable.Remove(path);
        else
            _unreadable[path] = problem;
    }
}
