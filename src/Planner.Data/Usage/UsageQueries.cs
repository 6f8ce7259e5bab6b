using Planner.Domain.Usage;

namespace Planner.Data.Usage;

/// <summary>A row that an engine gives while it is read.</summary>
internal interface IUsageRow
{
    /// <summary>A whole number; null for NULL.</summary>
    long? Whole(int column);

    /// <summary>A number; null for NULL.</summary>
    double? Number(int column);

    /// <summary>A text; null for NULL.</summary>
    string? Text(int column);
}

/// <summary>An engine that holds usage: it runs the aggregation where the rows are, and only the profile comes back.</summary>
internal interface IUsageEngine
{
    /// <summary>How it writes what SQL's dialects write differently.</summary>
    UsageDialect Dialect { get; }

    /// <summary>
    /// What stands after FROM and has the columns <c>start_ms</c> (start, milliseconds since 1970), <c>end_ms</c> (end, likewise; may be NULL), <c>seller</c>, <c>model</c>, <c>requests</c>,
    /// <c>failed</c>, <c>batch</c> (requests), <c>input</c>, <c>cache_read</c>, <c>cache_write</c>, <c>output</c> (tokens), <c>cost</c> (10⁻⁹ USD), <c>ttft</c>,
    /// <c>duration</c> (milliseconds) and <c>single</c> (1 where the row is one request, else 0).
    /// </summary>
    string Source { get; }

    /// <summary>Runs a query and reads its rows.</summary>
    Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<IUsageRow, T> read, CancellationToken cancellationToken);
}

/// <summary>What SQL's dialects write differently.</summary>
internal abstract class UsageDialect
{
    /// <summary>An expression as a whole number of 64 bits.</summary>
    internal virtual string Whole(string expression) => $"CAST({expression} AS BIGINT)";

    /// <summary>A whole number that is at least 0, divided by another and rounded down.</summary>
    internal abstract string Quotient(string dividend, long divisor);

    /// <summary>A number as a floating-point number.</summary>
    internal virtual string Double(string expression) => $"CAST({expression} AS DOUBLE PRECISION)";

    /// <summary>A percentile of a column as one of its values.</summary>
    internal abstract string Percentile(string column, double share);

    /// <summary>The bin of <see cref="LengthBin"/> that a length above 0 falls into.</summary>
    internal abstract string Bin(string column);

    /// <summary>A sum of whole numbers; the largest number of 64 bits stands for that and all beyond it.</summary>
    internal virtual string Sum(string column) => $"least(sum({column}), {long.MaxValue})";

    /// <summary>Standard deviation of the population.</summary>
    internal virtual string Deviation(string column) => $"stddev_pop({column})";
}

/// <summary>The aggregation that makes a profile: the same statements for every engine.</summary>
internal static class UsageQueries
{
    private const int MsPerHour = 3_600_000;
    private const int MsPerDay = 86_400_000;

    /// <summary>Parts of a profile that are asked for one after the other.</summary>
    private const int Parts = 7;

    /// <summary>Columns of the totals, in the order of <see cref="TotalsOf"/>.</summary>
    private static readonly string[] Counted = ["requests", "failed", "batch", "input", "cache_read", "cache_write", "output", "cost"];

    private static readonly double[] Shares = [0.5, 0.95, 0.99];

    /// <summary>Aggregates what an engine holds.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="progress">Told the share of the statements that are done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The profile; null where there are no rows.</returns>
    /// <exception cref="UsageRefusedException">The engine cannot be asked, or its sums are beyond all sense.</exception>
    internal static async Task<UsageProfile?> ProfileAsync(IUsageEngine engine, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var done = 0;
        var span = Done(await engine.RowsAsync(SpanSql(engine), ReadSpan, cancellationToken))[0];
        if (span is not { } found)
            return null;
        var hours = Done(await engine.RowsAsync(HoursSql(engine), ReadHour, cancellationToken));
        var days = Done(await engine.RowsAsync(DaysSql(engine), ReadDay, cancellationToken));
        return Countable(new UsageProfile
        {
            FromUtc = At(found.From),
            ToUtc = At(found.To),
            Resolution = found.Resolution,
            Hours = hours,
            Days = days,
            InputLengths = Done(found.HasSingle ? await LengthsAsync(engine, "input", cancellationToken) : null),
            OutputLengths = Done(found.HasSingle ? await LengthsAsync(engine, "output", cancellationToken) : null),
            Ttft = Done(found.HasTtft ? await LatencyAsync(engine, "ttft", cancellationToken) : null),
            Duration = Done(found.HasDuration ? await LatencyAsync(engine, "duration", cancellationToken) : null),
        });

        T Done<T>(T part)
        {
            progress?.Report((double)++done / Parts);
            return part;
        }
    }

    /// <summary>A profile whose sums can be added up.</summary>
    /// <exception cref="UsageRefusedException">They cannot: no one uses that much.</exception>
    private static UsageProfile Countable(UsageProfile profile)
    {
        try
        {
            var all = profile.Totals;
            _ = (all.Tokens, checked(all.Requests + all.Failed));
            return profile;
        }
        catch (OverflowException)
        {
            throw new UsageRefusedException(UsageTexts.SumsAbsurd);
        }
    }

