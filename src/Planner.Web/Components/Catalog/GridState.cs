namespace Planner.Web.Components.Catalog;

/// <summary>What every list of the catalog shows: its filters and the row that is open. It is the page's address.</summary>
public abstract record GridState
{
    /// <summary>Words that must occur in what names a row; null for all rows.</summary>
    public string? Search { get; init; }

    /// <summary>Only rows whose values the user set.</summary>
    public bool Yours { get; init; }

    public bool Retired { get; init; }

    /// <summary>Key of the row whose details are open; null for none.</summary>
    public string? Row { get; init; }
}

/// <summary>A list that the database sorts and pages.</summary>
public abstract record PagedGridState<TSort> : GridState where TSort : struct, Enum
{
    public TSort Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>The day whose catalog is listed; null for today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Page from 1.</summary>
    public int Page { get; init; } = 1;
}
