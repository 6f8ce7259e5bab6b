using System.Globalization;
using System.Net;
using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>What a German reader of the first worked example is told.</summary>
public sealed class GermanAnswerTests : IDisposable
{
    private readonly (CultureInfo Figures, CultureInfo Words) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public GermanAnswerTests() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo("de-DE"), CultureInfo.GetCultureInfo("de"));

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;

    private static AnswerModel Answer => AnswerModel.From(Documents.HighVolumeChat, Documents.Catalog, Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog));

    [Fact]
    public void Verdict_is_said_in_German_with_figures_as_written_there()
    {
        Assert.Equal("Die heutige Option ist die günstigste.", Answer.Verdict.Saving);
        Assert.Contains(Answer.Verdict.Why, line => line.Contains("7.500,00\u00A0$ pro Monat entfallen auf „Prompt", StringComparison.Ordinal));
        Assert.StartsWith("Laufend, Flotten unverändert: ", Answer.Verdict.Flips[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BreakEvenAxes.RequestsPerMonth, null, "Anfragen pro Monat")]
    [InlineData(BreakEvenAxes.ApiPrice, "Chat", "API-Preis von Chat, USD pro Million Token")]
    [InlineData(BreakEvenAxes.Utilization, "GPUs", "Auslastung der Flotte GPUs")]
    public void Axes_are_named_in_German(string axis, string? option, string title) => Assert.Equal(title, AxisWords.Title(axis, option));

    [Fact]
    public async Task Nouns_keep_their_capitals_within_a_sentence()
    {
        using var renderer = TestRenderer.Create();
        var html = WebUtility.HtmlDecode(await renderer.RenderAsync<BreakEvenPanel>(("View", Answer.BreakEven)));
        Assert.Contains("Laufend: Break-even bei ", html, StringComparison.Ordinal);
        Assert.Contains("Wer wo am günstigsten ist: 2 Intervalle, 1 Wechsel", html, StringComparison.Ordinal);
        Assert.Contains("Von, Anfragen pro Monat", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Working_s_formula_has_the_names_of_its_operands()
    {
        var working = Working.OfTokenCost(Answer.Options[0]);
        Assert.All(working.Operands, operand => Assert.Contains(operand.Name, working.Formula, StringComparison.Ordinal));
        Assert.Equal(["Monat", "Anfragen", "Eingabe", "Ausgabe", "Reasoning"], working.Operands.Select(operand => operand.Name));
    }
}
