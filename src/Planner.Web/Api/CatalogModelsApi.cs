using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;

namespace Planner.Web.Api;

/// <summary>Models, GPUs and engines.</summary>
public static class CatalogModelsApi
{
    private static readonly CatalogEndpoints<FactEntry<LanguageModel>, FactEdit<LanguageModel>, ModelItem, ModelItem> Models = new(
        new CatalogWords("models", "Model", "a model", "facts", "the shipped ones", ApiTexts.ModelUnknown), catalog => catalog.Models, ReadModel, ModelItem.From);

    private static readonly CatalogEndpoints<FactEntry<Gpu>, FactEdit<Gpu>, GpuItem, GpuItem> Gpus = new(
        new CatalogWords("gpus", "Gpu", "a GPU", "facts", "the shipped ones", ApiTexts.GpuUnknown), catalog => catalog.Gpus,
        body => Read<GpuItem, Gpu>(body, item => item.ToEdit()), GpuItem.From);

    private static readonly CatalogEndpoints<FactEntry<InferenceEngine>, FactEdit<InferenceEngine>, EngineItem, EngineItem> Engines = new(
        new CatalogWords("engines", "Engine", "an inference engine", "facts", "the shipped ones", ApiTexts.EngineUnknown), catalog => catalog.Engines,
        body => Read<EngineItem, InferenceEngine>(body, item => item.ToEdit()), EngineItem.From);

    public static RouteGroupBuilder MapCatalogModels(this RouteGroupBuilder api)
    {
        Models.Map(api).MapGet("", ModelsAsync).WithName("listModels").WithSummary("Models whose weights one can run: search, sort, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        Gpus.Map(api).MapGet("", GpusAsync).WithName("listGpus").WithSummary("GPUs and accelerators: search, sort, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        Engines.Map(api).MapGet("", EnginesAsync).WithName("listEngines").WithSummary("Inference engines: search, sort, page.")
            .WithProblems(StatusCodes.Status400BadRequest);
        return api;
    }

    private static Task<Results<Ok<Page<ModelItem>>, ProblemHttpResult>> ModelsAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyYours")] QueryValue<bool>? onlyYours,
        CatalogStore catalog, CancellationToken cancellationToken)
    {
        Func<LanguageModel, object?> column = query.ReadSort(ModelSort.Name) switch
        {
            ModelSort.Key => model => model.Key,
            ModelSort.ParametersB => model => model.ParametersB,
            ModelSort.ContextTokens => model => model.ContextTokens,
            _ => model => model.Name,
        };
        return PageAsync(
            query, includeRetired, onlyYours, catalog.Models, model => $"{model.Key} {model.Name} {model.HuggingFaceId} {model.Kind} {string.Join(' ', model.Aliases)}",
            column, ModelItem.From, cancellationToken);
    }

    private static Task<Results<Ok<Page<GpuItem>>, ProblemHttpResult>> GpusAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyYours")] QueryValue<bool>? onlyYours,
        CatalogStore catalog, CancellationToken cancellationToken)
    {
        Func<Gpu, object?> column = query.ReadSort(GpuSort.Name) switch
        {
            GpuSort.Key => gpu => gpu.Key,
            GpuSort.MemoryGb => gpu => gpu.MemoryGb,
            GpuSort.BandwidthGbPerSecond => gpu => gpu.BandwidthGbPerSecond,
            _ => gpu => gpu.Name,
        };
        return PageAsync(
            query, includeRetired, onlyYours, catalog.Gpus, gpu => $"{gpu.Key} {gpu.Name} {gpu.Vendor} {string.Join(' ', gpu.Aliases)}", column, GpuItem.From,
            cancellationToken);
    }

    private static Task<Results<Ok<Page<EngineItem>>, ProblemHttpResult>> EnginesAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "includeRetired")] QueryValue<bool>? includeRetired, [FromQuery(Name = "onlyYours")] QueryValue<bool>? onlyYours,
        CatalogStore catalog, CancellationToken cancellationToken)
    {
        Func<InferenceEngine, object?> column = query.ReadSort(EngineSort.Name) switch
        {
            EngineSort.Key => engine => engine.Key,
            _ => engine => engine.Name,
        };
        return PageAsync(
            query, includeRetired, onlyYours, catalog.Engines, engine => $"{engine.Key} {engine.Name} {string.Join(' ', engine.Aliases)}", column, EngineItem.From,
            cancellationToken);
    }

    private static async Task<Results<Ok<Page<TItem>>, ProblemHttpResult>> PageAsync<TFacts, TItem>(
        PageQuery query, QueryValue<bool>? includeRetired, QueryValue<bool>? onlyYours, FactList<TFacts> list, Func<TFacts, string> words,
        Func<TFacts, object?> column, Func<FactEntry<TFacts>, TItem> show, CancellationToken cancellationToken) where TFacts : CatalogFacts
    {
        var asked = (query.ReadSearch() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (descending, skip, take) = (query.ReadDescending(), query.ReadSkip(), query.ReadTake());
        var (retired, yours) = (query.ReadFlag("includeRetired", includeRetired), query.ReadFlag("onlyYours", onlyYours));
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var found = (await list.EntriesAsync(retired, cancellationToken))
            .Where(entry => (!yours || entry.State.UserPrices) && asked.All(word => words(entry.Facts).Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        var sorted = descending ? found.OrderByDescending(entry => column(entry.Facts)) : found.OrderBy(entry => column(entry.Facts));
        return TypedResults.Ok(new Page<TItem>([.. sorted.Skip(skip).Take(take).Select(show)], found.Count));
    }

    private static (FactEdit<LanguageModel>? Edit, IReadOnlyList<Problem> Problems) ReadModel(string body)
    {
        var (item, problems) = JsonDocuments.Read<ModelItem>(body);
        return item is null ? (null, problems) : (item.ToEdit(), item.ShapeProblems());
    }

    private static (FactEdit<TFacts>? Edit, IReadOnlyList<Problem> Problems) Read<TItem, TFacts>(string body, Func<TItem, FactEdit<TFacts>> edit)
        where TItem : class where TFacts : CatalogFacts
    {
        var (item, problems) = JsonDocuments.Read<TItem>(body);
        return (item is null ? null : edit(item), problems);
    }

    private enum ModelSort
    {
        Name,
        Key,
        ParametersB,
        ContextTokens,
    }

    private enum GpuSort
    {
        Name,
        Key,
        MemoryGb,
        BandwidthGbPerSecond,
    }

    private enum EngineSort
    {
        Name,
        Key,
    }
}
