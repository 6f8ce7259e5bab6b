using System.Text.Json.Serialization;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>How many tokens a price of a list is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PriceUnit>))]
public enum PriceUnit
{
    /// <summary>USD per million tokens.</summary>
    [JsonStringEnumMemberName("perMillionTokens")]
    PerMillionTokens,

    /// <summary>USD per thousand tokens.</summary>
    [JsonStringEnumMemberName("perThousandTokens")]
    PerThousandTokens,

    /// <summary>USD per token.</summary>
    [JsonStringEnumMemberName("perToken")]
    PerToken,
}

/// <summary>How the discounts of a list are written where they have no per cent sign.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DiscountForm>))]
public enum DiscountForm
{
    /// <summary>12 is 12 %.</summary>
    [JsonStringEnumMemberName("percent")]
    Percent,

    /// <summary>0.12 is 12 %.</summary>
    [JsonStringEnumMemberName("share")]
    Share,
}

/// <summary>
/// What the columns of a table, or the fields of JSON rows, of somebody's own price list mean. A member is the name of a column, as the head line writes it;
/// null where the list has none.
/// </summary>
public sealed record PriceMapping
{
    /// <summary>Column of who sells it. Without one, all rows are of <see cref="DefaultSeller"/>.</summary>
    public string? Seller { get; init; }

    /// <summary>Column of the model's name as sold.</summary>
    public string? Model { get; init; }

    /// <summary>Column of the catalog's key, <c>seller:model</c>; it goes before the seller and the model of the same row.</summary>
    public string? Key { get; init; }

    /// <summary>Column of the price of prompt tokens.</summary>
    public string? Input { get; init; }

    /// <summary>Column of the price of generated tokens.</summary>
    public string? Output { get; init; }

    /// <summary>Column of the price of prompt tokens read from the cache.</summary>
    public string? CacheRead { get; init; }

    /// <summary>Column of the price of prompt tokens written to the cache.</summary>
    public string? CacheWrite { get; init; }

    /// <summary>Column of the price of prompt tokens of batch requests.</summary>
    public string? BatchInput { get; init; }

    /// <summary>Column of the price of generated tokens of batch requests.</summary>
    public string? BatchOutput { get; init; }

    /// <summary>Column of the longest prompt, tokens.</summary>
    public string? Context { get; init; }

    /// <summary>Column of the first day of a price, such as 2026-09-01. A price holds until the next one of the same model begins.</summary>
    public string? EffectiveFrom { get; init; }

    /// <summary>Column of the currency; rows of any other than USD are refused.</summary>
    public string? Currency { get; init; }

    /// <summary>
    /// Column of what is taken off: of the prices of the same row, or, where it has none, of the public prices of its model, or of all models of its seller where it names none.
    /// </summary>
    public string? Discount { get; init; }

    /// <summary>How discounts without a per cent sign are written; null to tell by the values, which can be done where one is above 1.</summary>
    public DiscountForm? DiscountForm { get; init; }

    /// <summary>Who sells the rows that name nobody; null for no one, so that they are refused.</summary>
    public string? DefaultSeller { get; init; }

    /// <summary>Tokens that every price of the list is for.</summary>
    public PriceUnit Unit { get; init; } = PriceUnit.PerMillionTokens;

    /// <summary>What parts the cells of a table: <c>,</c> <c>;</c> <c>|</c> or a tab; null to tell by the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Decimal sign of the table's prices, <c>.</c> or <c>,</c>; JSON's numbers have a point always.</summary>
    public char DecimalSign { get; init; } = '.';

    /// <summary>All columns that are named, in the order of the members.</summary>
    internal IEnumerable<string> Columns =>
        new[] { Seller, Model, Key }.Concat(PriceColumns).Concat([Context, EffectiveFrom, Currency, Discount]).OfType<string>();

    /// <summary>Those of prices.</summary>
    internal IEnumerable<string> PriceColumns => PricesByKind.Kinds.Select(Of).OfType<string>();

    /// <summary>Column of the price of a kind of tokens; null where there is none.</summary>
    public string? Of(TokenKind kind) => kind switch
    {
        TokenKind.Input => Input,
        TokenKind.Output => Output,
        TokenKind.CacheRead => CacheRead,
        TokenKind.CacheWrite => CacheWrite,
        TokenKind.BatchInput => BatchInput,
        _ => BatchOutput,
    };

