using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Instances;

/// <summary>Marks of an instance, that other sources disagree included.</summary>
public static class InstanceMarks
{
    /// <summary>All marks of a row.</summary>
    public static IReadOnlyList<Flag> Of(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var flags = new List<Flag>(Flag.Of(entry.State, entry.Warnings));
        if (entry.Instance.OtherQuotes is { Count: > 0 } others)
        {
            var own = entry.Instance.Provenance;
            var quotes = others.Select(quote => Say(quote.Provenance.Source, quote.Provenance.AsOf, quote.Prices)).Prepend(Say(own.Source, own.AsOf, entry.Instance.Prices));
            flags.Add(new(CatalogTexts.SourcesDisagree.With(others.Count + 1), StatusKind.Warning, string.Join(" ", quotes)));
        }

        return flags;
    }

    /// <summary>"$1.80–$2.40 in 3 zones"; null where there is no more than one figure.</summary>
    public static string? Zones(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Zones is { } zones ? InstancesTexts.ZonesValue.With(Format.Rate(zones.LowestUsd), Format.Rate(zones.HighestUsd), Format.Number(zones.Count)) : null;
    }

    /// <summary>How often spot machines are reclaimed; null where unknown. The last band of the source has no upper end: it is more than a fifth.</summary>
    public static string? Interruption(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.InterruptionShare switch
        {
            null => null,
            >= 1 => InstancesTexts.InterruptionAbove,
            { } share => InstancesTexts.InterruptionUpTo.With(Format.Percent((double)share)),
        };
    }

    private static string Say(string source, DateOnly day, HourlyPrices prices)
    {
        var known = HourlyField.All.Where(field => field.Kind != PurchaseKinds.Spot && prices.Of(field.Kind) is not null).Select(field => field.Quote.With(Format.Rate(prices.Of(field.Kind))));
        return CatalogTexts.QuoteOf.With(source, Format.Day(day), string.Join(", ", known));
    }
}
