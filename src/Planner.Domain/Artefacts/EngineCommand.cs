using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>How a plan's engine is started.</summary>
/// <param name="Program">The program and its subcommand; empty where the image starts it itself and there is none outside of it.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables besides the token of the hub.</param>
/// <param name="Flags">The flags among its arguments.</param>
internal sealed record EngineCommand(IReadOnlyList<string> Program, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string Value)> Environment, IReadOnlyList<string> Flags)
{
    /// <summary>Folder in which adapters of tenants are mounted.</summary>
    public const string AdapterFolder = "/adapters";

    /// <summary>File with what TensorRT-LLM has no flags for.</summary>
    public const string TensorRtConfig = "/config/trtllm.yaml";

    /// <summary>Adapters that are named at the start; further ones are loaded while it runs.</summary>
    public const int MostNamedAdapters = 256;

    private const int MostAdaptersAtOnce = 32;

    /// <summary>Adapters that run side by side: each has a place in the memory of the GPUs.</summary>
    public static int AdaptersAtOnce(ServingPlan plan) => Math.Min(Math.Min(plan.Adapters, plan.MaxSequences), MostAdaptersAtOnce);

    public static EngineCommand Of(ServingPlan plan) => plan.Documentation.Key switch
    {
        "vllm" => Vllm(plan),
        "sglang" => Sglang(plan),
        "tensorrt-llm" => TensorRtLlm(plan),
        "tgi" => Tgi(plan),
        "tei" => Tei(plan),
        "llama.cpp" => LlamaCpp(plan),
        _ => Ollama(plan),
    };

    /// <summary>The whole command, program first.</summary>
    public IReadOnlyList<string> Words => [.. Program, .. Arguments];

    /// <summary>Flags and variables that the release of an engine does not document.</summary>
    public IReadOnlyList<string> Undocumented(EngineDocumentation engine) => [.. Flags.Except(engine.Flags), .. Environment.Select(variable => variable.Name).Except(engine.Variables)];

    private static EngineCommand Vllm(ServingPlan plan)
    {
        var (fleet, flags) = (plan.Fleet, new FlagList());
        flags.Add("--served-model-name", plan.ServedName).Add("--host", "0.0.0.0").Add("--port", plan.Documentation.Port);
        flags.AddIf(plan.IsEncoder, "--runner", "pooling").AddIf(fleet.Precision == "fp16", "--dtype", "float16");
        flags.Add("--tensor-parallel-size", fleet.TensorParallel).AddIf(fleet.PipelineParallel > 1, "--pipeline-parallel-size", fleet.PipelineParallel);
        flags.AddIf(fleet.DataParallel > 1, "--data-parallel-size", fleet.DataParallel).AddIf(fleet.DataParallel > 1 && plan.Model.Kind == ModelKinds.Mixture, "--enable-expert-parallel");
        flags.Add("--gpu-memory-utilization", plan.MemoryUtilization).Add("--max-num-seqs", plan.MaxSequences);
        flags.Add("--max-num-batched-tokens", Math.Max(plan.Engine.ChunkTokens, plan.IsEncoder ? plan.MaxLength : 0)).Add("--max-model-len", plan.MaxLength);
        flags.AddIf(CountsOnPrefixes(plan), "--enable-prefix-caching").AddIf(plan.Weights.Quantization is not null, "--quantization", plan.Weights.Quantization);
        flags.AddIf(fleet.KvPrecision == KvPrecisions.Fp8, "--kv-cache-dtype", "fp8");
        if (fleet.Speculative is { } draft)
            flags.Add("--speculative-config", $$"""{"method": "ngram", "num_speculative_tokens": {{draft.DraftTokens}}, "prompt_lookup_max": {{draft.DraftTokens}}}""");
        // Without it the server cuts off what is being answered when it is told to end.
        flags.Add("--shutdown-timeout", plan.GraceSeconds);
        if (plan.Adapters > 0)
            flags.Add("--enable-lora").Add("--max-loras", AdaptersAtOnce(plan)).Add("--lora-modules", [.. Adapters(plan).Select(adapter => $"{adapter}={AdapterFolder}/{adapter}")]);
        return flags.Command(["vllm", "serve"], [plan.Weights.Repository], plan.Adapters > MostNamedAdapters ? [("VLLM_ALLOW_RUNTIME_LORA_UPDATING", "True")] : []);
    }

