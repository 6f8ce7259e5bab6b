using Planner.Domain.Artefacts;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

public class ShellTextTests
{
    [Fact]
    public void A_shell_reads_every_word_back_as_it_was()
    {
        // Half of a surrogate pair cannot be handed to a process.
        var words = NastyTexts.All.Select(row => row.Data).Where(text => text != "\ud83d").ToList();
        Assert.Equal(["serve", .. words], Bash.Words(ShellText.Command(["serve", .. words])));
    }

    [Fact]
    public void Comment_of_a_script_stays_a_comment_whatever_it_holds()
    {
        foreach (var text in NastyTexts.All.Select(row => row.Data).Where(text => text != "\ud83d"))
        {
            var script = ShellText.Script(text, "true\n");
            Bash.Check(script);
            Assert.Equal(5, script.Split('\n', '\r', '\u0085', '\u2028').Length - 1);
        }
    }

    [Fact]
    public void No_argument_can_hold_a_null_character() => Assert.Equal("'a\uFFFDb'", ShellText.Word("a\0b"));
}
