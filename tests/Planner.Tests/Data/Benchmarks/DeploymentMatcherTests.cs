using Planner.Data.Benchmarks;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Benchmarks;

public class DeploymentMatcherTests
{
    private static readonly Provenance From = new("test", null, new(2026, 11, 1));
    private static readonly DeploymentMatcher Matcher = new(
        [new LanguageModel("llama-3.1-8b", "Llama 3.1 8B", "meta-llama/Llama-3.1-8B", "dense", 8, 8, 131_072, "Llama", From)],
        [new Gpu("H100-SXM", "NVIDIA H100", "nvidia", 80, 3_350, 989, 1_979, 700, From) { Aliases = ["NVIDIA H100 80GB HBM3"] }],
        [new InferenceEngine("tensorrt-llm", "TensorRT-LLM", "tensorrt-llm", 1, 256, 8_192, ["bf16", "fp8"], "Apache-2.0", From) { Aliases = ["trtllm"] }]);

    private static readonly DeploymentWords File = new()
    {
        Model = "meta-llama/Llama-3.1-8B-Instruct",
        Precision = "fp8",
        Engine = "TRTLLM",
        Gpu = "NVIDIA H100 80GB HBM3",
        TensorParallel = 2,
    };

    [Fact]
    public void The_files_words_are_found_in_the_catalog() =>
        Assert.Equal(new Deployment("llama-3.1-8b", "fp8", "bf16", "tensorrt-llm", "H100-SXM", 2), Matcher.Complete(File, new DeploymentWords()).Deployment);

    [Fact]
    public void The_form_wins_over_the_file()
    {
        var form = new DeploymentWords { Precision = "bf16", KvPrecision = "fp8", TensorParallel = 4, PipelineParallel = 2, DataParallel = 8 };

        Assert.Equal(new Deployment("llama-3.1-8b", "bf16", "fp8", "tensorrt-llm", "H100-SXM", 4, 2, 8), Matcher.Complete(File, form).Deployment);
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var (deployment, problems) = Matcher.Complete(new DeploymentWords(), new DeploymentWords());

        Assert.Null(deployment);
        Assert.Equal(["model", "precision", "engine", "gpu", "tensorParallel"], problems.Select(problem => problem.Path));
    }

    [Fact]
    public void What_the_catalog_does_not_know_is_not_guessed()
    {
        var (_, problems) = Matcher.Complete(File with { Model = "meta-llama/Llama-3.1-70B", Gpu = "H800", Precision = "int3", KvPrecision = "turbo", TensorParallel = 65 }, new DeploymentWords());

        Assert.Equal(["model", "precision", "kvPrecision", "gpu", "tensorParallel"], problems.Select(problem => problem.Path));
        Assert.Contains("“meta-llama/Llama-3.1-70B”", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("fp8", problems[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWQ", "int4")]
    [InlineData("gptq", "int4")]
    [InlineData("NVFP4", "fp4")]
    [InlineData("MXFP4", "mxfp4")]
    [InlineData("float8_e4m3fn", "fp8")]
    [InlineData("compressed-tensors-w8a8", "int8")]
    public void Each_precision_has_one_word(string word, string precision) =>
        Assert.Equal(precision, Matcher.Complete(File with { Precision = word }, new DeploymentWords()).Deployment!.Precision);

    [Theory]
    [InlineData("auto", "bf16")]
    [InlineData("fp8_e5m2", "fp8")]
    public void The_engines_words_for_a_cache_are_understood(string word, string precision) =>
        Assert.Equal(precision, Matcher.Complete(File with { KvPrecision = word }, new DeploymentWords()).Deployment!.KvPrecision);

    [Fact]
    public void A_suggestion_leaves_out_what_is_not_known() =>
        Assert.Equal(
            new DeploymentWords { Model = "llama-3.1-8b", Precision = "fp8", Engine = "tensorrt-llm", TensorParallel = 2 }, Matcher.Suggest(File with { Gpu = "H800" }));
}