    private static EngineCommand Sglang(ServingPlan plan)
    {
        var (fleet, flags) = (plan.Fleet, new FlagList());
        flags.Add("--model-path", plan.Weights.Repository).Add("--served-model-name", plan.ServedName).Add("--host", "0.0.0.0").Add("--port", plan.Documentation.Port);
        flags.AddIf(plan.IsEncoder, "--is-embedding").AddIf(fleet.Precision == "fp16", "--dtype", "float16");
        // With attention in data parallel the ranks are parts of the tensor parallel group.
        flags.Add("--tp-size", fleet.TensorParallel * fleet.DataParallel).AddIf(fleet.PipelineParallel > 1, "--pp-size", fleet.PipelineParallel);
        flags.AddIf(fleet.DataParallel > 1, "--dp-size", fleet.DataParallel).AddIf(fleet.DataParallel > 1, "--enable-dp-attention");
        flags.Add("--mem-fraction-static", StaticShare(plan)).Add("--max-running-requests", plan.MaxSequences * fleet.DataParallel);
        flags.Add("--chunked-prefill-size", plan.Engine.ChunkTokens).Add("--context-length", plan.MaxLength);
        flags.AddIf(plan.Weights.Quantization is not null, "--quantization", plan.Weights.Quantization).AddIf(fleet.KvPrecision == KvPrecisions.Fp8, "--kv-cache-dtype", "fp8_e4m3");
        if (fleet.Speculative is { } draft)
            flags.Add("--speculative-algorithm", "NGRAM").Add("--speculative-num-draft-tokens", draft.DraftTokens);
        if (plan.Adapters > 0)
            flags.Add("--enable-lora").Add("--max-loras-per-batch", AdaptersAtOnce(plan)).Add("--lora-paths", [.. Adapters(plan).Select(adapter => $"{adapter}={AdapterFolder}/{adapter}")]);
        return flags.Add("--enable-metrics").Command(["python3", "-m", "sglang.launch_server"]);
    }

    /// <summary>SGLang counts the share of all memory that weights and cache take, the plan the engine's with what it needs to work in.</summary>
    private static decimal StaticShare(ServingPlan plan) => plan.Estimate?.Memory is { MemoryBytes: > 0 } memory
        ? Math.Round((decimal)Math.Clamp((memory.WeightBytes + Math.Max(0, memory.FreeBytes)) / memory.MemoryBytes, 0.05, 0.95), 2)
        : plan.MemoryUtilization;

    private static EngineCommand TensorRtLlm(ServingPlan plan)
    {
        var (fleet, flags) = (plan.Fleet, new FlagList());
        flags.Add("--host", "0.0.0.0").Add("--port", plan.Documentation.Port).Add("--backend", "pytorch").Add("--tp_size", fleet.TensorParallel * fleet.DataParallel);
        flags.AddIf(fleet.PipelineParallel > 1, "--pp_size", fleet.PipelineParallel).AddIf(fleet.DataParallel > 1 && plan.Model.Kind == ModelKinds.Mixture, "--ep_size", fleet.TensorParallel * fleet.DataParallel);
        flags.Add("--max_batch_size", plan.MaxSequences).Add("--max_num_tokens", plan.Engine.ChunkTokens).Add("--max_seq_len", plan.MaxLength);
        // A longer prompt than one pass takes is refused, unless it may be read in parts.
        flags.AddIf(plan.MaxInput > plan.Engine.ChunkTokens, "--enable_chunked_prefill");
        flags.Add("--kv_cache_free_gpu_memory_fraction", FreeShare(plan)).Add("--extra_llm_api_options", TensorRtConfig);
        return flags.Command(["trtllm-serve"], [plan.Weights.Repository]);
    }

    /// <summary>TensorRT-LLM counts the cache's share of what weights and buffers leave free, the plan the engine's share of all memory.</summary>
    private static decimal FreeShare(ServingPlan plan) => plan.Estimate?.Memory is { } memory && memory.MemoryBytes > memory.WeightBytes + memory.ReserveBytes
        ? Math.Round((decimal)Math.Clamp(memory.FreeBytes / (memory.MemoryBytes - memory.WeightBytes - memory.ReserveBytes), 0.05, 0.95), 2)
        : plan.MemoryUtilization;

    /// <summary>What TensorRT-LLM has no flags for.</summary>
    public static YamlMap TensorRtOptions(ServingPlan plan) => new()
    {
        { "enable_attention_dp", plan.Fleet.DataParallel > 1 },
        { "return_perf_metrics", true },
        { "enable_iter_perf_stats", true },
        { "kv_cache_config", new YamlMap { { "enable_block_reuse", CountsOnPrefixes(plan) }, { "dtype", plan.Fleet.KvPrecision == KvPrecisions.Fp8 ? "fp8" : "auto" } } },
        { "speculative_config", plan.Fleet.Speculative is { } draft ? new YamlMap { { "decoding_type", "NGram" }, { "max_draft_len", draft.DraftTokens }, { "max_matching_ngram_size", draft.DraftTokens } } : null },
        { "lora_config", plan.Adapters > 0 ? new YamlMap { { "lora_dir", Adapters(plan).Select(adapter => $"{AdapterFolder}/{adapter}").ToList() }, { "max_loras", AdaptersAtOnce(plan) } } : null },
    };

