using Planner.Data.Stores;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Instances;

/// <summary>A price of an instance beside the catalog's.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Applies">The price that applies, USD an hour.</param>
/// <param name="PerGpu">The same for one GPU.</param>
/// <param name="Catalog">The catalog's, where the user's hides it; null otherwise.</param>
public sealed record HourlyLine(string Label, string Applies, string PerGpu, string? Catalog);

/// <summary>What the drawer shows of an instance.</summary>
public sealed record InstanceDetailModel(
    string Key, string Type, string Cloud, string Region, string Gpus, string GpuMemory, string Vcpus, string Memory, bool Overridden,
    IReadOnlyList<HourlyLine> Prices, IReadOnlyList<Flag> Flags, SourceModel Source, SourceModel? CatalogSource, string? Note, bool Retired)
{
    public static InstanceDetailModel From(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (instance, state) = (entry.Instance, entry.State);
        var catalog = state.Overridden ? entry.FeedPrices : null;
        return new(
            instance.Key, instance.Type, instance.Cloud, instance.Region, $"{Format.Number(instance.GpuCount)} × {instance.Gpu}",
            $"{Format.Number(instance.GpuMemoryGb)} GB each, {Format.Number(instance.GpuMemoryGb * instance.GpuCount)} GB in all",
            Format.Number(instance.Vcpus), instance.MemoryGb is { } memory ? $"{Format.Number(memory)} GB" : Format.Unknown, state.Overridden,
            [
                .. HourlyField.All.Select(field => new HourlyLine(
                    field.Label, Format.Rate(field.Get(instance.Prices)), Format.Rate(field.Get(instance.Prices) / instance.GpuCount),
                    catalog is null ? null : Format.Rate(field.Get(catalog)))),
            ],
            Flag.Of(state, []), SourceModel.From(instance.Provenance, state),
            catalog is null ? null : SourceModel.Hidden(state), state.UserNote, state.Retired);
    }
}
