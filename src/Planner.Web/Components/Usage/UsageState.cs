using System.Globalization;
using Planner.Web.Components.Catalog;

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
    public static UsageSetState Read(Uri address)
    {
        var query = new QueryText(address);
        return new(query.Text("zone") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : "UTC", query.Choice("by", UsageCount.Tokens));
    }

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{UsageState.Path}/{id}");

    public string Write(long id) => QueryText.Write(PathOf(id), ("zone", Zone == "UTC" ? null : Zone), ("by", QueryText.Write(Measure, UsageCount.Tokens)));
}

/// <summary>What is counted day by day.</summary>
public enum UsageCount
{
    Tokens,
    Requests,
    Cost,
}
