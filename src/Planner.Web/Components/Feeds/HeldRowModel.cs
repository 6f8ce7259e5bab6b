using System.Globalization;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>A price of a row that is held back.</summary>
/// <param name="Label">Which one.</param>
/// <param name="Stated">What the feed states.</param>
/// <param name="Catalog">What applies in the catalog.</param>
/// <param name="Ratio">How far apart they are, such as "× 0.49"; null where that cannot be said.</param>
public sealed record HeldPriceLine(string Label, string Stated, string Catalog, string? Ratio);

/// <summary>A row that is held back, as the review shows it.</summary>
/// <param name="FeedId">The feed.</param>
/// <param name="Key">Its key in the feed.</param>
/// <param name="Reason">Why it is held back.</param>
/// <param name="Seen">When runs met it.</param>
/// <param name="Unit">Unit of the prices.</param>
/// <param name="Prices">Its prices beside the catalog's.</param>
/// <param name="CatalogKey">Key of the catalog's row; null where there is none.</param>
/// <param name="CatalogLink">Its page; null where there is none.</param>
/// <param name="CatalogSource">Whose price applies there; null where it is yours, or where there is none.</param>
/// <param name="Decision">What was decided and when; null while it is open.</param>
/// <param name="CanAccept">False where it could not be read.</param>
/// <param name="CanReopen">True where the decision can be taken back.</param>
public sealed record HeldRowModel(
    string FeedId, string Key, string Reason, string Seen, string Unit, IReadOnlyList<HeldPriceLine> Prices, string? CatalogKey, string? CatalogLink, string? CatalogSource, string? Decision,
    bool CanAccept, bool CanReopen)
{
    public static HeldRowModel From(HeldRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(
            row.FeedId, row.SourceKey, row.Reason, SeenOf(row), row.IsInstance ? FeedsTexts.UnitHour : FeedsTexts.UnitTokens,
            [.. row.Prices.Select(price => new HeldPriceLine(FeedField.LabelOf(price.Field), Format.Rate(price.StatedUsd), Format.Rate(price.CatalogUsd), RatioOf(price)))],
            row.CatalogKey, row.CatalogKey is { } key ? FeedField.LinkOf(key, row.IsInstance) : null, row.CatalogSource == Origins.User ? null : row.CatalogSource, DecisionOf(row),
            row.IsReadable, row.Decision is QuarantineDecisions.Rejected or QuarantineDecisions.Ignored);
    }

    /// <summary>What accepting a row did, in a sentence.</summary>
    /// <param name="key">The row's key in the feed.</param>
    /// <param name="details">The run that published it.</param>
    public static string Outcome(string key, FeedRunDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var run = details.Run;
        var changes = string.Join("; ", details.Changes.Select(change => FeedsTexts.ChangeOf.With(FeedField.LabelOf(change.Field), Format.Rate(change.New), Format.Rate(change.Old))));
        return run switch
        {
            { Status: FeedRunStatuses.Refused } => FeedsTexts.QuarantineStillHeld.With(key, run.Reason ?? ""),
            { Published: 0 } => FeedsTexts.QuarantineOther.With(key),
            { Added: > 0 } => FeedsTexts.QuarantineAdded.With(key),
            _ => changes.Length > 0 ? FeedsTexts.QuarantineChanged.With(key, changes) : FeedsTexts.QuarantineSame.With(key),
        };
    }

    private static string SeenOf(HeldRow row)
    {
        var (first, last) = (Format.Moment(row.FirstSeenUtc), Format.Moment(row.LastSeenUtc));
        return first == last ? FeedsTexts.Seen.With(first) : FeedsTexts.SeenBetween.With(first, last);
    }

    private static string? RatioOf(HeldPrice price) =>
        price is { StatedUsd: { } stated, CatalogUsd: > 0 and var catalog } ? string.Create(CultureInfo.CurrentCulture, $"× {stated / catalog:#,0.##}") : null;

    private static string? DecisionOf(HeldRow row) => row.Decision is null ? null : (row.Decision switch
    {
        QuarantineDecisions.Accepted => FeedsTexts.AcceptedOn,
        QuarantineDecisions.Rejected => FeedsTexts.RejectedOn,
        _ => FeedsTexts.IgnoredOn,
    }).With(Format.Moment(row.DecidedUtc));
}
