using System.Globalization;
using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>
/// Judges the machines of one feed together. Bounds catch wrong units, and other regions' prices of a machine catch parts that were added up wrongly; what is odd but
/// possible is published with a mark.
/// </summary>
public static class InstanceSanity
{
    /// <summary>Lowest believable price of one GPU, USD an hour.</summary>
    public const decimal MinGpuHourUsd = 0.05m;

    /// <summary>Highest believable price of one GPU, USD an hour.</summary>
    public const decimal MaxGpuHourUsd = 100;

    /// <summary>
    /// Share of the upper quartile of a machine's regions below which a price that was added up is held back. Google Cloud has several products for one GPU, and where
    /// the wrong one was taken the sum is too low, never too high. That may concern most regions of a machine (6 of 9 for H200), so that their median is no measure;
    /// in the file of 2026-05-20 no right price is below 80 % of the quartile and no wrong one above 69 %.
    /// </summary>
    public const decimal MinShareOfUpperQuartile = 0.7m;

    private const int MinRegions = 3;
    private const decimal MemoryTolerance = 0.15m;
    private const decimal FarBelow = 0.1m;
    private const decimal Spread = 2;

    /// <summary>Judges rows.</summary>
    /// <param name="rows">All rows of a reading.</param>
    /// <param name="memoryGbByGpu">Memory of one GPU in the catalog, GB, by its key.</param>
    /// <param name="isAccepted">Whether somebody has said that a row's price is right although it is out of bounds; a negative one never is.</param>
    /// <returns>A verdict for each row, in their order.</returns>
    public static IReadOnlyList<FeedVerdict<HourlyPrices>> Judge(
        IReadOnlyList<InstanceFeedRow> rows, IReadOnlyDictionary<string, decimal> memoryGbByGpu, Func<InstanceFeedRow, bool>? isAccepted = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(memoryGbByGpu);
        var reasons = rows.Select(row => Quarantine(row, isAccepted?.Invoke(row) == true)).ToList();
        var believable = rows.Where((row, index) => reasons[index] is null && row.Prices.OnDemandUsd is not null).GroupBy(MachineOf).ToDictionary(group => group.Key, OnDemandOf);
        for (var index = 0; index < rows.Count; index++)
            reasons[index] ??= isAccepted?.Invoke(rows[index]) == true ? null : FarBelowRegions(rows[index], believable);

        var published = rows.Where((row, index) => reasons[index] is null && row.Prices.OnDemandUsd is not null).GroupBy(MachineOf).ToDictionary(group => group.Key, OnDemandOf);
        return [.. rows.Select((row, index) => reasons[index] is { } reason
            ? new FeedVerdict<HourlyPrices>(reason, new HourlyPrices(null, null, null, null), false, [])
            : Publish(row, memoryGbByGpu, published.GetValueOrDefault(MachineOf(row), [])))];
    }

    private static (string Cloud, string Type) MachineOf(InstanceFeedRow row) => (row.Cloud, row.Type);

    private static List<decimal> OnDemandOf(IEnumerable<InstanceFeedRow> rows) => [.. rows.Select(row => row.Prices.OnDemandUsd!.Value).Order()];

    private static string? Quarantine(InstanceFeedRow row, bool accepted) =>
        row.Prices.Named().Select(price => Fault(price.Name, price.Usd, row.GpuCount, accepted)).FirstOrDefault(fault => fault is not null);

    private static string? Fault(string name, decimal? usd, int gpus, bool accepted) => usd switch
    {
        null => null,
        < 0 => FeedTexts.RowNegative.With(name),
        _ when !accepted && usd / gpus is < MinGpuHourUsd or > MaxGpuHourUsd => FeedTexts.RowGpuHourOutside.With(name, Text(usd.Value / gpus), MinGpuHourUsd, MaxGpuHourUsd),
        _ => null,
    };

    /// <summary>Only for clouds whose prices are sums of a host's and its GPUs'.</summary>
    private static string? FarBelowRegions(InstanceFeedRow row, Dictionary<(string Cloud, string Type), List<decimal>> believable)
    {
        if (row.Cloud != "gcp" || !believable.TryGetValue(MachineOf(row), out var regions) || regions.Count < MinRegions)
            return null;
        var quartile = regions[(int)Math.Ceiling(regions.Count * 0.75m) - 1];
        return row.Prices.OnDemandUsd < quartile * MinShareOfUpperQuartile
            ? FeedTexts.RowFarBelowRegions.With(Text(row.Prices.OnDemandUsd.Value), Text(MinShareOfUpperQuartile * 100), Text(quartile))
            : null;
    }

    private static FeedVerdict<HourlyPrices> Publish(InstanceFeedRow row, IReadOnlyDictionary<string, decimal> memoryGbByGpu, List<decimal> regions)
    {
        var warnings = new List<string>();
        var (onDemand, spot) = (row.Prices.OnDemandUsd, row.Prices.SpotUsd);
        WarnIf(row.GpuMemoryGb is { } stated && memoryGbByGpu.TryGetValue(row.Gpu, out var known) && Math.Abs(stated - known) > known * MemoryTolerance, InstanceWarnings.GpuMemoryApart);
        WarnIf(spot >= onDemand, InstanceWarnings.SpotNotCheaper);
        WarnIf(spot is not null && onDemand is null, InstanceWarnings.SpotAlone);
        WarnIf(spot < onDemand * FarBelow, InstanceWarnings.SpotFarBelow);
        WarnIf(row.Prices.Reserved1YUsd > onDemand || row.Prices.Reserved3YUsd > onDemand, InstanceWarnings.ReservedAboveOnDemand);
        WarnIf(regions.Count > 1 && onDemand * Spread <= regions[^1], InstanceWarnings.CheapRegion);
        WarnIf(regions.Count > 1 && onDemand >= regions[0] * Spread, InstanceWarnings.DearRegion);
        return new FeedVerdict<HourlyPrices>(null, row.Prices with { SpotUsd = spot < onDemand ? spot : null }, onDemand is null, warnings);

        void WarnIf(bool applies, string code)
        {
            if (applies)
                warnings.Add(code);
        }
    }

    private static string Text(decimal usd) => usd.ToString("0.########", CultureInfo.InvariantCulture);
}
