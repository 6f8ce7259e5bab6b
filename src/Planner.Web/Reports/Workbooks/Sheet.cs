namespace Planner.Web.Reports.Workbooks;

/// <summary>How a cell looks; the order is that of the styles in the file.</summary>
internal enum CellStyle
{
    Text,
    Wrapped,
    Title,
    Header,
    Muted,
    Unit,
    Number,
    Money,
    Total,
    Input,
    InputText,
    Whole,
}

/// <summary>A cell: text, or a number, or a formula with the value that Planner computed.</summary>
/// <param name="Style">How it looks.</param>
/// <param name="Text">Its text; null for a number.</param>
/// <param name="Value">Its number; null for text and for an empty cell.</param>
/// <param name="Formula">Its formula without the equals sign; null for none.</param>
internal readonly record struct SheetCell(CellStyle Style, string? Text = null, double? Value = null, string? Formula = null)
{
    public static SheetCell Empty { get; } = new(CellStyle.Text);

    public static implicit operator SheetCell(string? text) => new(CellStyle.Text, text);

    public static SheetCell Wrapped(string? text) => new(CellStyle.Wrapped, text);

    public static SheetCell Header(string text) => new(CellStyle.Header, text);

    public static SheetCell[] Headers(params ReadOnlySpan<string> texts)
    {
        var cells = new SheetCell[texts.Length];
        for (var i = 0; i < texts.Length; i++)
            cells[i] = Header(texts[i]);
        return cells;
    }

    public static SheetCell Unit(string? text) => new(CellStyle.Unit, text);

    public static SheetCell Muted(string? text) => new(CellStyle.Muted, text);

    public static SheetCell Number(double? value, string? formula = null) => new(CellStyle.Number, null, value, formula);

    public static SheetCell Money(double? usd, string? formula = null) => new(CellStyle.Money, null, usd, formula);

    public static SheetCell Total(double? usd, string? formula = null) => new(CellStyle.Total, null, usd, formula);

    public static SheetCell Whole(double? value, string? formula = null) => new(CellStyle.Whole, null, value, formula);
}

/// <summary>A sheet being filled, row by row.</summary>
/// <param name="name">Its name as the workbook shows it, at most 31 characters.</param>
/// <param name="widths">Widths of its columns, characters.</param>
internal sealed class Sheet(string name, params double[] widths)
{
    private readonly List<SheetCell[]> _rows = [];

    public string Name { get; } = name;

    public IReadOnlyList<double> Widths { get; } = widths;

    public IReadOnlyList<SheetCell[]> Rows => _rows;

    /// <summary>Rows that stay in place while the others scroll.</summary>
    public int FrozenRows { get; set; }

    /// <summary>Number of the next row, from 1.</summary>
    public int Next => _rows.Count + 1;

    /// <summary>Adds a row.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Add(params SheetCell[] cells)
    {
        _rows.Add(cells);
        return _rows.Count;
    }

    /// <summary>Puts another cell into a row that is there.</summary>
    public void Set(int row, int column, SheetCell cell) => _rows[row - 1][column] = cell;

    /// <summary>A cell as formulas of other sheets name it.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="row">Its row, from 1.</param>
    public string At(int column, int row) => $"'{Name.Replace("'", "''", StringComparison.Ordinal)}'!${Letter(column)}${row}";

    /// <summary>Cells of a column as formulas of other sheets name them.</summary>
    public string Column(int column, int first, int last) => $"{At(column, first)}:${Letter(column)}${last}";

    /// <summary>Letters of a column, from 0: A to Z, AA and so on.</summary>
    public static string Letter(int column) => column < 26 ? $"{(char)('A' + column)}" : $"{Letter((column / 26) - 1)}{(char)('A' + (column % 26))}";
}
