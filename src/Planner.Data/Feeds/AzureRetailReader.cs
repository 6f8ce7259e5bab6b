using System.Globalization;
using System.Text.Json;
using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads Azure's retail prices: a page <c>{ "Items": […], "NextPageLink": … }</c>, or an array of pages. An item is one price of one meter, so a machine's prices on
/// demand, at spot and for both reservations are put together from items anywhere in the pages. Only virtual machines with Linux and GPUs that the catalog knows are read.
/// </summary>
/// <remarks>
/// Spot and low-priority meters differ from the ordinary one by their names only, and Windows by the product's. A reservation's price is that of its whole term: it is
/// divided by the hours of its years, 8,760 each. Prices for developers' subscriptions and of 0, which stand where there is none yet, are left out.
/// </remarks>
public static class AzureRetailReader
{
    private const string Cloud = "azure";
    private const string Form = "Azure’s retail prices (Items and NextPageLink)";
    private const string Hour = "1 Hour";
    private const int HoursPerYear = 8760;

    private static readonly string[] NameFields = ["productName", "meterName", "skuName", "serviceName"];

    private enum Offer
    {
        OnDemand,
        Spot,
        Reserved1Y,
        Reserved3Y,
    }

    /// <summary>Reads pages.</summary>
    /// <param name="file">A page, or a JSON array of pages; UTF-8, with or without a byte order mark.</param>
    /// <param name="today">Day whose prices are wanted: an item that starts later is left out, and of several that started the last one holds.</param>
    /// <returns>The machines in them, or why they are refused as a whole.</returns>
    public static FeedReading<InstanceFeedRow> Read(ReadOnlyMemory<byte> file, DateOnly today) => InstanceFile.ReadJson(file, content => ReadPages(content, today));

