namespace Planner.Data.Usage;

/// <summary>A kind of file that is known by its columns.</summary>
/// <param name="Id">Its id, such as <c>litellm-spend</c>.</param>
/// <param name="Name">What users call it.</param>
internal abstract record UsageFormat(string Id, string Name)
{
    /// <summary>True where a file is of this kind.</summary>
    internal abstract bool Fits(UsageTable table);

    /// <summary>Columns that a mapping may name: those of the file, or what nested rows are laid out to.</summary>
    internal virtual IReadOnlyList<string> ColumnsOf(UsageTable table) => table.Columns;

    /// <summary>What its columns mean.</summary>
    internal abstract UsageMapping MappingOf(UsageTable table);

    /// <summary>What stands after FROM and has the columns of the mapping as texts.</summary>
    internal virtual string RowsOf(UsageTable table, UsageMapping mapping) => table.Rows(mapping.Columns);
}

/// <summary>The formats that are recognised, the most particular first.</summary>
internal static class UsageFormats
{
    internal static IReadOnlyList<UsageFormat> All { get; } = [new LiteLlmSpendFormat(), new OtherFormat()];

    /// <summary>The format of a file.</summary>
    internal static UsageFormat Of(UsageTable table) => All.First(format => format.Fits(table));

    /// <summary>A format by its id.</summary>
    internal static UsageFormat? Find(string id) => All.FirstOrDefault(format => format.Id == id);
}
