using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Catalog;

/// <summary>A mark on a row of the catalog.</summary>
/// <param name="Text">One or two words.</param>
/// <param name="Kind">What it means for the reader.</param>
/// <param name="Detail">The reason in a sentence.</param>
public sealed record Flag(string Text, StatusKind Kind, string Detail)
{
    /// <summary>Marks of a row: whose values apply, what the feed's reader warned of, whether it is retired.</summary>
    public static IReadOnlyList<Flag> Of(RowState state, IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(warnings);
        var flags = new List<Flag>();
        if (state.UserAdded)
            flags.Add(new(CatalogTexts.FlagYours, StatusKind.Good, CatalogTexts.FlagAdded));
        else if (state.UserPrices)
            flags.Add(new(CatalogTexts.FlagYours, StatusKind.Good, CatalogTexts.FlagYoursDetail));
        if (warnings.Count > 0)
            flags.Add(new(CatalogTexts.FlagWarned, StatusKind.Warning, string.Join(" ", warnings.Select(WarningText.Of))));
        if (state.RetiredUtc is { } retired)
            flags.Add(new(CatalogTexts.FlagRetired, StatusKind.Neutral, RetiredText(DateOnly.FromDateTime(retired), state.RetiredBy)));
        return flags;
    }

    private static string RetiredText(DateOnly day, string? by) =>
        (by == Origins.User ? CatalogTexts.RetiredByYou : CatalogTexts.RetiredBy).With(Format.Day(day), by);
}
