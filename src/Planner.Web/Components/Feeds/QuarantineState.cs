using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>Which of the rows held back the page shows. It is the page's address.</summary>
public sealed record QuarantineState
{
    public const string Path = "/feeds/quarantine";
    public const int PageSize = 20;

    /// <summary>The feed; null for all.</summary>
    public string? Feed { get; init; }

    public string? Search { get; init; }

    /// <summary>True for rows that somebody decided about, false for those still open.</summary>
    public bool Decided { get; init; }

    /// <summary>Page from 1.</summary>
    public int Page { get; init; } = 1;

    public static QuarantineState Read(Uri address)
    {
        var query = new QueryText(address);
        return new() { Feed = query.Text("feed"), Search = query.Text("q"), Decided = query.Flag("decided"), Page = query.Page("page") };
    }

    public string Write() => QueryText.Write(Path, ("feed", Feed), ("q", Search), ("decided", QueryText.Write(Decided)), ("page", Page > 1 ? $"{Page}" : null));

    public QuarantineQuery ToQuery() => new() { FeedId = Feed, Text = Search, Decided = Decided, Skip = (Page - 1) * PageSize, Take = PageSize };
}
