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
            flags.Add(new("yours", StatusKind.Good, "You added this row."));
        else if (state.UserPrices)
            flags.Add(new("yours", StatusKind.Good, "Your values apply instead of the source's."));
        if (warnings.Count > 0)
            flags.Add(new("warned", StatusKind.Warning, string.Join(" ", warnings.Select(WarningText.Of))));
        if (state.RetiredUtc is { } retired)
            flags.Add(new("retired", StatusKind.Neutral, RetiredText(DateOnly.FromDateTime(retired), state.RetiredBy)));
        return flags;
    }

    private static string RetiredText(DateOnly day, string? by) =>
        $"Retired on {Format.Day(day)} by {(by == Origins.User ? "you" : by)}. Scenarios that name it keep it as it was.";
}
