using System.Globalization;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Prices;

/// <summary>Marks of a sheet that other sources leave: that they disagree, and what they announce.</summary>
public static class PriceMarks
{
    /// <summary>What a quote says of a sheet: where sources disagree on these, they are another's prices.</summary>
    private static readonly TokenKind[] Said = [TokenKind.Input, TokenKind.Output, TokenKind.CacheRead];

    /// <summary>All marks of a row.</summary>
    public static IReadOnlyList<Flag> Of(PriceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var sheet = entry.Sheet;
        var flags = new List<Flag>(Flag.Of(entry.State, entry.Warnings));
        if (sheet.OtherQuotes.Count > 0)
        {
            var quotes = sheet.OtherQuotes.Select(quote => Say(quote.Provenance.Source, quote.Provenance.AsOf, quote.Prices)).Prepend(Say(sheet.Provenance.Source, sheet.Provenance.AsOf, sheet.Prices));
            flags.Add(new(CatalogTexts.SourcesDisagree.With(sheet.OtherQuotes.Count + 1), StatusKind.Warning, string.Join(" ", quotes)));
        }

        if (sheet.Announced is [var next, ..])
        {
            flags.Add(new(
                PricesTexts.AnnouncedShort.With(Short(next.Price.InputUsdPerM), Short(next.Price.OutputUsdPerM), next.From), StatusKind.Neutral,
                (entry.AnnouncedBy is null ? PricesTexts.Announced : PricesTexts.AnnouncedBy).With(next.From, Format.Rate(next.Price.InputUsdPerM), Format.Rate(next.Price.OutputUsdPerM), entry.AnnouncedBy)));
        }

        return flags;
    }

    private static string Say(string source, DateOnly day, TokenPrices prices)
    {
        var known = string.Join(", ", Said.Where(kind => prices.Of(kind) is not null).Select(kind => PricesTexts.Quote.With(PriceField.Of(kind).Noun, Format.Rate(prices.Of(kind)))));
        return source == Origins.User ? CatalogTexts.QuoteOfYou.With(Format.Day(day), known) : CatalogTexts.QuoteOf.With(source, Format.Day(day), known);
    }

    private static string Short(decimal? usd) => usd?.ToString("0.######", CultureInfo.CurrentCulture) ?? Format.Unknown;
}
