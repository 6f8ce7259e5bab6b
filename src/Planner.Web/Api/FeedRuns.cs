using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Web.Api;

/// <summary>A run of a feed in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FeedId">The feed.</param>
/// <param name="Trigger"><c>schedule</c>, <c>manual</c>, <c>upload</c>, <c>review</c> or <c>removal</c>.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="DurationMs">How long it took, milliseconds.</param>
/// <param name="Status"><c>running</c>, <c>published</c>, <c>unchanged</c>, <c>refused</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it was refused or failed; null otherwise.</param>
/// <param name="RowsRead">Models or machines that the file lists.</param>
/// <param name="Published">Price sheets or machines published.</param>
/// <param name="Added">Of them, new ones.</param>
/// <param name="Changed">Of them, those with another price.</param>
/// <param name="Retired">Those that the file no longer has.</param>
/// <param name="Unavailable">Published without a price.</param>
/// <param name="Warnings">Published with a warning.</param>
/// <param name="Currency">Currency of the prices.</param>
/// <param name="SourceAsOf">Day that the source gives for its data; null where it gives none.</param>
public record FeedRunSummary(
    long Id, string FeedId, string Trigger, DateTime StartedUtc, long DurationMs, string Status, string? Reason, int RowsRead, int Published, int Added,
    int Changed, int Retired, int Unavailable, int Warnings, string Currency, DateOnly? SourceAsOf)
{
    public static FeedRunSummary From(FeedRunRow run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new FeedRunSummary(
            run.Id, run.FeedId, run.Trigger, run.StartedUtc, run.DurationMs, run.Status, run.Reason, run.RowsRead, run.Published, run.Added, run.Changed,
            run.Retired, run.Unavailable, run.Warnings, run.Currency, run.SourceAsOf);
    }
}

/// <summary>A run of a feed with the rows it held back and the prices it changed.</summary>
public sealed record FeedRunDetail : FeedRunSummary
{
    private FeedRunDetail(FeedRunSummary run) : base(run)
    {
    }

    /// <summary>Rows held back, with the reason.</summary>
    public required IReadOnlyList<QuarantinedRow> Quarantined { get; init; }

    /// <summary>Prices changed: USD per million tokens, or of machines USD an hour.</summary>
    public required IReadOnlyList<PriceChange> Changes { get; init; }

    public static FeedRunDetail From(FeedRunDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return new FeedRunDetail(From(details.Run)) { Quarantined = details.Quarantined, Changes = details.Changes };
    }
}
