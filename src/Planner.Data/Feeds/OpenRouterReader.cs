using System.Text.Json;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads OpenRouter's <c>/api/v1/models</c>: what the router charges at this moment, as decimal texts in USD per token. It knows no past and no future; the price
/// paid depends on the endpoint that a request is routed to.
/// </summary>
public static class OpenRouterReader
{
    /// <summary>Kind under which models are counted whose price is only known when they answer: they route to others.</summary>
    public const string Variable = "variable";

    private const string Seller = "openrouter";

    // What the service writes for models without an end.
    private static readonly DateOnly NoEnd = new(2098, 12, 31);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <param name="today">Not used: every price in the file is today's.</param>
    /// <returns>The models in it, or why it is refused as a whole.</returns>
    public static FeedReading<PriceFeedRow> Read(ReadOnlyMemory<byte> file, DateOnly today) => FeedFile.ReadJson(file, ReadModels, FeedTexts.NotModelList);

    private static FeedReading<PriceFeedRow>? ReadModels(JsonElement root)
    {
        var draft = new FeedRowDraft();
        var fields = draft.Fields(root, "");
        if (draft.Fault is not null || !fields.TryGetValue("data", out var data) || data.ValueKind != JsonValueKind.Array)
            return null;
        var rows = new PriceFeedRows();
        var number = 0;
        foreach (var model in data.EnumerateArray())
            ReadModel(rows, model, $"data[{number++}]");
        return rows.ToReading();
    }

    private static void ReadModel(PriceFeedRows rows, JsonElement element, string place)
    {
        var draft = new FeedRowDraft();
        var fields = draft.Fields(element, place);
        var id = FeedRowDraft.TextOf(fields, "id");
        if (!FeedNames.IsModel(id))
        {
            rows.Refuse(place, draft.Fault ?? FeedTexts.RowNameUnusable.With(FeedNames.MaxNameLength));
            return;
        }

        if (!fields.TryGetValue("pricing", out var pricing))
            draft.Fail(FeedTexts.RowFieldMissing.With("pricing"));
        var prices = fields.ContainsKey("pricing") ? draft.Fields(pricing, "pricing") : [];
        if (draft.Fault is null && (IsVariable(prices, "prompt") || IsVariable(prices, "completion")))
        {
            rows.Skip(id!, Variable);
            return;
        }

        var (tiers, hasRanges) = Tiers(draft, prices);
        var row = new PriceFeedRow(
            id!, $"{Seller}:{id}", Seller, id!, FeedNames.Mode(Seller, id!),
            new TokenPrices
            {
                InputUsdPerM = draft.Price(prices, "prompt", 1),
                OutputUsdPerM = draft.Price(prices, "completion", 1),
                CacheReadUsdPerM = draft.Price(prices, "input_cache_read", 1),
                CacheWriteUsdPerM = draft.Price(prices, "input_cache_write", 1),
                Tiers = tiers,
            },
            FeedRowDraft.Tokens(fields, "context_length"), DeprecatedFrom(fields), OtherUnit(draft, prices), hasRanges,
            draft.Price(prices, "internal_reasoning", 1));
        if (draft.Fault is { } fault)
            rows.Refuse(id!, fault);
        else if (!FeedModes.IsTokenPriced(row.Mode))
            rows.Skip(id!, row.Mode);
        else
            rows.Add(row);
    }

    /// <summary>The prices of long prompts; and whether there are others under conditions that are not read.</summary>
    private static (IReadOnlyList<PriceTier> Tiers, bool HasOthers) Tiers(FeedRowDraft draft, Dictionary<string, JsonElement> pricing)
    {
        var tiers = new SortedDictionary<int, PriceTier>();
        var hasOthers = false;
        foreach (var element in draft.Items(pricing, "overrides"))
        {
            var fields = draft.Fields(element, "overrides");
            var isByPrompt = fields.ContainsKey("min_prompt_tokens")
                && !fields.Keys.Any(field => field != "min_prompt_tokens" && (field.StartsWith("min_", StringComparison.Ordinal) || field.StartsWith("max_", StringComparison.Ordinal)));
            if (!isByPrompt)
            {
                hasOthers = true;
                continue;
            }

            var tier = new PriceTier
            {
                AboveTokens = FeedRowDraft.Tokens(fields, "min_prompt_tokens") ?? 0,
                InputUsdPerM = draft.Price(fields, "prompt", 1),
                OutputUsdPerM = draft.Price(fields, "completion", 1),
                CacheReadUsdPerM = draft.Price(fields, "input_cache_read", 1),
                CacheWriteUsdPerM = draft.Price(fields, "input_cache_write", 1),
            };
            if (tier.AboveTokens == 0 || !tiers.TryAdd((int)tier.AboveTokens, tier))
                draft.Fail(FeedTexts.RowTierUnusable.With("overrides"));
        }

        return (PriceTiers.Complete(tiers.Values), hasOthers);
    }

    private static bool IsVariable(Dictionary<string, JsonElement> pricing, string name) => FeedRowDraft.TextOf(pricing, name) == "-1";

    private static string? OtherUnit(FeedRowDraft draft, Dictionary<string, JsonElement> pricing) => draft.Price(pricing, "request", 1) > 0 ? "request" : null;

    private static DateOnly? DeprecatedFrom(Dictionary<string, JsonElement> fields) =>
        FeedRowDraft.DayOf(FeedRowDraft.TextOf(fields, "expiration_date")) is { } day && day < NoEnd ? day : null;
}
