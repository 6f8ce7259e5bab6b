using Planner.Data.Stores;
using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Prices;

/// <summary>What the price grid shows: its filters, order and page, and the row that is open. It is the page's address.</summary>
public sealed record PriceGridState
{
    public const string Path = "/prices";

    /// <summary>Words that must occur in the key, the name or the seller; null for all rows.</summary>
    public string? Search { get; init; }

    public string? Seller { get; init; }

    public string? Mode { get; init; }

    /// <summary>Only rows whose prices the user set.</summary>
    public bool Yours { get; init; }

    public bool Retired { get; init; }

    /// <summary>By seller at first: names of feeds begin with marks and paths.</summary>
    public PriceSort Sort { get; init; } = PriceSort.Seller;

    public bool Descending { get; init; }

    /// <summary>Page from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Key of the row whose details are open; null for none.</summary>
    public string? Row { get; init; }

    /// <summary>True where something narrows the list.</summary>
    public bool IsFiltered => Search is not null || Seller is not null || Mode is not null || Yours;

    public static PriceGridState Read(Uri address)
    {
        var query = new QueryText(address);
        return new()
        {
            Search = query.Text("q"),
            Seller = query.Text("seller"),
            Mode = query.Text("mode"),
            Yours = query.Flag("yours"),
            Retired = query.Flag("retired"),
            Sort = query.Choice("sort", PriceSort.Seller),
            Descending = query.Flag("desc"),
            Page = query.Page("page"),
            Row = query.Text("row"),
        };
    }

    public string Write() => QueryText.Write(
        Path, ("q", Search), ("seller", Seller), ("mode", Mode), ("yours", QueryText.Write(Yours)), ("retired", QueryText.Write(Retired)),
        ("sort", QueryText.Write(Sort, PriceSort.Seller)), ("desc", QueryText.Write(Descending)), ("page", Page > 1 ? $"{Page}" : null), ("row", Row));

    public PriceQuery ToQuery() => new()
    {
        Text = Search,
        Sellers = Seller is null ? [] : [Seller],
        Mode = Mode,
        OnlyUserPrices = Yours,
        IncludeRetired = Retired,
        SortBy = Sort,
        Descending = Descending,
        Skip = (Page - 1) * GridRows<PriceRowModel>.PageSize,
        Take = GridRows<PriceRowModel>.PageSize,
    };
}
