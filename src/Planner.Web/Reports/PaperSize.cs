namespace Planner.Web.Reports;

/// <summary>Paper that reports are printed on.</summary>
public enum PaperSize
{
    /// <summary>210 × 297 mm.</summary>
    A4,

    /// <summary>8.5 × 11 inches.</summary>
    Letter,
}

/// <summary>Words and measures of papers.</summary>
public static class PaperSizes
{
    extension(PaperSize paper)
    {
        /// <summary>How addresses and commands name it: <c>a4</c> or <c>letter</c>.</summary>
        public string Word => paper == PaperSize.Letter ? "letter" : "a4";

        /// <summary>Margin at the left and at the right, in CSS: between them the text is equally wide on either paper.</summary>
        public string SideMargin => paper == PaperSize.Letter ? "17.95mm" : "15mm";

        /// <summary>Height of the text between the margins at the top and at the bottom, in CSS pixels.</summary>
        public int TextHeight => paper == PaperSize.Letter ? 931 : 997;
    }

    /// <summary>The paper that a word names; null where it names none.</summary>
    public static PaperSize? Parse(string? word) => Enum.GetValues<PaperSize>().Where(paper => paper.Word.Equals(word, StringComparison.OrdinalIgnoreCase)).Select(paper => (PaperSize?)paper).FirstOrDefault();
}
