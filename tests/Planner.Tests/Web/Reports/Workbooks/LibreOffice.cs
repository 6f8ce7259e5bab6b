using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Xunit;

namespace Planner.Tests.Web.Reports.Workbooks;

/// <summary>A workbook as another program reads it: values by sheet and cell.</summary>
internal sealed class RecalculatedBook(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> sheets)
{
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Sheets { get; } = sheets;

    public double Number(string sheet, string cell) => double.Parse(Sheets[sheet][cell], CultureInfo.InvariantCulture);

    /// <summary>The cell to the right of one with a text, so many columns on.</summary>
    public string Beside(string sheet, string text, int columns)
    {
        var cell = Sheets[sheet].First(found => found.Value == text).Key;
        return Sheets[sheet].GetValueOrDefault($"{(char)(cell[0] + columns)}{cell[1..]}", "");
    }
}

/// <summary>Recalculates workbooks with LibreOffice, which computes every formula anew.</summary>
internal static class LibreOffice
{
    private const string Settings = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
        </oor:items>
        """;

    public static async Task<IReadOnlyDictionary<string, RecalculatedBook>> RecalculateAsync(IReadOnlyDictionary<string, byte[]> books)
    {
        var folder = Directory.CreateTempSubdirectory("planner-sheets-").FullName;
        try
        {
            var (given, found, profile) = (Path.Combine(folder, "in"), Path.Combine(folder, "out"), Path.Combine(folder, "profile"));
            foreach (var path in new[] { given, found, Path.Combine(profile, "user") })
                Directory.CreateDirectory(path);
            await File.WriteAllTextAsync(Path.Combine(profile, "user", "registrymodifications.xcu"), Settings);
            foreach (var (name, content) in books)
                await File.WriteAllBytesAsync(Path.Combine(given, $"{name}.xlsx"), content);
            await RunAsync([$"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx", "--outdir", found, .. books.Keys.Select(name => Path.Combine(given, $"{name}.xlsx"))]);
            return books.Keys.ToDictionary(name => name, name => Read(Path.Combine(found, $"{name}.xlsx")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            using var office = Process.Start(new ProcessStartInfo("soffice", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, faults) = (office.StandardOutput.ReadToEndAsync(), office.StandardError.ReadToEndAsync());
            await office.WaitForExitAsync();
            Assert.True(office.ExitCode == 0, $"{await said} {await faults}");
        }
        catch (Win32Exception)
        {
            Assert.Skip("LibreOffice Calc is not installed, so no workbook was recalculated.");
        }
    }

    private static RecalculatedBook Read(string path)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var book = document.WorkbookPart!;
        var texts = book.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(item => item.InnerText).ToList() ?? [];
        var sheets = book.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().ToDictionary(sheet => sheet.Name!.Value!, sheet =>
        {
            var cells = ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet.Descendants<Cell>().Where(cell => cell.CellValue is not null);
            return (IReadOnlyDictionary<string, string>)cells.ToDictionary(
                cell => cell.CellReference!.Value!, cell => cell.DataType?.Value == CellValues.SharedString ? texts[int.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture)] : cell.CellValue!.Text);
        });
        return new RecalculatedBook(sheets);
    }
}
