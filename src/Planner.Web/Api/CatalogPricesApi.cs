using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>A price sheet of the catalog.</summary>
/// <param name="Id">Its id in addresses: the key.</param>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Seller">Who sells it.</param>
/// <param name="Name">Name of the model as sold.</param>
/// <param name="Mode">What is sold: <c>chat</c>, <c>embedding</c>, ….</param>
/// <param name="ContextTokens">Longest prompt, tokens; null where unknown.</param>
/// <param name="DeprecatedFrom">Day from which the vendor no longer serves it; null where none is announced.</param>
/// <param name="Prices">The prices that apply, USD per million tokens; null is unknown, never free.</param>
/// <param name="Provenance">Source and date of those prices.</param>
/// <param name="FeedPrices">The feed's prices; null where the user added the row.</param>
/// <param name="Warnings">Codes of the feed's warnings.</param>
/// <param name="OtherQuotes">What other sources say, where they disagree.</param>
/// <param name="Announced">Prices of later months.</param>
/// <param name="AnnouncedBy">The feed that announces them; null where none does.</param>
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record PriceItem(
    string Id, string Key, string Seller, string Name, string Mode, int? ContextTokens, DateOnly? DeprecatedFrom, TokenPrices Prices, Provenance Provenance,
    TokenPrices? FeedPrices, IReadOnlyList<string> Warnings, IReadOnlyList<OtherQuote> OtherQuotes, IReadOnlyList<AnnouncedPrice> Announced, string? AnnouncedBy, RowState State)
{
    public static PriceItem From(PriceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var sheet = entry.Sheet;
        return new PriceItem(
            sheet.Key, sheet.Key, sheet.Seller, sheet.Name, entry.Mode, sheet.ContextTokens, sheet.DeprecatedFrom, sheet.Prices, sheet.Provenance,
            entry.FeedPrices, entry.Warnings, sheet.OtherQuotes, sheet.Announced, entry.AnnouncedBy, entry.State);
    }
}

/// <summary>Price sheets.</summary>
public static class CatalogPricesApi
{
    private static readonly CatalogEndpoints<PriceEntry, PriceEdit, PriceEdit, PriceItem> Rows = new(
        new CatalogWords("prices", "Price", "a price sheet", "prices", "the feed's", ApiTexts.PriceUnknown), catalog => catalog.Prices, Read, PriceItem.From);

    public static RouteGroupBuilder MapCatalogPrices(this RouteGroupBuilder api)
    {
        var prices = Rows.Map(api);
        prices.MapGet("", ListAsync).WithName("listPrices").WithSummary("Price sheets: search, sort, filter, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        PricedEndpoints.Map<PriceEntry, TokenPrices>(prices, "Price", Rows.Unknown, (catalog, key, token) => catalog.Prices.FindAsync(key, token), catalog => catalog.Prices.HistoryAsync, catalog => catalog.Prices.QuotesAsync);
        return api;
    }

    private static async Task<Results<Ok<Page<PriceItem>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "seller")] string[]? sellers, [FromQuery(Name = "mode")] string? mode,
        [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyUserPrices")] QueryValue<bool>? onlyUserPrices,
        [FromQuery(Name = "asOf")] string? asOf, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var asked = new PriceQuery
        {
            Text = query.ReadSearch(),
            Sellers = sellers ?? [],
            Mode = mode,
            IncludeRetired = query.ReadFlag("includeRetired", includeRetired),
            OnlyUserPrices = query.ReadFlag("onlyUserPrices", onlyUserPrices),
            AsOf = query.ReadDay("asOf", asOf),
            SortBy = query.ReadSort(PriceSort.Name),
            Descending = query.ReadDescending(),
            Skip = query.ReadSkip(),
            Take = query.ReadTake(),
        };
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var page = await catalog.Prices.PageAsync(asked, cancellationToken);
        return TypedResults.Ok(new Page<PriceItem>([.. page.Items.Select(PriceItem.From)], page.Total));
    }

    private static (PriceEdit? Edit, IReadOnlyList<Problem> Problems) Read(string body)
    {
        var (edit, problems) = JsonDocuments.Read<PriceEdit>(body);
        return edit?.Prices?.Tiers is { } tiers
            ? (edit, [.. tiers.Index().Where(tier => (PriceTier?)tier.Item is null).Select(tier => new Problem($"prices.tiers[{tier.Index}]", ApiTexts.EntryMissing))])
            : (edit, problems);
    }
}
