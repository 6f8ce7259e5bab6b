namespace Planner.Web.Components.Audits;

/// <summary>Actions of the audit log in words: "scenario.saved" is "Scenario saved".</summary>
internal static class AuditWords
{
    /// <summary>What it is done to, such as "Price list".</summary>
    internal static string Thing(string thing) => Sentence(thing);

    /// <summary>What was done, such as "Price list removed".</summary>
    internal static string Said(string action) => Sentence(action.Replace('.', ' '));

    private static string Sentence(string camel)
    {
        var words = string.Concat(camel.Select(letter => char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
