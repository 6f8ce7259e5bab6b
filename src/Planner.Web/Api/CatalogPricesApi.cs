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
    public static RouteGroupBuilder MapCatalogPrices(this RouteGroupBuilder api)
    {
        var prices = api.MapGroup("/catalog/prices").WithTags("Catalog");
        prices.MapGet("", ListAsync).WithName("listPrices").WithSummary("Price sheets: search, sort, filter, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        prices.MapPost("", AddAsync).WithName("addPrice").WithSummary("Adds a price sheet of your own.");
        prices.MapGet("/{id}", GetAsync).WithName("getPrice").WithSummary("A price sheet, retired or not; its ETag goes into If-Match.")
            .WithProblems(StatusCodes.Status404NotFound);
        prices.MapPut("/{id}", EditAsync).WithName("editPrice").WithSummary("Sets your own prices, which win over the feed's and survive its refresh.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        prices.MapDelete("/{id}", RetireAsync).WithName("retirePrice").WithSummary("Retires a price sheet. Scenarios that name it keep its last price.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        prices.MapPost("/{id}/restore", RestoreAsync).WithName("restorePrice").WithSummary("Undoes a retirement.").WithProblems(StatusCodes.Status404NotFound);
        prices.MapDelete("/{id}/override", ClearAsync).WithName("clearPriceOverride").WithSummary("Drops your own prices: the feed's apply again.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
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

    private static async Task<Results<Ok<PriceItem>, ProblemHttpResult>> GetAsync(
        string id, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        if (await catalog.Prices.FindAsync(CatalogKeys.Read(id), cancellationToken) is not { } entry)
            return Unknown(id);
        http.Response.Headers.ETag = IfMatch.TagOf(entry.State.Version);
        return TypedResults.Ok(PriceItem.From(entry));
    }

    private static async Task<Results<Created<PriceItem>, ProblemHttpResult>> AddAsync(
        JsonBody<PriceEdit> body, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        var (edit, refusal) = Take(body);
        if (edit is null)
            return refusal!;
        if ((await catalog.Prices.AddAsync(edit, cancellationToken)).Refusal("") is { } refused)
            return refused;
        var added = PriceItem.From((await catalog.Prices.FindAsync(edit.Key.Trim(), cancellationToken))!);
        http.Response.Headers.ETag = IfMatch.TagOf(added.State.Version);
        return TypedResults.Created(CatalogKeys.Address("prices", added.Key), added);
    }

    private static async Task<Results<Ok<PriceItem>, ProblemHttpResult>> EditAsync(
        string id, IfMatch ifMatch, JsonBody<PriceEdit> body, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        var key = CatalogKeys.Read(id);
        if (await catalog.Prices.FindAsync(key, cancellationToken) is not { } entry)
            return Unknown(id);
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var (edit, refusal) = Take(body);
        if ((refusal ?? CatalogOutcomes.OtherKey(edit!.Key, key)) is { } refused)
            return refused;
        var outcome = await catalog.Prices.EditAsync(edit! with { Key = key }, ifMatch.Expected(entry.State.Version), cancellationToken);
        return outcome.Refusal(Sentence(id)) is { } notSaved ? notSaved : await GetAsync(id, catalog, http, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var refusal = await ChangeAsync(id, ifMatch, catalog, catalog.Prices.RetireAsync, cancellationToken);
        return refusal is null ? TypedResults.NoContent() : refusal;
    }

    private static async Task<Results<Ok<PriceItem>, ProblemHttpResult>> RestoreAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken) =>
        await ChangeAsync(id, ifMatch, catalog, catalog.Prices.RestoreAsync, cancellationToken) is { } refusal
            ? refusal
            : await GetAsync(id, catalog, http, cancellationToken);

    private static async Task<Results<Ok<PriceItem>, ProblemHttpResult>> ClearAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken) =>
        await ChangeAsync(id, ifMatch, catalog, catalog.Prices.ResetAsync, cancellationToken) is { } refusal
            ? refusal
            : await GetAsync(id, catalog, http, cancellationToken);

    private static async Task<ProblemHttpResult?> ChangeAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, Func<string, int, CancellationToken, Task<SaveOutcome>> change, CancellationToken cancellationToken)
    {
        if (ifMatch.Refusal is { } malformed)
            return malformed;
        var key = CatalogKeys.Read(id);
        return await catalog.Prices.FindAsync(key, cancellationToken) is { } entry
            ? (await change(key, ifMatch.Expected(entry.State.Version), cancellationToken)).Refusal(Sentence(id))
            : Unknown(id);
    }

    private static async Task<Results<Ok<Page<PriceHistoryEntry>>, ProblemHttpResult>> HistoryAsync(
        string id, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take, CatalogStore catalog,
        CancellationToken cancellationToken)
    {
        var query = new PageQuery(null, null, null, skip, take);
        var (from, count) = (query.ReadSkip(), query.ReadTake());
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var key = CatalogKeys.Read(id);
        if (await catalog.Prices.FindAsync(key, cancellationToken) is null)
            return Unknown(id);
        var history = await catalog.Prices.HistoryAsync(key, cancellationToken);
        return TypedResults.Ok(new Page<PriceHistoryEntry>([.. history.Skip(from).Take(count)], history.Count));
    }

    private static (PriceEdit? Edit, ProblemHttpResult? Refusal) Take(JsonBody<PriceEdit> body)
    {
        if (body.Refusal is { } refusal)
            return (null, refusal);
        var (edit, problems) = JsonDocuments.Read<PriceEdit>(body.Text);
        if (edit?.Prices?.Tiers is { } tiers)
        {
            var missing = tiers.Index().Where(tier => (PriceTier?)tier.Item is null);
            problems = [.. missing.Select(tier => new Problem($"prices.tiers[{tier.Index}]", ApiTexts.EntryMissing))];
        }

        return problems.Count > 0 ? (null, Problems.Invalid(problems)) : (edit, null);
    }

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound(Sentence(id));

    private static string Sentence(string id) => Wording.Say(ApiTexts.PriceUnknown, CatalogKeys.Read(id));
}
