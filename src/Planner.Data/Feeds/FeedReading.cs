using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>What a feed's file holds. Where <paramref name="Refusal"/> is set, the file as a whole was not accepted and nothing else is filled.</summary>
/// <typeparam name="TRow">A row as the feed states it.</typeparam>
/// <param name="Refusal">Why the file is refused, as a sentence; null where it was read.</param>
/// <param name="RowsRead">Models or machines that the file lists, of every kind.</param>
/// <param name="Rows">Those that the planner has a use for, in the file's order.</param>
/// <param name="Refused">Those that could not be read.</param>
/// <param name="Skipped">Number of those of kinds that the planner has no use for, by kind; <c>none</c> where the file names none.</param>
/// <param name="NotRows">Keys of entries that are neither.</param>
public sealed record FeedReading<TRow>(
    string? Refusal, int RowsRead, IReadOnlyList<TRow> Rows, IReadOnlyList<QuarantinedRow> Refused, IReadOnlyDictionary<string, int> Skipped, IReadOnlyList<string> NotRows)
{
    /// <summary>Day that the file gives for its data; null where it gives none.</summary>
    public DateOnly? SourceDate { get; init; }

    /// <summary>True where the file says of itself that it lists a part of the feed's rows only, such as those of one vendor.</summary>
    public bool IsPart { get; init; }

    /// <summary>A file that was not accepted.</summary>
    // A file is refused before it is known what its rows are.
#pragma warning disable CA1000
    public static FeedReading<TRow> Refuse(string reason) => new(reason, 0, [], [], new Dictionary<string, int>(), []);
#pragma warning restore CA1000
}
