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
        var kind = KindOf(checkpoint);
        if (isGguf)
        {
            if (!checkpoint.Contains("gguf", StringComparison.OrdinalIgnoreCase))
                return Refuse(Texts.ArtefactNeedsGguf, engine.Name, model.Name, checkpoint);
            return (new Weights(checkpoint.Contains(':', StringComparison.Ordinal) ? checkpoint : $"{checkpoint}:{GgufFile(planned)}", null, planned), null);
        }

        // What a name says is believed; one that says nothing is left to the engine, which reads the checkpoint's own configuration.
        if (kind is not null && (WeightPrecisions.Parse(kind) != planned || (option.Precision is "awq" or "gptq" && kind is "awq" or "gptq" && kind != option.Precision)))
            return Refuse(Texts.ArtefactOtherKind, checkpoint, kind, option.Precision);
        return kind == "gguf" ? Refuse(Texts.ArtefactOtherKind, checkpoint, kind, option.Precision) : (new Weights(checkpoint, MethodOf(kind, engine, gpu), planned), null);
    }

    /// <summary>The precision, or the format, that a repository's name states; null where it states none.</summary>
    private static string? KindOf(string repository) => Kind().Match(repository) is { Success: true, Value: var word }
        ? word.ToLowerInvariant() switch { "w4a16" or "4bit" => "int4", "w8a8" or "8bit" => "int8", var known => known }
        : null;

    private static bool CanQuantizeToFp8(EngineDocumentation engine) =>
        engine.Key is "vllm" or "sglang" or "tgi";

    /// <summary>The faster kernels need an Ampere GPU or a newer one; other engines read the method from the checkpoint.</summary>
    private static string? MethodOf(string? kind, EngineDocumentation engine, Gpu gpu) => (kind, engine.Key) switch
    {
        ("awq" or "gptq", "tgi") => kind,
        ("awq" or "gptq", "vllm" or "sglang") => gpu is { Vendor: "nvidia", Key: not "T4" } ? $"{kind}_marlin" : kind,
        _ => null,
    };

    private static string GgufFile(WeightPrecision precision) => precision switch
    {
        WeightPrecision.Bf16 => "BF16",
        WeightPrecision.Fp8 or WeightPrecision.Int8 => "Q8_0",
        WeightPrecision.MxFp4 => "MXFP4",
        _ => "Q4_K_M",
    };

    private static (Weights?, Problem?) Refuse(string text, params ReadOnlySpan<object?> values) => (null, new Problem(Path, Wording.Say(text, values)));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryName();

    [GeneratedRegex("awq|gptq|gguf|nvfp4|mxfp4|fp8|int8|w8a8|8bit|int4|w4a16|4bit|bf16|fp16", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Kind();
}
