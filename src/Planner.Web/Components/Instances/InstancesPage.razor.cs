using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;
using Radzen;

namespace Planner.Web.Components.Instances;

/// <summary>The instances: a grid, a row's details, and the form to add and edit.</summary>
public sealed partial class InstancesPage
{
    private IReadOnlyList<Gpu> _gpus = [];
    private InstanceDetailModel? _detail;

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc/>
    /// <remarks>They come with the page: it is not empty while the circuit starts.</remarks>
    [PersistentState]
    public override GridRows<InstanceRowModel>? Loaded { get; set; }

    [PersistentState]
    public IReadOnlyList<SelectOption>? Clouds { get; set; }

    public override EditorWords Words => new(InstancesTexts.New, InstancesTexts.Missing, InstancesTexts.EditOwn, InstancesTexts.UseSource, InstancesTexts.OwnApply, InstancesTexts.SourceApplies);

    protected override ICatalogList<InstanceEntry, InstanceEdit> List => Catalog.Instances;

    protected override string? Owner => _detail?.Cloud;

    protected override bool CameWithPage => Loaded is not null && Clouds is not null;

    protected override InstanceGridState Read(Uri address) => InstanceGridState.Read(address);

    protected override string Write(InstanceGridState state) => state.Write();

    protected override InstanceDraft NewDraft() => new();

    protected override InstanceDraft DraftOf(InstanceEntry entry) => InstanceDraft.From(entry);

    protected override InstanceRowModel Show(InstanceEntry entry) => InstanceRowModel.From(entry, State.AsOf);

    protected override Task<Page<InstanceEntry>> AskAsync(InstanceGridState state, CancellationToken cancellationToken) =>
        Catalog.Instances.PageAsync(state.ToQuery(), cancellationToken);

    protected override async Task LoadFiltersAsync(CancellationToken cancellationToken) =>
        Clouds = [.. (await Catalog.Instances.CloudsAsync(cancellationToken)).Select(cloud => new SelectOption(cloud.Value, $"{cloud.Value} ({cloud.Count})"))];

    protected override async Task OpenAsync(InstanceEntry? entry, CancellationToken cancellationToken)
    {
        _detail = entry is null ? null : InstanceDetailModel.From(
            entry, await Catalog.Instances.HistoryAsync(entry.Key, cancellationToken), await Catalog.Instances.QuotesAsync(entry.Key, cancellationToken),
            DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime));
        if (_gpus.Count == 0)
            _gpus = await Catalog.Gpus.AllAsync(cancellationToken);
    }

    private IReadOnlyList<SelectOption> GpuOptions => [.. _gpus.Select(gpu => new SelectOption(gpu.Key, gpu.Key))];

    private static void Mark(RowRenderEventArgs<InstanceRowModel> row)
    {
        if (row.Data is { Retired: true })
            row.Attributes["class"] = "retired";
    }
}
