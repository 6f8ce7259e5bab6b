using System.Globalization;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

public class NumberTextTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    [Theory]
    [InlineData("10M", "10000000")]
    [InlineData("10 m", "10000000")]
    [InlineData("1.5B", "1500000000")]
    [InlineData("1.5bn", "1500000000")]
    [InlineData("250k", "250000")]
    [InlineData("2T", "2000000000000")]
    [InlineData("1,000", "1000")]
    [InlineData("10 000 000", "10000000")]
    [InlineData("1,234,567.25", "1234567.25")]
    [InlineData("$5.672", "5.672")]
    [InlineData(".5", "0.5")]
    [InlineData("2e6", "2000000")]
    [InlineData("1e-3", "0.001")]
    [InlineData("-3", "-3")]
    [InlineData("−3", "-3")]
    public void Numbers_are_read_as_people_type_them(string text, string value) =>
        Assert.Equal(new NumberReading(decimal.Parse(value, CultureInfo.InvariantCulture), null), NumberText.Read(text, English));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void Nothing_is_neither_a_number_nor_a_problem(string? text) => Assert.Equal(default, NumberText.Read(text, English));

    [Theory]
    [InlineData("abc")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1.2.3")]
    [InlineData("10M requests")]
    [InlineData("5 %")]
    [InlineData("--5")]
    [InlineData("٣")]
    public void What_is_no_number_is_refused_by_name(string text) =>
        Assert.Equal(new NumberReading(null, $"“{text}” is not a number. Write for example 1,000 or 2.5 or 10M."), NumberText.Read(text, English));

    [Theory]
    [InlineData("1,5")]
    [InlineData("1,00")]
    [InlineData("10,00,000")]
    [InlineData("1,000 000")]
    public void A_separator_that_could_mean_two_things_is_refused(string text) =>
        Assert.Equal(
            new NumberReading(null, $"“{text}” can be read in two ways. Write “.” before decimals, and group digits by three or not at all."),
            NumberText.Read(text, English));

    [Fact]
    public void A_comma_is_the_decimal_mark_where_the_culture_says_so()
    {
        Assert.Equal(1.5m, NumberText.Read("1,5", German).Value);
        Assert.Equal(1_000_000m, NumberText.Read("1.000.000", German).Value);
        Assert.NotNull(NumberText.Read("1.5", German).Problem);
    }

    [Theory]
    [InlineData("10 Mio.", "10000000")]
    [InlineData("10mio", "10000000")]
    [InlineData("1,5 Mrd.", "1500000000")]
    [InlineData("2 Bio", "2000000000000")]
    [InlineData("250 Tsd.", "250000")]
    [InlineData("10M", "10000000")]
    [InlineData("1.234,5 Mio.", "1234500000")]
    public void Numbers_are_read_as_Germans_type_them(string text, string value) =>
        Assert.Equal(new NumberReading(decimal.Parse(value, CultureInfo.InvariantCulture), null), NumberText.Read(text, German));

    [Theory]
    [InlineData("10M.")]
    [InlineData("1,5 Milliarden")]
    public void Other_abbreviations_are_refused(string text) => Assert.NotNull(NumberText.Read(text, German).Problem);

    [Theory]
    [InlineData("9e40")]
    [InlineData("99999999999999999999999999999999")]
    public void Numbers_beyond_any_use_are_too_large(string text) =>
        Assert.Equal(new NumberReading(null, "This number is too large."), NumberText.Read(text, English));

    [Fact]
    public void What_is_written_reads_back()
    {
        Assert.Equal("10,000,000", NumberText.Write(10_000_000m, English));
        Assert.Equal("0.0375", NumberText.Write(0.0375m, English));
        Assert.Equal("", NumberText.Write(null, English));
        Assert.Equal(12_345.678m, NumberText.Read(NumberText.Write(12_345.678m, German), German).Value);
    }
}
