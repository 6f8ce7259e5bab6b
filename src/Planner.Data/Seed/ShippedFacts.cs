using Planner.Domain.Catalogs;

namespace Planner.Data.Seed;

/// <summary>The models, GPUs and engines that ship with the product, without a database.</summary>
public static class ShippedFacts
{
    /// <summary>The models.</summary>
    /// <exception cref="InvalidDataException">The shipped file is not of its form.</exception>
    public static IReadOnlyList<LanguageModel> Models() => Facts<LanguageModel>("models");

    /// <summary>The GPUs.</summary>
    /// <exception cref="InvalidDataException">The shipped file is not of its form.</exception>
    public static IReadOnlyList<Gpu> Gpus() => Facts<Gpu>("gpus");

    /// <summary>The inference engines.</summary>
    /// <exception cref="InvalidDataException">The shipped file is not of its form.</exception>
    public static IReadOnlyList<InferenceEngine> Engines() => Facts<InferenceEngine>("engines");

    private static IReadOnlyList<TFacts> Facts<TFacts>(string name) where TFacts : CatalogFacts
    {
        var file = SeedFile.Embedded($"Seed/catalog/{name}.json").Single();
        var content = file.Read<SeedFacts>();
        return [.. content.Rows.Select(row => file.Facts<TFacts>(row, content.Sources[row.Source].Url))];
    }
}
