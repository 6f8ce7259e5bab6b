using System.Text;
using System.Text.RegularExpressions;

namespace Planner.Domain.Artefacts;

/// <summary>Writes words that a POSIX shell reads back as they were.</summary>
internal static partial class ShellText
{
    /// <summary>A word: as it is where a shell finds nothing special in it, between single quotes otherwise. No argument can hold a NUL, so one becomes the replacement character.</summary>
    public static string Word(string text)
    {
        var word = text.Replace('\0', '\uFFFD');
        return Safe().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A command of several words, each flag with its values on a line of its own.</summary>
    public static string Command(IReadOnlyList<string> words)
    {
        var text = new StringBuilder(Word(words[0]));
        foreach (var word in words.Skip(1))
            text.Append(word.StartsWith("--", StringComparison.Ordinal) ? " \\\n  " : " ").Append(Word(word));
        return text.Append('\n').ToString();
    }

    /// <summary>A script that ends at the first fault.</summary>
    /// <param name="comment">What it does; one line whatever it holds.</param>
    /// <param name="body">Its commands.</param>
    public static string Script(string comment, string body) => $"#!/usr/bin/env bash\n# {YamlText.OneLine(comment)}\nset -euo pipefail\n\n{body}";

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();
}
