using Planner.Data.Stores;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Prices;

/// <summary>What the price grid shows: its filters, order and page, and the row that is open. It is the page's address.</summary>
public sealed record PriceGridState : PagedGridState<PriceSort>
{
    public const string Path = "/prices";

    public string? Seller { get; init; }

    public string? Mode { get; init; }

    // By seller at first: names of feeds begin with marks and paths.
    public PriceGridState() => Sort = PriceSort.Seller;

    /// <summary>True where something narrows the list.</summary>
    public bool IsFiltered => Search is not null || Seller is not null || Mode is not null || Yours || AsOf is not null;

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
            AsOf = query.Day("asOf"),
            Page = query.Page("page"),
            Row = query.Text("row"),
        };
    }

    public string Write() => QueryText.Write(
        Path, ("q", Search), ("seller", Seller), ("mode", Mode), ("yours", QueryText.Write(Yours)), ("retired", QueryText.Write(Retired)),
        ("sort", QueryText.Write(Sort, PriceSort.Seller)), ("desc", QueryText.Write(Descending)), ("asOf", AsOf is { } day ? Format.Day(day) : null), ("page", Page > 1 ? $"{Page}" : null), ("row", Row));

    public PriceQuery ToQuery() => new()
    {
        Text = Search,
        Sellers = Seller is null ? [] : [Seller],
        Mode = Mode,
        OnlyUserPrices = Yours,
        IncludeRetired = Retired,
        SortBy = Sort,
        Descending = Descending,
        AsOf = AsOf,
        Skip = (Page - 1) * GridRows<PriceRowModel>.PageSize,
        Take = GridRows<PriceRowModel>.PageSize,
    };
}
