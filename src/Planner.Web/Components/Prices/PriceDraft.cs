using System.Globalization;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Prices;

/// <summary>A price sheet while somebody types it.</summary>
public sealed class PriceDraft : ICatalogDraft<PriceEdit>
{
    private const int LargestContext = (int)PriceRules.LongestPrompt;

    public string? Key { get; set; }

    public string? Seller { get; set; }

    public string? Name { get; set; }

    public string? Mode { get; set; } = "chat";

    public decimal? ContextTokens { get; set; }

    /// <summary>Day as yyyy-MM-dd; empty for none.</summary>
    public string? DeprecatedFrom { get; set; }

    public TokenPrices Prices { get; set; } = new();

    public string? Note { get; set; }

    /// <summary>Version that the edit expects; null for a new row.</summary>
    public int? Version { get; set; }

    /// <summary>True where a feed owns everything but prices and note.</summary>
    public bool OnlyPrices { get; init; }

    /// <summary>The key that an empty box stands for: seller and name.</summary>
    public string SuggestedKey => KeyText.Suggest(Seller, Name);

    public static PriceDraft From(PriceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new()
        {
            Key = entry.Sheet.Key,
            Seller = entry.Sheet.Seller,
            Name = entry.Sheet.Name,
            Mode = entry.Mode,
            ContextTokens = entry.Sheet.ContextTokens,
            DeprecatedFrom = entry.Sheet.DeprecatedFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Prices = entry.Sheet.Prices,
            Note = entry.State.UserNote,
            Version = entry.State.Version,
            OnlyPrices = !entry.State.UserAdded,
        };
    }

    /// <summary>What was typed, or why it cannot be read.</summary>
    public (PriceEdit? Edit, IReadOnlyList<Problem> Problems) Read()
    {
        var problems = new List<Problem>();
        DraftRules.Whole(problems, "contextTokens", ContextTokens, LargestContext);
        DateOnly? deprecated = null;
        if (!string.IsNullOrWhiteSpace(DeprecatedFrom))
        {
            if (DateOnly.TryParseExact(DeprecatedFrom.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                deprecated = day;
            else
                problems.Add(new("deprecatedFrom", CatalogTexts.DayForm));
        }

        var keyIsOpen = Version is null && string.IsNullOrWhiteSpace(Key);
        var context = ContextTokens is null ? null : (int?)DraftRules.WholeOrOne(ContextTokens);
        var edit = new PriceEdit(keyIsOpen ? SuggestedKey : Key ?? "", Seller ?? "", Name ?? "", Mode ?? "", context, deprecated, Prices, Note);
        var all = DraftRules.Join(problems, CatalogRules.Check(edit), keyIsOpen);
        return (all.Count == 0 ? edit : null, all);
    }
}
