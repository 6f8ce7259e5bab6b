using System.Globalization;
using System.Text.Json.Serialization;
using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Why a row of usage is left out; the numbers are stored in files.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UsageFault>))]
public enum UsageFault
{
    /// <summary>It has no time that can be read.</summary>
    [JsonStringEnumMemberName("noTime")]
    NoTime = 1,

    /// <summary>Its time is before 2015 or in the future.</summary>
    [JsonStringEnumMemberName("impossibleTime")]
    ImpossibleTime = 2,

    /// <summary>A count or a cost is no number.</summary>
    [JsonStringEnumMemberName("noNumber")]
    NoNumber = 3,

    /// <summary>A count or a cost is below 0.</summary>
    [JsonStringEnumMemberName("negative")]
    Negative = 4,

    /// <summary>It counts more than a request, or a sum, can have.</summary>
    [JsonStringEnumMemberName("absurd")]
    Absurd = 5,

    /// <summary>More tokens came from the cache than there were.</summary>
    [JsonStringEnumMemberName("cacheAboveInput")]
    CacheAboveInput = 6,

    /// <summary>Its cost is in another currency than USD.</summary>
    [JsonStringEnumMemberName("otherCurrency")]
    OtherCurrency = 7,

    /// <summary>It counts nothing.</summary>
    [JsonStringEnumMemberName("nothingCounted")]
    NothingCounted = 8,

    /// <summary>It is no usage of a model, such as a span that holds others, the charge of another service, or an answer from a gateway's own cache.</summary>
    [JsonStringEnumMemberName("notUsage")]
    NotUsage = 9,

    /// <summary>A count with a fraction, or a number whose comma or dot may part decimals as well as thousands.</summary>
    [JsonStringEnumMemberName("unclearMark")]
    UnclearMark = 10,
}

/// <summary>Rows of any table of usage as rows of the same columns, by DuckDB.</summary>
internal static class UsageSelect
{
    /// <summary>Statements to run once in a session before <see cref="Of"/> is used in it.</summary>
    /// <param name="mapping">What the columns mean.</param>
    internal static IReadOnlyList<string> SetupOf(UsageMapping mapping) => mapping.DecimalComma is null ? UnclearMarks : KnownMarks;

    private static readonly IReadOnlyList<string> UnclearMarks = Setup(false);
    private static readonly IReadOnlyList<string> KnownMarks = Setup(true);

