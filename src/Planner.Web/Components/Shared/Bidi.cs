namespace Planner.Web.Components.Shared;

/// <summary>Texts of somebody else within sentences of ours.</summary>
public static class Bidi
{
    private const char FirstStrong = '\u2068';
    private const char End = '\u2069';

    /// <summary>A text that keeps its own direction and leaves that of what stands around it alone. One that goes from left to right stays as it is.</summary>
    public static string Isolated(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(Turns) ? $"{FirstStrong}{string.Concat(text.Select(letter => Overrides(letter) ? '\uFFFD' : letter))}{End}" : text;
    }

    /// <summary>True for letters from right to left, and for marks of direction.</summary>
    private static bool Turns(char letter) =>
        letter is (>= '\u0590' and <= '\u08FF') or '\u200E' or '\u200F' or (>= '\uD802' and <= '\uD803') or (>= '\uD83A' and <= '\uD83B') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFE') || Overrides(letter);

    /// <summary>True for marks that make a text read otherwise than it is stored, or that would end its isolation.</summary>
    private static bool Overrides(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
