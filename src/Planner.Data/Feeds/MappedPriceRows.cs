using System.Globalization;
using System.Text;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>A cell of a price list.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsJsonNumber">Whether it is a number of JSON, whose decimal sign is a point whatever the mapping says.</param>
internal readonly record struct MappedCell(string Text, bool IsJsonNumber);

/// <summary>The rows of a price list while they are read, gathered by model.</summary>
internal sealed class MappedPriceRows(PriceMapping mapping)
{
    private const int LongestCell = 400;
    private const int Shown = 10;

    private static readonly string[] Unknown = ["", "-", "–", "n/a", "na", "null"];
    private static readonly string[] Usd = ["USD", "US$", "$"];

    private readonly PriceFeedRows _rows = new();
    private readonly List<MappedRow> _all = [];
    private readonly Dictionary<string, List<MappedRow>> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MappedRow>> _sellers = new(StringComparer.Ordinal);
    private readonly List<DiscountedPrice> _discounted = [];

    internal PriceMapping Mapping => mapping;

    /// <summary>Takes a row.</summary>
    /// <param name="number">Its line in a table, its place in a list of JSON; from 1.</param>
    /// <param name="cells">Its cells by column.</param>
    /// <param name="fault">Why it is refused already; null where its cells are to be read.</param>
    internal void Add(int number, Dictionary<string, MappedCell> cells, string? fault)
    {
        var place = FeedTexts.RowNumber.With(number);
        var row = new MappedRow(number, place, fault);
        _all.Add(row);
        row.Prices = ReadPrices(row, cells);
        ReadDiscount(row, cells);
        var offer = ReadOffer(row, cells);
        row.From = ReadDay(row, cells);
        row.ContextTokens = ReadContext(row, cells);
        CheckCurrency(row, cells);
        if (offer is not { } known)
        {
            _rows.Refuse(place, row.Fault!);
            return;
        }

        (row.Seller, row.Name) = known;
        var (found, key) = known.Name.Length == 0 ? (_sellers, known.Seller) : (_models, $"{known.Seller}:{known.Name}");
        if (!found.TryGetValue(key, out var rows))
            found.Add(key, rows = []);
        rows.Add(row);
    }

    internal MappedReading ToReading(DateOnly today, IReadOnlyList<PublicPrice> publicPrices)
    {
        var plain = _all.Where(row => row is { Discount: not null, HasPercentSign: false }).Select(row => row.Discount!.Value).Where(value => value != 0).ToList();
        if (mapping.DiscountForm is null && plain.Count > 0 && plain.Max() <= 1)
            return MappedReading.Refuse(FeedTexts.DiscountForm.With(mapping.Discount));
        foreach (var row in _all)
            TakeOff(row, mapping.DiscountForm ?? DiscountForm.Percent);

        var known = publicPrices.ToDictionary(price => price.Key, StringComparer.Ordinal);
        foreach (var (key, rows) in _models)
        {
            var mode = FeedNames.Mode(rows[0].Seller, rows[0].Name);
            if (rows.Any(row => row.Fault is not null))
                RefuseAll(rows, FeedTexts.RowOtherRefused);
            else if (rows.Select(row => row.From).Distinct().Count() < rows.Count || (rows.Count > 1 && rows.Any(row => row.IsDiscountOnly)))
                RefuseAll(rows, FeedTexts.RowDuplicateKey);
            else if (rows[0].IsDiscountOnly)
                Discount(rows[0], known.TryGetValue(key, out var met) ? [met] : []);
            else if (!FeedModes.IsTokenPriced(mode))
                _rows.Skip(key, mode);
            else
            {
                if (known.TryGetValue(key, out var standing))
                    rows.ForEach(row => row.Fill(standing.Prices));
                _rows.Add(ToRow(key, mode, rows, today));
            }
        }

        foreach (var (seller, rows) in _sellers)
        {
            if (rows.Any(row => row.Fault is not null) || rows.Count > 1)
                RefuseAll(rows, rows.Any(row => row.Fault is not null) ? FeedTexts.RowOtherRefused : FeedTexts.RowDuplicateKey);
            else
                // What the list says of a model itself goes before what it says of its seller.
                Discount(rows[0], SoldBy(seller).Where(price => !_models.ContainsKey(price.Key)));
        }

        // A model whose rows are refused is listed still, and so are all of a seller whose discount is: they keep their last good price.
        var refused = _models.Where(HasFault).Select(model => model.Key).Concat(_sellers.Where(HasFault).SelectMany(seller => SoldBy(seller.Key)).Select(price => price.Key)).Distinct();
        return new(_rows.ToReading() with { NotRows = [.. refused] }, [.. _all.Take(Shown).Select(row => row.ToLine())], _discounted);

        IEnumerable<PublicPrice> SoldBy(string seller)
        {
            var names = FeedNames.SellersOf(seller);
            return publicPrices.Where(price => names.Contains(price.Seller));
        }

        static bool HasFault(KeyValuePair<string, List<MappedRow>> rows) => rows.Value.Exists(row => row.Fault is not null);
    }

