using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Planner.BrowserTests;

/// <summary>Reads what a PDF says, with pdftotext.</summary>
internal static partial class PdfText
{
    /// <summary>The text of a PDF with runs of white space as one blank.</summary>
    public static async Task<string> ReadAsync(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var text = await reader.StandardOutput.ReadToEndAsync();
            await reader.WaitForExitAsync();
            return Blanks().Replace(text, " ");
        }
        catch (Win32Exception)
        {
            Assert.Skip("pdftotext (poppler-utils) is not installed, so the text of the PDF was not read; its type and pages were.");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
