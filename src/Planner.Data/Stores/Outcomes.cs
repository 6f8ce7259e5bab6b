using Planner.Domain;

namespace Planner.Data.Stores;

/// <summary>How an edit that expected a version ended. Nothing was written unless it is <see cref="Saved"/>.</summary>
public abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    /// <summary>Written.</summary>
    /// <param name="Version">The version to expect with the next edit.</param>
    public sealed record Saved(int Version) : SaveOutcome;

    /// <summary>Somebody else wrote first.</summary>
    /// <param name="CurrentVersion">The version that is stored now.</param>
    public sealed record Conflict(int CurrentVersion) : SaveOutcome;

    /// <summary>The input has faults.</summary>
    /// <param name="Problems">All of them, each with the path of its field.</param>
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : SaveOutcome;

    /// <summary>There is no such thing, or it was deleted.</summary>
    public sealed record NotFound : SaveOutcome;
}

/// <summary>A page of a longer list.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">Length of the list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>A value that a filter can offer.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">Current rows that have it.</param>
public sealed record Facet(string Value, int Count);
