using System.Text.Json;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads genai-prices' <c>new_data/v2/data.json</c>: an array of providers with their models, USD per million tokens, tiers, and prices that hold from a day on,
/// announced ones among them. A model whose price depends on the hour of the day is refused by name: whichever of its prices stood for the day would be wrong.
/// </summary>
public static class GenAiPricesReader
{
    private const int MillionTokens = 1_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <param name="today">Day whose prices are those in force.</param>
    /// <returns>The models in it, or why it is refused as a whole.</returns>
    public static FeedReading<PriceFeedRow> Read(ReadOnlyMemory<byte> file, DateOnly today) =>
        FeedFile.ReadJson(file, root => ReadProviders(root, today), FeedTexts.NotProviders);

    private static FeedReading<PriceFeedRow>? ReadProviders(JsonElement root, DateOnly today)
    {
        if (root.ValueKind != JsonValueKind.Array)
            return null;
        var rows = new PriceFeedRows();
        var index = 0;
        foreach (var element in root.EnumerateArray())
        {
            var draft = new FeedRowDraft();
            var place = $"[{index++}]";
            var fields = draft.Fields(element, place);
            var provider = FeedRowDraft.TextOf(fields, "id");
            if (!FeedNames.IsSeller(provider))
                draft.Fail(FeedTexts.RowSellerUnusable);
            var models = draft.Items(fields, "models");
            if (draft.Fault is { } fault)
            {
                rows.Refuse(FeedNames.IsSeller(provider) ? provider! : place, fault);
                continue;
            }

            var number = 0;
            foreach (var model in models)
                ReadModel(rows, model, provider!, number++, today);
        }

        return rows.ToReading();
    }

    private static void ReadModel(PriceFeedRows rows, JsonElement element, string provider, int number, DateOnly today)
    {
        var draft = new FeedRowDraft();
        var place = $"{provider}[{number}]";
        var fields = draft.Fields(element, place);
        var id = FeedRowDraft.TextOf(fields, "id");
        if (!FeedNames.IsModel(id))
        {
            rows.Refuse(place, draft.Fault ?? FeedTexts.RowNameUnusable.With(FeedNames.MaxNameLength));
            return;
        }

        var sourceKey = $"{provider}/{id}";
        var starts = Starts(draft, fields);
        var (seller, name) = FeedNames.Offer(provider, id!);
        var mode = FeedNames.Mode(seller, name);
        if (draft.Fault is { } fault)
        {
            rows.Refuse(sourceKey, fault);
            return;
        }

        if (!FeedModes.IsTokenPriced(mode))
        {
            rows.Skip(sourceKey, mode);
            return;
        }

        var dated = PriceTimeline.FromStarts([.. starts.Select(start => (start.From, start.Sheet.Prices))]);
        var inForce = PriceTimeline.At(dated, today);
        var sheet = starts.LastOrDefault(start => ReferenceEquals(start.Sheet.Prices, inForce)).Sheet;
        rows.Add(new(
            sourceKey, $"{seller}:{name}", seller, name, mode, inForce, FeedRowDraft.Tokens(fields, "context_window"), DeprecatedFrom: null,
            sheet?.OtherUnit, HasRangePrices: false, sheet?.ReasoningUsdPerM)
        {
            Dated = PriceTimeline.Stated(dated),
        });
    }

    /// <summary>The model's prices, each with the day from which it holds: one object, or a list of them under conditions.</summary>
    private static List<(DateOnly? From, Sheet Sheet)> Starts(FeedRowDraft draft, Dictionary<string, JsonElement> model)
    {
        var starts = new List<(DateOnly? From, Sheet Sheet)>();
        if (!model.TryGetValue("prices", out var prices))
            draft.Fail(FeedTexts.RowFieldMissing.With("prices"));
        else if (prices.ValueKind != JsonValueKind.Array)
            starts.Add((null, ReadSheet(draft, prices)));
        else
        {
            foreach (var element in prices.EnumerateArray())
            {
                var entry = draft.Fields(element, "prices");
                var from = Start(draft, entry);
                if (entry.TryGetValue("prices", out var sheet))
                    starts.Add((from, ReadSheet(draft, sheet)));
                else
                    draft.Fail(FeedTexts.RowFieldMissing.With("prices.prices"));
            }
        }

        return starts;
    }

