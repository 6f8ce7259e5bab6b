using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Stores;

public class FactRulesTests
{
    private static readonly Provenance HandMade = new("test", null, new DateOnly(2026, 11, 1));

    private static readonly ModelArchitecture Shape = new(48, 2048, 6144, 3, 32, 4, 128, 151_936, false);

    public static TheoryData<string, ModelArchitecture> Impossible => new()
    {
        { "layers", Shape with { Layers = 0 } },
        { "intermediateSize", Shape with { IntermediateSize = 0 } },
        { "mlpMatrices", Shape with { MlpMatrices = 4 } },
        { "kvHeads", Shape with { KvHeads = 33 } },
        { "kvHeads", Shape with { KvHeads = 5 } },
        { "vocabularySize", Shape with { VocabularySize = -1 } },
        { "window.layerShare", Shape with { Window = new(4096, 1.01m) } },
        { "window.layerShare", Shape with { Window = new(4096, 0) } },
        { "window.tokens", Shape with { Window = new(0, 0.5m) } },
        { "experts.active", Shape with { Experts = new(48, 128, 129, 768, 0) } },
        { "experts.layers", Shape with { Experts = new(49, 128, 8, 768, 0) } },
        { "latent.kvRank", Shape with { Latent = new(0, 1536, 64, 128, 128) } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Shape_that_cannot_be_is_named_by_its_field(string path, ModelArchitecture shape) =>
        Assert.Equal($"architecture.{path}", Assert.Single(FactRules.Check(Model(shape))).Path);

    [Fact]
    public void Model_whose_layers_all_have_experts_needs_no_dense_part() =>
        Assert.Empty(FactRules.Check(Model(Shape with { IntermediateSize = 0, Experts = new(48, 128, 8, 768, 0) })));

    [Fact]
    public void Model_without_a_known_shape_is_sound() => Assert.Empty(FactRules.Check(Model(null)));

    private static LanguageModel Model(ModelArchitecture? shape) => new("m", "M", null, "moe", 30, 3, 8192, "MIT", HandMade) { Architecture = shape };
}
