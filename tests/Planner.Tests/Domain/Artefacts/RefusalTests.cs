using Planner.Domain.Artefacts;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

public class RefusalTests
{
    [Fact]
    public void A_stated_throughput_makes_no_memory() =>
        Refused("optionId", "does not fit on 1 × NVIDIA H100", Plans.Fleet with { Model = "llama-3.1-405b", TensorParallel = 1 });

    private static void Refused(string path, string part, Option option, string? checkpoint = null)
    {
        var refusal = Plans.Refusal(option, checkpoint);
        Assert.Equal(path, refusal.Path);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fleet_that_cannot_carry_its_load_is_refused_with_the_reason() => Refused(
        "optionId", "carries", Plans.Fleet with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 1 }, Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1 } });

    [Fact]
    public void Api_has_nothing_to_deploy() => Refused("optionId", "is an API", Plans.Api);

    [Fact]
    public void Unknown_option_is_refused_with_those_there_are()
    {
        var (_, refusal) = Plans.Write(Plans.Scenario(Plans.Fleet), "other");
        Assert.Contains("there are self", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_without_a_model_is_refused() => Refused("optionId", "names no model", Plans.Fleet with { Model = null });

    [Fact]
    public void Plan_without_an_instance_is_refused() => Refused("optionId", "names no instance", Plans.Fleet with { InstanceKey = null, InstanceUsdPerHour = 5, Gpu = "H100-SXM" });

    [Fact]
    public void Model_without_a_repository_is_refused()
    {
        var catalog = Plans.Catalog with { Models = new Dictionary<string, LanguageModel> { ["llama-3.1-8b"] = Plans.Catalog.Models["llama-3.1-8b"] with { HuggingFaceId = null } } };
        var scenario = Plans.Scenario(Plans.Fleet);
        var (bundle, refusal) = ArtefactWriter.Write(scenario, catalog, Engine.Evaluate(scenario, catalog), "self");
        Assert.Null(bundle);
        Assert.Contains("no repository of the weights of Llama 3.1 8B", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replica_over_several_machines_is_refused() => Refused("optionId", "16 GPUs does not fit into one p5.48xlarge with 8", Plans.Fleet with { TensorParallel = 8, PipelineParallel = 2 });

    [Fact]
    public void Mix_at_which_the_fleet_is_not_worth_running_is_refused()
    {
        var (bundle, refusal) = Plans.Write(Plans.Scenario(Plans.Fleet, Plans.Api, Plans.Mix with { Replicas = 0 }), "mix");
        Assert.Null(bundle);
        Assert.Contains("runs no replica", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mix_of_two_fleets_is_refused_and_says_what_to_choose()
    {
        var mix = new HybridOption { Id = "mix", Name = "Two", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "a", Share = 0.5m, OptionId = "self" }, new TaskRoute { Task = "b", Share = 0.5m, OptionId = "other" }] };
        var (_, refusal) = Plans.Write(Plans.Scenario(Plans.Fleet, Plans.Fleet with { Id = "other" }, mix), "mix");
        Assert.Contains("choose one of its fleets", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_longer_than_the_models_context_are_refused()
    {
        var scenario = Plans.Scenario(Plans.Fleet);
        scenario = scenario with { Workload = scenario.Workload with { InputTokens = 200_000 } };
        Assert.Contains("cannot be deployed as it stands: A request", Plans.Write(scenario, "self").Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoder_on_a_server_that_generates_is_refused()
    {
        var option = Plans.Fleet with { Model = "bge-m3", Engine = "tgi", Throughput = new Throughput { Kind = "stated", TokensPerSecond = 20_000, Basis = "input" } };
        var scenario = Plans.Scenario(option) with { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 500 } };
        Assert.Contains("does not serve models such as", Plans.Write(scenario, "self").Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_without_an_image_for_the_gpu_is_refused() =>
        Refused("optionId", "knows of no image of", Plans.Fleet with { Engine = "tensorrt-llm", InstanceKey = "azure:ND96isr_MI300X:eastus" });

    [Fact]
    public void Tenants_cannot_share_a_server_that_serves_one_adapter_or_none()
    {
        var shared = new Tenancy { Tenants = 2 };
        Refused("optionId", "Ollama cannot serve the adapters of several tenants", Plans.Fleet with { Engine = "ollama", Precision = "int4", Tenancy = shared }, "someone/Llama-3.1-8B-GGUF");
        Plans.Bundle(Plans.Fleet with { Engine = "ollama", Precision = "int4", Tenancy = shared with { Kind = Tenancies.Each } }, "someone/Llama-3.1-8B-GGUF");
        var encoder = Plans.Fleet with { Model = "bge-m3", Engine = "tei", InstanceKey = "aws:g6.xlarge:us-east-1", Tenancy = shared, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 20_000, Basis = "input" } };
        var scenario = Plans.Scenario(encoder) with { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 500 } };
        Assert.Contains("Text Embeddings Inference cannot serve the adapters", Plans.Write(scenario, "self").Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_bf16_weights_are_never_called_awq()
    {
        Refused("checkpoint", "meta-llama/Llama-3.1-8B holds bf16", Plans.Fleet with { Precision = "awq" });
        Refused("checkpoint", "meta-llama/Llama-3.1-8B holds bf16", Plans.Fleet with { Precision = "awq" }, "meta-llama/Llama-3.1-8B");
        Refused("checkpoint", "holds gptq weights by its name", Plans.Fleet with { Precision = "awq" }, "someone/Llama-3.1-8B-GPTQ");
        Refused("checkpoint", "holds fp8 weights by its name", Plans.Fleet with { Precision = "int4" }, "someone/Llama-3.1-8B-FP8");
        Refused("checkpoint", "holds gguf weights by its name", Plans.Fleet with { Precision = "int4" }, "someone/Llama-3.1-8B-GGUF");
    }

    [Theory]
    [InlineData("awq", "someone/Llama-3.1-8B-AWQ", "awq_marlin")]
    [InlineData("int4", "someone/Llama-3.1-8B-GPTQ-Int4", "gptq_marlin")]
    [InlineData("int4", "someone/Llama-3.1-8B-w4a16", null)]
    [InlineData("fp8", "someone/Llama-3.1-8B-FP8", null)]
    [InlineData("fp8", null, "fp8")]
    public void Engine_is_told_the_method_only_where_the_checkpoint_is_of_that_kind(string precision, string? checkpoint, string? method)
    {
        var words = Plans.Bundle(Plans.Fleet with { Precision = precision }, checkpoint).Command().ToList();
        Assert.Equal(checkpoint ?? "meta-llama/Llama-3.1-8B", words[2]);
        Assert.Equal(method, words.IndexOf("--quantization") is >= 0 and var at ? words[at + 1] : null);
    }

    [Fact]
    public void Engines_that_read_gguf_want_a_repository_of_it()
    {
        Refused("checkpoint", "reads GGUF files", Plans.Fleet with { Engine = "llama.cpp", Precision = "int4" });
        Refused("checkpoint", "reads GGUF files", Plans.Fleet with { Engine = "ollama", Precision = "int4" }, "someone/Llama-3.1-8B-AWQ");
    }

    [Theory]
    [InlineData("gptq", "someone/Llama-3.1-8B-GPTQ-Int8", "int8")]
    [InlineData("int4", "someone/Llama-3.1-8B-GPTQ-8bit", "int8")]
    [InlineData("int4", "someone/Llama-3.1-8B-GPTQ-Int3", "int3")]
    [InlineData("int8", "someone/Llama-3.1-8B-W4A16", "int4")]
    [InlineData("int8", "someone/Llama-3.1-8B-W8A8-FP8", "fp8")]
    [InlineData("fp8", "someone/Llama-3.1-8B-AWQ", "awq")]
    public void Weights_of_another_size_are_refused_whatever_made_them(string precision, string checkpoint, string stated) =>
        Refused("checkpoint", $"holds {stated} weights by its name, and the plan counts on {precision}", Plans.Fleet with { Precision = precision }, checkpoint);

    [Theory]
    [InlineData("int8", "someone/Llama-3.1-8B-GPTQ-Int8", "gptq_marlin")]
    [InlineData("int8", "someone/Llama-3.1-8B-W8A16", null)]
    [InlineData("fp8", "someone/Llama-3.1-8B-W8A8-FP8", null)]
    [InlineData("gptq", "someone/Llama-3.1-8B-GPTQ", "gptq_marlin")]
    public void Weights_of_the_plans_size_are_taken_by_what_made_them(string precision, string checkpoint, string? method)
    {
        var words = Plans.Bundle(Plans.Fleet with { Precision = precision }, checkpoint).Command().ToList();
        Assert.Equal(method, words.IndexOf("--quantization") is >= 0 and var at ? words[at + 1] : null);
    }

    [Theory]
    [InlineData("int4", "someone/Llama-3.1-8B-GGUF:BF16")]
    [InlineData("int4", "someone/Llama-3.1-8B-GGUF:Q8_0")]
    [InlineData("int4", "someone/Llama-3.1-8B-GGUF:Q5_K_M")]
    [InlineData("int4", "someone/Llama-3.1-8B-Q8_0-GGUF")]
    [InlineData("int8", "someone/Llama-3.1-8B-GGUF:UD-Q4_K_XL")]
    [InlineData("bf16", "someone/Llama-3.1-8B-GGUF:F32")]
    public void Gguf_file_of_another_size_is_refused(string precision, string checkpoint) =>
        Refused("checkpoint", $"weights by its name, and the plan counts on {precision}", Plans.Fleet with { Engine = "llama.cpp", Precision = precision }, checkpoint);

    [Theory]
    [InlineData("int4", "someone/Llama-3.1-8B-GGUF", "someone/Llama-3.1-8B-GGUF:Q4_K_M")]
    [InlineData("int4", "someone/Llama-3.1-8B-GGUF:IQ4_XS", "someone/Llama-3.1-8B-GGUF:IQ4_XS")]
    [InlineData("int4", "someone/Llama-3.1-8B-Q4_K_S-GGUF", "someone/Llama-3.1-8B-Q4_K_S-GGUF:Q4_K_S")]
    [InlineData("fp8", "someone/Llama-3.1-8B-GGUF:Q8_0", "someone/Llama-3.1-8B-GGUF:Q8_0")]
    [InlineData("bf16", "someone/Llama-3.1-8B-GGUF:F16", "someone/Llama-3.1-8B-GGUF:F16")]
    public void Gguf_file_of_the_plans_size_is_named(string precision, string checkpoint, string repository)
    {
        var words = Plans.Bundle(Plans.Fleet with { Engine = "llama.cpp", Precision = precision }, checkpoint).Command().ToList();
        Assert.Equal(repository, words[words.IndexOf("--hf-repo") + 1]);
    }

    [Theory]
    [InlineData("no-owner")]
    [InlineData("owner/name; rm -rf /")]
    [InlineData("../../etc/passwd")]
    [InlineData("owner/name:tag")]
    [InlineData("--flag/name")]
    public void Checkpoint_that_is_no_name_of_a_repository_is_refused(string checkpoint) => Refused("checkpoint", "is no name of a repository", Plans.Fleet, checkpoint);
}