    private static void TakeOff(MappedRow row, DiscountForm form)
    {
        if (row.Discount is not { } value)
            return;
        var share = row.HasPercentSign || form == DiscountForm.Percent ? value / 100 : value;
        row.Discount = share;
        if (share is < 0 or >= 1)
            row.Fail(FeedTexts.RowDiscountOutOfRange);
        else if (row is { IsDiscountOnly: true, From: not null })
            row.Fail(FeedTexts.RowDiscountDated);
        else
            row.Prices = PublicPrice.Less(row.Prices, share);
    }

    /// <summary>Takes a row's discount off public prices.</summary>
    private void Discount(MappedRow row, IEnumerable<PublicPrice> publicPrices)
    {
        var met = publicPrices.ToList();
        if (met.Count == 0)
        {
            row.Fail(row.Name.Length == 0 ? FeedTexts.RowDiscountNoSeller.With(row.Seller) : FeedTexts.RowDiscountNoModel.With($"{row.Seller}:{row.Name}"));
            _rows.Refuse(row.Place, row.Fault!);
            return;
        }

        foreach (var price in met)
        {
            var less = PublicPrice.Less(price.Prices, row.Discount!.Value);
            _discounted.Add(new(price, row.Discount.Value, less));
            _rows.Add(new(
                price.Key, price.Key, price.Seller, price.Name, price.Mode, less, ContextTokens: null, DeprecatedFrom: null, OtherUnit: null, HasRangePrices: false, ReasoningUsdPerM: null)
            {
                IsDiscounted = true,
            });
        }
    }

    private static PriceFeedRow ToRow(string key, string mode, List<MappedRow> rows, DateOnly today)
    {
        var dated = PriceTimeline.FromStarts([.. rows.OrderBy(row => row.From).Select(row => (row.From, row.Prices))]);
        return new(
            key, key, rows[0].Seller, rows[0].Name, mode, PriceTimeline.At(dated, today), rows[^1].ContextTokens, DeprecatedFrom: null, OtherUnit: null,
            HasRangePrices: false, ReasoningUsdPerM: null)
        {
            Dated = PriceTimeline.Stated(dated),
            IsPartlyPublic = rows.Exists(row => row.LeftOut.Count > 0),
        };
    }

    private void RefuseAll(List<MappedRow> rows, string otherwise)
    {
        foreach (var row in rows)
        {
            row.Fail(otherwise);
            _rows.Refuse(row.Place, row.Fault!);
        }
    }

