using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Spans as OpenTelemetry's collector writes them to a file: pages of OTLP in JSON, one or many.</summary>
internal sealed record OtlpFormat() : LaidOutFormat("otlp", "OpenTelemetry spans (OTLP)")
{
    private static readonly string[] Types = ["intValue", "doubleValue", "stringValue"];

    internal override bool Fits(UsageTable table) => table.Has("resourceSpans") && table.IsPageWith();

    internal override UsageMapping MappingOf(UsageTable table) => GenAiAttributes.Mapping;

    internal override IReadOnlyDictionary<string, string> Layout(UsageTable table) => GenAiAttributes.Layout;

    internal override string From(UsageTable table)
    {
        var wanted = string.Join(", ", GenAiAttributes.All.SelectMany(attribute => attribute.Names).Select(Sql.Text));
        return $"""
            (SELECT {Member("span", "traceId")} || '-' || {Member("span", "spanId")} AS id, {Member("span", "startTimeUnixNano")} AS start, {Member("span", "endTimeUnixNano")} AS "end",
              {Member("span", "status.code")} AS status, {string.Join(", ", GenAiAttributes.All.Select(attribute => $"coalesce({string.Join(", ", attribute.Names.Select(Value))}, NULL) AS {Sql.Name(attribute.Column)}"))}
            FROM (SELECT span, list_filter(json_extract(span, '$.attributes[*]'), lambda attribute: (attribute ->> '$.key') IN ({wanted})) AS attributes
              FROM (SELECT unnest(list_concat(json_extract("resourceSpans", '$[*].scopeSpans[*].spans[*]'), json_extract("resourceSpans", '$[*].instrumentationLibrarySpans[*].spans[*]'))) AS span
                FROM {table.Page("'resourceSpans': 'JSON'")})))
            """;
    }

    private static string Value(string name)
    {
        var value = $"list_filter(attributes, lambda attribute: (attribute ->> '$.key') = {Sql.Text(name)})[1]";
        return string.Join(", ", Types.Select(type => Member(value, "value." + type)));
    }
}
