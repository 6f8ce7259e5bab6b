using System.Globalization;
using System.Text.RegularExpressions;

namespace Planner.Domain.Capacity;

/// <summary>What the capacity model needs to know of an engine's release.</summary>
/// <param name="Timing">Whose fitted times apply.</param>
/// <param name="Software2024">True for software of 2024, whose fixed times were longer.</param>
/// <param name="MaxSequences">Sequences that the release runs at once unless configured otherwise.</param>
/// <param name="ChunkTokens">Prompt tokens of one forward pass.</param>
public readonly partial record struct EngineRelease(EngineTiming Timing, bool Software2024, int MaxSequences, int ChunkTokens)
{
    private static readonly Version LastSlowVllm = new(0, 6, 6);
    private static readonly Version ModernVllm = new(0, 8, 0);
    private static readonly Version ModernTensorRt = new(0, 19, 0);

    /// <summary>The release that benchmark files name.</summary>
    /// <param name="engine">Name of the engine as benchmark files write it, without regard to case: <c>vllm</c>, <c>trtllm</c>, <c>trtllm-static</c>, <c>sglang</c>, <c>tgi</c>, <c>llama.cpp</c>, <c>optimum-habana</c>.</param>
    /// <param name="version">Its version in any style: <c>0.11.0</c>, <c>v0.5.4.post2</c>, <c>~0.9 (2024)</c>; empty where unknown.</param>
    /// <param name="year">Year of the measurement, which decides where the version does not; null where unknown, which is read as recent.</param>
    /// <returns>The release; null for an engine that the model has no times of.</returns>
    public static EngineRelease? Of(string engine, string version, int? year)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(version);
        var released = VersionIn(version);
        // "~0.4" and the like are what a source of 2024 remembers of its software.
        var recalled = version.StartsWith('~');
        // MLPerf's submitters run builds of their own, ahead of the releases of the day.
        var of2024 = recalled || (year <= 2024 && !version.StartsWith("MLPerf", StringComparison.OrdinalIgnoreCase));
        switch (engine.Trim().ToLowerInvariant())
        {
            case "vllm":
                var old = released is { } number ? number < ModernVllm : of2024;
                var slow = released is { } known ? known <= LastSlowVllm : recalled;
                return slow ? new EngineRelease(EngineTiming.Vllm2024, old, 256, 4096) : new EngineRelease(EngineTiming.Vllm, old, old ? 256 : 1024, 8192);
            case "tgi" or "text-generation-inference":
                return new EngineRelease(EngineTiming.Vllm2024, of2024, 256, 4096);
            case "trtllm" or "trtllm-static" or "trt-llm" or "tensorrt-llm":
                return new EngineRelease(EngineTiming.TensorRtLlm, released is { } release ? release < ModernTensorRt : of2024, 2048, 8192);
            case "sglang":
                return new EngineRelease(EngineTiming.Sglang, of2024, 1024, 8192);
            case "optimum-habana":
                return new EngineRelease(EngineTiming.OptimumHabana, false, 1024, 8192);
            case "llama.cpp" or "ollama":
                // A benchmark of many requests opens as many slots; a server has four unless it is told.
                return new EngineRelease(EngineTiming.LlamaCpp, of2024, 64, 8192);
            default:
                return null;
        }
    }

    /// <summary>Month of a day or a month as a year, 2025-10 as 2025.8; where there is none, the middle of the time in which software was measured.</summary>
    /// <param name="date">A date that begins with a year and a month, such as <c>2025-10-29</c>.</param>
    public static double YearIn(string date)
    {
        ArgumentNullException.ThrowIfNull(date);
        return DateOnly.TryParseExact(date.Length >= 7 ? date[..7] : "", "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month.Year + ((month.Month - 0.5) / 12)
            : 2026;
    }

    private static Version? VersionIn(string text) => VersionNumber().Match(text) is { Success: true } match
        ? new Version(Part(match, 1), Part(match, 2), Part(match, 3))
        : null;

    private static int Part(Match match, int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex VersionNumber();
}
