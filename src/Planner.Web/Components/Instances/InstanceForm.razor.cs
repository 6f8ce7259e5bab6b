using Microsoft.AspNetCore.Components;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Instances;

/// <summary>The fields of an instance.</summary>
public sealed partial class InstanceForm
{
    /// <summary>The GPUs that the catalog knows.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Gpu> Gpus { get; set; }

    /// <summary>The catalog's prices, shown beside the boxes; null where it has none.</summary>
    [Parameter]
    public HourlyPrices? CatalogPrices { get; set; }

    /// <summary>The prices that are stored now, shown after a conflict; null otherwise.</summary>
    [Parameter]
    public HourlyPrices? StoredPrices { get; set; }

    private IReadOnlyList<SelectOption> GpuOptions => [.. Gpus.Select(gpu => new SelectOption(gpu.Key, gpu.Name, gpu.Vendor))];

    /// <summary>A GPU brings its memory along; it can still be changed, since clouds sell slices.</summary>
    private void Choose(string? key)
    {
        Draft.Gpu = key;
        if (Gpus.FirstOrDefault(gpu => gpu.Key == key) is { } chosen)
            Draft.GpuMemoryGb = chosen.MemoryGb;
    }

    private string? HintOf(HourlyField field) => Hints(
        CatalogPrices is null ? null : InstancesTexts.CatalogHint.With(Format.Rate(CatalogPrices.Of(field.Kind))),
        StoredPrices is null ? null : Catalog.CatalogTexts.StoredNow.With(Format.Rate(StoredPrices.Of(field.Kind))));
}