    private static EngineCommand Tgi(ServingPlan plan)
    {
        var (fleet, flags) = (plan.Fleet, new FlagList());
        flags.Add("--model-id", plan.Weights.Repository).Add("--hostname", "0.0.0.0").Add("--port", plan.Documentation.Port).AddIf(fleet.Precision == "fp16", "--dtype", "float16");
        flags.Add("--num-shard", fleet.TensorParallel).Add("--cuda-memory-fraction", plan.MemoryUtilization).Add("--max-batch-size", plan.MaxSequences);
        flags.Add("--max-batch-prefill-tokens", Math.Max(plan.Engine.ChunkTokens, plan.MaxInput)).Add("--max-input-tokens", plan.MaxInput);
        flags.Add("--max-total-tokens", plan.MaxLength).Add("--max-concurrent-requests", plan.MaxSequences + plan.WaitingTarget);
        flags.AddIf(plan.Weights.Quantization is not null, "--quantize", plan.Weights.Quantization).AddIf(fleet.KvPrecision == KvPrecisions.Fp8, "--kv-cache-dtype", "fp8_e4m3fn");
        flags.AddIf(fleet.Speculative is not null, "--speculate", fleet.Speculative?.DraftTokens);
        flags.AddIf(plan.Adapters > 0, "--lora-adapters", string.Join(',', Adapters(plan).Select(adapter => $"{adapter}={AdapterFolder}/{adapter}")));
        return flags.Add("--graceful-termination-timeout", plan.GraceSeconds).Command(["text-generation-launcher"]);
    }

    private static EngineCommand Tei(ServingPlan plan)
    {
        var flags = new FlagList().Add("--model-id", plan.Weights.Repository).Add("--served-model-name", plan.ServedName).Add("--hostname", "0.0.0.0").Add("--port", plan.Documentation.Port);
        flags.Add("--dtype", plan.HasGpus ? "float16" : "float32").Add("--max-concurrent-requests", plan.MaxSequences + plan.WaitingTarget);
        flags.Add("--max-batch-tokens", Math.Max(plan.Engine.ChunkTokens, plan.MaxLength)).Add("--max-batch-requests", plan.MaxSequences);
        return flags.Command([]);
    }

    private static EngineCommand LlamaCpp(ServingPlan plan)
    {
        var (fleet, flags) = (plan.Fleet, new FlagList());
        flags.Add("--hf-repo", plan.Weights.Repository).Add("--alias", plan.ServedName).Add("--host", "0.0.0.0").Add("--port", plan.Documentation.Port);
        // The context is shared out over the slots.
        flags.Add("--ctx-size", (long)plan.MaxLength * plan.MaxSequences).Add("--parallel", plan.MaxSequences).Add("--n-gpu-layers", "all");
        flags.AddIf(fleet.GpusPerReplica > 1, "--split-mode", "layer");
        if (fleet.KvPrecision == KvPrecisions.Fp8)
            flags.Add("--flash-attn", "on").Add("--cache-type-k", "q8_0").Add("--cache-type-v", "q8_0");
        // Loaded and not applied: all of them would change every tenant's answers; a request names its own.
        if (plan.Adapters > 0)
            flags.Add("--lora", string.Join(',', Adapters(plan).Select(adapter => $"{AdapterFolder}/{adapter}.gguf"))).Add("--lora-init-without-apply");
        return flags.Add("--metrics").Command(["llama-server"]);
    }

    private static EngineCommand Ollama(ServingPlan plan) => new FlagList().Command(["ollama", "serve"], [],
    [
        ("OLLAMA_HOST", $"0.0.0.0:{plan.Documentation.Port}"),
        ("OLLAMA_NUM_PARALLEL", plan.MaxSequences.ToString(CultureInfo.InvariantCulture)),
        ("OLLAMA_CONTEXT_LENGTH", plan.MaxLength.ToString(CultureInfo.InvariantCulture)),
        // The machine is paid for whether the model is loaded or not.
        ("OLLAMA_KEEP_ALIVE", "-1"),
        ("OLLAMA_FLASH_ATTENTION", "1"),
        ("OLLAMA_KV_CACHE_TYPE", plan.Fleet.KvPrecision == KvPrecisions.Fp8 ? "q8_0" : "f16"),
    ]);

    /// <summary>True where the plan counts on prompts that begin alike.</summary>
    public static bool CountsOnPrefixes(ServingPlan plan) => plan.Fleet.PrefixCacheShare > 0 || plan.Workload.Levers is { PrefixCache.On: true };

    /// <summary>True where an engine can serve the adapters of several tenants side by side.</summary>
    public static bool CanServeAdapters(EngineDocumentation engine) => engine.Key is not ("ollama" or "tei");

    /// <summary>Names of the adapters.</summary>
    public static IEnumerable<string> Adapters(ServingPlan plan) =>
        Enumerable.Range(1, Math.Min(plan.Adapters, MostNamedAdapters)).Select(number => $"tenant-{number.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Flags in the order in which they were added.</summary>
    private sealed class FlagList
    {
        private readonly List<string> _words = [];
        private readonly List<string> _flags = [];

        public FlagList Add(string flag, params IEnumerable<object> values)
        {
            _flags.Add(flag);
            _words.Add(flag);
            _words.AddRange(values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!));
            return this;
        }

        public FlagList AddIf(bool condition, string flag) => condition ? Add(flag) : this;

        public FlagList AddIf(bool condition, string flag, object? value) => condition && value is not null ? Add(flag, value) : this;

        public EngineCommand Command(IReadOnlyList<string> program, IReadOnlyList<string>? first = null, IReadOnlyList<(string Name, string Value)>? environment = null) =>
            new(program, [.. first ?? [], .. _words], environment ?? [], _flags);
    }
}