    /// <summary>Who sells what; null where that cannot be told, and then the row has a fault.</summary>
    private (string Seller, string Name)? ReadOffer(MappedRow row, Dictionary<string, MappedCell> cells)
    {
        string? seller, name;
        var isKey = false;
        if (Text(row, cells, mapping.Key) is { } key)
        {
            isKey = true;
            var colon = key.IndexOf(':', StringComparison.Ordinal);
            (seller, name) = colon < 0 ? (null, key) : (key[..colon], key[(colon + 1)..]);
            if (colon < 0)
                row.Fail(FeedTexts.RowKeyForm.With(mapping.Key));
        }
        else
        {
            (seller, name) = (Text(row, cells, mapping.Seller) ?? mapping.DefaultSeller, Text(row, cells, mapping.Model));
            // A discount alone may be of all that its seller has.
            if (name is null && row.IsDiscountOnly)
                name = "";
            if (name is null)
                row.Fail(FeedTexts.RowCellMissing.With(mapping.Model ?? mapping.Key));
            else if (seller is null)
                row.Fail(mapping.Seller is null ? FeedTexts.RowSellerMissing : FeedTexts.RowCellMissing.With(mapping.Seller));
        }

        seller = seller?.ToLowerInvariant().Replace(' ', '-');
        if (name is { Length: > 0 } && !FeedNames.IsModel(name))
            row.Fail(FeedTexts.RowNameUnusable.With(FeedNames.MaxNameLength));
        else if (seller is not null && !FeedNames.IsSeller(seller))
            row.Fail(FeedTexts.RowSellerUnusable);
        else if (seller is not null && name is not null)
            // As the feeds name it, so that their sheet is meant; who gives a whole key names a sheet.
            return isKey || name.Length == 0 ? (seller, name) : FeedNames.Offer(seller, name);
        return null;
    }

    private TokenPrices ReadPrices(MappedRow row, Dictionary<string, MappedCell> cells) =>
        new TokenPrices().Each((kind, _) => Price(row, cells, mapping.Of(kind)));

