using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Measurements;

/// <summary>What a deployment can be made of, for lists to choose from; and the names of it.</summary>
public sealed record CatalogChoices(IReadOnlyList<LanguageModel> Models, IReadOnlyList<Gpu> Gpus, IReadOnlyList<InferenceEngine> Engines)
{
    public IReadOnlyList<SelectOption> ModelOptions { get; } = [.. Models.Select(model => new SelectOption(model.Key, model.Name))];

    public IReadOnlyList<SelectOption> GpuOptions { get; } = [.. Gpus.Select(gpu => new SelectOption(gpu.Key, gpu.Name, gpu.Vendor))];

    public IReadOnlyList<SelectOption> EngineOptions { get; } = [.. Engines.Select(engine => new SelectOption(engine.Key, engine.Name))];

    /// <summary>The precisions that some engine runs.</summary>
    public IReadOnlyList<SelectOption> PrecisionOptions { get; } = [.. Engines.SelectMany(engine => engine.Precisions).Distinct().Select(precision => new SelectOption(precision, precision))];

    /// <summary>The model's name, or its key where it is retired.</summary>
    public string NameOfModel(string key) => Models.FirstOrDefault(model => model.Key == key)?.Name ?? key;

    /// <inheritdoc cref="NameOfModel"/>
    public string NameOfGpu(string key) => Gpus.FirstOrDefault(gpu => gpu.Key == key)?.Name ?? key;

    /// <inheritdoc cref="NameOfModel"/>
    public string NameOfEngine(string key) => Engines.FirstOrDefault(engine => engine.Key == key)?.Name ?? key;
}
