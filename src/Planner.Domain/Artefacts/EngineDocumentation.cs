namespace Planner.Domain.Artefacts;

/// <summary>What an engine's documentation says, of one release: flags that may be generated, the image, and the names of its metrics.</summary>
/// <param name="Key">Key of the engine in the catalog.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Release that was looked up.</param>
/// <param name="Url">Page that lists its flags.</param>
/// <param name="AsOf">Day on which it was looked up.</param>
/// <param name="Flags">Documented flags that Planner may write; it writes no others.</param>
/// <param name="Port">Port on which it listens.</param>
/// <param name="HealthPath">Path that answers once it can serve.</param>
public sealed record EngineDocumentation(
    string Key, string Name, string Version, string Url, DateOnly AsOf, IReadOnlyList<string> Flags, int Port, string HealthPath)
{
    /// <summary>True where its image starts the server itself and takes only arguments.</summary>
    public bool ImageStartsServer => Key is "tgi" or "tei" or "llama.cpp" or "ollama";

    /// <summary>Path of its metrics; null where it has none.</summary>
    public string? MetricsPath { get; init; } = "/metrics";

    /// <summary>Gauge of the requests that wait for a place; null where it has none.</summary>
    public string? WaitingMetric { get; init; }

    /// <summary>Gauge of the share of the KV cache in use, 0 to 1; null where it has none.</summary>
    public string? CacheMetric { get; init; }

    /// <summary>Histogram of the time to the first token, for encoders of the whole request, seconds; null where it has none.</summary>
    public string? TtftMetric { get; init; }

    /// <summary>Histogram of the time per output token, seconds; null where it has none.</summary>
    public string? TpotMetric { get; init; }

    private static readonly DateOnly LookedUp = new(2026, 11, 21);

    /// <summary>vLLM.</summary>
    public static EngineDocumentation Vllm { get; } = new(
        "vllm", "vLLM", "0.32.0", "https://docs.vllm.ai/en/stable/cli/serve/", LookedUp,
        [
            "--served-model-name", "--host", "--port", "--runner", "--dtype", "--tensor-parallel-size", "--pipeline-parallel-size", "--data-parallel-size", "--enable-expert-parallel",
            "--gpu-memory-utilization", "--max-num-seqs", "--max-num-batched-tokens", "--max-model-len", "--enable-prefix-caching", "--quantization", "--kv-cache-dtype",
            "--speculative-config", "--enable-lora", "--max-loras", "--lora-modules",
        ],
        8000, "/health")
    {
        WaitingMetric = "vllm:num_requests_waiting",
        CacheMetric = "vllm:kv_cache_usage_perc",
        TtftMetric = "vllm:time_to_first_token_seconds",
        TpotMetric = "vllm:inter_token_latency_seconds",
    };

    /// <summary>SGLang.</summary>
    public static EngineDocumentation Sglang { get; } = new(
        "sglang", "SGLang", "0.5.19", "https://docs.sglang.io/advanced_features/server_arguments.html", LookedUp,
        [
            "--model-path", "--served-model-name", "--host", "--port", "--dtype", "--is-embedding", "--tp-size", "--pp-size", "--dp-size", "--enable-dp-attention", "--mem-fraction-static",
            "--max-running-requests", "--chunked-prefill-size", "--context-length", "--quantization", "--kv-cache-dtype", "--speculative-algorithm", "--speculative-num-draft-tokens",
            "--enable-lora", "--max-loras-per-batch", "--lora-paths", "--enable-metrics",
        ],
        30000, "/health")
    {
        WaitingMetric = "sglang:num_queue_reqs",
        CacheMetric = "sglang:token_usage",
        TtftMetric = "sglang:time_to_first_token_seconds",
        TpotMetric = "sglang:inter_token_latency_seconds",
    };

    /// <summary>TensorRT-LLM, served by trtllm-serve.</summary>
    public static EngineDocumentation TensorRtLlm { get; } = new(
        "tensorrt-llm", "TensorRT-LLM", "1.2.0", "https://nvidia.github.io/TensorRT-LLM/commands/trtllm-serve/trtllm-serve.html", LookedUp,
        [
            "--host", "--port", "--backend", "--tp_size", "--pp_size", "--ep_size", "--max_batch_size", "--max_num_tokens", "--max_seq_len", "--kv_cache_free_gpu_memory_fraction",
            "--extra_llm_api_options",
        ],
        8000, "/health")
    {
        MetricsPath = "/prometheus/metrics",
        CacheMetric = "trtllm_kv_cache_utilization",
        TtftMetric = "trtllm_time_to_first_token_seconds",
        TpotMetric = "trtllm_time_per_output_token_seconds",
    };

    /// <summary>Text Generation Inference.</summary>
    public static EngineDocumentation Tgi { get; } = new(
        "tgi", "Text Generation Inference", "3.3.7", "https://huggingface.co/docs/text-generation-inference/reference/launcher", LookedUp,
        [
            "--model-id", "--hostname", "--port", "--dtype", "--num-shard", "--cuda-memory-fraction", "--max-batch-size", "--max-batch-prefill-tokens", "--max-input-tokens",
            "--max-total-tokens", "--max-concurrent-requests", "--quantize", "--kv-cache-dtype", "--speculate", "--lora-adapters",
        ],
        8080, "/health")
    {
        WaitingMetric = "tgi_queue_size",
        TpotMetric = "tgi_request_mean_time_per_token_duration",
    };

    /// <summary>Text Embeddings Inference.</summary>
    public static EngineDocumentation Tei { get; } = new(
        "tei", "Text Embeddings Inference", "1.9", "https://huggingface.co/docs/text-embeddings-inference/cli_arguments", LookedUp,
        ["--model-id", "--served-model-name", "--hostname", "--port", "--dtype", "--max-concurrent-requests", "--max-batch-tokens", "--max-batch-requests"],
        8080, "/health")
    {
        WaitingMetric = "te_queue_size",
        TtftMetric = "te_request_duration",
    };

    /// <summary>llama.cpp's server.</summary>
    public static EngineDocumentation LlamaCpp { get; } = new(
        "llama.cpp", "llama.cpp", "2026-11", "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md", LookedUp,
        ["--hf-repo", "--alias", "--host", "--port", "--ctx-size", "--parallel", "--n-gpu-layers", "--split-mode", "--flash-attn", "--cache-type-k", "--cache-type-v", "--lora", "--metrics"],
        8080, "/health")
    {
        WaitingMetric = "llamacpp:requests_deferred",
    };

    /// <summary>Ollama. It has no flags: a Modelfile and variables of the environment take their place.</summary>
    public static EngineDocumentation Ollama { get; } = new(
        "ollama", "Ollama", "0.12.6", "https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx", LookedUp, [], 11434, "/api/version")
    {
        MetricsPath = null,
    };

    /// <summary>All engines that files can be made for.</summary>
    public static IReadOnlyList<EngineDocumentation> All { get; } = [Vllm, Sglang, TensorRtLlm, Tgi, Tei, LlamaCpp, Ollama];

    /// <summary>The documentation of a catalog's engine; null where no files can be made for it.</summary>
    /// <param name="key">Its key; what a key says of an older release after a dash is left aside where the engine itself is known.</param>
    public static EngineDocumentation? Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return All.FirstOrDefault(engine => engine.Key == key) ?? (key == "vllm-2024" ? Vllm : null);
    }
}
