using Planner.Data.Stores;
using Planner.Domain.Catalogs;
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
    string Key, string Cloud, string Region, string Gpus, string GpuMemory, string Vcpus, string Memory, bool Overridden,
    IReadOnlyList<HourlyLine> Prices, IReadOnlyList<Flag> Flags, SourceModel Source, SourceModel? CatalogSource, string? Note, bool Retired)
{
    private static IReadOnlyList<PastField<HourlyPrices>> Fields => [.. HourlyField.All.Select(price => new PastField<HourlyPrices>(price.Name, price.Label, prices => prices.Of(price.Kind)))];

    /// <summary>Prices over time and by source.</summary>
    public required PastModel Past { get; init; }

    /// <summary>Spot prices of the zones; null where there is no more than one figure.</summary>
    public string? Zones { get; init; }

    /// <summary>How often spot machines are reclaimed; null where unknown.</summary>
    public string? Interruption { get; init; }

    /// <param name="entry">The instance.</param>
    /// <param name="history">What applied before, the latest first.</param>
    /// <param name="quotes">What the feeds say of it.</param>
    /// <param name="today">The day; that of the prices where not given.</param>
    public static InstanceDetailModel From(
        InstanceEntry entry, IReadOnlyList<PriceHistoryEntry<HourlyPrices>>? history = null, IReadOnlyList<SourceQuote<HourlyPrices>>? quotes = null, DateOnly? today = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (instance, state) = (entry.Instance, entry.State);
        var catalog = state.Overridden ? entry.FeedPrices : null;
        return new(
            instance.Key, instance.Cloud, instance.Region, $"{Format.Number(instance.GpuCount)} × {instance.Gpu}",
            InstancesTexts.GpuMemoryValue.With(Format.Number(instance.GpuMemoryGb), Format.Number(instance.GpuMemoryGb * instance.GpuCount)),
            Format.Number(instance.Vcpus), instance.MemoryGb is { } memory ? $"{Format.Number(memory)} GB" : Format.Unknown, state.Overridden,
            [
                .. HourlyField.All.Select(field => new HourlyLine(
                    field.Label, Format.Rate(instance.Prices.Of(field.Kind)), Format.Rate(instance.Prices.Of(field.Kind) / instance.GpuCount),
                    catalog is null ? null : Format.Rate(catalog.Of(field.Kind)))),
            ],
            InstanceMarks.Of(entry), SourceModel.From(instance.Provenance, state),
            catalog is null ? null : SourceModel.Hidden(state), state.UserNote, state.Retired)
        {
            Past = new PastPrices<HourlyPrices>(instance.Provenance.Source, instance.Provenance.AsOf, instance.Prices, history ?? [], quotes ?? []) { Today = today ?? instance.Provenance.AsOf }
                .ToModel(InstancesTexts.UnitHour, Fields),
            Zones = InstanceMarks.Zones(entry),
            Interruption = InstanceMarks.Interruption(entry),
        };
    }
}
