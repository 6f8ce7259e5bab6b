namespace Planner.Data.Feeds;

/// <summary>Names as the feeds write them, and the names that one offer has in all of them.</summary>
internal static class FeedNames
{
    internal const int MaxNameLength = 200;
    private const int MaxSellerLength = 64;

    // Which names the other feeds give to what LiteLLM, the leading feed, lists: by its seller and with its prefix. The first entry that fits counts.
    // Amazon's models are split over three of LiteLLM's sellers by the programming interface that serves them.
    private static readonly (string Provider, string ModelPrefix, string Seller, string NamePrefix)[] Sellers =
    [
        ("aws", "openai.gpt-5", "bedrock_mantle", ""),
        ("aws", "amazon.titan", "bedrock", ""),
        ("aws", "meta.llama3-3", "bedrock_converse", ""),
        ("aws", "meta.llama3", "bedrock", ""),
        ("aws", "mistral.mistral-7b", "bedrock", ""),
        ("aws", "mistral.mistral-large-2402", "bedrock", ""),
        ("aws", "mistral.mistral-small-2402", "bedrock", ""),
        ("aws", "mistral.mixtral", "bedrock", ""),
        ("aws", "", "bedrock_converse", ""),
        ("cohere", "command-", "cohere_chat", ""),
        ("fireworks", "", "fireworks_ai", "accounts/fireworks/models/"),
        ("google", "claude", "vertex_ai-anthropic_models", "vertex_ai/"),
        ("google", "", "gemini", ""),
        ("meta-ai", "", "meta", ""),
        ("moonshot-ai", "", "moonshot", ""),
        ("moonshotai", "", "moonshot", ""),
        ("qwen", "", "dashscope", ""),
        ("together", "", "together_ai", ""),
        ("voyageai", "", "voyage", ""),
        ("x-ai", "", "xai", ""),
    ];

    // Parts of names, in lower case, of what is sold by other things than text tokens or is of no use to a workload of texts; the kinds are LiteLLM's modes.
    private static readonly (string Part, string Mode)[] Modes =
    [
        ("embed", FeedModes.Embedding),
        ("rerank", "rerank"),
        ("moderation", "moderation"),
        ("gpt-image", "image_generation"),
        ("dall-e", "image_generation"),
        ("transcribe", "audio_transcription"),
        ("whisper", "audio_transcription"),
        ("-tts", "audio_speech"),
        ("realtime", "realtime"),
    ];

    /// <summary>Whether a text can be the name of a model.</summary>
    internal static bool IsModel(string? name) => name is { Length: > 0 and <= MaxNameLength } && !name.Any(char.IsControl);

    /// <summary>Whether a text can be the name of a seller.</summary>
    internal static bool IsSeller(string? name) =>
        name is { Length: > 0 and <= MaxSellerLength } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>The offer as the leading feed names it.</summary>
    /// <param name="provider">The seller's name in a feed.</param>
    /// <param name="model">The model's name in it.</param>
    internal static (string Seller, string Name) Offer(string provider, string model)
    {
        var seller = provider.ToLowerInvariant();
        foreach (var entry in Sellers)
        {
            if (entry.Provider == seller && model.StartsWith(entry.ModelPrefix, StringComparison.Ordinal))
                return (entry.Seller, model.StartsWith(entry.NamePrefix, StringComparison.Ordinal) ? model : entry.NamePrefix + model);
        }

        return (seller, model);
    }

    /// <summary>All sellers under whom the leading feed may list what a seller has, by its own name or by that of the interface that serves it.</summary>
    internal static IReadOnlySet<string> SellersOf(string provider) =>
        Sellers.Where(entry => entry.Provider == provider).Select(entry => entry.Seller).Append(provider).ToHashSet(StringComparer.Ordinal);

    /// <summary>What is sold, told by the name where a feed does not say it; chat where nothing speaks against it.</summary>
    internal static string Mode(string seller, string name)
    {
        // Voyage sells embeddings and rerankers only.
        var otherwise = seller == "voyage" ? FeedModes.Embedding : FeedModes.Chat;
        return Modes.FirstOrDefault(mode => name.Contains(mode.Part, StringComparison.OrdinalIgnoreCase)).Mode ?? otherwise;
    }
}
