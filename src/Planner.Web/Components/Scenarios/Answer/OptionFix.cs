namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>A remedy that a button offers.</summary>
/// <param name="Label">What it does, as a verb.</param>
/// <param name="Apply">Does it.</param>
public sealed record OptionFix(string Label, Func<Task> Apply);
