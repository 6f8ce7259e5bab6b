using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>The time for which two files count the same use.</summary>
/// <param name="FromUtc">Its start.</param>
/// <param name="ToUtc">Its end.</param>
internal sealed record UsageOverlap(DateTime FromUtc, DateTime ToUtc);

/// <summary>
/// Finds sums that count what another file counts already. Sums of one format and length name their time, so that the later ones replace the earlier; those of another length or format,
/// and requests beside sums, would be added.
/// </summary>
internal static class UsageOverlaps
{
    /// <summary>Lengths above eight days are months, of whatever days and however unfinished.</summary>
    private const long LongestWeekMs = 8 * 86_400_000L;

    /// <summary>The time that two files have in common; null for none.</summary>
    /// <param name="added">Rows of <see cref="UsageSelect.Of"/> that are to be added.</param>
    /// <param name="known">Such rows that are there.</param>
    /// <param name="isSameFormat">Whether both are of one format.</param>
    /// <param name="options">Where work may be done.</param>
    internal static UsageOverlap? Find(string added, string known, bool isSameFormat, UsageOptions options)
    {
        var folder = options.NewWorkFolder();
        try
        {
            using var session = DuckDbSession.Open(new DuckDbSettings([added, known], folder, options.Limits.MemoryMb));
            return session.Rows(
                $"""
                WITH n AS ({Times(added)}), o AS ({Times(known)})
                SELECT min(greatest(n.from_ms, o.from_ms)), max(least(n.to_ms, o.to_ms)) FROM n JOIN o ON n.from_ms < o.to_ms AND o.from_ms < n.to_ms
                WHERE n.is_bill = o.is_bill AND (n.seller = o.seller OR n.seller IS NULL OR o.seller IS NULL) AND (n.model = o.model OR n.model = '' OR o.model = '')
                  AND n.single + o.single < 2 AND ({(isSameFormat ? "n.single <> o.single OR (n.length NOT IN (SELECT length FROM o) AND (n.from_ms <> o.from_ms OR n.to_ms < o.to_ms))" : "true")})
                """,
                row => row.Whole(0) is { } from && row.Whole(1) is { } to ? new UsageOverlap(At(from), At(to)) : null)[0];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A query for the times of a file by seller, model and whether they are of costs only: those of sums, and of requests the part of each hour that has some.</summary>
    private static string Times(string file) =>
        $"""
        SELECT *, CASE WHEN to_ms - from_ms > {LongestWeekMs} THEN {LongestWeekMs + 1} ELSE to_ms - from_ms END AS length FROM (
          SELECT seller, model, single, coalesce(requests, input, output) IS NULL AS is_bill, min(start_ms) AS from_ms, max(CASE WHEN single = 1 THEN start_ms + 1 ELSE greatest(end_ms, start_ms + 1) END) AS to_ms
          FROM read_parquet({Sql.Text(file)}) WHERE fault = 0
          GROUP BY seller, model, single, is_bill, CASE WHEN single = 1 THEN start_ms // 3600000 ELSE start_ms END, CASE WHEN single = 1 THEN 0 ELSE end_ms END)
        """;

    private static DateTime At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}
