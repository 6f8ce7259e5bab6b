using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>How a fact is typed.</summary>
public enum FactInput
{
    Text,
    Number,
    Whole,
    Choice,

    /// <summary>Several texts, with commas between them.</summary>
    Words,

    /// <summary>Yes or no.</summary>
    Flag,
}

/// <summary>One fact of a model, a GPU or an engine, for its form and its details alike.</summary>
/// <param name="Path">Its path in the document, such as <c>architecture.kvHeads</c>.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Input">How it is typed.</param>
public sealed record FactField(string Path, string Label, FactInput Input)
{
    public string? Unit { get; init; }

    public string? Hint { get; init; }

    public IReadOnlyList<SelectOption> Options { get; init; } = [];

    /// <summary>True where it may be unknown.</summary>
    public bool Optional { get; init; }
}

/// <summary>Facts that belong together.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Path">Path of the part of the document that holds them, which is left out where all of them are empty; empty for the document itself.</param>
/// <param name="Fields">The facts.</param>
public sealed record FactGroup(string Title, string Path, IReadOnlyList<FactField> Fields)
{
    public string? Hint { get; init; }
}

/// <summary>All facts of a kind of rows. A part of the document comes after the part that it lies in.</summary>
/// <param name="Groups">The facts by groups; the first one names the row.</param>
public sealed record FactSheet<TFacts>(IReadOnlyList<FactGroup> Groups) where TFacts : CatalogFacts;
