using System.Globalization;
using System.Text.Json;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

internal enum LiteLlmEntryKind
{
    Model,
    Skipped,
    NotAModel,
    Refused,
}

/// <summary>One member of LiteLLM's file while it is read.</summary>
internal sealed class LiteLlmEntry
{
    private const int MaxModeLength = 40;
    private const int MaxContextTokens = 1_000_000_000;

    private readonly SortedDictionary<int, PriceTier> _tiers = [];
    private TokenPrices _prices = new();
    private decimal? _cacheHit;
    private decimal? _reasoning;
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private string? _otherUnit;
    private bool _hasRangePrices;
    private int? _contextTokens;
    private DateOnly? _deprecatedFrom;

    private LiteLlmEntry(string key, LiteLlmEntryKind kind) => (Key, Kind) = (key, kind);

    /// <summary>The member's name.</summary>
    internal string Key { get; }

    internal LiteLlmEntryKind Kind { get; private set; }

    internal string? Reason { get; private set; }

    internal string Seller { get; private set; } = "";

    internal string Mode { get; private set; } = "none";

    /// <summary>The member's name without the seller's prefix.</summary>
    internal string Name =>
        Key.StartsWith(Seller + '/', StringComparison.OrdinalIgnoreCase) && Key.Length > Seller.Length + 1 ? Key[(Seller.Length + 1)..] : Key;

    internal static LiteLlmEntry Refuse(string key, string reason) => new(key, LiteLlmEntryKind.Refused) { Reason = reason };

    /// <summary>Reads the value that the reader stands on, and leaves the reader on its last token.</summary>
    /// <param name="json">The reader.</param>
    /// <param name="key">The member's name; null where it could not be read.</param>
    internal static LiteLlmEntry Read(ref Utf8JsonReader json, string? key)
    {
        if (key is null || !FeedNames.IsModel(key))
        {
            json.Skip();
            return Refuse(key is null ? "?" : key[..Math.Min(key.Length, FeedNames.MaxNameLength)], FeedTexts.RowNameUnusable.With(FeedNames.MaxNameLength));
        }

        if (key is "sample_spec" or "fallback_generalizations" or "last_updated" || json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return new(key, LiteLlmEntryKind.NotAModel);
        }

        var entry = new LiteLlmEntry(key, LiteLlmEntryKind.Model);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = LiteLlmReader.StringOf(ref json);
            json.Read();
            if (field is null || !entry._fields.Add(field))
                entry.Fail(FeedTexts.RowDuplicateField.With(field ?? "?"));
            if (field is not null)
                entry.ReadField(ref json, field);
            json.Skip();
        }

        entry.Close();
        return entry;
    }

    internal PriceFeedRow ToRow(string catalogKey) => new(
        Key, catalogKey, Seller, Name, Mode,
        _prices with { CacheReadUsdPerM = _prices.CacheReadUsdPerM ?? _cacheHit, Tiers = [.. _tiers.Values] },
        _contextTokens, _deprecatedFrom, _otherUnit, _hasRangePrices, _reasoning);

    private void ReadField(ref Utf8JsonReader json, string field)
    {
        if (LiteLlmField.Parse(field) is { } price)
        {
            ReadPrice(ref json, field, price);
            return;
        }

        switch (field)
        {
            case "litellm_provider":
                ReadSeller(ref json);
                break;
            case "mode":
                ReadMode(ref json);
                break;
            case "max_input_tokens":
                // Some are written 2000000.0; 0 means unknown.
                if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out var tokens) && tokens is >= 1 and <= MaxContextTokens)
                    _contextTokens = (int)tokens;
                break;
            case "deprecation_date":
                if (json.TokenType == JsonTokenType.String && LiteLlmReader.StringOf(ref json) is { } text
                    && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    _deprecatedFrom = date;
                break;
            case "currency":
                if (json.TokenType != JsonTokenType.String || LiteLlmReader.StringOf(ref json) is not "USD")
                    Fail(FeedTexts.RowCurrency.With(Key));
                break;
            case "tiered_pricing":
                _hasRangePrices = true;
                break;
            default:
                if (_otherUnit is null && json.TokenType == JsonTokenType.Number)
                    _otherUnit = LiteLlmField.OtherUnit(field);
                break;
        }
    }

    private void ReadPrice(ref Utf8JsonReader json, string field, LiteLlmField price)
    {
        if (json.TokenType == JsonTokenType.Null)
            return;
        if (json.TokenType != JsonTokenType.Number)
            Fail(FeedTexts.RowPriceNotANumber.With(field));
        else if (FeedPrice.TryPerMillion(json.ValueSpan, out var usdPerMillion))
            SetPrice(price, usdPerMillion);
        else
            Fail(FeedTexts.RowPriceOutOfRange.With(field));
    }

    private void SetPrice(LiteLlmField price, decimal usdPerMillion)
    {
        if (price is { IsAside: true, Kind: TokenKind.CacheRead })
            _cacheHit = usdPerMillion;
        else if (price.IsAside)
            _reasoning = usdPerMillion;
        else if (price.AboveTokens == 0)
            _prices = _prices.With(price.Kind, usdPerMillion);
        else
            _tiers[price.AboveTokens] = (_tiers.GetValueOrDefault(price.AboveTokens) ?? new PriceTier { AboveTokens = price.AboveTokens }).With(price.Kind, usdPerMillion);
    }

    private void ReadSeller(ref Utf8JsonReader json)
    {
        var seller = json.TokenType == JsonTokenType.String ? LiteLlmReader.StringOf(ref json) : null;
        if (seller is not null && FeedNames.IsSeller(seller))
            Seller = seller.ToLowerInvariant();
        else
            Fail(FeedTexts.RowSellerUnusable);
    }

    private void ReadMode(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String && LiteLlmReader.StringOf(ref json) is { Length: > 0 and <= MaxModeLength } mode)
            Mode = mode;
        else
            Fail(FeedTexts.RowModeUnusable);
    }

    private void Close()
    {
        if (!_fields.Contains("litellm_provider"))
            Kind = LiteLlmEntryKind.NotAModel;
        else if (Kind == LiteLlmEntryKind.Model && !FeedModes.IsTokenPriced(Mode))
            Kind = LiteLlmEntryKind.Skipped;
    }

    private void Fail(string reason)
    {
        Kind = LiteLlmEntryKind.Refused;
        Reason ??= reason;
    }
}
