using System.Text.Json;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Reports;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>The first worked example in euros: each amount is the dollar amount × 0.92.</summary>
public class CurrencyTests
{
    private const string Note = "Amounts in EUR at 0.92 per USD of 2026-11-20 (ECB).";

    private static readonly Scenario Euros = Documents.HighVolumeChat with
    {
        Currency = "EUR",
        BaselineMonthlyUsd = 9_000,
        Exchange = new Exchange { UnitsPerUsd = 0.92m, AsOf = new DateOnly(2026, 11, 20), Source = "ECB" },
    };

    private static readonly AnswerModel Answer = AnswerModel.From(Euros, Documents.Catalog, Engine.Evaluate(Euros, Documents.Catalog));

    [Fact]
    public async Task Answer_shows_every_amount_in_euros_and_says_at_which_rate()
    {
        using var renderer = TestRenderer.Create();
        var html = System.Net.WebUtility.HtmlDecode(await renderer.RenderAsync<AnswerView>(("Model", Answer)));
        // $7,500.00; $8,167.68; $14,167.68; $1.50 per M tokens; the saving of $1,500 against a bill of $9,000.
        Assert.Contains("€6,900.00", html, StringComparison.Ordinal);
        Assert.Contains("€7,514.27", html, StringComparison.Ordinal);
        Assert.Contains("€13,034.27", html, StringComparison.Ordinal);
        Assert.Contains("€1.38", html, StringComparison.Ordinal);
        Assert.Contains("Saves €1,380 a month", html, StringComparison.Ordinal);
        Assert.Contains(Note, html, StringComparison.Ordinal);
        Assert.Contains("(requests × tokens × price ÷ 10⁶) × exchange rate", html, StringComparison.Ordinal);
        // What is left in dollars are prices of the catalog.
        Assert.DoesNotMatch(@"\$[0-9][0-9,.]*(?! on demand| spot| reserved| in\b| out\b|[0-9,.])", html);
    }

    [Fact]
    public async Task Report_gives_amounts_in_euros_and_the_rate_on_its_first_page()
    {
        using var renderer = TestRenderer.Create();
        var html = System.Net.WebUtility.HtmlDecode(await renderer.RenderAsync<ReportSummary>(
            ("Answer", Answer), ("Stored", new StoredScenario("id", 1, 1, Euros, Documents.Catalog, Engine.Evaluate(Euros, Documents.Catalog), "1", new DateTime(2026, 11, 21), new DateTime(2026, 11, 21))), ("Generated", new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero))));
        Assert.Contains("EUR a month", html, StringComparison.Ordinal);
        Assert.Contains("€7,514.27", html, StringComparison.Ordinal);
        Assert.Contains(Note, html, StringComparison.Ordinal);
        Assert.DoesNotContain("$", html, StringComparison.Ordinal);
        Assert.Contains(AssumptionGroup.Of(Euros, Documents.Catalog)[1].Rows, row => row is { Label: "Currency", Value: "EUR at 0.92 per USD" });
    }

    [Fact]
    public async Task Charts_draw_euros_and_their_files_say_dollars()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<BreakEvenPanel>(("View", Answer.BreakEven));
        var lines = renderer.Find<ChartFrame>();
        var spec = JsonDocument.Parse(lines.Spec.ToJson()).RootElement;
        Assert.Equal(("€{0}", "EUR a month"), (spec.GetProperty("amounts").GetString(), spec.GetProperty("yTitle").GetString()));
        // 25 M requests × 500 tokens × $1.50 per M are $18,750 or €17,250.
        var last = spec.GetProperty("series")[0].GetProperty("points").EnumerateArray().Last();
        Assert.Equal((25_000_000d, 17_250d), (last[0].GetDouble(), Math.Round(last[1].GetDouble(), 6)));
        Assert.Equal("USD a month", lines.Table.File[0][2]);
        Assert.Contains(lines.Table.File, row => row[1] == "25000000" && row[2] == "18750");

        await renderer.RenderAsync<CostBarsPanel>(("Options", Answer.Options));
        var bars = renderer.Find<ChartFrame>();
        Assert.Equal("€6,900", ((BarSpec)bars.Spec).Rows[0].Total);
        Assert.Equal("€6,900.00", bars.Table.Rows[0][^1]);
        Assert.Equal(("Total, USD", "7500"), (bars.Table.File[0][^1], bars.Table.File[1][^1]));
    }

    [Fact]
    public void Working_of_a_line_leads_from_dollars_to_euros()
    {
        var working = Working.OfLine(Answer.Options[0], Answer.Options[0].Result.Ledger[0]);
        // 10 M × 400 tokens × $1.50 per M = $6,000.
        Assert.Equal("€5,520.00", working.Figure);
        Assert.EndsWith("× exchange rate", working.Formula, StringComparison.Ordinal);
        Assert.Equal(new WorkingOperand("exchange rate", "0.92", "EUR/USD", "2026-11-20 ECB"), working.Operands[^1]);
        Assert.Equal("€1.38", Working.OfTokenCost(Answer.Options[0]).Figure);
    }

    [Fact]
    public async Task Another_currency_asks_for_a_rate_and_dollars_forget_it()
    {
        var form = new ScenarioForm(new ScenarioEditor(Euros, Documents.Catalog, TimeProvider.System), () => { });
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<CurrencyInputs>>(("Form", form));
        Assert.Contains("EUR per USD", html, StringComparison.Ordinal);
        Assert.Contains("2026-11-20", html, StringComparison.Ordinal);

        await renderer.ChangeAsync("id", "in-currency", "GBP");
        Assert.NotNull(form.Problem("exchange.unitsPerUsd"));
        Assert.Null(form.Draft.Exchange);
        form.Set("exchange.unitsPerUsd", 0.78m);
        await renderer.ChangeAsync("id", "in-exchange-asOf", "2026-11-19");
        Assert.False(form.Editor.IsFaulty);
        // $7,500 × 0.78.
        Assert.Contains("£5,850.00", Working.OfMonth(form.Editor.Answer!.Options[0], firstMonth: false).Figure, StringComparison.Ordinal);
    }
}
