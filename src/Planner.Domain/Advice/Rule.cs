namespace Planner.Domain.Advice;

/// <summary>Something that the planner looks for in every scenario. What it finds is a <see cref="Planning.Check"/> with the same id.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Severity">One of <see cref="Planning.CheckSeverities"/>.</param>
/// <param name="Title">What it finds, in a few words.</param>
/// <param name="Explanation">Why that matters and exactly when it is said.</param>
public sealed record Rule(string Id, string Severity, string Title, string Explanation)
{
    /// <summary>True for a rule that asks for more than an evaluation may take, so that only <see cref="Planning.Engine.Advise"/> looks for it.</summary>
    public bool IsOnRequest { get; init; }
}
