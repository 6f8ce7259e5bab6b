namespace Planner.Web.Components.Shared;

/// <summary>A page of rows as a grid shows them.</summary>
/// <param name="Rows">The page.</param>
/// <param name="Total">Rows in all.</param>
public sealed record GridRows<T>(IReadOnlyList<T> Rows, int Total)
{
    /// <summary>Rows a page: every row of a grid costs memory for as long as its reader stays.</summary>
    public const int PageSize = 20;

    /// <summary>The last page that has rows, from 1.</summary>
    public int LastPage => Math.Max(1, (Total + PageSize - 1) / PageSize);
}