    /// <summary>Numbers are read with a dot before decimals. Unless that is known, what would be a number by either mark is none.</summary>
    private static IReadOnlyList<string> Setup(bool isDotKnown) =>
    [
        "CREATE MACRO filled(x) AS nullif(trim(x), '') IS NOT NULL",
        // What is more than anybody counts is kept small enough to be added up, and left out as absurd then.
        """
        CREATE MACRO bounded(n) AS CASE WHEN n > 100000000000000000 THEN 100000000000000000 WHEN n < -100000000000000000 THEN -100000000000000000 ELSE n END
        """,
        // Counts with commas between thousands, and those with a point that nothing but zeros follow.
        $$"""
        CREATE MACRO marked_whole(x) AS CASE WHEN regexp_full_match(x, '\s*[+-]?[1-9]\d{0,2}(,\d{3})+(\.0*)?\s*') THEN try_cast(split_part(replace(x, ',', ''), '.', 1) AS BIGINT)
          WHEN {{(isDotKnown ? "false" : @"regexp_full_match(x, '\s*[+-]?[1-9]\d{0,2}\.\d{3}\s*')")}} THEN NULL
          WHEN try_cast(x AS DOUBLE) BETWEEN 1e17 AND 1e308 THEN 100000000000000000
          WHEN try_cast(x AS DOUBLE) = trunc(try_cast(x AS DOUBLE)) THEN try_cast(x AS BIGINT) END
        """,
        "CREATE MACRO whole(x) AS bounded(CASE WHEN contains(x, '.') THEN marked_whole(x) ELSE coalesce(try_cast(x AS BIGINT), marked_whole(x)) END)",
        "CREATE MACRO has_mark(x) AS regexp_full_match(replace(x, '$', ''), '\\s*[+-]?\\d*([.,]\\d*)+\\s*')",
        // Prompt tokens with those of the cache, of a source that does not say whether it counts them in: where more came from the cache than the prompt has, it does not.
        """
        CREATE MACRO with_cached(x, cache_read, cache_write) AS CASE WHEN coalesce(whole(cache_read), 0) + coalesce(whole(cache_write), 0) > whole(x)
          THEN CAST(whole(x) + coalesce(whole(cache_read), 0) + coalesce(whole(cache_write), 0) AS VARCHAR) ELSE x END
        """,
        // A decimal of 18 digits cannot hold a dollar of billionths with nine more behind the point; a wider one is many times slower, and most requests cost less.
        """
        CREATE MACRO billionths(d) AS CASE WHEN d > -1 AND d < 1 THEN CAST(d * 1000000000 AS BIGINT) ELSE CAST(CAST(d AS DECIMAL(28, 9)) * 1000000000 AS BIGINT) END
        """,
        $$"""
        CREATE MACRO marked_money(x) AS CASE WHEN regexp_full_match(x, '\s*[+-]?[1-9]\d{0,2}{{(isDotKnown ? @"(,\d{3})+(\.\d*)?" : @"((,\d{3})+\.\d*|(,\d{3}){2,})")}}\s*') THEN replace(x, ',', '') ELSE x END
        """,
        "CREATE MACRO money(x) AS marked_money(replace(x, '$', ''))",
        // Costs beyond a billion dollars are no numbers of that width; the largest number stands for them.
        $"""
        CREATE MACRO nanos(x) AS coalesce(billionths(coalesce(try_cast(x AS DECIMAL(18, 9)), try_cast(money(x) AS DECIMAL(18, 9)))),
          CASE WHEN try_cast(money(x) AS DOUBLE) BETWEEN 1e9 AND 1e308 THEN {long.MaxValue} END)
        """,
        // Seconds, milliseconds, microseconds or nanoseconds since 1970, by their size: each covers the years 1973 to 5138. Within a lambda the text is parsed once,
        // and only where it is asked for.
        """
        CREATE MACRO unix_ms(x) AS list_transform([try_cast(x AS DOUBLE)], lambda v: try_cast(CASE WHEN abs(v) < 100000000000 THEN v * 1000 WHEN abs(v) < 100000000000000 THEN v
          WHEN abs(v) < 100000000000000000 THEN v / 1000 WHEN abs(v) < 1e21 THEN v / 1000000 END AS BIGINT))[1]
        """,
        // Abbreviations mean the same hours all year, whatever the engine takes them for.
        """
        CREATE MACRO offset_of(zone) AS map {'EST': '-05:00', 'EDT': '-04:00', 'CST': '-06:00', 'CDT': '-05:00', 'MST': '-07:00', 'MDT': '-06:00', 'PST': '-08:00', 'PDT': '-07:00',
          'CET': '+01:00', 'CEST': '+02:00'}[zone]
        """,
        "CREATE MACRO with_offset(x) AS coalesce(regexp_replace(x, '\\s*[A-Z]{3,4}\\s*$', offset_of(regexp_extract(x, '([A-Z]{3,4})\\s*$', 1))), x)",
        // ISO 8601 in forms that the engine does not read: without separators, with nanoseconds, with a blank before the offset, and without seconds but with a zone.
        """
        CREATE MACRO tidied(x) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(with_offset(x), '^\s*(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)', '\1-\2-\3T\4:\5:\6'),
          '(\.\d{6})\d+', '\1'), '\s+([+-]\d\d(:?\d\d)?)\s*$', '\1'), '([T ]\d\d:\d\d)(Z|[+-]\d\d(:?\d\d)?)\s*$', '\1:00\2')
        """,
        "CREATE MACRO readable(x) AS CASE WHEN try_cast(x AS TIMESTAMP) IS NOT NULL THEN x WHEN contains(x, '-') OR contains(x, 'T') THEN tidied(x) ELSE x END",
        "CREATE MACRO text_ms(x) AS epoch_ms(try_cast(readable(x) AS TIMESTAMPTZ))",
        "CREATE MACRO at_ms(x) AS coalesce(text_ms(x), unix_ms(x))",
        // Of its own zone, whichever that is: a date, a midnight, or a whole number of days since 1970.
        """
        CREATE MACRO begins_day(x) AS CASE WHEN unix_ms(x) IS NOT NULL THEN unix_ms(x) % 86400000 = 0 ELSE NOT contains(readable(x), ':') OR regexp_matches(readable(x), '[ T]00:00') END
        """,
        // A time with the name of a zone is none without it.
        """
        CREATE MACRO names_zone(x) AS (regexp_matches(readable(x), '(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)\s*$') AND NOT regexp_matches(x, '^\s*\d{4}-\d\d-\d\d\s*$'))
          OR try_cast(readable(x) AS TIMESTAMP) IS NULL
        """,
        // Words of logs, and statuses of HTTP from 400 on.
        """
        CREATE MACRO has_failed(x) AS lower(trim(x)) IN ('failure', 'failed', 'fail', 'error', 'errored', 'exception', 'timeout', 'cancelled', 'canceled', 'status_code_error')
          OR coalesce(try_cast(x AS INTEGER) >= 400, false) OR coalesce(try_cast(x AS INTEGER) < 0, false)
        """,
        "CREATE MACRO is_true(x) AS lower(trim(x)) IN ('true', 't', 'yes', 'y', '1', 'batch')",
    ];

