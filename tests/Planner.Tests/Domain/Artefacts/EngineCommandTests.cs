using Planner.Domain.Artefacts;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

public class EngineCommandTests
{
    private static string? After(IReadOnlyList<string> words, string flag) => words.ToList().IndexOf(flag) is >= 0 and var at ? words[at + 1] : null;

    /// <summary>Everything that a plan can ask of an engine at once.</summary>
    private static SelfHostOption Loaded(SelfHostOption option) => option with
    {
        TensorParallel = 2,
        KvPrecision = "fp8",
        PrefixCacheShare = 0.4m,
        Speculative = new SpeculativeDecoding { DraftTokens = 4 },
        Tenancy = new Tenancy { Tenants = 3, OverheadShare = 0.1m },
    };

    [Fact]
    public void Every_flag_that_is_written_is_documented_for_the_engine()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine.SelectMany(one => new[] { one, (Loaded(one.Option), one.Checkpoint) }).Where(one => one.Item1.Engine != "ollama"))
        {
            var flags = Plans.Bundle(option, checkpoint).Command().Where(word => word.StartsWith('-') && word != "-m").ToList();
            Assert.NotEmpty(flags);
            Assert.All(flags, flag => Assert.Contains(flag, EngineDocumentation.Of(option.Engine)!.Flags));
        }
    }

    [Fact]
    public void Engines_of_several_gpus_and_ranks_and_precisions_write_documented_flags_too()
    {
        SelfHostOption[] options =
        [
            Plans.Fleet with { Model = "deepseek-v3", Precision = "fp8", InstanceKey = "aws:p5en.48xlarge:us-east-1", TensorParallel = 1, DataParallel = 8 },
            Plans.Fleet with { Model = "deepseek-v3", Precision = "fp8", InstanceKey = "aws:p5en.48xlarge:us-east-1", TensorParallel = 1, DataParallel = 8, Engine = "sglang" },
            Plans.Fleet with { Model = "deepseek-v3", Precision = "fp8", InstanceKey = "aws:p5en.48xlarge:us-east-1", TensorParallel = 1, DataParallel = 8, Engine = "tensorrt-llm" },
            Plans.Fleet with { PipelineParallel = 2, Precision = "fp16" },
            Plans.Fleet with { PipelineParallel = 2, Precision = "fp16", Engine = "sglang" },
            Plans.Fleet with { PipelineParallel = 2, Engine = "tensorrt-llm" },
            Plans.Fleet with { Precision = "fp8" },
            Plans.Fleet with { Precision = "fp8", Engine = "tgi" },
        ];
        foreach (var option in options)
            Assert.All(Plans.Bundle(option).Command().Where(word => word.StartsWith("--", StringComparison.Ordinal)), flag => Assert.Contains(flag, EngineDocumentation.Of(option.Engine)!.Flags));
    }

    [Fact]
    public void Vllm_gets_the_plans_own_values()
    {
        var words = Plans.Bundle(Loaded(Plans.Fleet) with { GpuMemoryUtilization = 0.85m }).Command();
        Assert.Equal(["vllm", "serve", "meta-llama/Llama-3.1-8B", "--served-model-name", "llama-3.1-8b"], words.Take(5));
        Assert.Equal("2", After(words, "--tensor-parallel-size"));
        Assert.Equal("0.85", After(words, "--gpu-memory-utilization"));
        Assert.Equal("64", After(words, "--max-num-seqs"));
        // 400 + 100 tokens without spread, in steps of 256.
        Assert.Equal("512", After(words, "--max-model-len"));
        Assert.Equal("fp8", After(words, "--kv-cache-dtype"));
        Assert.Contains("--enable-prefix-caching", words);
        Assert.Equal("""{"method": "ngram", "num_speculative_tokens": 4, "prompt_lookup_max": 4}""", After(words, "--speculative-config"));
        Assert.Equal("3", After(words, "--max-loras"));
        Assert.Equal(["tenant-1=/adapters/tenant-1", "tenant-2=/adapters/tenant-2", "tenant-3=/adapters/tenant-3"], words.Skip(words.ToList().IndexOf("--lora-modules") + 1));
        Assert.DoesNotContain("--quantization", words);
    }

    [Fact]
    public void Each_engine_has_flags_of_its_own_for_the_same_plan()
    {
        var sglang = Plans.Bundle(Plans.Fleet with { Engine = "sglang" }).Command();
        Assert.Equal(("meta-llama/Llama-3.1-8B", "64", "512", "0.88"), (After(sglang, "--model-path"), After(sglang, "--max-running-requests"), After(sglang, "--context-length"), After(sglang, "--mem-fraction-static")));
        var tensorRt = Plans.Bundle(Plans.Fleet with { Engine = "tensorrt-llm" }).Command();
        Assert.Equal(("meta-llama/Llama-3.1-8B", "64", "512"), (tensorRt[1], After(tensorRt, "--max_batch_size"), After(tensorRt, "--max_seq_len")));
        var tgi = Plans.Bundle(Plans.Fleet with { Engine = "tgi" }).Command();
        // 512 in all, of which 100 are output.
        Assert.Equal(("412", "512", "64"), (After(tgi, "--max-input-tokens"), After(tgi, "--max-total-tokens"), After(tgi, "--max-batch-size")));
        var llama = Plans.Bundle(Plans.Fleet with { Engine = "llama.cpp", Precision = "int4", MaxSequences = 4 }, "someone/Llama-3.1-8B-GGUF").Command();
        // Four slots of 512 tokens.
        Assert.Equal(("someone/Llama-3.1-8B-GGUF:Q4_K_M", "2048", "4"), (After(llama, "--hf-repo"), After(llama, "--ctx-size"), After(llama, "--parallel")));
    }

    /// <summary>llama.cpp applies every adapter that it loads to every request, unless it is told not to.</summary>
    [Fact]
    public void Llama_applies_no_tenants_adapter_to_the_requests_of_others()
    {
        var bundle = Plans.Bundle(Plans.Fleet with { Engine = "llama.cpp", Precision = "int4", Tenancy = new Tenancy { Tenants = 2 } }, "someone/Llama-3.1-8B-GGUF");
        Assert.Equal("/adapters/tenant-1.gguf,/adapters/tenant-2.gguf", After(bundle.Command(), "--lora"));
        Assert.Contains("--lora-init-without-apply", bundle.Command());
        Assert.Contains("\"lora\": [{\"id\": 0, \"scale\": 1}]", bundle.File("README.md"), StringComparison.Ordinal);
        Assert.Contains("`tenant-1.gguf`", bundle.File("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vllm", "\"model\": \"tenant-1\"")]
    [InlineData("sglang", "\"model\": \"llama-3.1-8b:tenant-1\"")]
    [InlineData("tgi", "\"adapter_id\": \"tenant-1\"")]
    [InlineData("tensorrt-llm", "\"lora_path\": \"/adapters/tenant-1\"")]
    public void Readme_says_where_adapters_are_read_and_how_a_request_picks_one(string engine, string field)
    {
        var readme = Plans.Bundle(Plans.Fleet with { Engine = engine, Tenancy = new Tenancy { Tenants = 2 } }).File("README.md");
        Assert.Contains(field, readme, StringComparison.Ordinal);
        Assert.Contains("`./adapters` for docker compose", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", readme, StringComparison.Ordinal);
    }

    /// <summary>vLLM's share holds what it works in too; SGLang's only weights and cache.</summary>
    [Fact]
    public void Sglang_gets_the_share_of_weights_and_cache_alone()
    {
        var option = Plans.Fleet with { GpuMemoryUtilization = 0.8m };
        Assert.Equal("0.8", After(Plans.Bundle(option).Command(), "--gpu-memory-utilization"));
        // Of 80 GiB less 0.45 of the driver four fifths are 63.64. Runtime 0.5, activations of 8,192 tokens × 45,056 × 2 bytes 0.69 and logits of 64 × 128,256 × 4 bytes 0.03 leave 62.42, 78 % of 80.
        Assert.Equal("0.78", After(Plans.Bundle(option with { Engine = "sglang" }).Command(), "--mem-fraction-static"));
    }

    /// <summary>A pass reads 8,192 tokens: a longer prompt has to be read in parts.</summary>
    [Theory]
    [InlineData(8_000, false)]
    [InlineData(20_000, true)]
    public void TensorRt_reads_a_prompt_in_parts_where_one_pass_does_not_take_it(int input, bool inParts)
    {
        var scenario = Plans.Scenario(Plans.Fleet with { Engine = "tensorrt-llm" }) with { Workload = new Workload { RequestsPerMonth = 10_000, InputTokens = input, OutputTokens = 100 } };
        var words = Plans.Bundle(scenario, "self").Command();
        Assert.Equal(("8192", inParts), (After(words, "--max_num_tokens")!, words.Contains("--enable_chunked_prefill")));
    }

    [Fact]
    public void TensorRt_reads_from_its_file_what_it_has_no_flags_for()
    {
        var bundle = Plans.Bundle(Loaded(Plans.Fleet with { Engine = "tensorrt-llm" }));
        var options = ReadYaml.Document(bundle.File("trtllm.yaml"));
        Assert.Equal("trtllm.yaml", After(bundle.Command(), "--extra_llm_api_options"));
        Assert.Equal((true, "fp8", 4), ((bool)options["kv_cache_config"]!["enable_block_reuse"]!, (string)options["kv_cache_config"]!["dtype"]!, (int)options["speculative_config"]!["max_draft_len"]!));
        var map = ReadYaml.Documents(bundle.File("kubernetes.yaml")).Single(document => (string)document!["kind"]! == "ConfigMap")!;
        Assert.Equal(options.ToJsonString(), ReadYaml.Document((string)map["data"]!["trtllm.yaml"]!).ToJsonString());
    }

    [Fact]
    public void Ollama_makes_the_model_from_its_file_and_gets_its_sizes_from_the_environment()
    {
        var bundle = Plans.Bundle(Plans.Fleet with { Engine = "ollama", Precision = "int4", MaxSequences = 2 }, "someone/Llama-3.1-8B-GGUF:Q4_K_S");
        Assert.Contains("\nFROM hf.co/someone/Llama-3.1-8B-GGUF:Q4_K_S\nPARAMETER num_ctx 512\n", bundle.File("Modelfile"), StringComparison.Ordinal);
        Assert.Contains("export OLLAMA_NUM_PARALLEL=2\n", bundle.File("serve.sh"), StringComparison.Ordinal);
        Assert.Contains("export OLLAMA_CONTEXT_LENGTH=512\n", bundle.File("serve.sh"), StringComparison.Ordinal);
        // It tells no metrics and keeps no queue, so nothing is made to scale or to watch it.
        Assert.DoesNotContain(bundle.Files, file => file.Name is "kubernetes.yaml" or "alerts.yml");
    }

    [Fact]
    public void Embeddings_run_from_the_image_that_was_built_for_the_device()
    {
        var option = Plans.Fleet with { Model = "bge-m3", Engine = "tei", Throughput = new Throughput { Kind = "stated", TokensPerSecond = 20_000, Basis = "input" } };
        Scenario Embeddings(Option one) => Plans.Scenario(one) with { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 500 } };

        var gpu = Plans.Bundle(Embeddings(option with { InstanceKey = "aws:g6.xlarge:us-east-1" }), "self").Command();
        Assert.Equal(["docker", "run", "--rm", "--gpus", "1"], gpu.Take(5));
        Assert.Contains("ghcr.io/huggingface/text-embeddings-inference:89-1.9.3", gpu);
        Assert.Equal("BAAI/bge-m3", After(gpu, "--model-id"));
        var cpu = Plans.Bundle(Embeddings(option with { InstanceKey = "aws:c7i.8xlarge:us-east-1", TensorParallel = 16 }), "self").Command();
        Assert.DoesNotContain("--gpus", cpu);
        Assert.Contains("ghcr.io/huggingface/text-embeddings-inference:cpu-1.9.3", cpu);
        var flags = gpu.Skip(gpu.ToList().IndexOf("--model-id")).Where(word => word.StartsWith("--", StringComparison.Ordinal));
        Assert.All(flags, flag => Assert.Contains(flag, EngineDocumentation.Tei.Flags));
    }

    [Fact]
    public void Longest_sequence_follows_the_spread_and_ends_at_the_models_context()
    {
        Scenario Spread(decimal input, decimal cv) => Plans.Scenario(Plans.Fleet) with { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = input, OutputTokens = 100, InputCv = cv } };
        // Lognormal with mean 400 and cv 1: σ² = ln 2, so the 99.9th percentile is 400 × e^(3.0902 × 0.83255 − 0.34657) = 3,704.5; with 100, and in steps of 256: 3,840.
        Assert.Equal("3840", After(Plans.Bundle(Spread(400, 1), "self").Command(), "--max-model-len"));
        // Llama 3.1 reads 131,072 tokens.
        Assert.Equal("131072", After(Plans.Bundle(Spread(100_000, 1), "self").Command(), "--max-model-len"));
    }

    [Fact]
    public void Sequences_come_from_what_runs_at_the_highest_load_where_the_option_states_none()
    {
        var modelled = Plans.Fleet with { MaxSequences = null, Throughput = new Throughput() };
        var scenario = Plans.Scenario(modelled);
        var estimate = Planner.Domain.Planning.Engine.Evaluate(scenario, Plans.Catalog).Options[0].Estimate!;
        var sequences = int.Parse(After(Plans.Bundle(scenario, "self").Command(), "--max-num-seqs")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(sequences, Math.Min(256, estimate.Batch), Math.Min(256, (estimate.Batch * 2) + 5));
    }

    /// <summary>A figure that somebody measured may rest on more sequences than the model would run.</summary>
    [Fact]
    public void Stated_throughput_keeps_the_engines_own_number_of_sequences() =>
        Assert.Equal("256", After(Plans.Bundle(Plans.Fleet with { MaxSequences = null }).Command(), "--max-num-seqs"));

    [Fact]
    public void Script_of_every_engine_has_no_fault_of_syntax_whatever_the_names()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine)
        {
            foreach (var name in new[] { "it's \"$(id)\"\n`id` ${HOME}", "#!\r\nrm -rf \u2028 ;", "plain" })
                Bash.Check(Plans.Bundle(Plans.Scenario(option with { Name = name }) with { Name = name }, "self", checkpoint).File("serve.sh"));
        }
    }

    [Fact]
    public void Neither_prompt_nor_output_loses_what_fits_into_half_of_a_length_that_is_cut()
    {
        IReadOnlyList<string> Words(decimal input, decimal inputCv, decimal output, decimal outputCv) => Plans.Bundle(
            Plans.Scenario(Plans.Fleet with { Engine = "tgi" }) with { Workload = new Workload { RequestsPerMonth = 10_000, InputTokens = input, InputCv = inputCv, OutputTokens = output, OutputCv = outputCv } }, "self").Command();
        // Llama 3.1 reads 131,072 tokens; all but one in a thousand of such a spread are below 926,000.
        Assert.Equal("400", After(Words(400, 0, 100_000, 1), "--max-input-tokens"));
        Assert.Equal("130972", After(Words(100_000, 1, 100, 0), "--max-input-tokens"));
        Assert.Equal("65536", After(Words(60_000, 1, 60_000, 1), "--max-input-tokens"));
    }

    [Fact]
    public void Server_that_is_told_to_end_finishes_the_longest_answer()
    {
        Scenario Long(string engine) => Plans.Scenario(Plans.Fleet with { Engine = engine }) with { Workload = new Workload { RequestsPerMonth = 10_000, InputTokens = 400, OutputTokens = 2000, Slo = new ServiceLevel { TtftMs = 2000, TpotMs = 60 } } };
        // 2 s to the first token and 2,000 times 60 ms.
        Assert.Equal("122", After(Plans.Bundle(Long("vllm"), "self").Command(), "--shutdown-timeout"));
        Assert.Equal("122", After(Plans.Bundle(Long("tgi"), "self").Command(), "--graceful-termination-timeout"));
        Assert.Contains("terminationGracePeriodSeconds: 132\n", Plans.Bundle(Long("vllm"), "self").File("kubernetes.yaml"), StringComparison.Ordinal);
    }
}
