using System.Globalization;
using Planner.Domain;

namespace Planner.Web.Components.Catalog;

/// <summary>What a form must satisfy before the store can be asked: only what the store's own types could not hold.</summary>
internal static class DraftRules
{
    /// <summary>Notes a fault where a number is not whole or too large.</summary>
    public static void Whole(List<Problem> problems, string path, decimal? value, int largest)
    {
        if (value is { } number && (number != decimal.Truncate(number) || number > largest))
            problems.Add(new(path, string.Format(CultureInfo.CurrentCulture, CatalogTexts.WholeNumber, largest.ToString("N0", CultureInfo.CurrentCulture))));
    }

    /// <summary>Notes a fault where there is no number.</summary>
    public static void Required(List<Problem> problems, string path, decimal? value)
    {
        if (value is null)
            problems.Add(new(path, CatalogTexts.Required));
    }
}
