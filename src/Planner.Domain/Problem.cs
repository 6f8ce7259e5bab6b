namespace Planner.Domain;

/// <summary>A fault of the input: which field, and what is wrong with it.</summary>
/// <param name="Path">Path of the field in the document, such as <c>options[1].fleet.instances</c>; empty for the document as a whole.</param>
/// <param name="Message">A sentence for the user, in the current UI culture.</param>
public sealed record Problem(string Path, string Message);
