using System.Globalization;

namespace Planner.Data.Feeds;

/// <summary>The prices of a sheet.</summary>
internal enum PriceField
{
    Input,
    Output,
    CacheRead,
    CacheWrite,
    BatchInput,
    BatchOutput,
    CacheHit,
    Reasoning,
}

/// <summary>What a field of LiteLLM's rows prices.</summary>
/// <param name="Price">The price.</param>
/// <param name="AboveTokens">Prompt length above which it holds; 0 for the base price.</param>
internal readonly record struct LiteLlmField(PriceField Price, int AboveTokens)
{
    private const string Above = "_above_";
    private const string Thousands = "k_tokens";
    private const string Batches = "_batches";

    /// <summary>The field's meaning. Null for prices of other units, other service levels (priority, flex) and other cache lifetimes.</summary>
    internal static LiteLlmField? Parse(string name)
    {
        var above = name.IndexOf(Above, StringComparison.Ordinal);
        var price = Base(above < 0 ? name : name[..above]);
        if (price is null || above < 0)
            return price is { } plain ? new(plain, 0) : null;

        var rest = name.AsSpan(above + Above.Length);
        if (rest.EndsWith(Batches, StringComparison.Ordinal))
        {
            rest = rest[..^Batches.Length];
            price = price switch
            {
                PriceField.Input => PriceField.BatchInput,
                PriceField.Output => PriceField.BatchOutput,
                _ => null,
            };
        }

        return price is { } tiered and not (PriceField.CacheHit or PriceField.Reasoning)
            && rest.EndsWith(Thousands, StringComparison.Ordinal)
            && int.TryParse(rest[..^Thousands.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var thousands)
            && thousands is > 0 and <= 100_000
            ? new(tiered, thousands * 1000)
            : null;
    }

    /// <summary>The unit of a price that is not per token, such as <c>second</c> of <c>input_cost_per_second</c>; null for other fields.</summary>
    internal static string? OtherUnit(string name)
    {
        const string input = "input_cost_per_";
        const string output = "output_cost_per_";
        var unit = name.StartsWith(input, StringComparison.Ordinal) ? name[input.Length..]
            : name.StartsWith(output, StringComparison.Ordinal) ? name[output.Length..]
            : "";
        return unit is "second" or "character" or "image" or "query" or "request" or "page" or "pixel" or "video_per_second" or "audio_per_second"
            ? unit
            : null;
    }

    private static PriceField? Base(string name) => name switch
    {
        "input_cost_per_token" => PriceField.Input,
        "output_cost_per_token" => PriceField.Output,
        "cache_read_input_token_cost" => PriceField.CacheRead,
        "cache_creation_input_token_cost" => PriceField.CacheWrite,
        "input_cost_per_token_batches" => PriceField.BatchInput,
        "output_cost_per_token_batches" => PriceField.BatchOutput,
        "input_cost_per_token_cache_hit" => PriceField.CacheHit,
        "output_cost_per_reasoning_token" => PriceField.Reasoning,
        _ => null,
    };
}
