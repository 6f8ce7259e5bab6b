using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;

namespace Planner.Domain.Artefacts;

/// <summary>Container images, each pinned to a release: an engine's to the one whose flags the files are checked against.</summary>
internal static class Images
{
    public const string Gateway = "ghcr.io/berriai/litellm:v1.103.0";
    public const string Prometheus = "prom/prometheus:v3.5.0";

    /// <summary>The image of an engine for a GPU; null where none is known.</summary>
    public static string? Of(EngineDocumentation engine, Gpu gpu) => (engine.Key, gpu.Vendor) switch
    {
        ("vllm", "nvidia") => $"vllm/vllm-openai:v{engine.Version}",
        ("vllm", "amd") => $"vllm/vllm-openai-rocm:v{engine.Version}",
        ("sglang", "nvidia") => $"lmsysorg/sglang:v{engine.Version}",
        // Made for Ampere and newer.
        ("tensorrt-llm", "nvidia") when gpu.Key != "T4" => $"nvcr.io/nvidia/tensorrt-llm/release:{engine.Version}",
        ("tgi", "nvidia") => $"ghcr.io/huggingface/text-generation-inference:{engine.Version}",
        ("tgi", "amd") => $"ghcr.io/huggingface/text-generation-inference:{engine.Version}-rocm",
        ("tei", "nvidia") => $"ghcr.io/huggingface/text-embeddings-inference:{TeiBuild(gpu.Key)}{engine.Version}",
        ("tei", EncoderModel.CpuVendor) => $"ghcr.io/huggingface/text-embeddings-inference:cpu-{engine.Version}",
        ("llama.cpp", "nvidia") => $"ghcr.io/ggml-org/llama.cpp:server-cuda-{engine.Version}",
        ("llama.cpp", "amd") => $"ghcr.io/ggml-org/llama.cpp:server-rocm-{engine.Version}",
        ("ollama", "nvidia") => $"ollama/ollama:{engine.Version}",
        ("ollama", "amd") => $"ollama/ollama:{engine.Version}-rocm",
        _ => null,
    };

    /// <summary>Text Embeddings Inference is built for each generation of GPUs; one build chooses at the start.</summary>
    private static string TeiBuild(string gpu) => gpu switch
    {
        "T4" => "turing-",
        "A100-40" or "A100-80-SXM" or "A100-80-PCIe" or "A30" => "",
        "A10" or "A10G" or "A40" or "A5000" or "A6000" or "RTX3090" => "86-",
        "L4" or "L40" or "L40S" or "RTX4090" or "RTX6000Ada" => "89-",
        "H100-SXM" or "H100-PCIe" or "H100-NVL" or "H200" or "H200-NVL" or "GH200" => "hopper-",
        _ => "cuda-",
    };
}