    private const long MsPerHour = 3_600_000;
    private const long MsPerDay = 24 * MsPerHour;

    internal const long MostTokensOfRequest = 100_000_000;
    internal const long MostNanosOfRequest = 10_000_000_000_000;
    private const long MostTokensOfSum = 1_000_000_000_000_000;
    private const long MostNanosOfSum = 1_000_000_000_000_000_000;
    private const long MostRequestsOfSum = 1_000_000_000_000;

    internal static readonly long Earliest = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>A query that gives a row for each of a table: the columns of <see cref="IUsageEngine.Source"/>, <c>id</c> and <c>fault</c> (0 for none).</summary>
    /// <param name="rows">What stands after FROM: columns of texts.</param>
    /// <param name="mapping">What the columns mean.</param>
    /// <param name="now">No row is later than two days from it.</param>
    /// <param name="kept">A further column of the rows to give too; null for none.</param>
    internal static string Of(string rows, UsageMapping mapping, DateTimeOffset now, string? kept = null)
    {
        var latest = now.AddDays(2).ToUnixTimeMilliseconds();
        var (most, mostNanos, mostRequests) = mapping.RowIsRequest ? (MostTokensOfRequest, MostNanosOfRequest, 1) : (MostTokensOfSum, MostNanosOfSum, MostRequestsOfSum);
        string[] tokens = ["input", "cache_read", "cache_write", "output"];
        string[] counts = [.. tokens, "requests", "failed"];
        // Sums that do not say when they end are of days where all begin a day, else of hours; that of an unfinished month ends now.
        var ended = mapping.RowIsRequest ? "end_ms"
            : mapping.End is null ? $"start_ms + CASE WHEN bool_and(begins_day) OVER () THEN {MsPerDay} ELSE {MsPerHour} END"
            : $"CASE WHEN end_ms > {latest} AND start_ms <= {now.ToUnixTimeMilliseconds()} THEN {now.ToUnixTimeMilliseconds()} ELSE end_ms END";
        return $"""
            SELECT {IdOf(mapping)} AS id, start_ms, {ended} AS end_ms, seller, model, requests, failed, batch, input, cache_read, cache_write, output, cost, ttft, duration, {(mapping.RowIsRequest ? 1 : 0)}::BIGINT AS single,
              CAST(CASE
                WHEN is_other THEN {(int)UsageFault.NotUsage}
                WHEN start_ms IS NULL THEN {(int)UsageFault.NoTime}
                WHEN start_ms < {Earliest} OR start_ms > {latest} OR {(mapping.RowIsRequest ? "end_ms" : "start_ms")} > {latest} THEN {(int)UsageFault.ImpossibleTime}
                WHEN is_unclear THEN {(int)UsageFault.UnclearMark}
                WHEN is_no_number THEN {(int)UsageFault.NoNumber}
                WHEN {string.Join(" OR ", counts.Append("cost").Select(column => $"{column} < 0"))} THEN {(int)UsageFault.Negative}
                WHEN {string.Join(" OR ", tokens.Select(column => $"{column} > {most}"))} OR requests > {mostRequests} OR cost > {mostNanos} THEN {(int)UsageFault.Absurd}
                WHEN coalesce(cache_read, 0) + coalesce(cache_write, 0) > input THEN {(int)UsageFault.CacheAboveInput}
                WHEN is_foreign THEN {(int)UsageFault.OtherCurrency}
                WHEN nothing THEN {(int)UsageFault.NothingCounted}
                ELSE 0 END AS TINYINT) AS fault{(kept is null ? "" : ", " + kept)}
            FROM ({Parsed(rows, mapping, kept)})
            """;
    }

