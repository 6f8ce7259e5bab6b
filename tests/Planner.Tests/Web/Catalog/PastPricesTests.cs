using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Charts;
using Xunit;

namespace Planner.Tests.Web.Catalog;

public class PastPricesTests
{
    private static readonly DateTime Recorded = new(2026, 9, 2, 5, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 9, 2);
    private static readonly PastField<TokenPrices>[] Input = [new("inputUsdPerM", "Input", prices => prices.InputUsdPerM), new("cacheReadUsdPerM", "Cache read", prices => prices.CacheReadUsdPerM)];

    [Fact]
    public void Price_is_a_step_from_the_day_it_changed_to_the_next_and_the_last_one_holds_until_today()
    {
        var model = Past([Entry(Day(8, 1), 0.2m), Entry(Day(7, 24), 1m)]).ToModel("USD per million tokens", Input);

        var tracks = Assert.Single(model.Tracks);
        Assert.Equal([new TrackStep(Day(7, 24), Day(8, 1), 1m), new TrackStep(Day(8, 1), Today, 0.2m)], Assert.Single(tracks.Tracks).Steps);
        Assert.Equal("Input: $0.20 since 2026-08-01, before $1.00", tracks.Finding);
        Assert.Equal([true, false], model.History.Select(line => line.Cells[0].Changed));
        Assert.Empty(model.Opinions);
    }

    [Fact]
    public void Of_two_prices_of_one_day_the_later_one_is_drawn_and_a_day_without_a_price_is_a_gap()
    {
        var model = Past([Entry(Day(9, 1), 3m), Entry(Day(8, 20), null), Entry(Day(8, 10), 2m), Entry(Day(8, 10), 9m)]).ToModel("", Input);

        Assert.Equal([new TrackStep(Day(8, 10), Day(8, 20), 2m), new TrackStep(Day(9, 1), Today, 3m)], Assert.Single(model.Tracks).Tracks[0].Steps);
    }

    [Fact]
    public void Announced_price_goes_on_from_todays_and_another_sources_dates_end_today()
    {
        var quote = new SourceQuote<TokenPrices>("genai-prices", Of(2m), Day(9, 1), Recorded, [new(null, Day(8, 15), Of(4m)), new(Day(8, 15), Day(10, 1), Of(2m)), new(Day(10, 1), null, Of(3m))]);
        var past = Past([Entry(Day(8, 1), 1m)], quote) with { Announced = [(Day(10, 1), Of(3m))], AnnouncedBy = "genai-prices" };

        var model = past.ToModel("", Input);

        var tracks = model.Tracks[0].Tracks;
        Assert.Equal([TrackKind.Own, TrackKind.Announced, TrackKind.Other], tracks.Select(track => track.Kind));
        Assert.Equal([new TrackStep(Today, Day(10, 1), 1m), new TrackStep(Day(10, 1), Day(10, 31), 3m)], tracks[1].Steps);
        Assert.Equal([new TrackStep(Day(8, 1), Day(8, 15), 4m), new TrackStep(Day(8, 15), Today, 2m)], tracks[2].Steps);
        Assert.Equal(("2026-10-01", "genai-prices", "$3.00"), (model.Announced[0].From, model.Announced[0].Source, model.Announced[0].Cells[0].Text));
    }

    [Fact]
    public void Source_without_dates_is_a_point_and_stands_below_the_price_that_applies()
    {
        var model = Past([Entry(Day(8, 1), 1m)], new SourceQuote<TokenPrices>("openrouter", Of(1.5m), Day(9, 1), Recorded, [])).ToModel("", Input);

        Assert.Equal([new TrackStep(Day(9, 1), Day(9, 1), 1.5m)], model.Tracks[0].Tracks[1].Steps);
        Assert.Equal(["litellm, applies", "openrouter"], model.Opinions.Select(line => line.Source));
        // What one of the two does not know is no disagreement.
        Assert.Equal([true, false], model.Opinions[1].Cells.Select(cell => cell.Changed));
    }

    private static PastPrices<TokenPrices> Past(IReadOnlyList<PriceHistoryEntry<TokenPrices>> history, params SourceQuote<TokenPrices>[] quotes) =>
        new("litellm", Day(8, 1), Of(1m), history, quotes) { Today = Today };

    private static PriceHistoryEntry<TokenPrices> Entry(DateOnly from, decimal? input) => new(from, Of(input), "litellm", Recorded, Recorded, 7);

    private static TokenPrices Of(decimal? input) => new() { InputUsdPerM = input };

    private static DateOnly Day(int month, int day) => new(2026, month, day);
}
