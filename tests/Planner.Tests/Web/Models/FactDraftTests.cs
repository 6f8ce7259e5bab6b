using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Models;
using Xunit;

namespace Planner.Tests.Web.Models;

public class FactDraftTests
{
    private static readonly Provenance Shipped = new("list", "https://list.example/", new DateOnly(2026, 8, 1));

    private static readonly LanguageModel Mixture = new("mix", "Mix 30B", "acme/mix-30b", "moe", 30.5m, 3.35m, 40_960, "MIT", Shipped)
    {
        Architecture = new ModelArchitecture(48, 2048, 0, 3, 32, 4, 128, 151_936, true)
        {
            Experts = new ExpertMixture(48, 128, 8, 768, 0),
            Window = new SlidingWindow(1024, 0.75m),
            Latent = new LatentAttention(512, 1536, 64, 128, 128),
        },
        NativePrecision = "fp8",
        Aliases = ["Mix", "acme/mix"],
    };

    private static RowState State { get; } = new(Shipped, null, null, 0, false, false, null, null, null, null, 1);

    [Fact]
    public void What_is_not_touched_is_saved_as_it_was()
    {
        var (edit, problems) = FactDraft.From(FactSheets.Models, EntryOf(Mixture)).Read();

        Assert.Empty(problems);
        Assert.Equal(Mixture.Architecture, edit!.Facts.Architecture);
        Assert.Equal(["Mix", "acme/mix"], edit.Facts.Aliases);
        Assert.Equal(
            ("mix", "Mix 30B", "acme/mix-30b", "moe", 30.5m, 3.35m, 40_960),
            (edit.Key, edit.Facts.Name, edit.Facts.HuggingFaceId, edit.Facts.Kind, edit.Facts.ParametersB, edit.Facts.ActiveParametersB, edit.Facts.ContextTokens));
        Assert.Equal("fp8", edit.Facts.NativePrecision);
    }

    [Fact]
    public void Gpus_and_engines_are_saved_as_they_were()
    {
        var gpu = new Gpu("L40S", "NVIDIA L40S", "nvidia", 48, 864, 362, 733, 350, Shipped) { UsableMemoryGib = 45, Int8Tops = 733, LinkGbPerSecond = 32, LinkType = "PCIe4" };
        var engine = new InferenceEngine("vllm", "vLLM", "vllm", 1.05m, 256, 8192, ["bf16", "fp8"], "Apache-2.0", Shipped);

        var gpuEdit = FactDraft.From(FactSheets.Gpus, EntryOf(gpu)).Read().Edit!;
        var engineEdit = FactDraft.From(FactSheets.Engines, EntryOf(engine)).Read().Edit!;

        Assert.Equal(gpu, gpuEdit.Facts with { Provenance = Shipped, Aliases = gpu.Aliases });
        Assert.Equal(engine, engineEdit.Facts with { Provenance = Shipped, Aliases = engine.Aliases, Precisions = engine.Precisions });
        Assert.Equal(["bf16", "fp8"], engineEdit.Facts.Precisions);
    }

    [Fact]
    public void Model_without_a_word_of_its_shape_is_taken_and_named_after_itself()
    {
        var (edit, problems) = NewModel().Read();

        Assert.Empty(problems);
        Assert.Equal("small-one", edit!.Key);
        Assert.Null(edit.Facts.Architecture);
    }

    [Fact]
    public void Shape_that_is_begun_must_be_finished()
    {
        var draft = NewModel();
        draft.SetNumber("architecture.experts.count", 8);

        var (edit, problems) = draft.Read();

        Assert.Null(edit);
        Assert.Equal(
            [
                "architecture.experts.active", "architecture.experts.intermediateSize", "architecture.experts.layers", "architecture.experts.sharedIntermediateSize",
                "architecture.headDim", "architecture.heads", "architecture.hiddenSize", "architecture.intermediateSize", "architecture.kvHeads", "architecture.layers",
                "architecture.mlpMatrices", "architecture.vocabularySize",
            ],
            problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Number_that_is_not_whole_is_refused_at_its_box_alone()
    {
        var draft = FactDraft.From(FactSheets.Models, EntryOf(Mixture));
        draft.SetNumber("architecture.layers", 47.5m);

        Assert.Equal("architecture.layers", Assert.Single(draft.Read().Problems).Path);
    }

    [Fact]
    public void Empty_form_asks_for_what_a_gpu_needs() => Assert.Equal(
        ["bandwidthGbPerSecond", "memoryGb", "name", "vendor"],
        new FactDraft<Gpu>(FactSheets.Gpus).Read().Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Details_show_what_follows_from_the_shape_and_what_was_shipped()
    {
        var llama = new LanguageModel("llama", "Llama 3 8B", null, "dense", 8.03m, 8.03m, 8192, "Llama 3", Shipped)
        {
            Architecture = new ModelArchitecture(32, 4096, 14_336, 3, 32, 8, 128, 128_256, false),
        };
        var entry = new FactEntry<LanguageModel>(
            llama with { ContextTokens = 16_384 }, llama, State with { UserPrices = true, UserEditedUtc = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) });

        var lines = FactDetailModel.From(FactSheets.Models, entry).Sections.SelectMany(section => section.Lines).ToDictionary(line => line.Label);

        // 2 × 32 layers × 8 KV heads × 128 × 2 bytes = 131,072 bytes.
        Assert.Equal("128 KiB", lines["KV cache of a token, BF16"].Applies);
        Assert.Equal("64 KiB", lines["KV cache of a token, FP8"].Applies);
        Assert.StartsWith("8.03 billion", lines["Parameters by formula"].Applies, StringComparison.Ordinal);
        Assert.Equal("8,192 tokens", lines["Longest context"].Shipped);
        Assert.Null(lines["Layers"].Shipped);
    }

    [Fact]
    public void Model_without_a_shape_says_that_it_cannot_be_modelled()
    {
        var entry = EntryOf(Mixture with { Architecture = null });

        Assert.Equal("Throughput cannot be modelled: architecture unknown.", FactDetailModel.From(FactSheets.Models, entry).Gap);
        Assert.Equal("not modelled", Assert.Single(ModelRowModel.From(entry).Flags).Text);
    }

    private static FactEntry<TFacts> EntryOf<TFacts>(TFacts facts) where TFacts : CatalogFacts => new(facts, facts, State);

    private static FactDraft<LanguageModel> NewModel()
    {
        var draft = new FactDraft<LanguageModel>(FactSheets.Models);
        draft.SetText("name", "Small One");
        draft.SetText("kind", "dense");
        draft.SetNumber("parametersB", 3);
        draft.SetNumber("activeParametersB", 3);
        draft.SetNumber("contextTokens", 8192);
        draft.SetText("nativePrecision", "bf16");
        draft.SetText("license", "own");
        return draft;
    }
}
