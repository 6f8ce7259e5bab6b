using System.Globalization;
using System.Text.RegularExpressions;
using Planner.Domain.Costs;
using Planner.Web.Components.Charts;
using Xunit;

namespace Planner.Tests.Web.Charts;

public class OptionPaletteTests
{
    private static readonly string[] LightSurfaces = ["#FFFFFF", "#F5F6F8"];
    private static readonly string[] DarkSurfaces = ["#1A1D21", "#23272D"];

    public static TheoryData<string> Hues => [.. OptionPalette.All.Select(hue => hue.Name)];

    [Theory]
    [MemberData(nameof(Hues))]
    public void Lines_stand_out_three_to_one_and_text_four_and_a_half(string name)
    {
        var hue = OptionPalette.All.Single(hue => hue.Name == name);

        Assert.All(LightSurfaces, surface => Assert.True(Contrast(hue.Light, surface) >= 3, surface));
        Assert.All(DarkSurfaces, surface => Assert.True(Contrast(hue.Dark, surface) >= 3, surface));
        Assert.All(LightSurfaces, surface => Assert.True(Contrast(hue.LightText, surface) >= 4.5, surface));
        Assert.All(DarkSurfaces, surface => Assert.True(Contrast(hue.DarkText, surface) >= 4.5, surface));
    }

    [Fact]
    public void The_style_sheet_says_the_same_as_the_palette()
    {
        var css = File.ReadAllText(Path.Combine(Repository.Root!, "wwwroot", "css", "app.css"));

        foreach (var hue in OptionPalette.All)
        {
            Assert.Equal((hue.Light, hue.Dark), Declared(css, $"--series-{hue.Name}"));
            Assert.Equal((hue.LightText, hue.DarkText), Declared(css, $"--series-{hue.Name}-text"));
        }
    }

    [Fact]
    public void The_first_of_each_kind_has_the_colour_of_its_kind()
    {
        var styles = OptionPalette.ForKinds(["selfHost", "api", "hybrid"]);

        Assert.Equal(["selfhost", "api", "hybrid"], styles.Select(style => style.Hue.Name));
        Assert.Equal([8, 0, 4], styles.Select(style => style.Dash));
    }

    [Fact]
    public void Further_options_take_further_colours_then_other_dashes()
    {
        var styles = OptionPalette.ForKinds(Enumerable.Repeat("selfHost", 12));

        Assert.Equal(["selfhost", "purple", "amber", "sky"], styles.Take(4).Select(style => style.Hue.Name));
        Assert.Equal(12, styles.Distinct().Count());
        Assert.Equal(12, styles.Select(style => (style.Hue.Name, style.Dash)).Distinct().Count());
    }

    [Fact]
    public void Every_ledger_group_has_a_colour_of_its_own() =>
        Assert.Equal(LedgerGroups.All.Count, LedgerGroups.All.Select(OptionPalette.ForLedgerGroup).Distinct().Count());

    private static (string Light, string Dark) Declared(string css, string variable)
    {
        var match = Regex.Match(css, $@"{Regex.Escape(variable)}: (?:light-dark\((#\w{{6}}), (#\w{{6}})\)|(#\w{{6}}));");
        Assert.True(match.Success, variable);
        return match.Groups[3].Success
            ? (match.Groups[3].Value.ToUpperInvariant(), match.Groups[3].Value.ToUpperInvariant())
            : (match.Groups[1].Value.ToUpperInvariant(), match.Groups[2].Value.ToUpperInvariant());
    }

    // WCAG 2.2, definitions of relative luminance and contrast ratio.
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var channels = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }
}
