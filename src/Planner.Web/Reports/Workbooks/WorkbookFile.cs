using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Planner.Web.Reports.Workbooks;

/// <summary>Writes sheets as an XLSX file. Text is written as text whatever it begins with, so that no one's words become a formula.</summary>
internal static class WorkbookFile
{
    public static byte[] Write(string title, IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            document.PackageProperties.Title = Readable(title);
            document.PackageProperties.Creator = "Planner";
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Sheet();
            var list = book.Workbook.AppendChild(new Sheets());
            foreach (var (i, sheet) in sheets.Index())
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = Content(sheet, isFirst: i == 0);
                list.Append(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)i + 1, Name = sheet.Name });
            }

            // What Planner computed stands in the cells; the program that opens the file computes it again.
            book.Workbook.CalculationProperties = new CalculationProperties { FullCalculationOnLoad = true };
        }

        return stream.ToArray();
    }

    private static Worksheet Content(Sheet sheet, bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = false, TabSelected = isFirst };
        if (sheet.FrozenRows > 0)
            view.Append(new Pane { VerticalSplit = sheet.FrozenRows, TopLeftCell = $"A{sheet.FrozenRows + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen });
        var columns = new Columns();
        foreach (var (i, width) in sheet.Widths.Index())
            columns.Append(new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true });
        var rows = new SheetData();
        foreach (var (i, cells) in sheet.Rows.Index())
            rows.Append(new Row(cells.Select((cell, column) => ToCell(cell, $"{Sheet.Letter(column)}{i + 1}")).OfType<Cell>()) { RowIndex = (uint)i + 1 });
        return new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }), new SheetViews(view), columns, rows,
            new PageMargins { Left = 0.5, Right = 0.5, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 }, new PageSetup { Orientation = OrientationValues.Landscape, FitToHeight = 0 });
    }

    private static Cell? ToCell(SheetCell cell, string reference)
    {
        if (cell is { Text: null, Value: null, Formula: null, Style: CellStyle.Text })
            return null;
        var written = new Cell { CellReference = reference, StyleIndex = (uint)cell.Style };
        if (cell.Formula is { } formula)
            written.CellFormula = new DocumentFormat.OpenXml.Spreadsheet.CellFormula(formula);
        if (cell.Text is { } text && cell.Formula is null)
        {
            written.DataType = CellValues.InlineString;
            written.InlineString = new InlineString(new Text(Readable(text)) { Space = SpaceProcessingModeValues.Preserve });
        }
        else if (cell.Text is { } shown)
        {
            written.DataType = CellValues.String;
            written.CellValue = new CellValue(Readable(shown));
        }
        else if (cell.Value is { } value)
        {
            written.CellValue = new CellValue(value.ToString("R", CultureInfo.InvariantCulture));
        }

        return written;
    }

    /// <summary>Text without what XML cannot hold, cut at what a cell can.</summary>
    private static string Readable(string text)
    {
        const int most = 32_767;
        var kept = text.Length > most ? text[..most] : text;
        return kept.All(System.Xml.XmlConvert.IsXmlChar) ? kept : string.Concat(kept.EnumerateRunes().Where(rune => rune.Value != 0xFFFD && (rune.Value > 0xFFFF || System.Xml.XmlConvert.IsXmlChar((char)rune.Value))));
    }
}
