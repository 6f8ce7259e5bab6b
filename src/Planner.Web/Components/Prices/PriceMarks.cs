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
    /// <summary>All marks of a row.</summary>
    public static IReadOnlyList<Flag> Of(PriceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var sheet = entry.Sheet;
        var flags = new List<Flag>(Flag.Of(entry.State, entry.Warnings));
        if (sheet.OtherQuotes.Count > 0)
        {
            var quotes = sheet.OtherQuotes.Select(quote => Say(quote.Provenance.Source, quote.Provenance.AsOf, quote.Prices)).Prepend(Say(sheet.Provenance.Source, sheet.Provenance.AsOf, sheet.Prices));
            flags.Add(new($"{sheet.OtherQuotes.Count + 1} sources disagree", StatusKind.Warning, string.Join(" ", quotes)));
        }

        if (sheet.Announced is [var next, ..])
        {
            var by = entry.AnnouncedBy is { } feed ? $" ({feed})" : "";
            flags.Add(new(
                $"{Short(next.Price.InputUsdPerM)}/{Short(next.Price.OutputUsdPerM)} from {next.From}", StatusKind.Neutral,
                $"From {next.From} on: input {Format.Rate(next.Price.InputUsdPerM)}, output {Format.Rate(next.Price.OutputUsdPerM)}{by}."));
        }

        return flags;
    }

    private static string Say(string source, DateOnly day, TokenPrices prices)
    {
        (string Name, decimal? Usd)[] named = [("input", prices.InputUsdPerM), ("output", prices.OutputUsdPerM), ("cache read", prices.CacheReadUsdPerM)];
        var known = named.Where(price => price.Usd is not null).Select(price => $"{price.Name} {Format.Rate(price.Usd)}");
        return $"{(source == Origins.User ? "You" : source)} on {Format.Day(day)}: {string.Join(", ", known)}.";
    }

    private static string Short(decimal? usd) => usd?.ToString("0.######", CultureInfo.CurrentCulture) ?? Format.Unknown;
}
