using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;

namespace Planner.Web.Api;

/// <summary>Models and GPUs as shipped; they are read-only.</summary>
public static class CatalogModelsApi
{
    public static RouteGroupBuilder MapCatalogModels(this RouteGroupBuilder api)
    {
        var catalog = api.MapGroup("/catalog").WithTags("Catalog").WithProblems(StatusCodes.Status400BadRequest);
        catalog.MapGet("/models", ModelsAsync).WithName("listModels").WithSummary("Models whose weights one can run: search, sort, page.");
        catalog.MapGet("/gpus", GpusAsync).WithName("listGpus").WithSummary("GPUs and accelerators: search, sort, page.");
        return api;
    }

    private static async Task<Results<Ok<Page<LanguageModel>>, ProblemHttpResult>> ModelsAsync(
        [AsParameters] PageQuery query, CatalogStore catalog, CancellationToken cancellationToken)
    {
        Func<LanguageModel, object?> column = query.ReadSort(ModelSort.Name) switch
        {
            ModelSort.Key => model => model.Key,
            ModelSort.ParametersB => model => model.ParametersB,
            ModelSort.ContextTokens => model => model.ContextTokens,
            _ => model => model.Name,
        };
        return PageOf(query, await catalog.ModelsAsync(cancellationToken), model => $"{model.Key} {model.Name} {model.HuggingFaceId} {model.Kind}", column);
    }

    private static async Task<Results<Ok<Page<Gpu>>, ProblemHttpResult>> GpusAsync(
        [AsParameters] PageQuery query, CatalogStore catalog, CancellationToken cancellationToken)
    {
        Func<Gpu, object?> column = query.ReadSort(GpuSort.Name) switch
        {
            GpuSort.Key => gpu => gpu.Key,
            GpuSort.MemoryGb => gpu => gpu.MemoryGb,
            GpuSort.BandwidthGbPerSecond => gpu => gpu.BandwidthGbPerSecond,
            _ => gpu => gpu.Name,
        };
        return PageOf(query, await catalog.GpusAsync(cancellationToken), gpu => $"{gpu.Key} {gpu.Name} {gpu.Vendor}", column);
    }

    private static Results<Ok<Page<T>>, ProblemHttpResult> PageOf<T>(PageQuery query, IEnumerable<T> rows, Func<T, string> words, Func<T, object?> column)
    {
        var asked = (query.ReadSearch() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (descending, skip, take) = (query.ReadDescending(), query.ReadSkip(), query.ReadTake());
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var found = rows.Where(row => asked.All(word => words(row).Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        var sorted = descending ? found.OrderByDescending(column) : found.OrderBy(column);
        return TypedResults.Ok(new Page<T>([.. sorted.Skip(skip).Take(take)], found.Count));
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
}
