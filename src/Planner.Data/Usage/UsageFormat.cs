using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>A kind of file that is known by its columns.</summary>
/// <param name="Id">Its id, such as <c>litellm-spend</c>.</param>
/// <param name="Name">What users call it.</param>
internal abstract record UsageFormat(string Id, string Name)
{
    /// <summary>What users call it.</summary>
    internal virtual string Name { get; } = Name;

    /// <summary>True where a file is of this kind.</summary>
    internal abstract bool Fits(UsageTable table);

    /// <summary>Columns that a mapping may name: those of the file, or what nested rows are laid out to.</summary>
    internal virtual IReadOnlyList<string> ColumnsOf(UsageTable table) => table.Columns;

    /// <summary>What its columns mean.</summary>
    internal abstract UsageMapping MappingOf(UsageTable table);

    /// <summary>What stands after FROM and has the columns of the mapping as texts.</summary>
    internal virtual string RowsOf(UsageTable table, UsageMapping mapping) => table.Rows(mapping.Columns);
}

/// <summary>A format whose rows are made of those of the file: nested ones laid flat, or cells that mean something only together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What users call it.</param>
internal abstract record LaidOutFormat(string Id, string Name) : UsageFormat(Id, Name)
{
    /// <summary>The columns that a mapping may name, each with the expression of the text that it stands for.</summary>
    internal abstract IReadOnlyDictionary<string, string> Layout(UsageTable table);

    /// <summary>What stands after FROM for these expressions. Prompts and answers are not among what it selects.</summary>
    internal abstract string From(UsageTable table);

    internal sealed override IReadOnlyList<string> ColumnsOf(UsageTable table) => [.. Layout(table).Keys];

    internal sealed override string RowsOf(UsageTable table, UsageMapping mapping)
    {
        var layout = Layout(table);
        return $"(SELECT {string.Join(", ", mapping.Columns.Select(column => $"{layout[column]} AS {Sql.Name(column)}"))} FROM {From(table)})";
    }

    /// <summary>A member of a JSON value as a text.</summary>
    /// <param name="json">The value.</param>
    /// <param name="path">Path to the member, such as <c>amount.value</c>.</param>
    private protected static string Member(string json, string path) => $"({json} ->> '$.{path}')";

    /// <summary>Rows of a page of buckets of time, which vendors' APIs give: each result with its bucket.</summary>
    private protected static string Buckets(UsageTable table) => $"(SELECT entry AS bucket, unnest(json_extract(entry, '$.results[*]')) AS result FROM {Entries(table, "data")})";

    /// <summary>The sums that stand in a list of a page, each an <c>entry</c> of JSON. What a file holds twice, word for word, is one page saved twice.</summary>
    /// <param name="table">The page, or several.</param>
    /// <param name="list">The member that holds them.</param>
    private protected static string Entries(UsageTable table, string list) =>
        $"""
        (SELECT entry, min(place) AS place FROM (SELECT entry, row_number() OVER () AS place FROM (SELECT unnest(json_extract({list}, '$[*]')) AS entry FROM {table.Page($"'{list}': 'JSON'")})) GROUP BY entry ORDER BY place)
        """;

    /// <summary>A column of a file, or NULL where it has none of the names.</summary>
    private protected static string Cell(UsageTable table, params ReadOnlySpan<string> names) => table.First(names) is { } column ? Sql.Name(column) : "CAST(NULL AS VARCHAR)";
}

/// <summary>The formats that are recognised, the most particular first.</summary>
internal static class UsageFormats
{
    internal static IReadOnlyList<UsageFormat> All { get; } =
    [
        new LiteLlmSpendFormat(), new LiteLlmDailyFormat(), new LiteLlmExportFormat(), new LiteLlmActivityFormat(),
        new OpenAiUsageFormat(), new OpenAiExportFormat(), new OpenAiCostFormat(),
        new AnthropicUsageFormat(), new AnthropicExportFormat(), new AnthropicCostFormat(),
        new DeepSeekFormat(), new LangfuseFormat(), new HeliconeFormat(), new CcusageFormat(), new OtlpFormat(), new SpanFormat(), new FocusFormat(),
        new OtherFormat(),
    ];

    /// <summary>The format of a file.</summary>
    internal static UsageFormat Of(UsageTable table) => All.First(format => format.Fits(table));

    /// <summary>A format by its id.</summary>
    internal static UsageFormat? Find(string id) => All.FirstOrDefault(format => format.Id == id);
}
