using Xunit;

namespace Planner.Tests.Domain.Artefacts;

/// <summary>Names that break careless writers of files.</summary>
internal static class NastyTexts
{
    public static TheoryData<string> All { get; } =
    [
        "it's \"quoted\"", "two\nlines", "carriage\rreturn\r\n", "$(touch /tmp/owned) `id` ${HOME} $$", "a: b # c", "- dash", "? key", "[1, 2]", "{a: b}", "&anchor *alias", "!tag",
        "| block", "> folded", "%directive", "@at", "yes", "No", "null", "~", "0123", "1e3", "0x1F", "12:30:45", "2026-12-01", ".inf", "=", "<<", "---", "...", " leading", "trailing ", "tab\there",
        "", "\\ back\\slash", "bell\u0007", "next\u0085line", "separator\u2028here", "\uFEFFmark", "emoji 🚀", "ümlaut", "zero\u200Bwidth", "!history!!", "a;b && c | d > e", "*", "~/x", "-n", "--flag", "x=y", "'",
        "}} {{ $value }} {{", "os.environ/KEY", "line\n\n  indented\n", "\ud83d",
    ];
}
