using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain;

namespace Planner.Web.Api;

/// <summary>What a list of the catalog is called where it is described.</summary>
/// <param name="Path">Its part of the address: <c>prices</c>.</param>
/// <param name="Id">Its part of operation ids: <c>Price</c>.</param>
/// <param name="One">One of its rows: <c>a price sheet</c>.</param>
/// <param name="Yours">What a user sets of a row that has another source: <c>prices</c>.</param>
/// <param name="Source">Whose values apply without them: <c>the feed's</c>.</param>
/// <param name="Unknown">The sentence that there is no such row, with a place for its key.</param>
internal sealed record CatalogWords(string Path, string Id, string One, string Yours, string Source, string Unknown);

/// <summary>What every list of the catalog can do besides being listed: get, add, edit, retire, restore, and drop an override.</summary>
/// <param name="words">What it is called.</param>
/// <param name="listOf">The list.</param>
/// <param name="read">Reads the body of an edit.</param>
/// <param name="show">A row as the API gives it.</param>
internal sealed class CatalogEndpoints<TEntry, TEdit, TBody, TItem>(
    CatalogWords words, Func<CatalogStore, ICatalogList<TEntry, TEdit>> listOf, Func<string, (TEdit? Edit, IReadOnlyList<Problem> Problems)> read,
    Func<TEntry, TItem> show) where TEntry : CatalogEntry where TEdit : CatalogEdit
{
    /// <summary>Maps them, and gives the group for what the list can do besides.</summary>
    public RouteGroupBuilder Map(RouteGroupBuilder api)
    {
        var rows = api.MapGroup($"/catalog/{words.Path}").WithTags("Catalog");
        rows.MapPost("", AddAsync).WithName($"add{words.Id}").WithSummary($"Adds {words.One} of your own.");
        rows.MapGet("/{id}", GetAsync).WithName($"get{words.Id}")
            .WithSummary($"{char.ToUpperInvariant(words.One[0])}{words.One[1..]}, retired or not; its ETag goes into If-Match.")
            .WithProblems(StatusCodes.Status404NotFound);
        rows.MapPut("/{id}", EditAsync).WithName($"edit{words.Id}").WithSummary($"Sets your own {words.Yours}, which win over {words.Source} and survive its refresh.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        rows.MapDelete("/{id}", RetireAsync).WithName($"retire{words.Id}").WithSummary($"Retires {words.One}. Scenarios that name it keep it as it was.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        rows.MapPost("/{id}/restore", RestoreAsync).WithName($"restore{words.Id}").WithSummary("Undoes a retirement.").WithProblems(StatusCodes.Status404NotFound);
        rows.MapDelete("/{id}/override", ResetAsync).WithName($"clear{words.Id}Override").WithSummary($"Drops your own {words.Yours}: {words.Source} apply again.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        return rows;
    }

    /// <summary>There is no row with that id.</summary>
    public ProblemHttpResult Unknown(string id) => Problems.NotFound(Sentence(id));

    private async Task<Results<Ok<TItem>, ProblemHttpResult>> GetAsync(string id, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        if (await listOf(catalog).FindAsync(CatalogKeys.Read(id), cancellationToken) is not { } entry)
            return Unknown(id);
        http.Response.Headers.ETag = IfMatch.TagOf(entry.State.Version);
        return TypedResults.Ok(show(entry));
    }

    private async Task<Results<Created<TItem>, ProblemHttpResult>> AddAsync(
        JsonBody<TBody> body, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        var (edit, refusal) = Take(body);
        if (edit is null)
            return refusal!;
        if ((await listOf(catalog).AddAsync(edit, cancellationToken)).Refusal("") is { } refused)
            return refused;
        var added = (await listOf(catalog).FindAsync(edit.Key.Trim(), cancellationToken))!;
        http.Response.Headers.ETag = IfMatch.TagOf(added.State.Version);
        return TypedResults.Created(CatalogKeys.Address(words.Path, added.Key), show(added));
    }

    private async Task<Results<Ok<TItem>, ProblemHttpResult>> EditAsync(
        string id, IfMatch ifMatch, JsonBody<TBody> body, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        var key = CatalogKeys.Read(id);
        if (await listOf(catalog).FindAsync(key, cancellationToken) is not { } entry)
            return Unknown(id);
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var (edit, refusal) = Take(body);
        if ((refusal ?? CatalogOutcomes.OtherKey(edit!.Key, key)) is { } refused)
            return refused;
        var outcome = await listOf(catalog).EditAsync(edit! with { Key = key }, ifMatch.Expected(entry.State.Version), cancellationToken);
        return outcome.Refusal(Sentence(id)) is { } notSaved ? notSaved : await GetAsync(id, catalog, http, cancellationToken);
    }

    private async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(string id, IfMatch ifMatch, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var refusal = await ChangeAsync(id, ifMatch, listOf(catalog), listOf(catalog).RetireAsync, cancellationToken);
        return refusal is null ? TypedResults.NoContent() : refusal;
    }

    private async Task<Results<Ok<TItem>, ProblemHttpResult>> RestoreAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken) =>
        await ChangeAsync(id, ifMatch, listOf(catalog), listOf(catalog).RestoreAsync, cancellationToken) is { } refusal
            ? refusal
            : await GetAsync(id, catalog, http, cancellationToken);

    private async Task<Results<Ok<TItem>, ProblemHttpResult>> ResetAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken) =>
        await ChangeAsync(id, ifMatch, listOf(catalog), listOf(catalog).ResetAsync, cancellationToken) is { } refusal
            ? refusal
            : await GetAsync(id, catalog, http, cancellationToken);

    private async Task<ProblemHttpResult?> ChangeAsync(
        string id, IfMatch ifMatch, ICatalogList<TEntry, TEdit> rows, Func<string, int, CancellationToken, Task<SaveOutcome>> change,
        CancellationToken cancellationToken)
    {
        if (ifMatch.Refusal is { } malformed)
            return malformed;
        var key = CatalogKeys.Read(id);
        return await rows.FindAsync(key, cancellationToken) is { } entry
            ? (await change(key, ifMatch.Expected(entry.State.Version), cancellationToken)).Refusal(Sentence(id))
            : Unknown(id);
    }

    private (TEdit? Edit, ProblemHttpResult? Refusal) Take(JsonBody<TBody> body)
    {
        if (body.Refusal is { } refusal)
            return (null, refusal);
        var (edit, problems) = read(body.Text);
        return problems.Count > 0 ? (null, Problems.Invalid(problems)) : (edit, null);
    }

    private string Sentence(string id) => words.Unknown.With(CatalogKeys.Read(id));
}
