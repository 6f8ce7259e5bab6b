namespace Planner.Data.Usage;

/// <summary>
/// Vendors report tokens and costs apart: a row that states costs only is a bill, one that states no cost is a use. Where a day, seller and model has bills and uses and nothing else,
/// each knows what the other leaves out.
/// </summary>
internal static class UsageBills
{
    private const long MsPerDay = 86_400_000;

    /// <summary>Sums up to which one of them times another fits into 128 bits.</summary>
    private const long Most = 1_000_000_000_000_000_000;

    private const string IsOfADay = "coalesce(end_ms, start_ms) - start_ms <= 86400000";

    private const string HasBoth = "bool_and(is_bill OR is_use) AND bool_or(is_bill) AND bool_or(is_use)";

    private static readonly string[] Counts = ["requests", "failed", "batch", "input", "cache_read", "cache_write", "output"];

    /// <summary>True of a bill.</summary>
    internal const string IsBill = $"cost IS NOT NULL AND coalesce(requests, input, output) IS NULL AND {IsOfADay}";

    /// <summary>True of a use.</summary>
    internal const string IsUse = $"cost IS NULL AND coalesce(requests, input, output) IS NOT NULL AND {IsOfADay}";

    /// <summary>
    /// A query that gives the rows with the bills of a day, seller and model spread over its uses, by their tokens and to the billionth of a dollar. A bill of that day and seller for something
    /// else, such as searches, used no tokens: the seller's report of tokens would name them.
    /// </summary>
    /// <param name="rows">What stands after FROM: rows of <see cref="UsageSelect.Of"/>.</param>
    internal static string Joined(string rows) =>
        $"""
        WITH parts AS (SELECT *, start_ms // {MsPerDay} AS day, {IsBill} AS is_bill, {IsUse} AS is_use, CAST(greatest(coalesce(input, 0) + coalesce(output, 0), 1) AS HUGEINT) AS weight FROM {rows}),
          models AS (SELECT day, seller, model, sum(cost) FILTER (is_bill) AS bill, sum(weight) FILTER (is_use) AS weights FROM parts GROUP BY ALL
            HAVING {HasBoth} AND sum(cost) < {Most} AND sum(weight) < {Most}),
          sellers AS (SELECT day, seller, min(start_ms) FILTER (is_use) AS first_use FROM parts GROUP BY ALL HAVING {HasBoth}),
          placed AS (SELECT parts.*, bill, weights, first_use, sum(weight) OVER (PARTITION BY parts.day, parts.seller, parts.model ORDER BY start_ms, id ROWS UNBOUNDED PRECEDING) AS upto
            FROM parts LEFT JOIN models ON models.day = parts.day AND models.seller IS NOT DISTINCT FROM parts.seller AND models.model = parts.model
              LEFT JOIN sellers ON sellers.day = parts.day AND sellers.seller IS NOT DISTINCT FROM parts.seller
            WHERE bill IS NULL OR is_use)
        SELECT * EXCLUDE (day, is_bill, is_use, weight, bill, weights, first_use, upto) REPLACE (
          CASE WHEN bill IS NULL THEN cost ELSE CAST(bill * upto // weights - bill * (upto - weight) // weights AS BIGINT) END AS cost,
          CASE WHEN is_bill AND first_use IS NOT NULL THEN first_use ELSE start_ms END AS start_ms,
          CASE WHEN is_bill AND first_use IS NOT NULL THEN NULL ELSE end_ms END AS end_ms,
          {string.Join(", ", Counts.Select(count => $"CASE WHEN is_bill AND first_use IS NOT NULL THEN 0 ELSE {count} END AS {count}"))})
        FROM placed
        """;
}
