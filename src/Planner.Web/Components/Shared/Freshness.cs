using System.Globalization;
using Planner.Data.Stores;

namespace Planner.Web.Components.Shared;

/// <summary>How far a price's age can be trusted: up to a week it is fresh, up to a month stale, then very stale.</summary>
public static class Freshness
{
    public const int StaleAfterDays = 7;
    public const int VeryStaleAfterDays = 30;

    public static StatusKind Of(int ageDays) => ageDays switch
    {
        > VeryStaleAfterDays => StatusKind.Bad,
        > StaleAfterDays => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };

    /// <summary>"today", "1 day old", "111 days old".</summary>
    public static string Words(int ageDays) => ageDays switch
    {
        <= 0 => SharedTexts.AgeToday,
        1 => SharedTexts.AgeOneDay,
        _ => SharedTexts.AgeDays.With(ageDays.ToString("N0", CultureInfo.CurrentCulture)),
    };

    /// <summary>Why the price that applies is as old as it is.</summary>
    public static string Reason(RowState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.UserPrices)
            return SharedTexts.ReasonYours.With(Format.Day(state.UserEditedUtc is { } edited ? DateOnly.FromDateTime(edited) : null));
        return state.FetchedAtUtc is { } fetched
            ? SharedTexts.ReasonFeed.With(state.Source.Source, Format.Day(DateOnly.FromDateTime(fetched)), Format.Day(state.Source.AsOf))
            : SharedTexts.ReasonShipped.With(Format.Day(state.Source.AsOf));
    }
}
