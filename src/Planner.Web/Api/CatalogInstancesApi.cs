using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;

namespace Planner.Web.Api;

/// <summary>An instance of the catalog.</summary>
/// <param name="Id">Its id in addresses: the key.</param>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Cloud">Who rents it out.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region or zone of the price.</param>
/// <param name="Gpu">Key of its GPUs.</param>
/// <param name="GpuCount">Number of GPUs.</param>
/// <param name="GpuMemoryGb">Memory of one GPU, GB.</param>
/// <param name="Vcpus">Virtual CPUs; null where unknown.</param>
/// <param name="MemoryGb">Main memory, GB; null where unknown.</param>
/// <param name="Prices">The prices that apply, USD an hour for the whole machine; null where there is no such offer or it is unknown.</param>
/// <param name="Provenance">Source and date of those prices.</param>
/// <param name="FeedPrices">The feed's prices; null where the user added the row.</param>
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record InstanceItem(
    string Id, string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal GpuMemoryGb, int? Vcpus, decimal? MemoryGb,
    HourlyPrices Prices, Provenance Provenance, HourlyPrices? FeedPrices, RowState State)
{
    public static InstanceItem From(InstanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = entry.Instance;
        return new InstanceItem(
            row.Key, row.Key, row.Cloud, row.Type, row.Region, row.Gpu, row.GpuCount, row.GpuMemoryGb, row.Vcpus, row.MemoryGb, row.Prices, row.Provenance,
            entry.FeedPrices, entry.State);
    }
}

/// <summary>Instances.</summary>
public static class CatalogInstancesApi
{
    public static RouteGroupBuilder MapCatalogInstances(this RouteGroupBuilder api)
    {
        var instances = api.MapGroup("/catalog/instances").WithTags("Catalog");
        instances.MapGet("", ListAsync).WithName("listInstances").WithSummary("Instances: search, sort, filter, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        instances.MapPost("", AddAsync).WithName("addInstance").WithSummary("Adds an instance of your own.");
        instances.MapGet("/{id}", GetAsync).WithName("getInstance").WithSummary("An instance, retired or not; its ETag goes into If-Match.")
            .WithProblems(StatusCodes.Status404NotFound);
        instances.MapPut("/{id}", EditAsync).WithName("editInstance").WithSummary("Sets your own prices, which win over the feed's and survive its refresh.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        instances.MapDelete("/{id}", RetireAsync).WithName("retireInstance").WithSummary("Retires an instance. Scenarios that name it keep its last price.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        instances.MapPost("/{id}/restore", RestoreAsync).WithName("restoreInstance").WithSummary("Undoes a retirement.")
            .WithProblems(StatusCodes.Status404NotFound);
        instances.MapDelete("/{id}/override", ClearAsync).WithName("clearInstanceOverride").WithSummary("Drops your own prices: the feed's apply again.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        return api;
    }

    private static async Task<Results<Ok<Page<InstanceItem>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "cloud")] string[]? clouds, [FromQuery(Name = "gpu")] string[]? gpus,
        [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyUserPrices")] QueryValue<bool>? onlyUserPrices,
        CatalogStore catalog, CancellationToken cancellationToken)
    {
        var asked = new InstanceQuery
        {
            Text = query.ReadSearch(),
            Clouds = clouds ?? [],
            Gpus = gpus ?? [],
            IncludeRetired = query.ReadFlag("includeRetired", includeRetired),
            OnlyUserPrices = query.ReadFlag("onlyUserPrices", onlyUserPrices),
            SortBy = query.ReadSort(InstanceSort.Key),
            Descending = query.ReadDescending(),
            Skip = query.ReadSkip(),
            Take = query.ReadTake(),
        };
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var page = await catalog.Instances.PageAsync(asked, cancellationToken);
        return TypedResults.Ok(new Page<InstanceItem>([.. page.Items.Select(InstanceItem.From)], page.Total));
    }

    private static async Task<Results<Ok<InstanceItem>, ProblemHttpResult>> GetAsync(
        string id, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        if (await catalog.Instances.FindAsync(CatalogKeys.Read(id), cancellationToken) is not { } entry)
            return Unknown(id);
        http.Response.Headers.ETag = IfMatch.TagOf(entry.State.Version);
        return TypedResults.Ok(InstanceItem.From(entry));
    }

    private static async Task<Results<Created<InstanceItem>, ProblemHttpResult>> AddAsync(
        JsonBody<InstanceEdit> body, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        var (edit, refusal) = Take(body);
        if (edit is null)
            return refusal!;
        if ((await catalog.Instances.AddAsync(edit, cancellationToken)).Refusal("") is { } refused)
            return refused;
        var added = InstanceItem.From((await catalog.Instances.FindAsync(edit.Key.Trim(), cancellationToken))!);
        http.Response.Headers.ETag = IfMatch.TagOf(added.State.Version);
        return TypedResults.Created(CatalogKeys.Address("instances", added.Key), added);
    }

    private static async Task<Results<Ok<InstanceItem>, ProblemHttpResult>> EditAsync(
        string id, IfMatch ifMatch, JsonBody<InstanceEdit> body, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        var key = CatalogKeys.Read(id);
        if (await catalog.Instances.FindAsync(key, cancellationToken) is not { } entry)
            return Unknown(id);
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var (edit, refusal) = Take(body);
        if ((refusal ?? CatalogOutcomes.OtherKey(edit!.Key, key)) is { } refused)
            return refused;
        var outcome = await catalog.Instances.EditAsync(edit! with { Key = key }, ifMatch.Expected(entry.State.Version), cancellationToken);
        return outcome.Refusal(Sentence(id)) is { } notSaved ? notSaved : await GetAsync(id, catalog, http, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var refusal = await ChangeAsync(id, ifMatch, catalog, catalog.Instances.RetireAsync, cancellationToken);
        return refusal is null ? TypedResults.NoContent() : refusal;
    }

    private static async Task<Results<Ok<InstanceItem>, ProblemHttpResult>> RestoreAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken) =>
        await ChangeAsync(id, ifMatch, catalog, catalog.Instances.RestoreAsync, cancellationToken) is { } refusal
            ? refusal
            : await GetAsync(id, catalog, http, cancellationToken);

    private static async Task<Results<Ok<InstanceItem>, ProblemHttpResult>> ClearAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken) =>
        await ChangeAsync(id, ifMatch, catalog, catalog.Instances.ResetAsync, cancellationToken) is { } refusal
            ? refusal
            : await GetAsync(id, catalog, http, cancellationToken);

    private static async Task<ProblemHttpResult?> ChangeAsync(
        string id, IfMatch ifMatch, CatalogStore catalog, Func<string, int, CancellationToken, Task<SaveOutcome>> change, CancellationToken cancellationToken)
    {
        if (ifMatch.Refusal is { } malformed)
            return malformed;
        var key = CatalogKeys.Read(id);
        return await catalog.Instances.FindAsync(key, cancellationToken) is { } entry
            ? (await change(key, ifMatch.Expected(entry.State.Version), cancellationToken)).Refusal(Sentence(id))
            : Unknown(id);
    }

    private static (InstanceEdit? Edit, ProblemHttpResult? Refusal) Take(JsonBody<InstanceEdit> body)
    {
        if (body.Refusal is { } refusal)
            return (null, refusal);
        var (edit, problems) = JsonDocuments.Read<InstanceEdit>(body.Text);
        return problems.Count > 0 ? (null, Problems.Invalid(problems)) : (edit, null);
    }

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound(Sentence(id));

    private static string Sentence(string id) => Wording.Say(ApiTexts.InstanceUnknown, CatalogKeys.Read(id));
}