    /// <summary>The rows with their texts parsed once each, then combined.</summary>
    private static string Parsed(string rows, UsageMapping mapping, string? kept)
    {
        var texts = new List<string>(Counts(mapping).Select(column => $"whole({Marked(column, mapping)}) AS {Number(column)}, {Sql.Name(column)} AS {Raw(column)}"));
        if (mapping.Cost is { } cost)
            texts.Add($"nanos({Marked(cost, mapping)}) AS cost_nanos, {Sql.Name(cost)} AS cost_text");
        texts.Add($"CAST({(mapping.Start is { } start ? Time(start, mapping.TimeZone) : "NULL")} AS BIGINT) AS start_ms");
        texts.Add($"CAST({(mapping.End is { } end ? Time(end, mapping.TimeZone) : "NULL")} AS BIGINT) AS end_ms");
        texts.Add($"{(mapping is { RowIsRequest: false, Start: { } begin, End: null } ? $"begins_day({Sql.Name(begin)})" : "false")} AS begins_day");
        texts.Add($"CAST({(mapping.FirstToken is { } first ? Time(first, mapping.TimeZone) : "NULL")} AS BIGINT) AS first_ms");
        texts.Add($"{(mapping.Status is { } status && mapping.RowIsRequest ? $"has_failed({Sql.Name(status)})" : "false")} AS has_failed");
        texts.Add($"{(mapping.Batch is { } batch ? $"is_true({Sql.Name(batch)})" : "false")} AS is_batch");
        texts.Add($"{(mapping.Usage is { } usage ? $"NOT coalesce(is_true({Sql.Name(usage)}), false)" : "false")} AS is_other");
        texts.Add($"{(mapping.Currency is { } currency ? $"filled({Sql.Name(currency)}) AND upper(trim({Sql.Name(currency)})) NOT IN ('USD', 'US$', '$')" : "false")} AS is_foreign");
        texts.Add($"{(mapping.Id is { } id ? $"nullif(trim({Sql.Name(id)}), '')" : "CAST(NULL AS VARCHAR)")} AS request_key");
        texts.Add($"{(mapping.Dimensions.Count == 0 ? "CAST(NULL AS VARCHAR)" : $"concat_ws(chr(31), {string.Join(", ", mapping.Dimensions.Select(column => $"coalesce({Sql.Name(column)}, '')"))})")} AS dimensions");
        texts.Add($"{SellerOf(mapping)} AS seller");
        texts.Add($"{(mapping.Model is { } model ? $"coalesce(trim({Sql.Name(model)}), '')" : "''")} AS model");
        texts.Add($"{DurationOf(mapping.Ttft, mapping)} AS stated_ttft");
        texts.Add($"{DurationOf(mapping.Duration, mapping)} AS stated_duration");
        return $"SELECT {Combined(mapping)}{(kept is null ? "" : ", " + kept)} FROM (SELECT {string.Join(", ", texts)}{(kept is null ? "" : ", " + kept)} FROM {rows})";
    }