    /// <summary>Proposes what columns mean, by their names. Prices of other currencies, other media or another unit than the input's are left out.</summary>
    /// <param name="header">Names of the columns.</param>
    public static PriceMapping Suggest(IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var columns = header.Select(name => new ColumnName(name)).ToList();
        var input = First(column => column.Price == TokenKind.Input);
        var unit = (input ?? First(column => column.Price is not null))?.Unit ?? PriceUnit.PerMillionTokens;
        return new PriceMapping
        {
            Seller = First(column => column.Is("seller", "provider", "vendor", "company", "anbieter"))?.Name,
            Model = First(column => column.Is("model", "modelname", "modelid", "deployment", "modell"))?.Name ?? First(column => column.Is("name", "id"))?.Name,
            Key = First(column => column.Is("key", "catalogkey", "pricekey"))?.Name,
            Input = input?.Name,
            Output = Price(TokenKind.Output),
            CacheRead = Price(TokenKind.CacheRead),
            CacheWrite = Price(TokenKind.CacheWrite),
            BatchInput = Price(TokenKind.BatchInput),
            BatchOutput = Price(TokenKind.BatchOutput),
            Context = First(column => column.Is("context", "contextwindow", "contextlength", "contexttokens", "maxinputtokens"))?.Name,
            EffectiveFrom = First(column => column.Is("effectivefrom", "effectivedate", "validfrom", "fromdate", "startdate", "from", "gültigab"))?.Name,
            Currency = First(column => column.Is("currency", "currencycode", "währung"))?.Name,
            Discount = First(column => column.Is("discount", "discountpercent", "discountpct", "percentoff", "rebate", "rabatt"))?.Name,
            Unit = unit,
        };

        ColumnName? First(Func<ColumnName, bool> fits) => columns.FirstOrDefault(fits);

        string? Price(TokenKind kind) => First(column => column.Price == kind && column.Unit == unit)?.Name;
    }

    private sealed class ColumnName
    {
        private static readonly string[] OtherCurrencies = ["eur", "euro", "gbp", "cny", "rmb", "jpy", "inr", "chf", "cad", "aud", "krw", "brl", "sek", "nok", "dkk", "pln"];
        private static readonly string[] OtherThings = ["audio", "image", "video", "max", "limit", "requests", "above", "1h", "1hr", "length", "window", "context"];

        private readonly string _letters;

        internal ColumnName(string name)
        {
            Name = name;
            _letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
            var words = Words(name);
            var isOther = words.Intersect([.. OtherCurrencies, .. OtherThings]).Any() || name.Any(letter => letter != '$' && char.IsSymbol(letter) && letter is not ('+' or '|'));
            Price = isOther ? null : Meaning(_letters);
            Unit = UnitOf(_letters);
        }

        internal string Name { get; }

        /// <summary>The kind of tokens whose price the column holds; null for none.</summary>
        internal TokenKind? Price { get; }

        internal PriceUnit Unit { get; }

        internal bool Is(params ReadOnlySpan<string> names) => names.Contains(_letters);

        private static List<string> Words(string name) =>
            [.. string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        private static TokenKind? Meaning(string letters)
        {
            var isInput = Has("input", "prompt", "eingabe");
            var isOutput = Has("output", "completion", "generated", "ausgabe");
            if (Has("batch"))
                return Has("cach") ? null : isInput && !isOutput ? TokenKind.BatchInput : isOutput && !isInput ? TokenKind.BatchOutput : null;
            if (Has("cach"))
                return Has("write", "creation") ? TokenKind.CacheWrite : Has("read", "hit", "cachedinput", "inputcached", "cached") ? TokenKind.CacheRead : null;
            return isInput && !isOutput ? TokenKind.Input : isOutput && !isInput ? TokenKind.Output : null;

            bool Has(params ReadOnlySpan<string> parts)
            {
                foreach (var part in parts)
                {
                    if (letters.Contains(part, StringComparison.Ordinal))
                        return true;
                }

                return false;
            }
        }

        private static PriceUnit UnitOf(string letters) =>
            letters.Contains("1k", StringComparison.Ordinal) || letters.Contains("thousand", StringComparison.Ordinal) || letters.Contains("ktok", StringComparison.Ordinal)
                ? PriceUnit.PerThousandTokens
                : letters.EndsWith("pertoken", StringComparison.Ordinal) || letters.EndsWith("tokencost", StringComparison.Ordinal)
                    ? PriceUnit.PerToken
                    : PriceUnit.PerMillionTokens;
    }
}
