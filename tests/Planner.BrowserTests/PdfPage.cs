using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Planner.BrowserTests;

/// <summary>A page of a PDF as a picture in grey, drawn by pdftoppm, which comes with pdftotext.</summary>
/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="Grey">Brightness of each pixel row by row; 255 is white.</param>
internal sealed record PdfPage(int Width, int Height, byte[] Grey)
{
    private const int DotsPerInch = 50;

    /// <summary>All pages of a PDF.</summary>
    public static async Task<IReadOnlyList<PdfPage>> DrawAsync(byte[] pdf)
    {
        var folder = Directory.CreateTempSubdirectory("planner-pages-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.pdf");
            await File.WriteAllBytesAsync(file, pdf);
            using var drawing = Process.Start("pdftoppm", ["-gray", "-r", DotsPerInch.ToString(CultureInfo.InvariantCulture), file, Path.Combine(folder.FullName, "page")]);
            await drawing.WaitForExitAsync();
            return [.. folder.GetFiles("page*.pgm").OrderBy(page => page.Name, StringComparer.Ordinal).Select(page => Read(File.ReadAllBytes(page.FullName)))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Share of dark pixels in a part of the page, whose edges are given in millimetres from the top left.</summary>
    public double Ink(double left, double top, double right, double bottom)
    {
        const double pixels = DotsPerInch / 25.4;
        var (dark, all) = (0, 0);
        for (var y = (int)(top * pixels); y < Math.Min(Height, (int)(bottom * pixels)); y++)
        {
            for (var x = (int)(left * pixels); x < Math.Min(Width, (int)(right * pixels)); x++)
            {
                all++;
                dark += Grey[(y * Width) + x] < 200 ? 1 : 0;
            }
        }

        return (double)dark / all;
    }

    /// <summary>Reads a picture of the form "P5 width height 255" and its bytes.</summary>
    private static PdfPage Read(byte[] picture)
    {
        var head = Encoding.ASCII.GetString(picture, 0, Math.Min(picture.Length, 40)).Split([' ', '\n'], 5);
        var (width, height) = (int.Parse(head[1], CultureInfo.InvariantCulture), int.Parse(head[2], CultureInfo.InvariantCulture));
        return new PdfPage(width, height, picture[^(width * height)..]);
    }
}
