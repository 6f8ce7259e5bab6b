using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Alerts;

/// <summary>What the page shows. It is the page's address.</summary>
/// <param name="PutAside">True for those that were put aside.</param>
/// <param name="Page">Page of the list, from 1.</param>
public sealed record AlertsState(bool PutAside, int Page)
{
    public const string Path = "/alerts";

    public static AlertsState Read(Uri address)
    {
        var query = new QueryText(address);
        return new(query.Flag("aside"), query.Page("page"));
    }

    public string Write() => QueryText.Write(Path, ("aside", QueryText.Write(PutAside)), ("page", Page > 1 ? $"{Page}" : null));
}
