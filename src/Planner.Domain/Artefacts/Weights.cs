using System.Text.RegularExpressions;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>The repository that a plan's weights come from, and what its engine has to be told of it.</summary>
/// <param name="Repository">Repository on Hugging Face, for GGUF with the kind of file after a colon.</param>
/// <param name="Quantization">Method that the engine is told; null where it reads it from the checkpoint.</param>
/// <param name="Stored">Precision in which the repository holds them, and in which they are downloaded.</param>
internal sealed partial record Weights(string Repository, string? Quantization, WeightPrecision Stored)
{
    /// <summary>Path at which a repository is given.</summary>
    public const string Path = "checkpoint";

    private const int LongestName = 200;

    /// <summary>The weights of a plan, or why there are none: a checkpoint is never taken for one of another precision.</summary>
    /// <param name="option">The self-hosted option; its model has a repository.</param>
    /// <param name="model">Its model.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="gpu">Its GPU.</param>
    /// <param name="checkpoint">Repository that the user names; null for the catalog's.</param>
    public static (Weights? Weights, Problem? Refusal) Of(SelfHostOption option, LanguageModel model, EngineDocumentation engine, Gpu gpu, string? checkpoint)
    {
        var isGguf = engine == EngineDocumentation.LlamaCpp || engine == EngineDocumentation.Ollama;
        var (planned, native) = (WeightPrecisions.Parse(option.Precision)!.Value, WeightPrecisions.Parse(model.NativePrecision));
        if (checkpoint is null || checkpoint == model.HuggingFaceId)
        {
            if (isGguf)
                return Refuse(Texts.ArtefactNeedsGguf, engine.Name, model.Name, model.HuggingFaceId);
            if (planned == native)
                return (new Weights(model.HuggingFaceId!, null, planned), null);
            return planned == WeightPrecision.Fp8 && native == WeightPrecision.Bf16 && CanQuantizeToFp8(engine)
                ? (new Weights(model.HuggingFaceId!, "fp8", WeightPrecision.Bf16), null)
                : Refuse(Texts.ArtefactWrongWeights, option.Precision, model.HuggingFaceId, model.NativePrecision, model.Name);
        }

        if (checkpoint.Length > LongestName || !RepositoryName().IsMatch(checkpoint) || (!isGguf && checkpoint.Contains(':', StringComparison.Ordinal)))
            return Refuse(isGguf ? Texts.ArtefactGgufName : Texts.ArtefactRepositoryName, checkpoint.Length > LongestName ? checkpoint[..LongestName] + "…" : checkpoint);
        return isGguf ? Gguf(model, engine, checkpoint, option.Precision, planned) : Safetensors(engine, gpu, checkpoint, option.Precision, planned);
    }

    /// <summary>A repository of GGUF files: which of them is meant stands after a colon, or in its name, or follows from the plan.</summary>
    private static (Weights? Weights, Problem? Refusal) Gguf(LanguageModel model, EngineDocumentation engine, string checkpoint, string precision, WeightPrecision planned)
    {
        if (!checkpoint.Contains("gguf", StringComparison.OrdinalIgnoreCase))
            return Refuse(Texts.ArtefactNeedsGguf, engine.Name, model.Name, checkpoint);
        var colon = checkpoint.IndexOf(':', StringComparison.Ordinal);
        var stated = GgufType().Match(checkpoint, colon < 0 ? 0 : colon) is { Success: true, Value: var word } ? word : null;
        if (stated is not null && !IsOfSize(stated.ToLowerInvariant(), planned))
            return Refuse(Texts.ArtefactOtherKind, checkpoint, stated, precision);
        return (new Weights(colon < 0 ? $"{checkpoint}:{stated ?? GgufFile(planned)}" : checkpoint, null, planned), null);
    }

