using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Domain.Usage;
using Planner.Web.Components.Charts;
using Xunit;

namespace Planner.Tests.Web.Charts;

/// <summary>Charts of the economics pages: what they hand to the script, their tables and how they are read without seeing them.</summary>
public partial class CellChartTests
{
    private static readonly MapOption[] Options = [new("API", "red"), new("Fleet", "blue")];
    private static readonly ChartDistribution Runs = new("API", "red", [0, 10, 20, 40], [1, 2, 1], 4, 15, 36);

    [Fact]
    public async Task Week_marks_the_hours_above_what_can_be_carried_and_says_so_in_words()
    {
        var week = Week(14.4);

        var spec = await SpecAsync<WeekHeatMap>([.. week, ("Capacity", Enumerable.Repeat(11.9, 168).ToArray())]);

        Assert.Equal("week", spec.GetProperty("kind").GetString());
        Assert.Equal("above 11.9", spec.GetProperty("over")[38].GetString());
        Assert.Equal(JsonValueKind.Null, spec.GetProperty("over")[37].ValueKind);
        Assert.Equal("hatched: above what can be carried (1 of 168 hours)", spec.GetProperty("legend")[0].GetProperty("name").GetString());
        Assert.True(spec.GetProperty("legend")[0].GetProperty("hatched").GetBoolean());
    }

    [Fact]
    public async Task Week_has_a_table_of_hours_by_days()
    {
        var rows = await TableAsync<WeekHeatMap>([.. Week(14.4), ("Capacity", Enumerable.Repeat(11.9, 168).ToArray())]);

        Assert.Equal(["Hour, requests/s", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], rows[0]);
        Assert.Equal(25, rows.Count);
        Assert.Equal(["14:00", "2", "14.4 (above capacity)", "2", "2", "2", "2", "2"], rows[15]);
    }

    [Fact]
    public async Task Hour_that_is_not_known_is_neither_zero_nor_above_the_capacity()
    {
        (string, object?)[] parameters = [.. Week(double.NaN), ("Capacity", new double[168])];

        var spec = await SpecAsync<WeekHeatMap>(parameters);
        var rows = await TableAsync<WeekHeatMap>(parameters);

        Assert.Equal(JsonValueKind.Null, spec.GetProperty("values")[38].ValueKind);
        Assert.Equal(JsonValueKind.Null, spec.GetProperty("over")[38].ValueKind);
        Assert.Equal("—", rows[15][2]);
    }

