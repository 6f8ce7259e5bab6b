namespace Planner.Web.Reports.Workbooks;

/// <summary>Names of sheets: at most 31 characters, none of those that references are made of, each once.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string Of(string wanted)
    {
        var name = Cut(string.Concat(wanted.Select(letter => letter is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(letter) ? ' ' : letter)), Longest);
        // The spreadsheet keeps this one for itself.
        if (name.Length == 0 || name.Equals("History", StringComparison.OrdinalIgnoreCase))
            name = WorkbooksTexts.Option;
        var free = name;
        for (var number = 2; !_taken.Add(free); number++)
            free = $"{Cut(name, Longest - 4)} {number}";
        return free;
    }

    private static string Cut(string text, int longest)
    {
        var cut = text.Trim().Trim('\'');
        // Half of a surrogate pair is no text.
        return cut.Length <= longest ? cut : cut[..(char.IsHighSurrogate(cut[longest - 1]) ? longest - 1 : longest)].TrimEnd().TrimEnd('\'');
    }
}
