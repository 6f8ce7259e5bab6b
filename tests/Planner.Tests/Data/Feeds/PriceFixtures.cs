using System.Text;
using Planner.Data.Feeds;

namespace Planner.Tests.Data.Feeds;

/// <summary>Small files in the form of each feed of prices. All names and prices are made up.</summary>
internal static class PriceFixtures
{
    internal static readonly DateOnly Today = new(2026, 8, 21);

    internal const string GenAi = """
        [
          {
            "id": "acme", "name": "Acme", "pricing_urls": ["https://acme.test"], "model_match": { "contains": "acme" },
            "models": [
              { "id": "acme-plain", "match": { "equals": "acme-plain" }, "context_window": 200000,
                "prices": { "input_mtok": 3, "cache_write_mtok": 3.75, "cache_read_mtok": 0.3, "output_mtok": 15, "cache_write_1h_mtok": 6, "web_searches_kcount": 10 } },
              { "id": "acme-tiered", "match": { "equals": "acme-tiered" },
                "prices": {
                  "input_mtok": { "base": 1.25, "tiers": [ { "start": 200000, "price": 2.5 }, { "start": 500000, "price": 4 } ] },
                  "output_mtok": { "base": 10, "tiers": [ { "start": 200000, "price": 20 } ] },
                  "cache_read_mtok": 0.125 } },
              { "id": "acme-dated", "match": { "equals": "acme-dated" },
                "prices": [
                  { "prices": { "input_mtok": 9, "output_mtok": 90 } },
                  { "constraint": { "start_date": "2026-08-21" }, "prices": { "input_mtok": 2, "output_mtok": 11 } },
                  { "constraint": { "start_date": "2027-01-01" }, "prices": { "input_mtok": 4, "output_mtok": 22 } } ] },
              { "id": "acme-hourly", "match": { "equals": "acme-hourly" },
                "prices": [
                  { "prices": { "input_mtok": 0.5, "output_mtok": 0.6 } },
                  { "constraint": { "start_time": "00:30:00Z", "end_time": "16:30:00Z" }, "prices": { "input_mtok": 1, "output_mtok": 1.2 } } ] },
              { "id": "acme-search", "match": { "equals": "acme-search" },
                "prices": { "input_mtok": 2, "output_mtok": 8, "output_reasoning_mtok": 3, "requests_kcount": 12 } },
              { "id": "acme-free", "match": { "equals": "acme-free" }, "prices": {} },
              { "id": "acme-embed", "match": { "equals": "acme-embed" }, "prices": { "input_mtok": 0.02 } },
              { "id": "gpt-image-9", "match": { "equals": "gpt-image-9" }, "prices": { "input_mtok": 5, "output_mtok": 40 } }
            ]
          },
          {
            "id": "together", "name": "Together",
            "models": [ { "id": "umbra/Umbra-8B", "match": { "equals": "umbra" }, "prices": { "input_mtok": 0.18, "output_mtok": 0.19 } } ]
          }
        ]
        """;

    internal const string OpenRouter = """
        {
          "data": [
            { "id": "acme/large", "canonical_slug": "acme/large-1", "context_length": 1048576,
              "pricing": { "prompt": "0.0000025", "completion": "0.0000006000000000000001", "input_cache_read": "0.00000025", "input_cache_write": "0.000003125",
                "web_search": "0.01", "internal_reasoning": "0.0000007" },
              "expiration_date": null },
            { "id": "acme/tiered", "context_length": 400000,
              "pricing": { "prompt": "0.000001", "completion": "0.000004",
                "overrides": [ { "min_prompt_tokens": 256000, "prompt": "0.000003" }, { "min_prompt_tokens": 32000, "prompt": "0.000002", "completion": "0.000008" } ] },
              "expiration_date": "2026-12-31" },
            { "id": "acme/small:free", "context_length": 8192, "pricing": { "prompt": "0", "completion": "0" }, "expiration_date": "2098-12-31" },
            { "id": "router/auto", "context_length": 2000000, "pricing": { "prompt": "-1", "completion": "-1" } }
          ],
          "total_count": 4, "links": {}
        }
        """;

