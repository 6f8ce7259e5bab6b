namespace Planner.Domain.Advice;

/// <summary>Something that the planner looks for in every scenario. What it finds is a <see cref="Planning.Check"/> with the same id.</summary>
/// <param name="id">Stable id.</param>
/// <param name="severity">One of <see cref="Planning.CheckSeverities"/>.</param>
/// <param name="title">What it finds, in the language of whoever asks.</param>
/// <param name="explanation">Why that matters, likewise.</param>
public sealed class Rule(string id, string severity, Func<string> title, Func<string> explanation)
{
    /// <summary>Stable id.</summary>
    public string Id { get; } = id;

    /// <summary>One of <see cref="Planning.CheckSeverities"/>.</summary>
    public string Severity { get; } = severity;

    /// <summary>What it finds, in a few words.</summary>
    public string Title => title();

    /// <summary>Why that matters and exactly when it is said.</summary>
    public string Explanation => explanation();

    /// <summary>True for a rule that asks for more than an evaluation may take, so that only <see cref="Planning.Engine.Advise"/> looks for it.</summary>
    public bool IsOnRequest { get; init; }
}
