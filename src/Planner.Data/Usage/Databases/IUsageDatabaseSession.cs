namespace Planner.Data.Usage;

/// <summary>A connection to a database of logs, for the requests of some time.</summary>
internal interface IUsageDatabaseSession : IUsageEngine, IAsyncDisposable
{
    /// <summary>A query that gives how many requests of the time do not count.</summary>
    string LeftOutSql { get; }
}

/// <summary>The requests of some time, asked of a database.</summary>
/// <param name="From">The first moment of the time, UTC.</param>
/// <param name="To">The first moment after it.</param>
/// <param name="Now">The present moment.</param>
internal readonly record struct UsageSpan(DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now);

/// <summary>What is common to the statements for databases of logs.</summary>
internal static class UsageRequests
{
    /// <summary>Rows that a statement may give: beyond them, a model's name is not a model's name.</summary>
    internal const int MostRows = 200_000;

    /// <summary>
    /// True of a row that does not count, by the rules for files; <c>from_cache</c> is 1 where a gateway's own cache answered. Of the rules, the one on more tokens from the cache than there were is not among these: to read
    /// that would cost more than all else, so such a request's cache is taken for unknown.
    /// </summary>
    internal static string IsFaulty(DateTimeOffset now)
    {
        var latest = now.AddDays(2).ToUnixTimeMilliseconds();
        return $"coalesce(from_cache = 1 OR start_ms < {UsageSelect.Earliest} OR start_ms > {latest} OR end_ms > {latest} OR input < 0 OR output < 0 OR cost < 0 OR input > {UsageSelect.MostTokensOfRequest} "
            + $"OR output > {UsageSelect.MostTokensOfRequest} OR cost > {UsageSelect.MostNanosOfRequest} OR (requests = 1 AND input IS NULL AND output IS NULL AND cost IS NULL), 1 = 0)";
    }

    /// <summary>A statement that gave more rows than a profile should have.</summary>
    internal static UsageRefusedException TooMany() => new(UsageTexts.DatabaseTooManyRows.With(MostRows));
}
