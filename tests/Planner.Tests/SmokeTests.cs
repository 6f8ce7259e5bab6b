using Xunit;

namespace Planner.Tests;

public class SmokeTests
{
    [Fact]
    public void Text_is_there() => Assert.NotEmpty(Planner.Domain.Texts.Required);
}
