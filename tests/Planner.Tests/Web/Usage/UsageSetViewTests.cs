using Planner.Domain.Usage;
using Planner.Web.Components.Usage;
using Xunit;

namespace Planner.Tests.Web.Usage;

/// <summary>What the page of a measured workload shows.</summary>
public sealed class UsageSetViewTests
{
    private static readonly DateTime Monday = new(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc);
    private static readonly UsageSetState Utc = new("UTC", UsageCount.Tokens);

    [Theory]
    [InlineData("/usage/7")]
    [InlineData("/usage/7?price=")]
    [InlineData("/usage/7?zone=Europe%2FBerlin&by=cost&scenario=abc&price=a%2Fone&price=b%2Ftwo")]
    public void The_address_keeps_what_is_chosen(string address)
    {
        var state = UsageSetState.Read(new Uri("http://x" + address));
        Assert.Equal(address, state.Write(7));
        Assert.Equal(state, UsageSetState.Read(new Uri("http://x" + state.Write(7))));
        Assert.NotEqual(state, state with { Prices = ["c/three"] });
    }

    [Fact]
    public void Figures_that_some_rows_do_not_state_are_unknown_with_the_reason()
    {
        var view = UsageSetView.Of(Profile(new UsageTotals(10, null, null, 900, null, null, 100, null)), Utc);

        Assert.Equal(("10", "1,000", "—", "—"), (Value("Requests"), Value("Tokens"), Value("Cost"), Value("Cost of a million tokens")));
        Assert.Equal(("—", "—", "—"), (Value("Failed requests"), Value("Read from the cache"), Value("Batch requests")));
        Assert.Equal("Some rows state no cost.", view.Tiles.Single(tile => tile.Label == "Cost").Detail);
        Assert.Equal("It takes 4 whole weeks with usage in each.", view.Tiles.Single(tile => tile.Label == "Growth a month").Detail);
        Assert.Equal([UsageCount.Tokens, UsageCount.Requests], view.Measures);

        string Value(string label) => view.Tiles.Single(tile => tile.Label == label).Value;
    }

    [Fact]
    public void Shares_are_of_what_they_are_parts_of()
    {
        // One in five that were tried failed; a third of the prompt came from the cache; $3 for 2,000 tokens is $1,500 a million.
        var view = UsageSetView.Of(Profile(new UsageTotals(8, 2, 4, 1500, 500, 0, 500, 3)), Utc);

        Assert.Equal(("20 %", "33 %", "50 %", "$1,500.00"), (Value("Failed requests"), Value("Read from the cache"), Value("Batch requests"), Value("Cost of a million tokens")));

        string Value(string label) => view.Tiles.Single(tile => tile.Label == label).Value;
    }

    [Fact]
    public void The_six_largest_models_stand_apart_and_the_others_together()
    {
        var profile = Profile([.. Enumerable.Range(1, 8).Select(model => new UsageDay(new DateOnly(2026, 11, 2 + (model % 2)), "s", $"m{model}", Totals(model * 100)))]);
        var view = UsageSetView.Of(profile, Utc);

        Assert.Equal(["s · m8", "s · m7", "s · m6", "s · m5", "s · m4", "s · m3", "2 others"], view.Tracks.Select(track => track.Name));
        // m8 on the first day, m7 on the second; of the others m2 and m1.
        Assert.Equal([800.0, 0], view.Tracks[0].Values);
        Assert.Equal([0.0, 700], view.Tracks[1].Values);
        Assert.Equal([200.0, 100], view.Tracks[^1].Values);
        Assert.Equal("s · m8", view.Models[0].Name);
        Assert.Equal(800 / 3600.0, view.Models[0].Share);
    }

    [Fact]
    public void An_hour_that_was_not_measured_is_no_number()
    {
        var view = UsageSetView.Of(Profile(Totals(100)), Utc);
        Assert.Equal((1.0, 0.0), (view.WeekValues[0], view.WeekValues[1]));
        Assert.True(double.IsNaN(view.WeekValues[24 * 3]));
        Assert.Equal("Busiest on Monday 00:00: 1 request an hour; 96 of 168 hours were not measured", view.WeekTitle);
        Assert.Equal("Busiest on Sunday 19:00", UsageSetView.Of(Profile(Totals(100)), Utc with { Zone = "America/New_York" }).WeekTitle[..23]);
    }

    [Fact]
    public void Sums_of_days_have_no_hours()
    {
        var view = UsageSetView.Of(Profile(Totals(100)) with { Resolution = UsageResolution.Day }, Utc);
        Assert.Null(view.Week);
        Assert.Equal("—", view.Tiles.Single(tile => tile.Label == "Peak to mean").Value);
    }

    private static UsageTotals Totals(long tokens) => new(1, 0, null, tokens, null, null, 0, null);

    private static UsageProfile Profile(UsageTotals totals) => Profile([new UsageDay(new DateOnly(2026, 11, 2), "openai", "gpt-4o", totals)]);

    /// <summary>Three days from a Monday on, all usage of the first model in the first hour.</summary>
    private static UsageProfile Profile(IReadOnlyList<UsageDay> days) => new()
    {
        FromUtc = Monday,
        ToUtc = Monday.AddDays(3),
        Resolution = UsageResolution.Request,
        Hours = [new UsageHour(Monday, days[0].Totals)],
        Days = days,
    };
}
