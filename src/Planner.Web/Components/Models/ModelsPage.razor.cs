using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;

namespace Planner.Web.Components.Models;

/// <summary>The architectures and chips that the catalog knows, read-only.</summary>
public sealed partial class ModelsPage
{
    private const string ModelLead = "Open-weight models: what decides their memory and speed. Layers, KV heads and head size give the KV cache of a token.";
    private const string GpuLead = "Memory and bandwidth as sold; peaks are dense, without sparsity. — means unknown or not supported.";

    private IReadOnlyList<ModelRowModel>? _models;
    private IReadOnlyList<GpuRowModel>? _gpus;

    [Inject]
    public required CatalogStore Catalog { get; init; }

    protected override ModelsState Read(Uri address) => ModelsState.Read(address);

    protected override string Write(ModelsState state) => state.Write();

    protected override async Task LoadAsync(ModelsState state, CancellationToken cancellationToken)
    {
        var models = await Catalog.Models.AllAsync(cancellationToken);
        var gpus = await Catalog.Gpus.AllAsync(cancellationToken);
        _models = [.. models.Select(ModelRowModel.From).Where(row => state.Matches(row.Name, row.Key, row.Kind))];
        _gpus = [.. gpus.Select(GpuRowModel.From).Where(row => state.Matches(row.Name, row.Key, row.Vendor))];
    }
}
