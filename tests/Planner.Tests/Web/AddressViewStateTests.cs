using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web;

public sealed class AddressViewStateTests
{
    private readonly SlowBrowser _browser = new();

    [Fact]
    public void Choices_in_quick_succession_both_stay()
    {
        using var look = new AddressViewState(_browser);

        look.Keep("view", "risk");
        look.Keep("axis", "price");

        Assert.Equal(("risk", "price"), (look["view"], look["axis"]));
        Assert.Equal("http://planner/scenarios/a?view=risk&axis=price", _browser.Asked);
    }

    [Fact]
    public void What_is_confirmed_is_the_addresss_own_from_then_on()
    {
        using var look = new AddressViewState(_browser);

        look.Keep("view", "risk");
        _browser.Confirm("http://planner/scenarios/a?view=risk");
        _browser.Confirm("http://planner/scenarios/a?view=ledger");

        Assert.Equal("ledger", look["view"]);
    }

    [Fact]
    public void What_was_asked_for_on_a_page_is_none_of_the_next_ones()
    {
        string? seen = null;
        AddressViewState? look = null;
        // Who draws the next page is told first.
        _browser.LocationChanged += (_, _) => seen = look!["view"];
        using var made = look = new AddressViewState(_browser);

        look.Keep("view", "risk");
        _browser.Confirm("http://planner/scenarios/b");

        Assert.Equal((null, null), (seen, look["view"]));
    }

    /// <summary>Moves only when it is told to.</summary>
    private sealed class SlowBrowser : NavigationManager
    {
        public SlowBrowser() => Initialize("http://planner/", "http://planner/scenarios/a");

        public string? Asked { get; private set; }

        public void Confirm(string address)
        {
            Uri = address;
            NotifyLocationChanged(isInterceptedLink: false);
        }

        protected override void NavigateToCore(string uri, NavigationOptions options) => Asked = uri;
    }
}
