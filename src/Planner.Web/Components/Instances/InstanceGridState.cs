using Planner.Data.Stores;
using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Instances;

/// <summary>What the instance grid shows: its filters, order and page, and the row that is open. It is the page's address.</summary>
public sealed record InstanceGridState
{
    public const string Path = "/instances";

    /// <summary>Words that must occur in the key, the type or the GPU; null for all rows.</summary>
    public string? Search { get; init; }

    public string? Cloud { get; init; }

    public string? Gpu { get; init; }

    /// <summary>Only rows whose prices the user set.</summary>
    public bool Yours { get; init; }

    public bool Retired { get; init; }

    public InstanceSort Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>Page from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Key of the row whose details are open; null for none.</summary>
    public string? Row { get; init; }

    /// <summary>True where something narrows the list.</summary>
    public bool IsFiltered => Search is not null || Cloud is not null || Gpu is not null || Yours;

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
            Page = query.Page("page"),
            Row = query.Text("row"),
        };
    }

    public string Write() => QueryText.Write(
        Path, ("q", Search), ("cloud", Cloud), ("gpu", Gpu), ("yours", QueryText.Write(Yours)), ("retired", QueryText.Write(Retired)),
        ("sort", QueryText.Write(Sort, InstanceSort.Key)), ("desc", QueryText.Write(Descending)), ("page", Page > 1 ? $"{Page}" : null), ("row", Row));

    public InstanceQuery ToQuery() => new()
    {
        Text = Search,
        Clouds = Cloud is null ? [] : [Cloud],
        Gpus = Gpu is null ? [] : [Gpu],
        OnlyUserPrices = Yours,
        IncludeRetired = Retired,
        SortBy = Sort,
        Descending = Descending,
        Skip = (Page - 1) * GridRows<InstanceRowModel>.PageSize,
        Take = GridRows<InstanceRowModel>.PageSize,
    };
}