    private static string Combined(UsageMapping mapping)
    {
        var read = mapping.CacheRead is { } cached ? $"coalesce({Number(cached)}, 0)" : null;
        var writes = mapping.CacheWrite.Count == 0 ? null : string.Join(" + ", mapping.CacheWrite.Select(column => $"coalesce({Number(column)}, 0)"));
        var (input, output) = (mapping.Input is { } prompt ? Number(prompt) : null, mapping.Output is { } answer ? Number(answer) : null);
        // A count that a row leaves blank where it states the other one, as embeddings do, is none.
        var inputOrNone = input is null || output is null ? input : $"CASE WHEN {input} IS NULL AND {output} IS NOT NULL THEN 0 ELSE {input} END";
        var outputOrNone = input is null || output is null ? output : $"CASE WHEN {output} IS NULL AND {input} IS NOT NULL THEN 0 ELSE {output} END";
        if (mapping.CachedOutsideInput && inputOrNone is not null)
            inputOrNone = string.Join(" + ", new[] { $"({inputOrNone})", read, writes }.OfType<string>());
        var says = mapping.Status is not null;
        // A request that failed without saying what it used has used nothing.
        var (inputOrZero, outputOrZero, costOrZero) = (OrZero(inputOrNone), OrZero(outputOrNone), OrZero(mapping.Cost is null ? null : mapping.CostInCents ? $"CASE WHEN cost_nanos = {long.MaxValue} THEN cost_nanos ELSE cost_nanos // 100 END" : "cost_nanos"));
        var failed = mapping.RowIsRequest ? says ? "CASE WHEN has_failed THEN 1 ELSE 0 END" : null : mapping.Failed is { } failures ? Number(failures) : null;
        var requests = mapping.RowIsRequest ? "CASE WHEN has_failed THEN 0 ELSE 1 END" : mapping.Requests is { } count ? Number(count) : null;
        (string Name, string? Expression, string Type)[] columns =
        [
            ("requests", requests, "BIGINT"),
            ("failed", failed, "BIGINT"),
            ("batch", mapping.Batch is null ? null : $"CASE WHEN is_batch THEN {requests ?? "NULL"} ELSE 0 END", "BIGINT"),
            ("input", inputOrZero, "BIGINT"),
            ("cache_read", read, "BIGINT"),
            ("cache_write", writes, "BIGINT"),
            ("output", outputOrZero, "BIGINT"),
            ("cost", costOrZero, "BIGINT"),
            ("ttft", mapping.Ttft is null ? "first_ms - start_ms" : "stated_ttft", "BIGINT"),
            ("duration", mapping.Duration is not null ? "stated_duration" : mapping.RowIsRequest ? "end_ms - start_ms" : null, "BIGINT"),
            ("is_no_number", NoNumber(mapping, "filled"), "BOOLEAN"),
            ("is_unclear", NoNumber(mapping, "has_mark"), "BOOLEAN"),
            ("nothing", Nothing(mapping), "BOOLEAN"),
        ];
        return "request_key, dimensions, start_ms, end_ms, begins_day, seller, model, is_other, is_foreign, " + string.Join(", ", columns.Select(column => $"CAST({column.Expression ?? "NULL"} AS {column.Type}) AS {column.Name}"));
    }

    private static string? OrZero(string? expression) => expression is null ? null : $"CASE WHEN has_failed THEN coalesce({expression}, 0) ELSE {expression} END";

    /// <summary>True where something that is to be a number is none, and its text is of a kind.</summary>
    private static string NoNumber(UsageMapping mapping, string isOfKind)
    {
        var numbers = Counts(mapping).Select(column => (Number: Number(column), Text: Raw(column))).Concat(mapping.Cost is null ? [] : [(Number: "cost_nanos", Text: "cost_text")]);
        // In this form the text is looked at only where it gave no number.
        return string.Join(" OR ", numbers.Select(number => $"CASE WHEN {number.Number} IS NULL THEN coalesce({isOfKind}({number.Text}), false) ELSE false END").DefaultIfEmpty("false"));
    }

    /// <summary>Columns of counts, each once.</summary>
    internal static IEnumerable<string> Counts(UsageMapping mapping) =>
        new[] { mapping.Input, mapping.Output, mapping.CacheRead, mapping.Requests, mapping.Failed }.OfType<string>().Concat(mapping.CacheWrite).Distinct(StringComparer.Ordinal);

