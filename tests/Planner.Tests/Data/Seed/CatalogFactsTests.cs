using System.Globalization;
using Planner.Data.Seed;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Seed;

/// <summary>The shipped models, GPUs and engines as the engine reads them.</summary>
public class CatalogFactsTests
{
    private static readonly List<LanguageModel> Models = Read<LanguageModel>("models");
    private static readonly List<Gpu> Gpus = Read<Gpu>("gpus");
    private static readonly List<InferenceEngine> Engines = Read<InferenceEngine>("engines");

    [Fact]
    public void Every_models_shape_gives_its_published_parameters_within_three_percent() => Assert.All(Models, model =>
        Assert.InRange(ModelMath.Parameters(model.Architecture!) / 1e9 / (double)model.ParametersB, 0.97, 1.03));

    [Fact]
    public void No_two_rows_of_a_list_share_a_name()
    {
        OneRowEach(Models, model => [model.Key, model.Name, model.HuggingFaceId!, .. model.Aliases]);
        OneRowEach(Gpus, gpu => [gpu.Key, gpu.Name, .. gpu.Aliases]);
        OneRowEach(Engines, engine => [engine.Key, engine.Name, .. engine.Aliases]);
    }

    [Theory]
    [InlineData("llama-3-70b", "llama-3-70b")]
    [InlineData("llama3-8b", "llama-3.1-8b")]
    [InlineData("Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b")]
    [InlineData("meta-llama/Meta-Llama-3-8B-Instruct", "llama-3-8b")]
    [InlineData("neuralmagic/Meta-Llama-3.1-70B-Instruct-FP8-dynamic", "llama-3.1-70b")]
    [InlineData("RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16", "llama-3.1-8b")]
    [InlineData("nvidia/Llama-3.3-70B-Instruct-NVFP4", "llama-3.3-70b")]
    [InlineData("meta-llama/Llama-2-7b-chat-hf", "llama-2-7b")]
    [InlineData("Qwen/Qwen2.5-32B-Instruct-GPTQ-Int4", "qwen2.5-32b")]
    [InlineData("qwen/qwq-32b-awq", "qwen2.5-32b")]
    [InlineData("Qwen3-Coder-30B-A3B", "qwen3-30b-a3b")]
    [InlineData("R1-Distill-Llama-8B", "llama-3.1-8b")]
    [InlineData("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "llama-3.3-70b")]
    [InlineData("DeepSeek V3", "deepseek-v3")]
    [InlineData("Kimi K2", "kimi-k2.5")]
    [InlineData("google/gemma-3-12b-it", "gemma-3-12b")]
    [InlineData("mistralai/Mistral-7B-Instruct-v0.3", "mistral-7b")]
    [InlineData(" Phi-4 ", "phi-4")]
    public void Model_is_found_by_the_names_that_benchmarks_give_it(string name, string key) => Assert.Equal(key, CatalogNames.Find(Models, name)?.Key);

    [Theory]
    [InlineData("")]
    [InlineData("-Instruct")]
    [InlineData("Llama-3.1")]
    [InlineData("Meta-Llama-3.1-9B-Instruct")]
    [InlineData("Qwen2.5-1.5B-Instruct")]
    [InlineData("meta-llama/")]
    [InlineData("Instruct")]
    public void Model_that_nobody_named_so_is_not_guessed(string name) => Assert.Null(CatalogNames.Find(Models, name));

    [Fact]
    public void Name_that_two_rows_have_finds_neither()
    {
        LanguageModel[] twins = [Models[0] with { Key = "one", Aliases = ["Shared"] }, Models[1] with { Key = "two", Aliases = ["shared"] }];

        Assert.Null(CatalogNames.Find(twins, "SHARED"));
    }

    [Theory]
    [InlineData("NVIDIA H100 80GB HBM3", "H100-SXM")]
    [InlineData("h100_sxm", "H100-SXM")]
    [InlineData("NVIDIA A100-SXM4-40GB", "A100-40")]
    [InlineData("nvidia l40s", "L40S")]
    [InlineData("A100", null)]
    public void Gpu_is_found_unless_its_name_leaves_its_memory_open(string name, string? key) => Assert.Equal(key, CatalogNames.Find(Gpus, name)?.Key);

    [Theory]
    [InlineData("vLLM", "vllm")]
    [InlineData("trtllm", "tensorrt-llm")]
    [InlineData("llamacpp", "llama.cpp")]
    [InlineData("dreamer", null)]
    public void Engine_is_found_by_its_short_names(string name, string? key) => Assert.Equal(key, CatalogNames.Find(Engines, name)?.Key);

    [Fact]
    public void Cards_with_error_correction_in_their_memory_say_what_is_left() =>
        Assert.Equal(["A40", "L40", "L40S"], Gpus.Where(gpu => gpu.UsableMemoryGib == 45).Select(gpu => gpu.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_model_of_the_calibration_is_shipped_with_its_shape()
    {
        var rows = SeedFiles.CsvSnapshot("bench/models.csv");
        Assert.Equal(59, rows.Count);
        Assert.All(rows, row =>
        {
            var model = CatalogNames.Find(Models, row["key"]);
            Assert.NotNull(model);
            var shape = model.Architecture!;
            Assert.Equal(
                (Whole(row, "layers"), Whole(row, "hidden"), Whole(row, "intermediate"), Whole(row, "heads"), Whole(row, "kv_heads"), Whole(row, "head_dim"), Whole(row, "vocab")),
                (shape.Layers, shape.HiddenSize, shape.IntermediateSize, shape.Heads, shape.KvHeads, shape.HeadDim, shape.VocabularySize));
            Assert.Equal((Whole(row, "moe_layers"), Whole(row, "experts"), Whole(row, "topk")), (shape.Experts?.Layers ?? 0, shape.Experts?.Count ?? 0, shape.Experts?.Active ?? 0));
            Assert.Equal((Whole(row, "swa_window"), Whole(row, "kv_lora_rank")), (shape.Window?.Tokens ?? 0, shape.Latent?.KvRank ?? 0));
            Assert.Equal((row["native_precision"], row["kind"] == "hybrid-moe" ? "moe" : row["kind"]), (model.NativePrecision, model.Kind));
            Assert.Equal(Number(row, "max_context"), model.ContextTokens);
            Assert.Equal(Number(row, "params_total_b"), model.ParametersB);
            Assert.InRange(model.ActiveParametersB / Number(row, "params_active_b")!.Value, 0.97m, 1.03m);
        });
    }

    [Fact]
    public void Every_gpu_that_can_be_modelled_is_shipped_with_its_figures()
    {
        var rows = SeedFiles.CsvSnapshot("bench/gpus.csv").Where(row => row["key"] is not ("GroqLPU" or "CerebrasWSE3")).ToList();
        Assert.Equal(35, rows.Count);
        Assert.All(rows, row =>
        {
            var gpu = CatalogNames.Find(Gpus, row["key"]);
            Assert.NotNull(gpu);
            Assert.Equal(
                (Number(row, "memory_gb"), Number(row, "mem_bw_gbs"), Number(row, "bf16_dense_tflops"), Number(row, "fp8_dense_tflops")),
                (gpu.MemoryGb, gpu.BandwidthGbPerSecond, gpu.Bf16Tflops, gpu.Fp8Tflops));
            Assert.Equal(
                (Number(row, "int8_dense_tops"), Number(row, "fp4_dense_tflops"), Number(row, "gpu_link_gbs_per_dir"), row["link_type"]),
                (gpu.Int8Tops, gpu.Fp4Tflops, gpu.LinkGbPerSecond, gpu.LinkType));
            Assert.Equal((row["vendor"], Number(row, "tdp_w")), (gpu.Vendor, gpu.PowerWatts));
        });
    }

    private static List<TFacts> Read<TFacts>(string name) where TFacts : CatalogFacts
    {
        var file = SeedFile.Embedded($"Seed/catalog/{name}.json").Single();
        var content = file.Read<SeedFacts>();
        return [.. content.Rows.Select(row => file.Facts<TFacts>(row, content.Sources[row.Source].Url))];
    }

    private static void OneRowEach<TFacts>(List<TFacts> rows, Func<TFacts, IEnumerable<string>> names) where TFacts : CatalogFacts =>
        Assert.Empty(rows.SelectMany(row => names(row).Distinct(StringComparer.OrdinalIgnoreCase)).GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).Select(group => group.Key));

    private static int Whole(IReadOnlyDictionary<string, string> row, string column) => (int)(Number(row, column) ?? 0);

    private static decimal? Number(IReadOnlyDictionary<string, string> row, string column) =>
        row[column].Length == 0 ? null : decimal.Parse(row[column], CultureInfo.InvariantCulture);
}
