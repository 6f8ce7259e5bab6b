using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Spans of a tracing tool as a table, with a column for each attribute or all of them in a column of JSON.</summary>
internal sealed record SpanFormat() : LaidOutFormat("spans", "Spans with gen_ai attributes")
{
    private static readonly string[] Bags = ["attributes", "span_attributes", "SpanAttributes", "spanAttributes"];

    private static readonly string[] Traces = ["trace_id", "traceId", "TraceId"];
    private static readonly string[] Spans = ["span_id", "spanId", "SpanId"];
    private static readonly string[] Starts = ["start_time", "startTime", "start_time_unix_nano", "startTimeUnixNano", "start_timestamp", "Timestamp", "timestamp"];
    private static readonly string[] Ends = ["end_time", "endTime", "end_time_unix_nano", "endTimeUnixNano", "end_timestamp"];
    private static readonly string[] Statuses = ["status_code", "statusCode", "StatusCode", "otel_status_code", "otel.status_code", "status"];

    internal override bool Fits(UsageTable table) =>
        table.First(Starts) is not null && (GenAiAttributes.Counts.Any(name => Column(table, name) is not null) || (table.First(Bags) is not null && GenAiAttributes.Counts.Any(table.Inner.Contains)));

    internal override UsageMapping MappingOf(UsageTable table) => GenAiAttributes.Mapping;

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) => GenAiAttributes.Layout;

    internal override string From(UsageTable table)
    {
        var status = Cell(table, Statuses);
        var attributes = GenAiAttributes.All.Select(attribute => $"coalesce({string.Join(", ", attribute.Names.Select(name => Value(table, name)))}, NULL) AS {Sql.Name(attribute.Column)}");
        var id = table.First(Spans) is null ? "CAST(NULL AS VARCHAR)" : $"concat({Cell(table, Traces)}, '-', {Cell(table, Spans)})";
        return $"""
            (SELECT {id} AS id, {Cell(table, Starts)} AS start, {Cell(table, Ends)} AS "end",
              coalesce({Member($"try_cast({status} AS JSON)", "code")}, {Member($"try_cast({status} AS JSON)", "status_code")}, {status}) AS status, {string.Join(", ", attributes)}
            FROM {table.Rows(Read(table))})
            """;
    }

    private static string Value(UsageTable table, string name) =>
        Column(table, name) is { } column ? $"nullif({Sql.Name(column)}, '')" : table.First(Bags) is { } bag ? Member($"try_cast({Sql.Name(bag)} AS JSON)", $"\"{name}\"") : "CAST(NULL AS VARCHAR)";

    /// <summary>The column of an attribute, which tools write with a prefix or with other separators.</summary>
    private static string? Column(UsageTable table, string name) =>
        table.Columns.FirstOrDefault(column => column == name || column.EndsWith("." + name, StringComparison.Ordinal) || column == name.Replace('.', '_'));

    private static IEnumerable<string> Read(UsageTable table)
    {
        var single = new[] { Traces, Spans, Starts, Ends, Statuses, Bags }.Select(names => table.First(names)).OfType<string>();
        return single.Concat(GenAiAttributes.All.SelectMany(attribute => attribute.Names).Select(name => Column(table, name)).OfType<string>()).Distinct(StringComparer.Ordinal);
    }
}
