using System.Globalization;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>What a field of LiteLLM's rows prices.</summary>
/// <param name="Kind">Kind of the tokens.</param>
/// <param name="AboveTokens">Prompt length above which it holds; 0 for the base price.</param>
/// <param name="IsAside">True for a second price of the same kind: of a cache hit, and of reasoning.</param>
internal readonly record struct LiteLlmField(TokenKind Kind, int AboveTokens, bool IsAside)
{
    private const string Above = "_above_";
    private const string Thousands = "k_tokens";
    private const string Batches = "_batches";

    /// <summary>The field's meaning. Null for prices of other units, other service levels (priority, flex) and other cache lifetimes.</summary>
    internal static LiteLlmField? Parse(string name)
    {
        var above = name.IndexOf(Above, StringComparison.Ordinal);
        if (above < 0)
            return Base(name);
        if (Base(name[..above]) is not { IsAside: false } price)
            return null;

        var rest = name.AsSpan(above + Above.Length);
        TokenKind? kind = price.Kind;
        if (rest.EndsWith(Batches, StringComparison.Ordinal))
        {
            rest = rest[..^Batches.Length];
            kind = price.Kind switch
            {
                TokenKind.Input => TokenKind.BatchInput,
                TokenKind.Output => TokenKind.BatchOutput,
                _ => null,
            };
        }

        return kind is { } tiered
            && rest.EndsWith(Thousands, StringComparison.Ordinal)
            && int.TryParse(rest[..^Thousands.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var thousands)
            && thousands is > 0 and <= 100_000
            ? price with { Kind = tiered, AboveTokens = thousands * 1000 }
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

    private static LiteLlmField? Base(string name) => name switch
    {
        "input_cost_per_token" => new(TokenKind.Input, 0, false),
        "output_cost_per_token" => new(TokenKind.Output, 0, false),
        "cache_read_input_token_cost" => new(TokenKind.CacheRead, 0, false),
        "cache_creation_input_token_cost" => new(TokenKind.CacheWrite, 0, false),
        "input_cost_per_token_batches" => new(TokenKind.BatchInput, 0, false),
        "output_cost_per_token_batches" => new(TokenKind.BatchOutput, 0, false),
        "input_cost_per_token_cache_hit" => new(TokenKind.CacheRead, 0, true),
        "output_cost_per_reasoning_token" => new(TokenKind.Output, 0, true),
        _ => null,
    };
}
