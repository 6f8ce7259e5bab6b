using System.Globalization;
using Planner.Domain;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

public sealed class FormatTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public FormatTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Theory]
    [InlineData("8167.68", "$8,167.68")]
    [InlineData("7500", "$7,500.00")]
    [InlineData("0", "$0.00")]
    [InlineData("-667.68", "−$667.68")]
    [InlineData("0.0004", "$0.0004")]
    [InlineData("1234567.891", "$1,234,567.89")]
    public void Money_in_tables_has_cents(string usd, string text) => Assert.Equal(text, Format.Money(Decimal(usd)));

    [Theory]
    [InlineData("8167.68", "$8,168")]
    [InlineData("1000", "$1,000")]
    [InlineData("999.99", "$999.99")]
    [InlineData("-14167.68", "−$14,168")]
    public void Headlines_have_whole_dollars_from_a_thousand_on(string usd, string text) => Assert.Equal(text, Format.MoneyHeadline(Decimal(usd)));

    [Theory]
    [InlineData("16440", "JPY\u00A02,556,420")]
    [InlineData("0.5", "JPY\u00A078")]
    [InlineData("0.001", "JPY\u00A00.156")]
    [InlineData("0", "JPY\u00A00")]
    public void Money_has_no_decimals_where_the_currency_has_no_cents(string usd, string text) =>
        Assert.Equal(text, Format.Money(Decimal(usd), new DisplayCurrency("JPY", 155.5m, null, "")));

    [Theory]
    [InlineData("2.5", "JPY\u00A0388.75")]
    [InlineData("2", "JPY\u00A0311")]
    public void Rates_keep_only_decimals_that_say_something_where_the_currency_has_no_cents(string usd, string text) =>
        Assert.Equal(text, Format.Rate(Decimal(usd), new DisplayCurrency("JPY", 155.5m, null, "")));

    [Fact]
    public void Shares_of_one_whole_have_one_precision()
    {
        Assert.Equal(["95.5 %", "4.5 %"], Format.Percents([0.955, 0.045]));
        Assert.Equal(["80 %", "20 %"], Format.Percents([0.8, 0.2]));
        Assert.Equal(["100 %", "0 %"], Format.Percents([1, 0]));
    }

    [Theory]
    [InlineData("de-DE", "−668,00\u00A0$", "2,50\u00A0€", "2.556.420\u00A0JPY")]
    [InlineData("de", "−668,00\u00A0$", "2,50\u00A0€", "2.556.420\u00A0JPY")]
    [InlineData("de-CH", "−$\u00A0668.00", "€\u00A02.50", "JPY\u00A02’556’420")]
    [InlineData("en-GB", "−$668.00", "€2.50", "JPY\u00A02,556,420")]
    [InlineData("", "−$668.00", "€2.50", "JPY\u00A02,556,420")]
    public void Currency_stands_where_the_reader_s_country_has_it(string culture, string money, string rate, string yen)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        Assert.Equal(money, Format.Money(-668m));
        Assert.Equal(rate, Format.Rate(2.5m, new DisplayCurrency("EUR", 1, null, "")));
        Assert.Equal(yen, Wording.Money(16440m, new DisplayCurrency("JPY", 155.5m, null, "")));
    }

    [Fact]
    public void Unknown_is_a_dash_and_never_zero()
    {
        Assert.Equal("—", Format.Money(null));
        Assert.Equal("—", Format.MoneyHeadline(null));
        Assert.Equal("—", Format.Rate((decimal?)null));
        Assert.Equal("—", Format.Count(null));
        Assert.Equal("—", Format.Count(double.NaN));
        Assert.Equal("—", Format.Percent(double.PositiveInfinity));
        Assert.Equal("", Format.Invariant((decimal?)null));
    }

    [Theory]
    [InlineData("2.5", "$2.50")]
    [InlineData("5.672", "$5.672")]
    [InlineData("0.0375", "$0.0375")]
    [InlineData("0.00012345", "$0.000123")]
    [InlineData("0.15", "$0.15")]
    [InlineData("1.50163", "$1.502")]
    [InlineData("0", "$0.00")]
    public void Rates_have_at_most_three_decimals_that_say_something(string usd, string text) => Assert.Equal(text, Format.Rate(Decimal(usd)));

    [Theory]
    [InlineData(10_890_240, "10.89 M")]
    [InlineData(18_890_240, "18.89 M")]
    [InlineData(1_296_000, "1.3 M")]
    [InlineData(950_000, "950,000")]
    [InlineData(999_999, "1 M")]
    [InlineData(1.5e9, "1.5 B")]
    [InlineData(2e12, "2 T")]
    [InlineData(211.6, "211.6")]
    [InlineData(0.5, "0.5")]
    [InlineData(-2_000_000, "−2 M")]
    public void Counts_are_read_at_a_glance(double count, string text) => Assert.Equal(text, Format.Count(count));

    [Theory]
    [InlineData(7.716, "772 %")]
    [InlineData(0.97, "97 %")]
    [InlineData(0.0833, "8.3 %")]
    [InlineData(0.0999, "10 %")]
    [InlineData(0, "0 %")]
    [InlineData(25.5, "2,550 %")]
    public void Shares_are_shown_in_percent(double share, string text) => Assert.Equal(text, Format.Percent(share));

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(120, "2 min ago")]
    [InlineData(7_200, "2 h ago")]
    [InlineData(90_000, "1 day ago")]
    [InlineData(432_000, "5 days ago")]
    public void Ages_are_words(int seconds, string text) => Assert.Equal(text, Format.Age(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Days_and_moments_are_the_same_everywhere()
    {
        Assert.Equal("2026-08-01", Format.Day(new DateOnly(2026, 8, 1)));
        Assert.Equal("2026-08-01 14:05 UTC", Format.Moment(new DateTimeOffset(2026, 8, 1, 16, 5, 0, TimeSpan.FromHours(2))));
    }

    [Fact]
    public void Files_are_invariant_whatever_the_reader_speaks()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal("8.167,68\u00A0$", Format.Money(8167.68m));
        Assert.Equal("8167.68", Format.Invariant(8167.68m));
        Assert.Equal("10890240", Format.Invariant(10_890_240d));
        Assert.Equal("1E-12", Format.Invariant(1e-12));
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
