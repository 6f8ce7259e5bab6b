using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;

namespace Planner.Web.Api;

/// <summary>An own price list. It is a feed too: its runs, its quarantine and the import of its next file are found under its id.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mapping">What its columns mean.</param>
/// <param name="LastGoodUtc">When a file of it was last published; null where none was.</param>
/// <param name="LastGoodRunId">The run that published what applies; null where none did.</param>
public sealed record PriceListItem(string Id, string Name, PriceMapping Mapping, DateTime? LastGoodUtc, long? LastGoodRunId);

/// <summary>A new list and the run of its first file.</summary>
/// <param name="List">The list.</param>
/// <param name="Run">The run.</param>
public sealed record PriceListCreated(PriceListItem List, FeedRunDetail Run);

/// <summary>The body that adds a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mapping">What its columns mean, a JSON document; left out to take what their names suggest.</param>
/// <param name="File">Its first file: a table, a JSON array or object, or a JSON row a line; at most 20 MiB.</param>
public sealed record PriceListForm(string Name, string? Mapping, IFormFile File);

/// <summary>The body of a look into a file.</summary>
/// <param name="Mapping">What its columns mean, a JSON document; left out to have it proposed.</param>
/// <param name="List">Id of the list that it is the next file of; left out for a new list.</param>
/// <param name="File">The file.</param>
public sealed record PriceListLook(string? Mapping, string? List, IFormFile File);

/// <summary>A change of a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mapping">What its columns mean, from its next file on.</param>
public sealed record PriceListEdit(string? Name, PriceMapping? Mapping);

/// <summary>A file as it would be imported.</summary>
/// <param name="Refusal">Why nothing of it can be published; null where something can.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Mapping">What they are taken to mean.</param>
/// <param name="RowsRead">Models that it lists.</param>
/// <param name="Prices">Of them, with a price that can be read.</param>
/// <param name="Raw">Its first rows as they stand there.</param>
/// <param name="Lines">The same rows as they are read.</param>
/// <param name="Refused">Rows that do not read, with the reason.</param>
/// <param name="Discounted">Public prices less a discount of the list.</param>
/// <param name="Effects">What would come of each price sheet: published, with marks and in place of which price, or held back, and why.</param>
public sealed record PriceListLookAnswer(
    string? Refusal, IReadOnlyList<string> Columns, PriceMapping Mapping, int RowsRead, int Prices, IReadOnlyList<RawLine> Raw, IReadOnlyList<MappedLine> Lines,
    IReadOnlyList<QuarantinedRow> Refused, IReadOnlyList<DiscountedPrice> Discounted, IReadOnlyList<PriceListEffect> Effects);

