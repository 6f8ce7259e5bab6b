using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Catalog;

/// <summary>Where the prices that apply come from and how old they are.</summary>
/// <param name="Name">The source, or "you".</param>
/// <param name="Url">Its address; null where there is none that a link may lead to.</param>
/// <param name="AsOf">Day on which they held.</param>
/// <param name="Age">The age in words.</param>
/// <param name="Freshness">What the age means.</param>
/// <param name="Reason">Why they are that old, as a sentence.</param>
public sealed record SourceModel(string Name, string? Url, string AsOf, string Age, StatusKind Freshness, string Reason)
{
    /// <param name="applies">Source of the prices that apply.</param>
    /// <param name="state">Where the row stands.</param>
    public static SourceModel From(Provenance applies, RowState state)
    {
        ArgumentNullException.ThrowIfNull(applies);
        ArgumentNullException.ThrowIfNull(state);
        return new(
            state.UserPrices ? CatalogTexts.You : applies.Source, LinkOf(applies.Url), Format.Day(applies.AsOf), Shared.Freshness.Words(state.AgeDays),
            Shared.Freshness.Of(state.AgeDays), Shared.Freshness.Reason(state));
    }

    /// <summary>Where the prices of another day come from.</summary>
    /// <param name="applied">Their source, and since when they applied.</param>
    /// <param name="state">Where the row stood.</param>
    /// <param name="day">The day.</param>
    public static SourceModel ThatDay(Provenance applied, RowState state, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(applied);
        ArgumentNullException.ThrowIfNull(state);
        return new(
            state.UserPrices ? CatalogTexts.You : applied.Source, null, Format.Day(applied.AsOf), CatalogTexts.AppliedThen, StatusKind.Neutral, CatalogTexts.AppliedOn.With(Format.Day(day), Format.Day(applied.AsOf)));
    }

    /// <summary>The source that the user's prices hide.</summary>
    public static SourceModel Hidden(RowState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var today = state.UserEditedUtc is { } edited ? DateOnly.FromDateTime(edited).AddDays(state.AgeDays) : state.Source.AsOf.AddDays(state.AgeDays);
        return From(state.Source, state with { UserPrices = false, UserAdded = false, AgeDays = Math.Max(0, today.DayNumber - state.Source.AsOf.DayNumber) });
    }

    /// <summary>An address that a link may lead to: feeds bring addresses from outside, and only the web's are safe to follow.</summary>
    public static string? LinkOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address.AbsoluteUri
            : null;
}
