using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;

namespace Planner.Web.Api;

/// <summary>What a list of the catalog with prices can do besides: tell their history, and what other sources say.</summary>
internal static class PricedEndpoints
{
    /// <summary>Maps both.</summary>
    /// <typeparam name="TEntry">A row as it is read.</typeparam>
    /// <typeparam name="TPrices">Prices of a row.</typeparam>
    /// <param name="rows">The list's group.</param>
    /// <param name="id">Its part of operation ids.</param>
    /// <param name="unknown">The answer that there is no such row.</param>
    /// <param name="find">Finds a row by its key.</param>
    /// <param name="history">Prices over time, the latest first.</param>
    /// <param name="quotes">What the feeds say.</param>
    public static void Map<TEntry, TPrices>(
        RouteGroupBuilder rows, string id, Func<string, ProblemHttpResult> unknown, Func<CatalogStore, string, CancellationToken, Task<TEntry?>> find,
        Func<CatalogStore, Func<string, CancellationToken, Task<IReadOnlyList<PriceHistoryEntry<TPrices>>>>> history,
        Func<CatalogStore, Func<string, CancellationToken, Task<IReadOnlyList<SourceQuote<TPrices>>>>> quotes) where TEntry : CatalogEntry
    {
        rows.MapGet("/{id}/history", HistoryAsync).WithName($"get{id}History").WithSummary("Prices over time, the latest first.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        rows.MapGet("/{id}/quotes", QuotesAsync).WithName($"get{id}Quotes").WithSummary("What the feeds besides its source say, those included that agree, with prices of other days.")
            .WithProblems(StatusCodes.Status404NotFound);

        async Task<Results<Ok<Page<PriceHistoryEntry<TPrices>>>, ProblemHttpResult>> HistoryAsync(
            [FromRoute(Name = "id")] string row, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take, CatalogStore catalog,
            CancellationToken cancellationToken)
        {
            var query = new PageQuery(null, null, null, skip, take);
            var (from, count) = (query.ReadSkip(), query.ReadTake());
            if (query.Problems.Count > 0)
                return Problems.Invalid(query.Problems);
            var key = CatalogKeys.Read(row);
            if (await find(catalog, key, cancellationToken) is null)
                return unknown(row);
            var all = await history(catalog)(key, cancellationToken);
            return TypedResults.Ok(new Page<PriceHistoryEntry<TPrices>>([.. all.Skip(from).Take(count)], all.Count));
        }

        async Task<Results<Ok<IReadOnlyList<SourceQuote<TPrices>>>, ProblemHttpResult>> QuotesAsync(
            [FromRoute(Name = "id")] string row, CatalogStore catalog, CancellationToken cancellationToken)
        {
            var key = CatalogKeys.Read(row);
            return await find(catalog, key, cancellationToken) is null ? unknown(row) : TypedResults.Ok(await quotes(catalog)(key, cancellationToken));
        }
    }
}
