using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public class NamesTests
{
    [Theory]
    [InlineData("ada", true)]
    [InlineData("Ada Lovelace", true)]
    [InlineData("ada@example.org", true)]
    [InlineData("Zoë Žižek", true)]
    [InlineData("李小龍", true)]
    [InlineData(" ada", false)]
    [InlineData("ada\u00A0", false)]
    [InlineData("ada\u2003x", false)]
    [InlineData("bo\u017F\u017F", false)]
    [InlineData("\uFF41da", false)]
    [InlineData("a\u200Bda", false)]
    [InlineData("a\u202Eda", false)]
    [InlineData("a\u00ADda", false)]
    [InlineData("ada\uFE0F", false)]
    [InlineData("Zoe\u0308", false)]
    [InlineData("ada\t", false)]
    [InlineData("", false)]
    public void Name_that_could_be_taken_for_another_is_none(string name, bool plain) => Assert.Equal(plain, Names.IsPlain(name));

    [Fact]
    public void Half_a_surrogate_pair_is_no_name() => Assert.False(Names.IsPlain("ada" + (char)0xD800));
}
