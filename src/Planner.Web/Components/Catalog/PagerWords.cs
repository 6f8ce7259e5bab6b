namespace Planner.Web.Components.Catalog;

/// <summary>What the buttons of a grid's pager say, which the grid itself knows in English only.</summary>
internal static class PagerWords
{
    /// <summary>Parameters of a grid by name, in the reader's language.</summary>
    public static IReadOnlyDictionary<string, object> All => new Dictionary<string, object>
    {
        ["FirstPageTitle"] = CatalogTexts.PagerFirst,
        ["FirstPageAriaLabel"] = CatalogTexts.PagerFirstLabel,
        ["PrevPageTitle"] = CatalogTexts.PagerPrevious,
        ["PrevPageAriaLabel"] = CatalogTexts.PagerPreviousLabel,
        ["NextPageTitle"] = CatalogTexts.PagerNext,
        ["NextPageAriaLabel"] = CatalogTexts.PagerNextLabel,
        ["LastPageTitle"] = CatalogTexts.PagerLast,
        ["LastPageAriaLabel"] = CatalogTexts.PagerLastLabel,
        ["PageTitleFormat"] = CatalogTexts.PagerPage,
        ["PageAriaLabelFormat"] = CatalogTexts.PagerPageLabel,
    };
}
