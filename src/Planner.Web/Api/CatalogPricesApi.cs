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
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record PriceItem(
    string Id, string Key, string Seller, string Name, string Mode, int? ContextTokens, DateOnly? DeprecatedFrom, TokenPrices Prices, Provenance Provenance,
    TokenPrices? FeedPrices, IReadOnlyList<string> Warnings, RowState State)
{
    public static PriceItem From(PriceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var sheet = entry.Sheet;
        return new PriceItem(
            sheet.Key, sheet.Key, sheet.Seller, sheet.Name, entry.Mode, sheet.ContextTokens, sheet.DeprecatedFrom, sheet.Prices, sheet.Provenance,
            entry.FeedPrices, entry.Warnings, entry.State);
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
        prices.MapGet("/{id}/history", HistoryAsync).WithName("getPriceHistory").WithSummary("Prices of a sheet over time, the latest first.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<Ok<Page<PriceItem>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "seller")] string[]? sellers, [FromQuery(Name = "mode")] string? mode,
        [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyUserPrices")] QueryValue<bool>? onlyUserPrices,
        CatalogStore catalog, CancellationToken cancellationToken)
    {
        var asked = new PriceQuery
        {
            Text = query.ReadSearch(),
            Sellers = sellers ?? [],
            Mode = mode,
            IncludeRetired = query.ReadFlag("includeRetired", includeRetired),
            OnlyUserPrices = query.ReadFlag("onlyUserPrices", onlyUserPrices),
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

    private static async Task<Results<Ok<Page<PriceHistoryEntry<TokenPrices>>>, ProblemHttpResult>> HistoryAsync(
        string id, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take, CatalogStore catalog,
        CancellationToken cancellationToken)
    {
        var query = new PageQuery(null, null, null, skip, take);
        var (from, count) = (query.ReadSkip(), query.ReadTake());
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var key = CatalogKeys.Read(id);
        if (await catalog.Prices.FindAsync(key, cancellationToken) is null)
            return Rows.Unknown(id);
        var history = await catalog.Prices.HistoryAsync(key, cancellationToken);
        return TypedResults.Ok(new Page<PriceHistoryEntry<TokenPrices>>([.. history.Skip(from).Take(count)], history.Count));
    }

    private static (PriceEdit? Edit, IReadOnlyList<Problem> Problems) Read(string body)
    {
        var (edit, problems) = JsonDocuments.Read<PriceEdit>(body);
        return edit?.Prices?.Tiers is { } tiers
            ? (edit, [.. tiers.Index().Where(tier => (PriceTier?)tier.Item is null).Select(tier => new Problem($"prices.tiers[{tier.Index}]", ApiTexts.EntryMissing))])
            : (edit, problems);
    }
}
