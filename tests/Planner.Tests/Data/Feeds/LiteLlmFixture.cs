using System.Text;

namespace Planner.Tests.Data.Feeds;

/// <summary>A small file in LiteLLM's form with one row for each thing that the real one does. All names and prices are made up.</summary>
internal static class LiteLlmFixture
{
    internal const string Text = """
        {
          "sample_spec": { "litellm_provider": "one of many", "mode": "one of: chat, embedding", "max_tokens": "a number", "input_cost_per_token": 0 },
          "acme-large": {
            "litellm_provider": "acme", "mode": "chat", "max_input_tokens": 1050000, "max_tokens": 128000,
            "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05, "cache_read_input_token_cost": 2.5e-07,
            "cache_creation_input_token_cost": 3.125e-06, "cache_creation_input_token_cost_above_1hr": 5e-06, "input_cost_per_token_priority": 5e-06,
            "input_cost_per_token_flex": 1e-06,
            "input_cost_per_token_batches": 1.25e-06, "output_cost_per_token_batches": 7.5e-06,
            "input_cost_per_token_above_272k_tokens": 5e-06, "output_cost_per_token_above_272k_tokens": 2.25e-05,
            "cache_read_input_token_cost_above_272k_tokens": 5e-07, "input_cost_per_token_above_272k_tokens_priority": 1e-05,
            "input_cost_per_token_above_272k_tokens_batches": 2.5e-06, "deprecation_date": "2027-03-31",
            "search_context_cost_per_query": { "search_context_size_low": 0.03 }, "supported_regions": ["eu", "us"] },
          "acme/acme-large": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.6e-05 },
          "acme/acme-small": { "litellm_provider": "acme", "mode": "chat", "max_input_tokens": 2000000.0, "input_cost_per_token": 2.9999900000000002e-06,
            "output_cost_per_token": 6E-6, "input_cost_per_token_cache_hit": 3e-07 },
          "umbra/acme-large": { "litellm_provider": "umbra", "mode": "responses", "input_cost_per_token": 0.0000026, "output_cost_per_token": 1.5e-05 },
          "acme-embed": { "litellm_provider": "acme", "mode": "embedding", "max_input_tokens": 8191, "input_cost_per_token": 2e-08,
            "output_cost_per_token": 0.0, "input_cost_per_token_batches": 1e-08, "output_cost_per_token_batches": 0.0 },
          "acme-embed-2": { "litellm_provider": "acme", "mode": "embedding", "input_cost_per_token": 1e-07 },
          "umbra/wrong-unit": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0.135, "output_cost_per_token": 0.54 },
          "umbra/dear-output": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0.0002, "output_cost_per_token": 0.001000001 },
          "umbra/dear-but-real": { "litellm_provider": "umbra", "mode": "responses", "input_cost_per_token": 0.0002, "output_cost_per_token": 0.001 },
          "umbra/free-or-unknown": { "litellm_provider": "umbra", "mode": "completion", "input_cost_per_token": 0, "output_cost_per_token": 0 },
          "umbra/half-free": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 7.5e-08, "output_cost_per_token": 0.0,
            "cache_read_input_token_cost": 0.0, "input_cost_per_token_above_128k_tokens": 0, "output_cost_per_token_above_128k_tokens": 0 },
          "umbra/per-request": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 2.8e-07,
            "input_cost_per_request": 0.005 },
          "umbra/commitment": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_second": 0.0175, "output_cost_per_second": 0.0175 },
          "umbra/by-range": { "litellm_provider": "umbra", "mode": "chat", "tiered_pricing": [ { "range": [0, 256000.0], "input_cost_per_token": 5e-08 } ] },
          "umbra/per-step": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 1e-09, "output_cost_per_token": 1e-09 },
          "umbra/odd": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-07,
            "cache_read_input_token_cost": 1.1e-06, "cache_creation_input_token_cost": 9e-07, "input_cost_per_token_batches": 1e-06,
            "output_cost_per_token_batches": 2e-07,
            "output_cost_per_reasoning_token": 8e-07, "input_cost_per_token_above_200k_tokens": 5e-07 },
          "umbra/picture": { "litellm_provider": "umbra", "mode": "image_generation", "input_cost_per_token": 5e-06 },
          "umbra/rerank": { "litellm_provider": "umbra", "mode": "rerank", "input_cost_per_query": 0.002 },
          "umbra-size-class": { "litellm_provider": "umbra", "input_cost_per_token": 2e-07, "output_cost_per_token": 2e-07 },
          "orphan": { "mode": "chat", "input_cost_per_token": 1e-06 },
          "fallback_generalizations": { "rules": [ { "name": "any", "pattern": "^acme" } ] },
          "last_updated": "2026-08-01T00:00:00"
        }
        """;

    /// <summary>Models of the fixture, that is all members but <c>sample_spec</c>, <c>orphan</c> and the last two.</summary>
    internal const int Models = 19;

    internal static byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    internal static byte[] Replace(string old, string replacement)
    {
        var text = Text.Replace(old, replacement, StringComparison.Ordinal);
        return text == Text ? throw new ArgumentException("The fixture has no such text.", nameof(old)) : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>A file of ordinary models <c>m0</c>, <c>m1</c>, … of the seller acme.</summary>
    internal static byte[] Plain(int models, string usdPerToken = "1e-06", string? lastUsdPerToken = null)
    {
        var rows = Enumerable.Range(0, models).Select(index => (index, input: index == models - 1 ? lastUsdPerToken ?? usdPerToken : usdPerToken)).Select(row => $$"""
            "m{{row.index}}": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": {{row.input}}, "output_cost_per_token": 2e-06 }
            """);
        return Encoding.UTF8.GetBytes($"{{{string.Join(",", rows)}}}");
    }

    /// <summary>A file of one model.</summary>
    internal static byte[] Single(string fields, string mode = "chat") =>
        Encoding.UTF8.GetBytes($$"""{ "m": { "litellm_provider": "acme", "mode": "{{mode}}", {{fields}} } }""");
}
