using Planner.Web.Components.Layout;
using Xunit;

namespace Planner.Tests.Web.Layout;

public class ThemeChoiceTests
{
    [Fact]
    public void A_choice_decides_which_sheet_applies() => Assert.Equal(new ThemeChoice("dark", "not all", "all"), ThemeChoice.FromCookie("dark"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\"><script>")]
    public void Without_a_known_choice_the_system_decides(string? cookie) => Assert.Null(ThemeChoice.FromCookie(cookie).Attribute);
}
