using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>
/// A machine's prices in the zones of a region while a table is read. The price on demand is the one that most zones have, the lower of two: local zones that stand in a
/// region's name are dearer, and are left out. The spot price is the median of the zones that have a market.
/// </summary>
internal sealed class SkyPilotZones
{
    private readonly Dictionary<string, Zone> _zones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private string? _fault;

    internal string Gpu { get; init; } = "";

    internal int GpuCount { get; init; }

    internal int? Vcpus { get; init; }

    internal decimal? MemoryGb { get; init; }

    /// <summary>Rows, of whatever kind.</summary>
    internal int Listed { get; private set; }

    /// <summary>Rows that say the same again.</summary>
    internal int Repeated { get; private set; }

    /// <summary>Zones left out because their price is not the region's.</summary>
    internal int OtherPrice { get; private set; }

    /// <summary>Whether a machine is made of these parts.</summary>
    internal bool IsTakenUp { get; private set; }

    internal HourlyPrices Prices { get; private set; } = new(null, null, null, null);

    internal SpotZones? SpotZones { get; private set; }

    internal void Fail(string reason) => _fault ??= reason;

    /// <summary>Adds a row. Its prices are texts; an empty one is none, and neither is a spot price of 0, which some clouds have in every row.</summary>
    internal void Add(string zone, string price, string spot)
    {
        Listed++;
        var (onDemand, spotUsd) = (InstanceFile.Number(price), InstanceFile.Number(spot));
        var read = new Zone(onDemand, spotUsd == 0 ? null : spotUsd);
        if (price.Length > 0 && onDemand is null)
            _faults.TryAdd(zone, FeedTexts.RowFieldNotANumber.With("Price"));
        else if (spot.Length > 0 && spotUsd is null)
            _faults.TryAdd(zone, FeedTexts.RowFieldNotANumber.With("SpotPrice"));
        else if (_zones.TryAdd(zone, read))
            return;
        else if (_zones[zone] == read)
            Repeated++;
        else
            _faults.TryAdd(zone, FeedTexts.RowZoneTwice.With(zone));
    }

    /// <summary>Whether there is a zone that both are in.</summary>
    internal bool HasAnyZoneOf(SkyPilotZones? other) => other is not null && _zones.Keys.Any(other._zones.ContainsKey);

    /// <summary>Adds the price of a machine's GPUs to that of its host, zone by zone. A zone where one of them has no price is left out.</summary>
    /// <param name="gpus">The prices of the GPUs; null where the table has none.</param>
    /// <param name="what">The GPUs, for people.</param>
    internal void AddParts(SkyPilotZones? gpus, string what)
    {
        foreach (var (zone, host) in _zones.ToList())
        {
            if (gpus?._faults.TryGetValue(zone, out var fault) == true)
                _faults.TryAdd(zone, fault);
            if (host.OnDemandUsd is null or <= 0)
            {
                Fail(FeedTexts.RowHostFree);
                continue;
            }

            if (gpus is null || !gpus._zones.TryGetValue(zone, out var part) || part.OnDemandUsd is null or <= 0)
            {
                _zones.Remove(zone);
                continue;
            }

            // A spot price that is no discount on one part belongs to another product, and the sum would hide it.
            var hasSpot = host.HasMarket && part.HasMarket;
            gpus.IsTakenUp = true;
            _zones[zone] = new Zone(host.OnDemandUsd + part.OnDemandUsd, hasSpot ? host.SpotUsd + part.SpotUsd : null);
        }

        if (_zones.Count == 0)
            Fail(FeedTexts.RowGpuPriceMissing.With(what));
    }

    /// <summary>Takes the zones together.</summary>
    /// <returns>Why the machine is refused; null where it has its prices.</returns>
    internal string? Close()
    {
        if ((_fault ?? _faults.Values.FirstOrDefault()) is { } fault)
            return fault;
        var onDemand = _zones.Values.Where(zone => zone.OnDemandUsd is not null).GroupBy(zone => zone.OnDemandUsd).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .FirstOrDefault()?.Key;
        var zones = _zones.Values.Where(zone => zone.OnDemandUsd is null || zone.OnDemandUsd == onDemand).ToList();
        OtherPrice = _zones.Count - zones.Count;
        var spots = zones.Where(zone => onDemand is null || zone.SpotUsd < onDemand).Select(zone => zone.SpotUsd).OfType<decimal>().Order().ToList();
        Prices = new HourlyPrices(onDemand, spots.Count == 0 ? null : Math.Round((spots[(spots.Count - 1) / 2] + spots[spots.Count / 2]) / 2, InstanceFile.DecimalPlaces), null, null);
        SpotZones = spots.Count < 2 ? null : new SpotZones(spots.Count, spots[0], spots[^1]);
        return null;
    }

    private readonly record struct Zone(decimal? OnDemandUsd, decimal? SpotUsd)
    {
        /// <summary>A spot price at or above the one on demand means that there is no market.</summary>
        internal bool HasMarket => SpotUsd < OnDemandUsd;
    }
}
