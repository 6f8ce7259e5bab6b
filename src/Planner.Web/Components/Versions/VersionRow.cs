using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Versions;

/// <summary>A version in the list of its scenario's history.</summary>
/// <param name="Version">The version.</param>
/// <param name="SavedUtc">When it was saved.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="Headline">The cheapest option and what it costs: "API at $7,500 a month".</param>
/// <param name="MonthlyUsd">That cost, USD a month; null where there is none.</param>
/// <param name="Changes">What it changed against the version before, in one line.</param>
/// <param name="IsReadable">False where this program cannot read it.</param>
/// <param name="SavedBy">Who saved it; null where nobody asked.</param>
public sealed record VersionRow(int Version, DateTimeOffset SavedUtc, string EngineVersion, string Headline, decimal? MonthlyUsd, string Changes, bool IsReadable, string? SavedBy)
{
    public static VersionRow Of(ScenarioVersionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new VersionRow(
            entry.Version, new DateTimeOffset(entry.SavedUtc, TimeSpan.Zero), entry.EngineVersion, entry.Stored is { } stored ? HeadlineOf(stored) : Format.Unknown, entry.Stored?.MonthlyUsd,
            ChangesOf(entry), entry.Stored is not null, entry.SavedBy);
    }

    private static string HeadlineOf(VersionHead stored) => stored.CheapestName is { } name
        ? VersionsTexts.HeadlineAt.With(Bidi.Isolated(name), Format.MoneyHeadline(stored.MonthlyUsd, DisplayCurrency.Of(stored.Scenario)))
        : VersionsTexts.HeadlineNone;

    private static string ChangesOf(ScenarioVersionEntry entry) => entry switch
    {
        { Stored: null } => Texts.VersionUnreadable,
        { Version: 1 } => Texts.VersionFirst,
        { Previous: null } => Texts.VersionPreviousUnreadable,
        { Stored: { } stored, Previous: { } previous } => VersionDiff.SummaryOf(previous, stored),
    };
}