    /// <summary>A column of numbers as a text with a dot before decimals.</summary>
    private static string Marked(string column, UsageMapping mapping) => mapping.DecimalComma == true ? $"translate({Sql.Name(column)}, ',.', '.,')" : Sql.Name(column);

    private static string Nothing(UsageMapping mapping)
    {
        var counts = new[] { mapping.Input, mapping.Output, mapping.Requests }.OfType<string>().Select(Number).Concat(mapping.Cost is null ? [] : ["cost_nanos"]);
        // A request that failed counts as one without a single token.
        return string.Join(" AND ", counts.Select(number => $"{number} IS NULL").Prepend("NOT has_failed"));
    }

    private static string Number(string column) => Sql.Name("n " + column);

    private static string Raw(string column) => Sql.Name("t " + column);

    private static string DurationOf(string? column, UsageMapping mapping) =>
        column is null ? "CAST(NULL AS BIGINT)" : $"try_cast(try_cast({Sql.Name(column)} AS DOUBLE) * {(mapping.DurationsInSeconds ? 1000 : 1)} AS BIGINT)";

    private static string SellerOf(UsageMapping mapping)
    {
        var fallback = mapping.DefaultSeller is { } seller ? Sql.Text(seller) : "CAST(NULL AS VARCHAR)";
        return mapping.Seller is { } column ? $"coalesce(nullif(trim({Sql.Name(column)}), ''), {fallback})" : fallback;
    }

    /// <summary>Names a row for good. Rows that nothing names are told apart by all that they say, and alike ones by their number.</summary>
    private static string IdOf(UsageMapping mapping)
    {
        // Bills and uses of the same time are two things.
        var isBill = mapping is { RowIsRequest: false, Input: null, Output: null, Requests: null };
        var time = "start_ms, seller, model, dimensions" + (isBill ? ", 'bill'" : "");
        var said = mapping.RowIsRequest ? $"{time}, end_ms, requests, failed, batch, input, cache_read, cache_write, output, cost, ttft, duration" : time;
        var number = $"md5_number_lower(concat_ws(chr(30), {Spelled(said)}, row_number() OVER (PARTITION BY {said} ORDER BY requests, input, output, cost)))";
        return mapping.Id is null ? number : "coalesce(md5_number_lower(request_key), md5_number_lower(concat_ws(chr(30), " + Spelled(said) + ")))";
    }

    private static string Spelled(string columns) => string.Join(", ", columns.Split(", ").Select(column => $"coalesce(CAST({column} AS VARCHAR), chr(29))"));

    private static string Time(string column, string zone)
    {
        var time = $"at_ms({Sql.Name(column)})";
        return zone is "UTC" or "" ? time : $"CASE WHEN names_zone({Sql.Name(column)}) OR try_cast({Sql.Name(column)} AS DOUBLE) IS NOT NULL THEN {time} ELSE {time} - {OffsetOf(time, TimeZoneInfo.FindSystemTimeZoneById(zone))} END";
    }

    /// <summary>A zone's offset at a local time, milliseconds: the engine knows no zones, so their changes stand in the statement.</summary>
    private static string OffsetOf(string localTime, TimeZoneInfo zone)
    {
        var changes = new List<(long From, long Offset)>();
        for (var day = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Unspecified); day.Year < 2045; day = day.AddDays(1))
        {
            for (var local = day; zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1)) && local < day.AddDays(1); local = local.AddMinutes(30))
                Add(local);
            Add(day.AddDays(1));
        }

        var offsets = string.Concat(changes.AsEnumerable().Reverse().Select(change => string.Create(CultureInfo.InvariantCulture, $" WHEN {localTime} >= {change.From} THEN {change.Offset}")));
        return $"CASE{offsets} ELSE {(long)zone.GetUtcOffset(new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)).TotalMilliseconds} END";

        void Add(DateTime local)
        {
            var offset = (long)zone.GetUtcOffset(local).TotalMilliseconds;
            if (changes.Count == 0 || changes[^1].Offset != offset)
                changes.Add((new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeMilliseconds(), offset));
        }
    }
}
