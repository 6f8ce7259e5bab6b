using System.Globalization;

namespace Planner.Data.Benchmarks;

/// <summary>Precisions and parallel ways as benchmark files write them.</summary>
public static class DeploymentNames
{
    private const int MostWays = 1_024;

    // Looked for in this order: "mxfp4" and "nvfp4" hold "fp4", "w8a8-fp8" holds "w8a8" and "bfloat16" holds "float16".
    private static readonly (string Word, string Precision)[] Words =
    [
        ("mxfp4", "mxfp4"), ("fp4", "fp4"), ("w4a16", "int4"), ("awq", "int4"), ("gptq", "int4"), ("int4", "int4"), ("4bit", "int4"),
        ("w8a8-fp8", "fp8"), ("fp8", "fp8"), ("float8", "fp8"), ("w8a8", "int8"), ("int8", "int8"), ("bfloat16", "bf16"), ("bf16", "bf16"), ("float16", "fp16"), ("fp16", "fp16"),
    ];

    /// <summary>The precision that a word or a model's name speaks of.</summary>
    /// <returns>A precision as the catalog writes it; null where it speaks of none, as <c>auto</c> does.</returns>
    public static string? Precision(string? text) =>
        text is null ? null
        : text.Equals("half", StringComparison.OrdinalIgnoreCase) ? "fp16"
        : Words.FirstOrDefault(word => text.Contains(word.Word, StringComparison.OrdinalIgnoreCase)).Precision;

    /// <summary>The first of some texts that speaks of a precision, as the catalog writes it.</summary>
    internal static string? FirstPrecision(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (Precision(text) is { } precision)
                return precision;
        }

        return null;
    }

    /// <summary>A number of parallel ways, 1 to 1,024; null where there is none.</summary>
    internal static int? Ways(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ways) && ways is >= 1 and <= MostWays ? ways : null;
}