    [Fact]
    public async Task Drawing_is_read_with_arrow_keys_on_screen_and_is_a_picture_in_print()
    {
        using var renderer = TestRenderer.Create();
        var screen = await renderer.RenderAsync<WeekHeatMap>(Week(3));
        using var other = TestRenderer.Create();
        var print = await other.RenderAsync<WeekHeatMap>([.. Week(3), ("Static", true)]);

        Assert.Contains("role=\"group\" aria-label=\"Load over a week.\"", screen, StringComparison.Ordinal);
        Assert.Contains("tabindex=\"0\" role=\"application\" aria-label=\"Values of the chart: arrow keys move from one to the next\"", screen, StringComparison.Ordinal);
        Assert.Contains("--chart-height:282px;--chart-narrow-height:634px", screen, StringComparison.Ordinal);
        Assert.Contains("role=\"img\" aria-label=\"Load over a week.\"", print, StringComparison.Ordinal);
        Assert.DoesNotContain("tabindex", print, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", print, StringComparison.Ordinal);
        // Paper is never narrow; the print view on a phone is.
        Assert.Contains("--chart-height:282px;--chart-narrow-height:634px", print, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frontier_stands_by_rising_x_and_leaves_out_what_is_no_number()
    {
        FrontierPoint[] points =
        [
            new("Slow", 40, 100, "Self-hosted", "red", ChartMarker.Square),
            new("Fast", 2, 900, "Self-hosted", "red", ChartMarker.Square),
            new("Nowhere", double.PositiveInfinity, 1, "API", "blue", ChartMarker.Circle),
        ];
        (string, object?)[] parameters = [("Title", "t"), ("Description", "d"), ("Points", points), ("XTitle", "Time, s")];

        var spec = await SpecAsync<FrontierChart>(parameters);
        var rows = await TableAsync<FrontierChart>(parameters);

        Assert.Equal(["Fast", "Slow"], spec.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("name").GetString()!));
        // Forty is twenty times two, nine hundred nine times a hundred.
        Assert.True(spec.GetProperty("x").GetProperty("logarithmic").GetBoolean());
        Assert.False(spec.GetProperty("y").GetProperty("logarithmic").GetBoolean());
        Assert.Equal("Self-hosted", Assert.Single(spec.GetProperty("legend").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(["Plan", "Kind", "Time, s", "USD a month"], rows[0]);
        Assert.Equal(["Slow", "Self-hosted", "40", "$100.00"], rows[2]);
    }

    [Fact]
    public async Task Tornado_keeps_the_order_and_leaves_out_a_side_without_a_result()
    {
        TornadoRow[] inputs =
        [
            new("Output tokens", "150", "600", -4000, 2100, new TornadoFlip(0, "from 472")),
            new("Engineer hours", "8 h", "40 h", 300, double.PositiveInfinity),
        ];
        (string, object?)[] parameters = [("Title", "t"), ("Description", "d"), ("Rows", inputs), ("Base", 668.0), ("XTitle", "Cost")];

        var spec = await SpecAsync<TornadoChart>(parameters);
        var rows = await TableAsync<TornadoChart>(parameters);

        Assert.Equal(
            """[{"name":"Output tokens","low":"150","high":"600","atLow":-4000,"atHigh":2100,"flip":{"at":0,"label":"from 472"}},"""
            + """{"name":"Engineer hours","low":"8 h","high":"40 h","atLow":300,"atHigh":null,"flip":null}]""",
            spec.GetProperty("rows").GetRawText());
        Assert.Equal(["Input", "Low value", "Cost at low", "High value", "Cost at high", "Another option wins"], rows[0]);
        Assert.Equal(["Output tokens", "150", "−$4,000.00", "600", "$2,100.00", "from 472"], rows[1]);
        Assert.Equal(["Engineer hours", "8 h", "$300.00", "40 h", "—", "nowhere between"], rows[2]);
        Assert.Equal(["As it stands", "", "$668.00", "", "$668.00", ""], rows[3]);
    }

    [Fact]
    public async Task Distribution_tells_the_share_of_runs_in_each_bin_and_up_to_it()
    {
        var rows = await TableAsync<DistributionChart>([("Title", "t"), ("Description", "d"), ("Options", new[] { Runs })]);

        Assert.Equal(["API: P10 $4.00, P50 $15.00, P90 $36.00", "", ""], rows[1]);
        Assert.Equal(["API, $0.00 to $10.00", "25 %", "25 %"], rows[2]);
        Assert.Equal(["API, $10.00 to $20.00", "50 %", "75 %"], rows[3]);
        Assert.Equal(["API, $20.00 to $40.00", "25 %", "100 %"], rows[4]);
    }

    [Fact]
    public async Task Distribution_leaves_out_an_option_without_runs_or_numbers()
    {
        ChartDistribution[] options =
        [
            Runs, Runs with { Name = "none", Counts = [0, 0, 0] }, Runs with { Name = "odd", P90 = double.NaN }, Runs with { Name = "short", Edges = [0, 1] },
        ];

        var spec = await SpecAsync<DistributionChart>([("Title", "t"), ("Description", "d"), ("Options", options)]);

        Assert.Equal("API", Assert.Single(spec.GetProperty("options").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Waterfall_ends_with_the_sum_of_its_steps()
    {
        (string, object?)[] parameters =
        [
            ("Title", "t"), ("Description", "d"), ("StartName", "List price"), ("Start", 9200.0), ("EndName", "Paid"), ("Color", "red"),
            ("Steps", new WaterfallStep[] { new("Cache", -1400), new("Support", 450) }),
        ];

        var spec = await SpecAsync<WaterfallChart>(parameters);
        var rows = await TableAsync<WaterfallChart>(parameters);

        Assert.Equal([0.0, 9200, 7800, 0], spec.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("from").GetDouble()));
        Assert.Equal([9200.0, 7800, 8250, 8250], spec.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("to").GetDouble()));
        Assert.Equal(["adds", "takes off"], spec.GetProperty("legend").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        Assert.Equal(["Cache", "−$1,400.00", "$7,800.00"], rows[2]);
        Assert.Equal(["Paid", "$8,250.00", "$8,250.00"], rows[4]);
    }

    [Fact]
    public async Task Waterfall_from_nothing_has_no_first_bar()
    {
        var rows = await TableAsync<WaterfallChart>(
        [
            ("Title", "t"), ("Description", "d"), ("StartName", "Start"), ("EndName", "Left"), ("Color", "red"), ("Steps", new WaterfallStep[] { new("Outlay", -100) }),
        ]);

        Assert.Equal(["Step", "Outlay", "Left"], rows.Select(row => row[0]));
    }

    [Fact]
    public async Task Map_tells_the_winner_at_each_point_with_the_highest_y_on_top()
    {
        (string, object?)[] parameters =
        [
            ("Title", "t"), ("Description", "d"), ("Options", Options), ("Winners", new[] { 0, 0, 0, -1 }),
            ("X", new MapAxis("Requests", ChartUnit.Count, [1e6, 1e7], true)), ("Y", new MapAxis("Cache hits", ChartUnit.Percent, [0, 0.5])),
        ];

        var spec = await SpecAsync<WinnerMap>(parameters);
        var rows = await TableAsync<WinnerMap>(parameters);

        Assert.Equal("[0,0,0,-1]", spec.GetProperty("cells").GetRawText());
        Assert.Equal("""{"title":"Requests","unit":"count","values":[1000000,10000000],"logarithmic":true}""", spec.GetProperty("x").GetRawText());
        Assert.Equal(["API cheapest", "none can serve it"], spec.GetProperty("legend").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        Assert.Equal(["Down: Cache hits; across: Requests", "1,000,000", "10,000,000"], rows[0]);
        Assert.Equal(["50 %", "API", "none"], rows[1]);
        Assert.Equal(["0 %", "API", "API"], rows[2]);
    }

    [Fact]
    public async Task Map_with_many_columns_shows_nine_of_them_from_end_to_end()
    {
        var rows = await TableAsync<WinnerMap>(
        [
            ("Title", "t"), ("Description", "d"), ("Options", Options), ("Winners", new int[34]),
            ("X", new MapAxis("x", ChartUnit.Count, [.. Enumerable.Range(0, 17).Select(i => (double)i)])), ("Y", new MapAxis("y", ChartUnit.Count, [1, 2])),
        ]);

        Assert.Equal(["Down: y; across: x", "0", "2", "4", "6", "8", "10", "12", "14", "16"], rows[0]);
    }

    [Fact]
    public async Task Months_are_named_and_the_payback_stands_among_them()
    {
        (string, object?)[] parameters =
        [
            ("Title", "t"), ("Description", "d"), ("Start", new DateOnly(2026, 12, 1)),
            ("Series", new[] { new ChartSeries("Saved", "red", 0, [(0, 0), (0, -100), (3, 50)]) }), ("Paybacks", new[] { new ChartCrossing(2, 0, "paid back in Feb 27") }),
        ];

        var spec = await SpecAsync<MonthsChart>(parameters);
        var rows = await TableAsync<MonthsChart>(parameters);

        Assert.Equal("month", spec.GetProperty("xUnit").GetString());
        Assert.Equal("2026-12-01", spec.GetProperty("start").GetString());
        Assert.Equal(["Month", "Saved"], rows[0]);
        Assert.Equal(["Dec 26", "Jan 27", "Feb 27 (payback)", "Mar 27"], rows.Skip(1).Select(row => row[0]));
        Assert.Equal(["−$100.00", "−$50.00", "$0.00", "$50.00"], rows.Skip(1).Select(row => row[1]));
    }

    [Fact]
    public async Task Amounts_are_drawn_and_listed_in_the_display_currency()
    {
        (string, object?)[] parameters =
        [
            ("Title", "t"), ("Description", "d"), ("StartName", "List price"), ("Start", 1000.0), ("EndName", "Paid"), ("Color", "red"),
            ("Steps", new WaterfallStep[] { new("Cache", -500) }), ("Currency", new DisplayCurrency("EUR", 0.8m, new DateOnly(2026, 11, 20), "")),
        ];

        var spec = await SpecAsync<WaterfallChart>(parameters);
        var rows = await TableAsync<WaterfallChart>(parameters);

        Assert.Equal("€{0}", spec.GetProperty("amounts").GetString());
        Assert.Equal("EUR", spec.GetProperty("xTitle").GetString());
        Assert.Equal([800.0, 400, 400], spec.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("to").GetDouble()));
        Assert.Equal(["Cache", "−€400.00", "€400.00"], rows[2]);
    }

    [Fact]
    public async Task Days_are_stacked_and_a_long_time_is_summed_up_by_weeks()
    {
        (string, object?)[] Days(int count) =>
        [
            ("Title", "t"), ("Description", "d"), ("First", new DateOnly(2026, 11, 2)), ("Measure", "tokens"),
            ("Tracks", new DayTrack[] { new("one", "red", [.. Enumerable.Repeat(3.0, count)]), new("two", "blue", [.. Enumerable.Repeat(4.0, count)]) }),
        ];

        var rows = await TableAsync<DayColumns>(Days(2));
        var spec = await SpecAsync<DayColumns>(Days(122));

        Assert.Equal(["Day", "one", "two", "In all"], rows[0]);
        Assert.Equal(["2026-11-03", "3", "4", "7"], rows[2]);
        // 17 weeks of 21 and 28, and three days more.
        Assert.Equal((7, 18), (spec.GetProperty("step").GetInt32(), spec.GetProperty("values").GetArrayLength()));
        Assert.Equal("[21,28]", spec.GetProperty("values")[0].GetRawText());
        Assert.Equal("[9,12]", spec.GetProperty("values")[17].GetRawText());
        Assert.Equal("tokens a week", spec.GetProperty("yTitle").GetString());
        // 2 November 2026 is day 20,759.
        Assert.Equal(20759, spec.GetProperty("first").GetInt32());
    }

    [Fact]
    public async Task Lengths_stand_in_whole_tokens_with_their_share()
    {
        // Bin 40 is 2^10 to 2^10.25: 1,024 to 1,217 tokens.
        var lengths = new LengthDistribution(4, 800, 0.5, 1024, 1200, 1210, 1217, [new LengthBin(-1, 1), new LengthBin(40, 3)]);
        var rows = await TableAsync<LengthHistogram>([("Title", "t"), ("Description", "d"), ("Lengths", lengths), ("XTitle", "tokens")]);

        Assert.Equal(["Tokens", "requests", "Share", "Up to here"], rows[0]);
        Assert.Equal(["mean: 800", "", "", ""], rows[2]);
        Assert.Equal(["0", "1", "25 %", "25 %"], rows[5]);
        Assert.Equal(["1,024 to 1,217", "3", "75 %", "100 %"], rows[6]);
    }

    private static (string, object?)[] Week(double tuesdayAfternoon)
    {
        var values = Enumerable.Repeat(2.0, 168).ToArray();
        values[38] = tuesdayAfternoon;
        return [("Title", "Tuesday is the peak"), ("Description", "Load over a week."), ("Values", values), ("Measure", "requests/s")];
    }

    /// <summary>What a printed page hands to the script.</summary>
    private static async Task<JsonElement> SpecAsync<T>((string, object?)[] parameters)
        where T : IComponent
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<T>([.. parameters, ("Static", true)]);
        return JsonSerializer.Deserialize<JsonElement>(WebUtility.HtmlDecode(Spec().Match(html).Groups[1].Value));
    }

    /// <summary>Head and rows of the table view.</summary>
    private static async Task<IReadOnlyList<string[]>> TableAsync<T>((string, object?)[] parameters)
        where T : IComponent
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<T>(parameters);
        await renderer.ClickAsync("aria-pressed", "false");
        var html = await renderer.HtmlAsync();
        return [.. Row().Matches(html).Select(row => Cell().Matches(row.Value).Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value)).ToArray())];
    }

    [GeneratedRegex("data-chart-spec=\"([^\"]*)\"")]
    private static partial Regex Spec();

    [GeneratedRegex("<tr[ >].*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();
}
