using Planner.Web.Comparisons;
using Planner.Web.Components.Compare;
using Planner.Web.Components.Portfolios;
using Xunit;

namespace Planner.Tests.Web.Comparisons;

public class ScenarioPickTests
{
    [Theory]
    [InlineData("abc", "abc", null, null)]
    [InlineData("abc@3", "abc", 3, null)]
    [InlineData("abc:self", "abc", null, "self")]
    [InlineData(" abc@12:self-host.2 ", "abc", 12, "self-host.2")]
    public void Name_is_read_as_it_is_written(string text, string id, int? version, string? option)
    {
        var pick = ScenarioPick.Read(text);

        Assert.Equal(new ScenarioPick(id, version, option), pick);
        Assert.Equal(text.Trim(), pick!.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@3")]
    [InlineData("abc@")]
    [InlineData("abc@0")]
    [InlineData("abc@-1")]
    [InlineData("abc@x")]
    [InlineData("abc@99999999999")]
    [InlineData("abc:")]
    [InlineData(":self")]
    public void Anything_else_names_nothing(string? text) => Assert.Null(ScenarioPick.Read(text));

    [Fact]
    public void Address_names_each_and_is_read_back()
    {
        var state = new CompareState(["a", "b@3:self"], 1, true);

        Assert.Equal("/compare?with=a&with=b@3:self&base=2&differences=1", state.Write());
        Assert.Equal(state, CompareState.Read(new Uri("http://localhost" + state.Write())));
        Assert.Equal("/portfolio", new PortfolioState([]).Write());
    }

    [Fact]
    public void What_somebody_typed_does_not_leave_its_place_in_the_address() =>
        Assert.Equal("/compare?with=a%26base%3D2%23", new CompareState(["a&base=2#"], 0, false).Write());
}
