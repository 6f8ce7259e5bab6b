using DocumentFormat.OpenXml.Spreadsheet;
using Planner.Domain;

namespace Planner.Web.Reports.Workbooks;

/// <summary>The looks of <see cref="CellStyle"/>, as the file names them: by their place.</summary>
internal static class WorkbookStyles
{
    private const uint MoneyFormat = 164;
    private const uint NumberFormat = 165;

    // Finance's habit: blue for what may be typed over, black for what is computed.
    private const string InputInk = "FF1F4E9E";
    private const string InputFill = "FFFFF8E1";
    private const string Grey = "FF5F6368";
    private const string Line = "FFBFC4CA";
    private const string HeadFill = "FFEEF1F4";

    public static Stylesheet Sheet()
    {
        // The sign is text to the spreadsheet, which would take a bare one for its own currency's.
        var money = DisplayCurrency.Usd.With("#,##0.00").Replace("$", "\"$\"", StringComparison.Ordinal);
        var formats = new NumberingFormats(
            new NumberingFormat { NumberFormatId = MoneyFormat, FormatCode = $"{money};[Red]-{money}" }, new NumberingFormat { NumberFormatId = NumberFormat, FormatCode = "#,##0.######" })
        { Count = 2 };
        var fonts = new Fonts(Font(), Font(bold: true), Font(bold: true, size: 16), Font(ink: Grey), Font(ink: InputInk));
        var fills = new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), Fill(HeadFill), Fill(InputFill));
        var borders = new Borders(
            new Border(), new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(new Color { Rgb = Line }) { Style = BorderStyleValues.Thin }, new DiagonalBorder()),
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(new Color { Rgb = Line }) { Style = BorderStyleValues.Thin }, new BottomBorder(), new DiagonalBorder()));
        var looks = new CellFormats(Enum.GetValues<CellStyle>().Select(Look));
        return new Stylesheet(formats, fonts, fills, borders, new CellStyleFormats(new CellFormat()), looks);
    }

    private static CellFormat Look(CellStyle style) => style switch
    {
        CellStyle.Wrapped => new CellFormat { FontId = 0, Alignment = new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }, ApplyAlignment = true },
        CellStyle.Title => new CellFormat { FontId = 2 },
        CellStyle.Header => new CellFormat { FontId = 1, FillId = 2, BorderId = 1 },
        CellStyle.Muted => new CellFormat { FontId = 3 },
        // Beside a number, which ends where it begins.
        CellStyle.Unit => new CellFormat { FontId = 3, Alignment = new Alignment { Indent = 1 }, ApplyAlignment = true },
        CellStyle.Number => Numbers(NumberFormat),
        CellStyle.Money => Numbers(MoneyFormat),
        CellStyle.Total => new CellFormat { FontId = 1, BorderId = 2, NumberFormatId = MoneyFormat, ApplyNumberFormat = true },
        CellStyle.Input => new CellFormat { FontId = 4, FillId = 3, NumberFormatId = NumberFormat, ApplyNumberFormat = true },
        CellStyle.InputText => new CellFormat { FontId = 4 },
        CellStyle.Whole => Numbers(3),
        _ => new CellFormat { FontId = 0 },
    };

    private static CellFormat Numbers(uint format) => new() { FontId = 0, NumberFormatId = format, ApplyNumberFormat = true };

    private static Font Font(bool bold = false, double size = 11, string? ink = null)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = size });
        if (ink is not null)
            font.Append(new Color { Rgb = ink });
        font.Append(new FontName { Val = "Calibri" });
        return font;
    }

    private static Fill Fill(string rgb) => new(new PatternFill(new ForegroundColor { Rgb = rgb }) { PatternType = PatternValues.Solid });
}