    private static DateOnly? Start(FeedRowDraft draft, Dictionary<string, JsonElement> entry)
    {
        if (!entry.TryGetValue("constraint", out var constraint))
            return null;
        var condition = draft.Fields(constraint, "constraint");
        if (condition.ContainsKey("start_time") || condition.ContainsKey("end_time"))
            draft.Fail(FeedTexts.RowPricesByHour);
        else if (condition.Count != 1 || !condition.ContainsKey("start_date"))
            draft.Fail(FeedTexts.RowConditionUnknown);
        return draft.Day(condition, "start_date");
    }

    private static Sheet ReadSheet(FeedRowDraft draft, JsonElement element)
    {
        var fields = draft.Fields(element, "prices");
        var tiers = new SortedDictionary<int, PriceTier>();
        // A feed that comes to price text apart from pictures and speech, or a cache by its lifetime, uses the second names.
        var prices = new TokenPrices
        {
            InputUsdPerM = Read(["input_mtok", "input_text_mtok"], (tier, price) => tier with { InputUsdPerM = price }),
            OutputUsdPerM = Read(["output_mtok", "output_text_mtok"], (tier, price) => tier with { OutputUsdPerM = price }),
            CacheReadUsdPerM = Read(["cache_read_mtok", "cache_text_read_mtok"], (tier, price) => tier with { CacheReadUsdPerM = price }),
            CacheWriteUsdPerM = Read(["cache_write_mtok", "cache_write_5m_mtok"], (tier, price) => tier with { CacheWriteUsdPerM = price }),
        };
        var reasoning = Read(["output_reasoning_mtok"], (tier, _) => tier);
        return new(
            prices with { Tiers = PriceTiers.Complete(tiers.Values.Where(tier => tier != new PriceTier { AboveTokens = tier.AboveTokens })) },
            fields.ContainsKey("requests_kcount") ? "request" : null, reasoning);

        decimal? Read(ReadOnlySpan<string> names, Func<PriceTier, decimal?, PriceTier> set)
        {
            foreach (var name in names)
            {
                if (fields.TryGetValue(name, out var value))
                    return ReadPrice(draft, value, name, tiers, set);
            }

            return null;
        }
    }

    /// <summary>A price, or its base where there are tiers; they go to the others of the sheet.</summary>
    private static decimal? ReadPrice(
        FeedRowDraft draft, JsonElement value, string name, SortedDictionary<int, PriceTier> tiers, Func<PriceTier, decimal?, PriceTier> set)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return draft.Price(value, name, MillionTokens);
        var fields = draft.Fields(value, name);
        if (fields.Keys.Any(field => field is not ("base" or "tiers")))
            draft.Fail(FeedTexts.RowFieldShape.With(name));
        var starts = new HashSet<int>();
        foreach (var element in draft.Items(fields, "tiers"))
        {
            var tier = draft.Fields(element, name + ".tiers");
            if (FeedRowDraft.Tokens(tier, "start") is not { } start || !starts.Add(start))
                draft.Fail(FeedTexts.RowTierUnusable.With(name));
            else if (draft.Price(tier, "price", MillionTokens) is { } price)
                tiers[start] = set(tiers.GetValueOrDefault(start) ?? new PriceTier { AboveTokens = start }, price);
            else
                draft.Fail(FeedTexts.RowTierUnusable.With(name));
        }

        if (!fields.ContainsKey("base"))
            draft.Fail(FeedTexts.RowFieldMissing.With(name + ".base"));
        return draft.Price(fields, "base", MillionTokens);
    }

    private sealed record Sheet(TokenPrices Prices, string? OtherUnit, decimal? ReasoningUsdPerM);
}
