using System.Text.Json;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads the prices of llm-prices.com, USD per million tokens, in each of its forms: a vendor's file (<c>vendor</c>, <c>models</c> with their <c>price_history</c>),
/// an array of such files, and the files it serves (<c>prices</c>, one entry a model and period). A price holds from its first day up to the day before <c>to_date</c>.
/// Prices of long prompts are models of their own there, such as <c>gpt-5.4-272k</c>, and stay so: the name is no promise that it is the same model.
/// </summary>
public static class LlmPricesReader
{
    private const int MillionTokens = 1_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <param name="today">Day whose prices are those in force.</param>
    /// <returns>The models in it, or why it is refused as a whole.</returns>
    public static FeedReading<PriceFeedRow> Read(ReadOnlyMemory<byte> file, DateOnly today) =>
        FeedFile.ReadJson(file, root => new Reading().Read(root, today), FeedTexts.NotVendors);

    private sealed class Reading
    {
        private readonly PriceFeedRows _rows = new();
        private readonly Dictionary<string, Model> _models = new(StringComparer.Ordinal);

        internal FeedReading<PriceFeedRow>? Read(JsonElement root, DateOnly today)
        {
            DateOnly? updated = null;
            var isPart = false;
            if (root.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var vendor in root.EnumerateArray())
                    ReadVendor(vendor, $"[{index++}]");
            }
            else if (root.ValueKind == JsonValueKind.Object)
            {
                var draft = new FeedRowDraft();
                var fields = draft.Fields(root, "");
                if (draft.Fault is not null || (!fields.ContainsKey("models") && !fields.ContainsKey("prices")))
                    return null;
                updated = FeedRowDraft.DayOf(FeedRowDraft.TextOf(fields, "updated_at"));
                isPart = !fields.TryGetValue("prices", out var prices);
                if (isPart)
                    ReadVendor(root, "[0]");
                else
                    ReadPeriods(prices);
            }
            else
            {
                return null;
            }

            foreach (var (key, model) in _models)
                Close(key, model, today);
            return _rows.ToReading() with { SourceDate = updated, IsPart = isPart };
        }

        private void ReadVendor(JsonElement element, string place)
        {
            var draft = new FeedRowDraft();
            var fields = draft.Fields(element, place);
            var vendor = FeedRowDraft.TextOf(fields, "vendor");
            if (!FeedNames.IsSeller(vendor))
                draft.Fail(FeedTexts.RowSellerUnusable);
            var models = draft.Items(fields, "models");
            if (draft.Fault is { } fault)
            {
                _rows.Refuse(FeedNames.IsSeller(vendor) ? vendor! : place, fault);
                return;
            }

            var number = 0;
            foreach (var item in models)
            {
                var row = new FeedRowDraft();
                var model = row.Fields(item, "models");
                if (ModelOf(row, vendor, FeedRowDraft.TextOf(model, "id"), $"{vendor}[{number++}]") is not { } known)
                    continue;
                if (!model.ContainsKey("price_history"))
                    row.Fail(FeedTexts.RowFieldMissing.With("price_history"));
                foreach (var period in row.Items(model, "price_history"))
                    known.Add(row, row.Fields(period, "price_history"));
                if (row.Fault is { } reason)
                    known.Draft.Fail(reason);
            }
        }

        private void ReadPeriods(JsonElement prices)
        {
            var number = 0;
            foreach (var item in prices.ValueKind == JsonValueKind.Array ? prices.EnumerateArray() : default)
            {
                var row = new FeedRowDraft();
                var period = row.Fields(item, "prices");
                if (ModelOf(row, FeedRowDraft.TextOf(period, "vendor"), FeedRowDraft.TextOf(period, "id"), $"prices[{number++}]") is not { } known)
                    continue;
                known.Add(row, period);
                if (row.Fault is { } reason)
                    known.Draft.Fail(reason);
            }
        }

        /// <summary>The model that an entry is about; null where that cannot be told, and the entry is refused by its place.</summary>
        private Model? ModelOf(FeedRowDraft row, string? vendor, string? id, string place)
        {
            if (!FeedNames.IsSeller(vendor) || !FeedNames.IsModel(id))
            {
                _rows.Refuse(place, row.Fault ?? (FeedNames.IsSeller(vendor) ? FeedTexts.RowNameUnusable.With(FeedNames.MaxNameLength) : FeedTexts.RowSellerUnusable));
                return null;
            }

            var key = $"{vendor}/{id}";
            if (!_models.TryGetValue(key, out var model))
                _models.Add(key, model = new(vendor!, id!));
            return model;
        }

        private void Close(string sourceKey, Model model, DateOnly today)
        {
            var dated = PriceTimeline.Sort(model.Periods);
            var (seller, name) = FeedNames.Offer(model.Vendor, model.Id);
            var mode = FeedNames.Mode(seller, name);
            if ((model.Draft.Fault ?? (dated is null ? FeedTexts.RowPeriodsOverlap : null)) is { } fault)
                _rows.Refuse(sourceKey, fault);
            else if (!FeedModes.IsTokenPriced(mode))
                _rows.Skip(sourceKey, mode);
            else
                _rows.Add(new(
                    sourceKey, $"{seller}:{name}", seller, name, mode, PriceTimeline.At(dated!, today), ContextTokens: null, DeprecatedFrom: null, OtherUnit: null,
                    HasRangePrices: false, ReasoningUsdPerM: null)
                {
                    Dated = PriceTimeline.Stated(dated!),
                });
        }
    }

    /// <summary>A model while its periods are gathered. A period that does not read costs the whole model: without it the one before would seem to last.</summary>
    private sealed class Model(string vendor, string id)
    {
        internal string Vendor => vendor;

        internal string Id => id;

        internal FeedRowDraft Draft { get; } = new();

        internal List<DatedPrices> Periods { get; } = [];

        internal void Add(FeedRowDraft row, Dictionary<string, JsonElement> period)
        {
            var prices = new DatedPrices(
                row.Day(period, "from_date"), row.Day(period, "to_date"),
                new TokenPrices
                {
                    InputUsdPerM = row.Price(period, "input", MillionTokens),
                    OutputUsdPerM = row.Price(period, "output", MillionTokens),
                    CacheReadUsdPerM = row.Price(period, "input_cached", MillionTokens),
                });
            // The same said twice is no contradiction.
            if (!Periods.Contains(prices))
                Periods.Add(prices);
        }
    }
}
