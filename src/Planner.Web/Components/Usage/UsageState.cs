using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>To which measured workload the next file is added. It is the page's address.</summary>
/// <param name="SetId">The measured workload; null for a new one.</param>
public sealed record UsageState(long? SetId)
{
    public const string Path = "/usage";

    public static UsageState Read(Uri address) =>
        new(long.TryParse(new QueryText(address).Text("set"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);

    public string Write() => QueryText.Write(Path, ("set", SetId?.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>How a measured workload is looked at. It is the page's address.</summary>
/// <param name="Zone">IANA time zone of the hours of the week.</param>
/// <param name="Measure">What is counted day by day.</param>
public sealed record UsageSetState(string Zone, UsageCount Measure)
{
    /// <summary>The scenario that is held against it; null for none.</summary>
    public string? ScenarioId { get; init; }

    /// <summary>Keys of the price sheets that are chosen for a new scenario; null for those that are found by the models' names.</summary>
    public IReadOnlyList<string>? Prices { get; init; }

    public static UsageSetState Read(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var query = new QueryText(address);
        return new(query.Text("zone") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : "UTC", query.Choice("by", UsageCount.Tokens))
        {
            ScenarioId = query.Text("scenario"),
            // Without a value it says that none is chosen.
            Prices = QueryHelpers.ParseQuery(address.Query).TryGetValue("price", out var keys) ? [.. keys.OfType<string>().Where(key => key.Length > 0)] : null,
        };
    }

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{UsageState.Path}/{id}");

    public string Write(long id)
    {
        var address = QueryText.Write(PathOf(id), ("zone", Zone == "UTC" ? null : Zone), ("by", QueryText.Write(Measure, UsageCount.Tokens)), ("scenario", ScenarioId));
        return Prices is null ? address : Prices.DefaultIfEmpty("").Aggregate(address, (whole, key) => QueryHelpers.AddQueryString(whole, "price", key));
    }

    public bool Equals(UsageSetState? other) =>
        other is not null && Zone == other.Zone && Measure == other.Measure && ScenarioId == other.ScenarioId && (Prices is null ? other.Prices is null : other.Prices is { } prices && Prices.SequenceEqual(prices));

    public override int GetHashCode() => HashCode.Combine(Zone, Measure, ScenarioId, Prices?.Count);
}

/// <summary>What is counted day by day.</summary>
public enum UsageCount
{
    Tokens,
    Requests,
    Cost,
}