/// <summary>Own price lists.</summary>
public static class PriceListsApi
{
    public static RouteGroupBuilder MapPriceLists(this RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/feeds/lists").WithTags("Feeds");
        lists.MapGet("", ListAsync).WithName("listPriceLists").WithSummary("Your own price lists. Each is a feed: its next file goes to /feeds/{id}/import.");
        lists.MapPost("", AddAsync).WithName("addPriceList")
            .WithSummary("Adds a price list of your own with its first file, uploaded as the field “file”. Where nothing of the file can be published, nothing is kept.")
            .Accepts<PriceListForm>("multipart/form-data")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        lists.MapPost("/preview", PreviewAsync).WithName("previewPriceList").WithSummary("Reads a file as it would be imported. Nothing is stored.")
            .Accepts<PriceListLook>("multipart/form-data")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        lists.MapPut("/{id}", EditAsync).WithName("editPriceList").WithSummary("Renames a list or says anew what its columns mean, from its next file on.")
            .WithProblems(StatusCodes.Status404NotFound);
        lists.MapDelete("/{id}", RemoveAsync).WithName("removePriceList")
            .WithSummary("Removes a list: prices of other sources stand again, rows that only it had are retired, its runs and prices stay in the history.")
            .WithProblems(StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Ok<IReadOnlyList<PriceListItem>>> ListAsync(PriceFeeds feeds, FeedRunStore runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ItemsAsync(feeds, runs, cancellationToken));

    private static async Task<Results<Created<PriceListCreated>, ProblemHttpResult>> AddAsync(
        PriceListDesk desk, PriceFeeds feeds, FeedRunStore runs, HttpContext http, CancellationToken cancellationToken)
    {
        var (form, mapping, refusal) = await ReadAsync(http, cancellationToken);
        if (form is null)
            return refusal!;
        var added = await desk.AddAsync(form.Fields.GetValueOrDefault("name"), mapping, form.File, cancellationToken);
        if (added.Problems.Count > 0)
            return Problems.Invalid(added.Problems);
        var item = (await ItemsAsync(feeds, runs, cancellationToken)).Single(list => list.Id == added.ListId);
        return TypedResults.Created($"{ApiPaths.Root}/feeds/lists/{item.Id}", new PriceListCreated(item, await DetailAsync(runs, added.Run!, cancellationToken)));
    }

    private static async Task<Results<Ok<PriceListLookAnswer>, ProblemHttpResult>> PreviewAsync(PriceListDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        var (form, mapping, refusal) = await ReadAsync(http, cancellationToken);
        if (form is null)
            return refusal!;
        var look = await desk.PreviewAsync(form.File, mapping, form.Fields.GetValueOrDefault("list"), cancellationToken);
        var reading = look.Read.Reading;
        return TypedResults.Ok(new PriceListLookAnswer(
            look.Refusal, look.File.Columns, look.Mapping, reading.RowsRead, reading.Rows.Count, look.File.Rows, look.Read.Lines, reading.Refused, look.Read.Discounted, look.Effects));
    }

    private static async Task<Results<Ok<PriceListItem>, ProblemHttpResult>> EditAsync(
        string id, JsonBody<PriceListEdit> body, PriceListDesk desk, PriceFeeds feeds, FeedRunStore runs, CancellationToken cancellationToken)
    {
        if (body.Refusal is { } refusal)
            return refusal;
        var (edit, problems) = JsonDocuments.Read<PriceListEdit>(body.Text);
        if (problems.Count > 0)
            return Problems.Invalid(problems);
        if (edit?.Mapping is not { } mapping)
            return desk.MappingOf(id) is null ? Unknown(id) : Problems.Invalid("mapping", ApiTexts.Required);
        return await desk.EditAsync(id, edit.Name, mapping, cancellationToken) switch
        {
            null => Unknown(id),
            { Count: > 0 } faults => Problems.Invalid(faults),
            _ => TypedResults.Ok((await ItemsAsync(feeds, runs, cancellationToken)).Single(list => list.Id == id)),
        };
    }

    private static async Task<Results<Ok<FeedRunDetail>, ProblemHttpResult>> RemoveAsync(string id, PriceListDesk desk, FeedRunStore runs, CancellationToken cancellationToken) =>
        await desk.RemoveAsync(id, cancellationToken) is { } run ? TypedResults.Ok(await DetailAsync(runs, run, cancellationToken)) : Unknown(id);

    private static async Task<(UploadForm<byte[]>? Form, PriceMapping? Mapping, ProblemHttpResult? Refusal)> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (Uploads.Allow(http, PriceListFile.MaxBytes) is { } tooLarge)
            return (null, null, tooLarge);
        var (form, refusal) = await Uploads.ReadAsync(http.Request, "file", PriceListFile.ReadAsync, cancellationToken);
        if (form is null || form.Fields.GetValueOrDefault("mapping") is not { Length: > 0 } json)
            return (form, null, refusal);
        var (mapping, problems) = JsonDocuments.Read<PriceMapping>(json);
        return problems.Count > 0 ? (null, null, Problems.Invalid(JsonDocuments.Below("mapping", problems))) : (form, mapping, null);
    }

    private static async Task<IReadOnlyList<PriceListItem>> ItemsAsync(PriceFeeds feeds, FeedRunStore runs, CancellationToken cancellationToken)
    {
        var states = (await runs.StatesAsync(cancellationToken)).ToDictionary(state => state.FeedId);
        return
        [
            .. feeds.Own.Select(list => (List: list, State: states.GetValueOrDefault(list.Id)))
                .Select(pair => new PriceListItem(pair.List.Id, pair.List.Name, ((OwnPriceContent)pair.List.Content).Mapping, pair.State?.LastGoodUtc, pair.State?.LastGoodRunId)),
        ];
    }

    private static async Task<FeedRunDetail> DetailAsync(FeedRunStore runs, FeedRunRow run, CancellationToken cancellationToken) =>
        FeedRunDetail.From(await runs.GetAsync(run.Id, cancellationToken) ?? new FeedRunDetails(run, [], []));

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound(ApiTexts.PriceListUnknown.With(id));
}