    /// <summary>True where a type of GGUF takes as many bits as the plan's precision: types of 2, 3, 5 and 6 bits are of none.</summary>
    private static bool IsOfSize(string type, WeightPrecision planned) => type switch
    {
        "bf16" or "fp16" or "f16" => planned == WeightPrecision.Bf16,
        "nvfp4" => planned == WeightPrecision.NvFp4,
        "mxfp4" => planned == WeightPrecision.MxFp4,
        ['q', '8', ..] => planned is WeightPrecision.Fp8 or WeightPrecision.Int8,
        ['q', '4', ..] or ['i', 'q', '4', ..] => planned == WeightPrecision.Int4,
        _ => false,
    };

    /// <summary>Any other repository. What its name says is believed; one that says nothing is left to the engine, which reads the checkpoint's own configuration.</summary>
    private static (Weights? Weights, Problem? Refusal) Safetensors(EngineDocumentation engine, Gpu gpu, string checkpoint, string precision, WeightPrecision planned)
    {
        var (method, size) = (MethodIn(checkpoint), SizeIn(checkpoint));
        // GPTQ is published in 4 and in 8 bits: its name alone stands for 4, as AWQ's does.
        if (method != "gguf" && (size ?? (method is null ? null : "int4")) is { } stated && WeightPrecisions.Parse(stated) != planned)
            return Refuse(Texts.ArtefactOtherKind, checkpoint, size ?? method, precision);
        return method == "gguf" || (method is not null && precision is "awq" or "gptq" && method != precision)
            ? Refuse(Texts.ArtefactOtherKind, checkpoint, method, precision)
            : (new Weights(checkpoint, MethodOf(method, engine, gpu), planned), null);
    }

    /// <summary>The method, or the format, that a repository's name states; null where it states none.</summary>
    private static string? MethodIn(string repository) => Method().Match(repository) is { Success: true, Value: var word } ? word.ToLowerInvariant() : null;

    /// <summary>The size of a weight that a repository's name states, as a precision; null where it states none. Precisions come before counts of bits, which leave open whether they are whole numbers.</summary>
    private static string? SizeIn(string repository)
    {
        var words = Size().Matches(repository).Select(match => match.Value.ToLowerInvariant()).ToList();
        return words.Find(word => word[0] != 'w' && !char.IsAsciiDigit(word[0])) ?? (words is [var bits, ..] ? $"int{bits.First(char.IsAsciiDigit)}" : null);
    }

    private static bool CanQuantizeToFp8(EngineDocumentation engine) =>
        engine.Key is "vllm" or "sglang" or "tgi";

    /// <summary>The faster kernels need an Ampere GPU or a newer one; other engines read the method from the checkpoint.</summary>
    private static string? MethodOf(string? method, EngineDocumentation engine, Gpu gpu) => (method, engine.Key) switch
    {
        ("awq" or "gptq", "tgi") => method,
        ("awq" or "gptq", "vllm" or "sglang") => gpu is { Vendor: "nvidia", Key: not "T4" } ? $"{method}_marlin" : method,
        _ => null,
    };

    private static string GgufFile(WeightPrecision precision) => precision switch
    {
        WeightPrecision.Bf16 => "BF16",
        WeightPrecision.Fp8 or WeightPrecision.Int8 => "Q8_0",
        WeightPrecision.MxFp4 => "MXFP4",
        WeightPrecision.NvFp4 => "NVFP4",
        _ => "Q4_K_M",
    };

    private static (Weights?, Problem?) Refuse(string text, params ReadOnlySpan<object?> values) => (null, new Problem(Path, text.With(values)));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryName();

    [GeneratedRegex("awq|gptq|gguf", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Method();

    [GeneratedRegex(@"nvfp4|mxfp4|fp4|fp8|bf16|fp16|int[1-8]|w[1-8]a(?:16|8|4)|(?<!\d)[1-8]-?bit", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex("(?<![A-Za-z0-9])(?:i?q[1-8](?:_[a-z0-9]+)*|bf16|fp?16|f32|nvfp4|mxfp4)(?![A-Za-z0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex GgufType();
}