    internal const string LlmVendor = """
        {
          "vendor": "acme",
          "models": [
            { "id": "acme-large", "name": "Large",
              "price_history": [
                { "input": 3, "output": 15, "input_cached": 0.3, "from_date": "2026-09-01", "to_date": null },
                { "input": 2, "output": 10, "input_cached": null, "from_date": null, "to_date": "2026-09-01" } ] },
            { "id": "acme-large-200k", "name": "Large, long",
              "price_history": [ { "input": 6, "output": 22.5, "input_cached": null, "from_date": null, "to_date": null } ] },
            { "id": "acme-gone", "name": "Gone",
              "price_history": [ { "input": 7.5, "output": 8, "from_date": null, "to_date": "2025-01-01" } ] },
            { "id": "gpt-image-9", "name": "Pictures", "price_history": [ { "input": 5, "output": 40, "from_date": null, "to_date": null } ] }
          ]
        }
        """;

    internal const string LlmServed = """
        {
          "updated_at": "2026-08-05",
          "prices": [
            { "id": "acme-large", "vendor": "acme", "name": "Large", "input": 3, "output": 15, "input_cached": 0.3, "from_date": "2026-09-01", "to_date": null },
            { "id": "acme-large", "vendor": "acme", "name": "Large", "input": 2, "output": 10, "input_cached": null, "from_date": null, "to_date": "2026-09-01" },
            { "id": "umbra-small", "vendor": "umbra", "name": "Small", "input": 0.1, "output": 0.4 }
          ]
        }
        """;

    internal const string Table = """
        Vendor;Model;Input per 1M;Output per 1M;Cached input;Batch input;Batch output;Context;Valid from;Currency
        Acme;acme-large;2,50;15;0,25;1,25;7,5;200000;;USD
        Acme;acme-large;3,75;22,5;;;;200000;2027-01-01;USD
        Umbra Labs;umbra-small;$0,10;0,40 USD;n/a;-;;;;
        Umbra Labs;umbra-embed;0,02;;;;;8192;2026-01-01;usd
        """;

    internal static PriceMapping TableMapping { get; } = PriceMapping.Suggest(Table.Split('\n')[0].TrimEnd('\r').Split(';')) with { DecimalSign = ',' };

    internal const string JsonLines = """
        {"provider": "acme", "model": "acme-large", "input_cost_per_token": 2.5e-06, "output_cost_per_token": "0.000015"}
        {"provider": "acme", "model": "acme-small", "input_cost_per_token": 1e-07, "output_cost_per_token": null}
        """;

    internal static PriceMapping JsonMapping { get; } = PriceMapping.Suggest(["provider", "model", "input_cost_per_token", "output_cost_per_token"]);

    internal static FeedReading<PriceFeedRow> ReadGenAi(string text) => GenAiPricesReader.Read(Encoding.UTF8.GetBytes(text), Today);

    internal static FeedReading<PriceFeedRow> ReadOpenRouter(string text) => OpenRouterReader.Read(Encoding.UTF8.GetBytes(text), Today);

    internal static FeedReading<PriceFeedRow> ReadLlm(string text) => LlmPricesReader.Read(Encoding.UTF8.GetBytes(text), Today);

    internal static FeedReading<PriceFeedRow> ReadTable(string text, PriceMapping? mapping = null) =>
        MappedPriceReader.Read(Encoding.UTF8.GetBytes(text), mapping ?? TableMapping, Today, []).Reading;

    /// <summary>A text with one piece replaced; the piece must be there.</summary>
    internal static string With(this string text, string old, string replacement) =>
        text.Contains(old, StringComparison.Ordinal) ? text.Replace(old, replacement, StringComparison.Ordinal) : throw new ArgumentException("The fixture has no such text.", nameof(old));
}