    private static string SpanSql(IUsageEngine engine) =>
        "SELECT " + string.Join(", ", new[]
        {
            "min(start_ms)", "max(coalesce(end_ms, start_ms))", "count(*)", "sum(single)", "max(CASE WHEN single = 1 THEN 0 ELSE coalesce(end_ms - start_ms, 0) END)",
            $"sum(CASE WHEN single = 0 AND start_ms % {MsPerDay} <> 0 THEN 1 ELSE 0 END)", "count(ttft)", "count(duration)",
        }.Select(engine.Dialect.Whole)) + $" FROM {engine.Source}";

    private static Span? ReadSpan(IUsageRow row)
    {
        if (row.Whole(0) is not { } from)
            return null;
        var rows = row.Whole(2);
        var (until, singles, longest, withinDay) = (row.Whole(1) ?? from, row.Whole(3) ?? 0, row.Whole(4) ?? 0, row.Whole(5) ?? 0);
        var resolution = singles == rows ? UsageResolution.Request : longest > MsPerHour || (longest == 0 && withinDay == 0) ? UsageResolution.Day : UsageResolution.Hour;
        // The last sum may not say when it ended, and the last request may have no length.
        var least = resolution switch { UsageResolution.Day => MsPerDay, UsageResolution.Hour => MsPerHour, _ => 1 };
        return new Span(from, Math.Max(until, (row.Whole(1) ?? from) == from ? from + least : until), resolution, singles > 0, row.Whole(6) > 0, row.Whole(7) > 0);
    }

    private static string HoursSql(IUsageEngine engine) => $"SELECT {engine.Dialect.Quotient("start_ms", MsPerHour)} AS hour, {Totals(engine.Dialect)} FROM {engine.Source} GROUP BY hour ORDER BY hour";

    private static UsageHour ReadHour(IUsageRow row) => new(At(row.Whole(0)!.Value * MsPerHour), TotalsOf(row, 1));

    private static string DaysSql(IUsageEngine engine) =>
        $"SELECT {engine.Dialect.Quotient("start_ms", MsPerDay)} AS day, seller, model, {Totals(engine.Dialect)} FROM {engine.Source} GROUP BY day, seller, model ORDER BY day, seller, model";

    private static UsageDay ReadDay(IUsageRow row) => new(DateOnly.FromDateTime(At(row.Whole(0)!.Value * MsPerDay)), row.Text(1), row.Text(2) ?? "", TotalsOf(row, 3));

    /// <summary>A sum is known only where every row states the figure.</summary>
    private static string Totals(UsageDialect dialect) =>
        string.Join(", ", Counted.Select(column => dialect.Whole($"CASE WHEN count({column}) = count(*) THEN {dialect.Sum(column)} END")));

    private static UsageTotals TotalsOf(IUsageRow row, int first)
    {
        return new(Sum(0), Sum(1), Sum(2), Sum(3), Sum(4), Sum(5), Sum(6), Sum(7) is { } nanos ? nanos / 1_000_000_000m : null);

        long? Sum(int column) => row.Whole(first + column) is var sum && sum == long.MaxValue ? throw new UsageRefusedException(UsageTexts.SumsAbsurd) : sum;
    }

    private static async Task<LengthDistribution?> LengthsAsync(IUsageEngine engine, string column, CancellationToken cancellationToken)
    {
        var single = $"{engine.Source} WHERE single = 1 AND requests = 1 AND {column} IS NOT NULL";
        var bins = await engine.RowsAsync(
            $"SELECT CASE WHEN {column} <= 0 THEN -1 ELSE {engine.Dialect.Bin(column)} END AS bin, {engine.Dialect.Whole("count(*)")} FROM {single} GROUP BY bin ORDER BY bin",
            row => new LengthBin((int)row.Whole(0)!.Value, row.Whole(1)!.Value), cancellationToken);
        if (bins.Count == 0)
            return null;
        var dialect = engine.Dialect;
        return (await engine.RowsAsync(
            $"SELECT {dialect.Whole("count(*)")}, {dialect.Double($"avg({column})")}, {dialect.Double(dialect.Deviation(column))}, {Percentiles(dialect, column)}, {dialect.Whole($"max({column})")} FROM {single}",
            row => new LengthDistribution(
                row.Whole(0)!.Value, row.Number(1)!.Value, row.Number(1) > 0 ? row.Number(2)!.Value / row.Number(1)!.Value : 0, row.Whole(3)!.Value, row.Whole(4)!.Value,
                row.Whole(5)!.Value, row.Whole(6)!.Value, bins),
            cancellationToken))[0];
    }

    private static async Task<LatencyDistribution> LatencyAsync(IUsageEngine engine, string column, CancellationToken cancellationToken) =>
        (await engine.RowsAsync(
            $"SELECT {engine.Dialect.Whole("count(*)")}, {Percentiles(engine.Dialect, column)} FROM {engine.Source} WHERE {column} IS NOT NULL",
            row => new LatencyDistribution(row.Whole(0)!.Value, row.Whole(1)!.Value, row.Whole(2)!.Value, row.Whole(3)!.Value), cancellationToken))[0];

    private static string Percentiles(UsageDialect dialect, string column) =>
        string.Join(", ", Shares.Select(share => dialect.Whole(dialect.Percentile(column, share))));

    private static DateTime At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private readonly record struct Span(long From, long To, UsageResolution Resolution, bool HasSingle, bool HasTtft, bool HasDuration);
}
