using Planner.Data.Stores;

namespace Planner.Web.Components.Layout;

/// <summary>How old the prices are.</summary>
/// <param name="At">When they were last known to hold; null where there are none.</param>
/// <param name="Detail">Where that is known from.</param>
public sealed record PriceAge(DateTimeOffset? At, string Detail)
{
    /// <summary>The last refresh that succeeded, else the day of the shipped catalog.</summary>
    public static async Task<PriceAge> ReadAsync(FeedRunStore runs, CatalogStore catalog, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(catalog);
        if (await runs.LastGoodAsync(cancellationToken) is var (started, feed))
            return new PriceAge(started, LayoutTexts.RefreshedFrom.With(feed));
        var newest = await catalog.Prices.PageAsync(new PriceQuery { SortBy = PriceSort.AsOf, Descending = true, Take = 1 }, cancellationToken);
        return newest.Items is [var entry, ..]
            ? new PriceAge(new DateTimeOffset(entry.Sheet.Provenance.AsOf, TimeOnly.MinValue, TimeSpan.Zero), LayoutTexts.AsShipped)
            : new PriceAge(null, LayoutTexts.CatalogEmpty);
    }
}
