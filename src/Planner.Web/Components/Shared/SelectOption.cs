namespace Planner.Web.Components.Shared;

/// <summary>An entry of a <see cref="SelectField"/>.</summary>
/// <param name="Value">What is stored.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Group">Heading it stands under; null for none.</param>
public sealed record SelectOption(string Value, string Text, string? Group = null)
{
    /// <summary>Why it cannot be chosen; null where it can.</summary>
    public string? Reason { get; init; }

    /// <summary>What stands in the list.</summary>
    public string Shown => Reason is null ? Text : $"{Text}: {Reason}";
}
