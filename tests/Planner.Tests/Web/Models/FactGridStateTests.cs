using Planner.Web.Components.Models;
using Xunit;

namespace Planner.Tests.Web.Models;

public class FactGridStateTests
{
    [Theory]
    [InlineData("/models", null, null, null)]
    [InlineData("/models?tab=gpus&q=h100&row=H100-SXM", "gpus", "h100", "H100-SXM")]
    [InlineData("/models?tab=engines&yours=1&retired=1", "engines", null, null)]
    public void The_list_its_filters_and_the_open_row_are_in_the_address(string address, string? tab, string? search, string? row)
    {
        var state = FactGridState.Read(new Uri(new Uri("http://127.0.0.1"), address));

        Assert.Equal((tab, search, row, address), (state.Tab, state.Search, state.Row, state.Write()));
    }

    [Fact]
    public void Tab_that_there_is_not_shows_models() => Assert.Null(FactGridState.Read(new Uri("http://127.0.0.1/models?tab=cats")).Tab);
}
