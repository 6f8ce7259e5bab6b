using System.Text.Json;

namespace Planner.Domain.Artefacts;

/// <summary>What an engine's documentation says, of one release: its flags, its port, and the names of its metrics. It is data, one file an engine.</summary>
public sealed record EngineDocumentation
{
    /// <summary>How the data files are written.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>All engines that files can be made for.</summary>
    public static IReadOnlyList<EngineDocumentation> All { get; } = [.. new[] { "vllm", "sglang", "tensorrt-llm", "tgi", "tei", "llama.cpp", "ollama" }.Select(Read)];

    /// <summary>Key of the engine in the catalog.</summary>
    public required string Key { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Release that the files are written for; images are pinned to it.</summary>
    public required string Version { get; init; }

    /// <summary>Day on which it was looked up.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Page that lists its flags, for readers.</summary>
    public required string Url { get; init; }

    /// <summary>Page or file that <see cref="Flags"/> and <see cref="Variables"/> were read from.</summary>
    public required string Source { get; init; }

    /// <summary>True where the list was read at the release itself and holds all of its flags.</summary>
    public required bool Complete { get; init; }

    /// <summary>Why the list is not complete; null where it is.</summary>
    public string? Lacks { get; init; }

    /// <summary>Long names of the server's flags. One that is not among them is never written.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Variables of the environment that it reads, where it is set up by them. One that is not among them is never written.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Port on which it listens.</summary>
    public required int Port { get; init; }

    /// <summary>Path that answers once it can serve.</summary>
    public required string HealthPath { get; init; }

    /// <summary>True where its image starts the server itself and takes only arguments.</summary>
    public bool ImageStartsServer { get; init; }

    /// <summary>Path of its metrics; null where it has none.</summary>
    public string? MetricsPath { get; init; }

    /// <summary>Gauge of the requests that wait for a place; null where it has none.</summary>
    public string? WaitingMetric { get; init; }

    /// <summary>Gauge of the requests that are being answered; null where it has none.</summary>
    public string? RunningMetric { get; init; }

    /// <summary>Gauge of the share of the KV cache in use, 0 to 1; null where it has none.</summary>
    public string? CacheMetric { get; init; }

    /// <summary>Histogram of the time to the first token, for encoders of the whole request, seconds; null where it has none.</summary>
    public string? TtftMetric { get; init; }

    /// <summary>Histogram of the time per output token, seconds; null where it has none.</summary>
    public string? TpotMetric { get; init; }

    /// <summary>vLLM.</summary>
    public static EngineDocumentation Vllm => Of("vllm")!;

    /// <summary>TensorRT-LLM, served by trtllm-serve.</summary>
    public static EngineDocumentation TensorRtLlm => Of("tensorrt-llm")!;

    /// <summary>Text Generation Inference.</summary>
    public static EngineDocumentation Tgi => Of("tgi")!;

    /// <summary>Text Embeddings Inference.</summary>
    public static EngineDocumentation Tei => Of("tei")!;

    /// <summary>llama.cpp's server.</summary>
    public static EngineDocumentation LlamaCpp => Of("llama.cpp")!;

    /// <summary>Ollama. It has no flags: a Modelfile and variables of the environment take their place.</summary>
    public static EngineDocumentation Ollama => Of("ollama")!;

    /// <summary>The documentation of a catalog's engine; null where no files can be made for it.</summary>
    /// <param name="key">Its key; what a key says of an older release after a dash is left aside where the engine itself is known.</param>
    public static EngineDocumentation? Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return All.FirstOrDefault(engine => engine.Key == key) ?? (key == "vllm-2024" ? Vllm : null);
    }

    private static EngineDocumentation Read(string key)
    {
        using var file = typeof(EngineDocumentation).Assembly.GetManifestResourceStream($"Engines/{key}.json")!;
        return JsonSerializer.Deserialize<EngineDocumentation>(file, Json)!;
    }
}