    /// <summary>The address of the page after this one.</summary>
    /// <param name="page">The page.</param>
    /// <param name="asked">Where it came from.</param>
    /// <param name="next">The next page's address, on the same host and with the same scheme; null on the last page.</param>
    /// <returns>False where the page is none, or names an address that is not to be followed: the pages so far are not all there are.</returns>
    public static bool TryNextPage(ReadOnlyMemory<byte> page, Uri asked, out Uri? next)
    {
        ArgumentNullException.ThrowIfNull(asked);
        next = null;
        if (InstanceFile.Refusal(page.Span) is not null)
            return false;
        try
        {
            using var document = JsonDocument.Parse(page[FeedFile.MarkLength(page.Span)..], new JsonDocumentOptions { MaxDepth = FeedFile.MaxDepth });
            if (InstanceFile.Member(document.RootElement, "Items").ValueKind != JsonValueKind.Array)
                return false;
            var link = InstanceFile.Member(document.RootElement, "NextPageLink");
            var text = FeedRowDraft.TextOf(link);
            if (link.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || text is "")
                return true;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address == asked || address.UserInfo.Length > 0
                || Uri.Compare(address, asked, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
                return false;
            next = address;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static FeedReading<InstanceFeedRow> ReadPages(ReadOnlyMemory<byte> file, DateOnly today)
    {
        var json = InstanceFile.Reader(file);
        json.Read();
        var machines = new Machines(today);
        var isWhole = json.TokenType == JsonTokenType.StartObject ? ReadPage(file, ref json, machines) : json.TokenType == JsonTokenType.StartArray;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (isWhole && json.Read() && json.TokenType != JsonTokenType.EndArray)
                isWhole = json.TokenType == JsonTokenType.StartObject && ReadPage(file, ref json, machines);
        }

        if (!isWhole)
            return FeedReading<InstanceFeedRow>.Refuse(FeedTexts.WrongForm.With(Form));
        // Anything after the end but white space throws here.
        json.Read();
        return machines.ToReading();
    }

    /// <summary>Reads the page that the reader stands on; false where it has not exactly one list of items.</summary>
    private static bool ReadPage(ReadOnlyMemory<byte> file, ref Utf8JsonReader json, Machines machines)
    {
        var lists = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isList = LiteLlmReader.StringOf(ref json) == "Items";
            json.Read();
            if (isList && json.TokenType == JsonTokenType.StartArray)
            {
                lists++;
                InstanceFile.ForEach(file, ref json, machines.ReadItem);
            }
            else
                json.Skip();
        }

        return lists == 1;
    }

    private readonly record struct Price(decimal Usd, DateOnly From);

    /// <summary>What is gathered of the machines while pages are read.</summary>
    private sealed class Machines(DateOnly today)
    {
        private readonly Dictionary<(string Type, string Region), Dictionary<Offer, Price>> _prices = [];
        private readonly InstanceRows _rows = new(Cloud);

        internal void ReadItem(JsonElement item)
        {
            _rows.Read++;
            var type = Text(item, "armSkuName");
            if (item.ValueKind != JsonValueKind.Object)
                _rows.Refuse("?", FeedTexts.RowNotAMachine);
            else if (Kind(item, type) is { } kind)
                _rows.Skip(kind);
            else if (!InstanceFile.IsName(type) || !InstanceFile.IsName(Text(item, "armRegionName")))
                _rows.Refuse(InstanceFile.IsName(type) ? type! : "?", FeedTexts.RowFieldUnusable.With(InstanceFile.IsName(type) ? "armRegionName" : "armSkuName"));
            else
                ReadPrice(item, type!, Text(item, "armRegionName")!);
        }

        internal FeedReading<InstanceFeedRow> ToReading()
        {
            foreach (var ((type, region), prices) in _prices)
            {
                var gpus = GpuNames.Azure(type)!;
                _rows.Add(
                    type, region, gpus.Gpu, gpus.Count, null, null, null,
                    new HourlyPrices(UsdOf(Offer.OnDemand), UsdOf(Offer.Spot), UsdOf(Offer.Reserved1Y), UsdOf(Offer.Reserved3Y)));

                decimal? UsdOf(Offer offer) => prices.TryGetValue(offer, out var price) ? price.Usd : null;
            }

            return _rows.ToReading();
        }

        /// <summary>Why an item is none of the planner's business; null where it is.</summary>
        private string? Kind(JsonElement item, string? type)
        {
            var (product, meter, sku) = (Text(item, "productName") ?? "", Text(item, "meterName") ?? "", Text(item, "skuName") ?? "");
            if (Text(item, "serviceName") is { } service and not "Virtual Machines")
                return service;
            if (type is null or "" || !type.StartsWith("Standard_N", StringComparison.OrdinalIgnoreCase))
                return "no GPU";
            if (GpuNames.Azure(type) is null)
                return type;
            if (Text(item, "type") is { } kind and not ("Consumption" or "Reservation"))
                return kind;
            if (product.Contains("Windows", StringComparison.OrdinalIgnoreCase))
                return "Windows";
            if (product.Contains("Cloud Services", StringComparison.OrdinalIgnoreCase) || product.Contains("CloudServices", StringComparison.OrdinalIgnoreCase))
                return "Cloud Services";
            if (Says(meter, sku, "Low Priority"))
                return "Low Priority";
            if (InstanceFile.Member(item, "isPrimaryMeterRegion").ValueKind == JsonValueKind.False)
                return "not the region’s own meter";
            if (InstanceFile.NumberOf(InstanceFile.Member(item, "tierMinimumUnits")) > 0)
                return "price of a quantity";
            if (Text(item, "reservationTerm") is { Length: > 0 } term and not ("1 Year" or "3 Years"))
                return term;
            if (InstanceFile.NumberOf(InstanceFile.Member(item, "retailPrice")) == 0)
                return "price of 0";
            return From(item) > today ? "not yet in force" : null;
        }

        private void ReadPrice(JsonElement item, string type, string region)
        {
            var key = InstanceRows.SourceKey(type, region);
            var offer = OfferOf(item);
            if (Fault(item, offer) is { } fault)
            {
                _rows.Refuse(key, fault);
                return;
            }

            var usd = InstanceFile.NumberOf(InstanceFile.Member(item, "retailPrice"))!.Value;
            var hours = offer switch { Offer.Reserved1Y => HoursPerYear, Offer.Reserved3Y => 3 * HoursPerYear, _ => 1 };
            var price = new Price(Math.Round(usd / hours, InstanceFile.DecimalPlaces), From(item)!.Value);
            if (!_prices.TryGetValue((type, region), out var prices))
                _prices.Add((type, region), prices = []);
            if (!prices.TryGetValue(offer!.Value, out var other) || price.From > other.From)
                prices[offer.Value] = price;
            else if (price.From == other.From && price.Usd != other.Usd)
                _rows.Refuse(key, FeedTexts.RowTwoPrices.With(Word(offer.Value)));
        }

        private static string? Fault(JsonElement item, Offer? offer)
        {
            if (InstanceFile.Duplicate(item) is { } twice)
                return FeedTexts.RowDuplicateField.With(twice);
            // Without these nobody can tell Windows from Linux and spot from on demand.
            if (UnnamedField(item) is { } field)
                return FeedTexts.RowFieldUnusable.With(field);
            if (Text(item, "currencyCode") is not "USD")
                return FeedTexts.RowNotUsd.With(Short(Text(item, "currencyCode")));
            if (Text(item, "unitOfMeasure") is not Hour)
                return FeedTexts.RowUnit.With(Short(Text(item, "unitOfMeasure")), Hour);
            if (offer is null)
                return FeedTexts.RowFieldUnusable.With("type or reservationTerm");
            if (From(item) is null)
                return FeedTexts.RowFieldUnusable.With("effectiveStartDate");
            var price = InstanceFile.Member(item, "retailPrice");
            return price.ValueKind == JsonValueKind.Number && InstanceFile.NumberOf(price) is not null ? null : FeedTexts.RowFieldNotANumber.With("retailPrice");
        }

        /// <summary>What an item prices; null where its type and term do not fit together.</summary>
        private static Offer? OfferOf(JsonElement item)
        {
            var isSpot = Says(Text(item, "meterName") ?? "", Text(item, "skuName") ?? "", "Spot");
            return (Text(item, "type"), Text(item, "reservationTerm") is { Length: > 0 } term ? term : null) switch
            {
                ("Consumption", null) => isSpot ? Offer.Spot : Offer.OnDemand,
                ("Reservation", "1 Year") when !isSpot => Offer.Reserved1Y,
                ("Reservation", "3 Years") when !isSpot => Offer.Reserved3Y,
                _ => null,
            };
        }

        private static string Word(Offer offer) => offer switch
        {
            Offer.OnDemand => "onDemandUsd",
            Offer.Spot => "spotUsd",
            Offer.Reserved1Y => "reserved1YUsd",
            _ => "reserved3YUsd",
        };

        private static DateOnly? From(JsonElement item) =>
            Text(item, "effectiveStartDate") is { Length: >= 10 } text
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : null;

        private static bool Says(string meter, string sku, string word) =>
            meter.Contains(word, StringComparison.OrdinalIgnoreCase) || sku.Contains(word, StringComparison.OrdinalIgnoreCase);

        private static string? UnnamedField(JsonElement item) => NameFields.FirstOrDefault(field => string.IsNullOrWhiteSpace(Text(item, field)));

        private static string Short(string? text) => text is null ? "" : text[..Math.Min(text.Length, 20)];

        private static string? Text(JsonElement item, string name) => FeedRowDraft.TextOf(InstanceFile.Member(item, name));
    }
}
