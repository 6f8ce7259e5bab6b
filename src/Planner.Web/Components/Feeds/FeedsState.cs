using Planner.Web.Components.Shared;


namespace Planner.Web.Components.Feeds;

/// <summary>What the page shows: which page of the runs. It is the page's address.</summary>
/// <param name="Page">Page of the runs, from 1.</param>
public sealed record FeedsState(int Page)
{
    public const string Path = "/feeds";

    public static FeedsState Read(Uri address) => new(new QueryText(address).Page("page"));

    public string Write() => QueryText.Write(Path, ("page", Page > 1 ? $"{Page}" : null));
}
