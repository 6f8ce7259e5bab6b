namespace Planner.Domain.Artefacts;

/// <summary>A file that is handed over for a plan.</summary>
/// <param name="Name">Name within the bundle.</param>
/// <param name="Purpose">What it is, in a sentence.</param>
/// <param name="Content">Its text, with line feeds only.</param>
public sealed record ArtefactFile(string Name, string Purpose, string Content);

/// <summary>A part of the recommended stack and what the plan makes of it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Choice">What the plan has.</param>
/// <param name="Why">Why it matters, by the plan's own figures where there are any.</param>
/// <param name="Done">False where the plan lacks it.</param>
public sealed record StackRow(string Part, string Choice, string Why, bool Done);

/// <summary>What is handed over for one option of a scenario.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="OptionName">Its name.</param>
/// <param name="Checkpoint">Repository of the weights that the files load.</param>
/// <param name="Files">The files, the one to read first in front.</param>
/// <param name="Stack">The recommended stack, filled in from the plan.</param>
public sealed record ArtefactBundle(string OptionId, string OptionName, string Checkpoint, IReadOnlyList<ArtefactFile> Files, IReadOnlyList<StackRow> Stack);
