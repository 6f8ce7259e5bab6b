using Planner.Data.Stores;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Instances;

/// <summary>What the instance grid shows: its filters, order and page, and the row that is open. It is the page's address.</summary>
public sealed record InstanceGridState : PagedGridState<InstanceSort>
{
    public const string Path = "/instances";

    public string? Cloud { get; init; }

    public string? Gpu { get; init; }

    /// <summary>True where something narrows the list.</summary>
    public bool IsFiltered => Search is not null || Cloud is not null || Gpu is not null || Yours || AsOf is not null;

    public static InstanceGridState Read(Uri address)
    {
        var query = new QueryText(address);
        return new()
        {
            Search = query.Text("q"),
            Cloud = query.Text("cloud"),
            Gpu = query.Text("gpu"),
            Yours = query.Flag("yours"),
            Retired = query.Flag("retired"),
            Sort = query.Choice("sort", InstanceSort.Key),
            Descending = query.Flag("desc"),
            AsOf = query.Day("asOf"),
            Page = query.Page("page"),
            Row = query.Text("row"),
        };
    }

    public string Write() => QueryText.Write(
        Path, ("q", Search), ("cloud", Cloud), ("gpu", Gpu), ("yours", QueryText.Write(Yours)), ("retired", QueryText.Write(Retired)),
        ("sort", QueryText.Write(Sort, InstanceSort.Key)), ("desc", QueryText.Write(Descending)), ("asOf", AsOf is { } day ? Format.Day(day) : null), ("page", Page > 1 ? $"{Page}" : null), ("row", Row));

    public InstanceQuery ToQuery() => new()
    {
        Text = Search,
        Clouds = Cloud is null ? [] : [Cloud],
        Gpus = Gpu is null ? [] : [Gpu],
        OnlyUserPrices = Yours,
        IncludeRetired = Retired,
        SortBy = Sort,
        Descending = Descending,
        AsOf = AsOf,
        Skip = (Page - 1) * GridRows<InstanceRowModel>.PageSize,
        Take = GridRows<InstanceRowModel>.PageSize,
    };
}
