using System.Text.Json;
using Planner.Tests.Domain;
using Planner.Web.Components.Charts;
using Xunit;

namespace Planner.Tests.Web.Charts;

public class ChartTests
{
    private static readonly IReadOnlyList<(double X, double Y)> Stepped = [(0, 100), (10, 100), (10, 250), (20, 350)];

    [Theory]
    [InlineData(0, 100.0)]
    [InlineData(5, 100.0)]
    [InlineData(10, 250.0)]
    [InlineData(15, 300.0)]
    [InlineData(20, 350.0)]
    [InlineData(21, null)]
    [InlineData(-1, null)]
    public void A_line_is_read_between_its_points_and_after_its_steps(double x, double? y) => Assert.Equal(y, Polyline.ValueAt(Stepped, x));

    [Fact]
    public void The_table_has_the_ends_even_steps_and_what_is_marked()
    {
        var rows = Polyline.Rows([new ChartSeries("Fleet", "#000000", 0, Stepped)], [10.5, 99]);

        Assert.Equal([0, 4, 8, 10.5, 12, 16, 20], rows);
    }

    [Fact]
    public void Points_that_are_no_numbers_are_left_out() =>
        Assert.Equal([[1, 2]], Polyline.Finite([(1, 2), (2, double.NaN), (double.PositiveInfinity, 1)]));

    [Fact]
    public void A_csv_cell_is_quoted_where_needed_and_never_a_formula() =>
        Assert.Equal("a,\"b,c\",\"say \"\"so\"\"\"\r\n'=cmd|x,-3.5,'-x\r\n", Csv.Write([["a", "b,c", "say \"so\""], ["=cmd|x", "-3.5", "-x"]]));

    [Fact]
    public void What_the_script_is_given_names_its_kind_and_enums_as_words()
    {
        var spec = new BarSpec("en-US", "A \"title\"", 100, null, [new LegendEntry("API", "red", 0, ChartMarker.Circle)], [], []);

        Assert.Equal(
            """{"kind":"bars","groups":[],"rows":[],"culture":"en-US","title":"A \"title\"","height":100,"width":null"""
            + ""","legend":[{"name":"API","color":"red","dash":0,"marker":"circle"}]}""",
            spec.ToJson());
    }

    [Fact]
    public void German_charts_have_their_words_their_scales_and_the_sign_behind_amounts()
    {
        using var words = JsonDocument.Parse(Speaking.German(ChartWords.Json));
        using var english = JsonDocument.Parse(Speaking.English(ChartWords.Json));

        Assert.Equal(["Bio.", "Mrd.", "Mio."], words.RootElement.GetProperty("scales").EnumerateArray().Select(scale => scale.GetString()));
        Assert.Equal(["T", "B", "M"], english.RootElement.GetProperty("scales").EnumerateArray().Select(scale => scale.GetString()));
        Assert.True(words.RootElement.GetProperty("keepsCapitals").GetBoolean());
        Assert.All(words.RootElement.EnumerateObject(), word => Assert.NotEqual(english.RootElement.GetProperty(word.Name).ToString(), word.Value.ToString()));
        Assert.Equal("{0}\u00A0$", Speaking.German(() => new BarSpec("de-DE", "", 100, null, [], [], []).Amounts));
        Assert.Null(Speaking.English(() => new BarSpec("en-US", "", 100, null, [], [], []).Amounts));
    }

    [Fact]
    public void Days_of_the_week_are_the_reader_s()
    {
        Assert.Equal(["Monday", "Mon", "Sunday 23:00"], Speaking.English<string[]>(() => [WeekHours.DayNames[0], WeekHours.Short(0), WeekHours.Name(167)]));
        Assert.Equal(["Montag", "Mo", "Sonntag 23:00"], Speaking.German<string[]>(() => [WeekHours.DayNames[0], WeekHours.Short(0), WeekHours.Name(167)]));
    }
}
