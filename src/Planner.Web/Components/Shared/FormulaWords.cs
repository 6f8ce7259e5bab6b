using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Planner.Web.Components.Shared;

/// <summary>Formulas, their symbols and units in the reader's language. The engine, stored answers and workbooks have them in English, as symbols.</summary>
public static class FormulaWords
{
    /// <summary>The entry of each English word.</summary>
    private static readonly FrozenDictionary<string, string> Entries = FormulaTexts.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, true)!
        .Cast<DictionaryEntry>().ToFrozenDictionary(entry => (string)entry.Value!, entry => (string)entry.Key, StringComparer.Ordinal);

    // Longer ones first, and not within a path of the document.
    private static readonly Regex Words = new(
        $@"(?<![\w.])({string.Join('|', Entries.Keys.OrderByDescending(word => word.Length).Select(Regex.Escape))})(?![\w.])", RegexOptions.CultureInvariant | RegexOptions.Compiled);

    /// <summary>A formula, a symbol or a unit; words that are not known stay.</summary>
    public static string Of(string text) => Language.IsStored ? text : Words.Replace(text, found => FormulaTexts.ResourceManager.GetString(Entries[found.Value], CultureInfo.CurrentUICulture) ?? found.Value);

    /// <summary>True where a symbol has a word of its own.</summary>
    public static bool Knows(string symbol) => Entries.ContainsKey(symbol);
}
