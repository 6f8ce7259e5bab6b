using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;

namespace Planner.Web.Api;

/// <summary>A model of the catalog.</summary>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Name">Name as published.</param>
/// <param name="HuggingFaceId">Repository of the weights; null where there is none.</param>
/// <param name="Kind"><c>dense</c>, <c>moe</c> or <c>encoder</c>.</param>
/// <param name="ParametersB">Parameters, billions.</param>
/// <param name="ActiveParametersB">Parameters active for one token, billions.</param>
/// <param name="Layers">Transformer layers; null where the architecture is unknown, like the next three.</param>
/// <param name="HiddenSize">Width of the residual stream.</param>
/// <param name="KvHeads">Key-value heads a layer.</param>
/// <param name="HeadDim">Size of one head.</param>
/// <param name="ContextTokens">Longest context, tokens.</param>
/// <param name="NativePrecision">Precision in which the weights are published.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Architecture">The whole shape; null where it is unknown, and then its throughput cannot be modelled.</param>
/// <param name="Provenance">Source and date of these facts.</param>
public sealed record ModelItem(
    string Key, string Name, string? HuggingFaceId, string Kind, decimal ParametersB, decimal ActiveParametersB, int? Layers, int? HiddenSize, int? KvHeads,
    int? HeadDim, int ContextTokens, string NativePrecision, string License, IReadOnlyList<string> Aliases, ModelArchitecture? Architecture,
    Provenance Provenance)
{
    public static ModelItem From(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var shape = model.Architecture;
        return new(
            model.Key, model.Name, model.HuggingFaceId, model.Kind, model.ParametersB, model.ActiveParametersB, shape?.Layers, shape?.HiddenSize,
            shape?.KvHeads, shape?.HeadDim, model.ContextTokens, model.NativePrecision, model.License, model.Aliases, shape, model.Provenance);
    }
}

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

    private static async Task<Results<Ok<Page<ModelItem>>, ProblemHttpResult>> ModelsAsync(
        [AsParameters] PageQuery query, CatalogStore catalog, CancellationToken cancellationToken)
    {
        Func<ModelItem, object?> column = query.ReadSort(ModelSort.Name) switch
        {
            ModelSort.Key => model => model.Key,
            ModelSort.ParametersB => model => model.ParametersB,
            ModelSort.ContextTokens => model => model.ContextTokens,
            _ => model => model.Name,
        };
        return PageOf(query, (await catalog.Models.AllAsync(cancellationToken)).Select(ModelItem.From), model => $"{model.Key} {model.Name} {model.HuggingFaceId} {model.Kind}", column);
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
        return PageOf(query, await catalog.Gpus.AllAsync(cancellationToken), gpu => $"{gpu.Key} {gpu.Name} {gpu.Vendor}", column);
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
