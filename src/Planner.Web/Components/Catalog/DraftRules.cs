using System.Globalization;
using Planner.Domain;

namespace Planner.Web.Components.Catalog;

/// <summary>Faults that a form finds before the store is asked. The store's own are found with them, so that all show at once.</summary>
internal static class DraftRules
{
    /// <summary>Adds the store's faults to those of fields that could not be read.</summary>
    /// <param name="problems">Faults of the form.</param>
    /// <param name="stored">Faults of what would be stored, with stand-ins for what could not be read.</param>
    /// <param name="keyIsOpen">True where the key will follow from fields that are still empty: its fault is theirs.</param>
    public static IReadOnlyList<Problem> Join(List<Problem> problems, IEnumerable<Problem> stored, bool keyIsOpen) =>
        [.. problems, .. stored.Where(found => problems.TrueForAll(problem => problem.Path != found.Path) && !(keyIsOpen && found.Path == "key"))];

    /// <summary>The whole number, or 1 where it is none: the stand-in for the store's check.</summary>
    public static int WholeOrOne(decimal? value) =>
        value is { } number && number == decimal.Truncate(number) && Math.Abs(number) < int.MaxValue ? (int)number : 1;

    /// <summary>Notes a fault where a number is not whole or too large.</summary>
    public static void Whole(List<Problem> problems, string path, decimal? value, int largest)
    {
        if (value is { } number && (number != decimal.Truncate(number) || number > largest))
            problems.Add(new(path, CatalogTexts.WholeNumber.With(largest.ToString("N0", CultureInfo.CurrentCulture))));
    }

    /// <summary>Notes a fault where there is no number.</summary>
    public static void Required(List<Problem> problems, string path, decimal? value)
    {
        if (value is null)
            problems.Add(new(path, CatalogTexts.Required));
    }
}
