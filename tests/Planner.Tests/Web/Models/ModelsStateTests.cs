using Planner.Web.Components.Models;
using Xunit;

namespace Planner.Tests.Web.Models;

public class ModelsStateTests
{
    [Theory]
    [InlineData("/models", false, null)]
    [InlineData("/models?tab=gpus", true, null)]
    [InlineData("/models?tab=gpus&q=h100", true, "h100")]
    public void The_list_and_the_search_are_in_the_address(string address, bool gpus, string? search)
    {
        var state = ModelsState.Read(new Uri(new Uri("http://127.0.0.1"), address));

        Assert.Equal((gpus, search, address), (state.Gpus, state.Search, state.Write()));
    }

    [Fact]
    public void Every_word_of_a_search_must_occur()
    {
        var state = new ModelsState { Search = "LLAMA 70b" };

        Assert.True(state.Matches("Llama 3.1 70B", "llama-3.1-70b"));
        Assert.False(state.Matches("Llama 3.1 8B", "llama-3.1-8b"));
    }
}