    private void ReadDiscount(MappedRow row, Dictionary<string, MappedCell> cells)
    {
        row.HasDiscount = mapping.Discount is { } column && cells.TryGetValue(column, out var cell) && !Unknown.Contains(cell.Text.Trim(), StringComparer.OrdinalIgnoreCase);
        if (Text(row, cells, mapping.Discount) is not { } text)
            return;
        row.HasPercentSign = text.EndsWith('%');
        text = text.TrimEnd('%').TrimEnd();
        if (!cells[mapping.Discount!].IsJsonNumber)
            text = Number(text);
        if (FeedPrice.IsNumber(Encoding.UTF8.GetBytes(text)) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var discount))
            row.Discount = discount;
        else
            row.Fail(FeedTexts.RowPriceNotANumber.With(mapping.Discount));
    }

    private decimal? Price(MappedRow row, Dictionary<string, MappedCell> cells, string? column)
    {
        if (Text(row, cells, column) is not { } text)
            return null;
        if (cells[column!].IsJsonNumber)
            return Price(row, column!, text);

        foreach (var sign in Usd)
        {
            if (text.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
                text = text[sign.Length..].TrimStart();
            else if (text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
                text = text[..^sign.Length].TrimEnd();
        }

        if (text.Any(letter => char.GetUnicodeCategory(letter) == UnicodeCategory.CurrencySymbol) || HasCurrencyCode(text))
        {
            row.Fail(FeedTexts.RowCurrency.With(column));
            return null;
        }

        return Price(row, column!, Number(text));
    }

    /// <summary>A number with a point; empty where it is none that can be told.</summary>
    // With a comma as the sign a point could only part thousands, and the other way round: "1,234" is 1.234 or 1234, which nobody should guess.
    private string Number(string text) =>
        text.Contains(mapping.DecimalSign == '.' ? ',' : '.', StringComparison.Ordinal) ? "" : text.Replace(mapping.DecimalSign, '.');

    private decimal? Price(MappedRow row, string column, string number)
    {
        var tokens = mapping.Unit switch
        {
            PriceUnit.PerToken => 1,
            PriceUnit.PerThousandTokens => 1_000,
            _ => 1_000_000,
        };
        var text = Encoding.UTF8.GetBytes(number);
        if (!FeedPrice.IsNumber(text))
            row.Fail(FeedTexts.RowPriceNotANumber.With(column));
        else if (!FeedPrice.TryPerMillion(text, tokens, out var usdPerM))
            row.Fail(FeedTexts.RowPriceOutOfRange.With(column));
        else if (usdPerM < 0)
            row.Fail(FeedTexts.RowNegative.With(column));
        else
            return usdPerM;
        return null;
    }

    /// <summary>Whether three letters stand before or after the figure.</summary>
    private static bool HasCurrencyCode(string text)
    {
        var letters = text.AsSpan().Trim("0123456789.,- ").ToString();
        return letters.Length == 3 && letters.All(char.IsAsciiLetterUpper);
    }

    private DateOnly? ReadDay(MappedRow row, Dictionary<string, MappedCell> cells)
    {
        if (Text(row, cells, mapping.EffectiveFrom) is not { } text)
            return null;
        if (FeedRowDraft.DayOf(text) is { } day)
            return day;
        row.Fail(FeedTexts.RowDayUnusable.With(mapping.EffectiveFrom));
        return null;
    }

    private int? ReadContext(MappedRow row, Dictionary<string, MappedCell> cells)
    {
        if (Text(row, cells, mapping.Context) is not { } text)
            return null;
        // A point in a text may part thousands.
        var style = cells[mapping.Context!].IsJsonNumber ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        if (decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var tokens) && FeedRowDraft.Tokens(tokens) is { } context)
            return context;
        row.Fail(FeedTexts.RowTokensUnusable.With(mapping.Context));
        return null;
    }

    private void CheckCurrency(MappedRow row, Dictionary<string, MappedCell> cells)
    {
        if (Text(row, cells, mapping.Currency) is { } text && !Usd.Contains(text, StringComparer.OrdinalIgnoreCase))
            row.Fail(FeedTexts.RowCurrency.With(mapping.Currency));
    }

    /// <summary>What a cell says; null where it says nothing or that it is not known. What a spreadsheet would run fails the row.</summary>
    private static string? Text(MappedRow row, Dictionary<string, MappedCell> cells, string? column)
    {
        if (column is null || !cells.TryGetValue(column, out var cell))
            return null;
        var text = cell.Text.Trim();
        if (text.Length > LongestCell)
        {
            row.Fail(FeedTexts.RowCellTooLong.With(column, LongestCell));
            return null;
        }

        if (Unknown.Contains(text, StringComparer.OrdinalIgnoreCase))
            return null;
        if (text[0] is not ('=' or '+' or '@') && (text[0] != '-' || FeedPrice.IsNumber(Encoding.UTF8.GetBytes(text.TrimEnd('%', ' ').Replace(',', '.')))))
            return text;
        row.Fail(FeedTexts.RowFormula.With(column));
        return null;
    }

    private sealed class MappedRow(int number, string place, string? fault)
    {
        internal string Place => place;

        internal string? Fault { get; private set; } = fault;

        internal string Seller { get; set; } = "";

        internal string Name { get; set; } = "";

        internal TokenPrices Prices { get; set; } = new();

        internal DateOnly? From { get; set; }

        internal int? ContextTokens { get; set; }

        /// <summary>As written, and once all rows are read as a share, 0 to 1.</summary>
        internal decimal? Discount { get; set; }

        internal bool HasPercentSign { get; set; }

        /// <summary>Whether its discount says anything, be it none that can be read.</summary>
        internal bool HasDiscount { get; set; }

        internal bool IsDiscountOnly => HasDiscount && Prices.IsEmpty;

        /// <summary>Names of the prices that it leaves out and that are public.</summary>
        internal IReadOnlyList<string> LeftOut { get; private set; } = [];

        internal void Fail(string reason) => Fault ??= reason;

        /// <summary>Takes the public price for each that it leaves out; of a row without any price nobody knows that it means these.</summary>
        internal void Fill(TokenPrices standing)
        {
            if (Prices.IsEmpty)
                return;
            LeftOut = [.. PricesByKind.Kinds.Where(kind => Prices.Of(kind) is null && standing.Of(kind) is not null).Select(PricesByKind.NameOf)];
            Prices = Prices.Each((kind, usd) => usd ?? standing.Of(kind));
        }

        internal MappedLine ToLine() => new(number, Seller, Name, Prices, Discount, Fault) { LeftOut = LeftOut };
    }
}
