using Planner.Data.Stores;
using Planner.Web.Components.Prices;
using Xunit;

namespace Planner.Tests.Web.Prices;

public class PriceGridStateTests
{
    private static PriceGridState Read(string address) => PriceGridState.Read(new Uri(new Uri("http://127.0.0.1"), address));

    [Fact]
    public void The_plain_page_has_a_plain_address()
    {
        Assert.Equal("/prices", new PriceGridState().Write());
        Assert.Equal(new PriceGridState(), Read("/prices"));
    }

    [Fact]
    public void A_view_survives_its_address()
    {
        var state = new PriceGridState
        {
            Search = "gpt & \"claude\" é",
            Seller = "openai",
            Mode = "chat",
            Yours = true,
            Retired = true,
            Sort = PriceSort.CacheRead,
            Descending = true,
            Page = 7,
            Row = "bedrock:anthropic.claude-3@us-east-1",
        };

        Assert.Equal(state, Read(state.Write()));
    }

    [Theory]
    [InlineData("/prices?page=0")]
    [InlineData("/prices?page=-3")]
    [InlineData("/prices?page=99999999999")]
    [InlineData("/prices?sort=nothing&desc=yes&retired=true")]
    [InlineData("/prices?sort=3")]
    [InlineData("/prices?q=%20%20&row=")]
    [InlineData("/prices?%%%&=&q")]
    public void What_an_address_says_badly_falls_back_to_the_default(string address) => Assert.Equal(new PriceGridState(), Read(address));

    [Fact]
    public void The_third_page_asks_the_store_to_leave_out_forty_rows()
    {
        var query = new PriceGridState { Page = 3, Seller = "openai", Sort = PriceSort.Input, Descending = true }.ToQuery();

        Assert.Equal((40, 20, PriceSort.Input, true), (query.Skip, query.Take, query.SortBy, query.Descending));
        Assert.Equal(["openai"], query.Sellers);
    }
}
