using Planner.Domain.Scenarios;

namespace Planner.Domain.Catalogs;

/// <summary>A machine that can be rented by the hour.</summary>
/// <param name="Key">Key of the instance: <c>cloud:type:region</c>.</param>
/// <param name="Cloud">Who rents it out, in lower case: <c>aws</c>, <c>gcp</c>, <c>azure</c>, <c>lambda</c>, <c>runpod</c>.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region or zone of the price.</param>
/// <param name="Gpu">Key of its GPUs in the catalog.</param>
/// <param name="GpuCount">Number of GPUs, at least 1; of virtual CPUs where <paramref name="Gpu"/> is one.</param>
/// <param name="GpuMemoryGb">Memory of one GPU as sold, GB.</param>
/// <param name="Vcpus">Virtual CPUs; null where unknown.</param>
/// <param name="MemoryGb">Main memory, GB; null where unknown.</param>
/// <param name="Prices">USD an hour for the whole machine.</param>
/// <param name="Provenance">Source and date of the prices.</param>
public sealed record Instance(
    string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal GpuMemoryGb, int? Vcpus, decimal? MemoryGb,
    HourlyPrices Prices, Provenance Provenance)
{
    /// <summary>What other sources say of the same machine on demand or reserved, where it is not the same; empty where they agree or nobody else lists it.</summary>
    public IReadOnlyList<OtherHourlyQuote> OtherQuotes { get; init; } = [];
}

/// <summary>What another source says that an instance costs.</summary>
/// <param name="Prices">Its prices, USD an hour for the whole machine.</param>
/// <param name="Provenance">The source and the day.</param>
public sealed record OtherHourlyQuote(HourlyPrices Prices, Provenance Provenance);

/// <summary>USD an hour for the whole machine by way of buying; null where there is no such offer or it is unknown.</summary>
/// <param name="OnDemandUsd">Paid by the running hour.</param>
/// <param name="SpotUsd">Interruptible.</param>
/// <param name="Reserved1YUsd">Committed for a year, nothing upfront.</param>
/// <param name="Reserved3YUsd">Committed for three years, nothing upfront.</param>
public sealed record HourlyPrices(decimal? OnDemandUsd, decimal? SpotUsd, decimal? Reserved1YUsd, decimal? Reserved3YUsd)
{
    /// <summary>That of a way of buying; null where there is none, and for machines that are owned.</summary>
    /// <param name="kind">One of <see cref="PurchaseKinds"/>.</param>
    public decimal? Of(string kind) => kind switch
    {
        PurchaseKinds.OnDemand => OnDemandUsd,
        PurchaseKinds.Spot => SpotUsd,
        PurchaseKinds.Reserved1Y => Reserved1YUsd,
        PurchaseKinds.Reserved3Y => Reserved3YUsd,
        _ => null,
    };

    /// <summary>The same with the price of a way of buying as given.</summary>
    /// <param name="kind">One of <see cref="PurchaseKinds.Rented"/>.</param>
    /// <param name="usd">The price, USD an hour; null for unknown.</param>
    public HourlyPrices With(string kind, decimal? usd) => kind switch
    {
        PurchaseKinds.OnDemand => this with { OnDemandUsd = usd },
        PurchaseKinds.Spot => this with { SpotUsd = usd },
        PurchaseKinds.Reserved1Y => this with { Reserved1YUsd = usd },
        _ => this with { Reserved3YUsd = usd },
    };

    /// <summary>What documents call the price of a way of buying.</summary>
    /// <param name="kind">One of <see cref="PurchaseKinds.Rented"/>.</param>
    public static string NameOf(string kind) => kind switch
    {
        PurchaseKinds.OnDemand => "onDemandUsd",
        PurchaseKinds.Spot => "spotUsd",
        PurchaseKinds.Reserved1Y => "reserved1YUsd",
        _ => "reserved3YUsd",
    };

    /// <summary>Every price by its name.</summary>
    public IEnumerable<NamedPrice> Named() => PurchaseKinds.Rented.Select(kind => new NamedPrice(NameOf(kind), Of(kind)));
}
