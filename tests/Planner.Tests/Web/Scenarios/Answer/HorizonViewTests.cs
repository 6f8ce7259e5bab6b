using System.Net;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Finance;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Answer;

/// <summary>An API bill of $10,000 against a fleet of $3,600 a month that takes $20,000 once, over a year at 0 %.</summary>
public class HorizonViewTests
{
    private static readonly Scenario Plan = Horizons.Of(12, 1_000, Documents.Api(20_000, 20_000), Horizons.Fleet with { OneOff = [new OneOffCost { Name = "Work", Usd = 20_000 }] }) with { BaselineOptionId = "api" };

    private static HorizonView Of(Scenario scenario) => AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog)).Horizon;

    private static async Task<string> RenderAsync(HorizonView view, bool print = false)
    {
        using var renderer = TestRenderer.Create();
        return WebUtility.HtmlDecode(await renderer.RenderAsync<HorizonPanel>(("View", view), ("Static", print)));
    }

    [Fact]
    public void Titles_state_what_is_found()
    {
        var view = Of(Plan);
        Assert.Equal("Least cost over 12 months: Fleet, $63,200", view.Faces[0].Title);
        Assert.Equal("Switching to Fleet saves $56,800 in present value over 12 months", view.Switch!.Title);
        Assert.Equal("No switch pays within 12 months", Of(Plan with { BaselineMonthlyUsd = 1 }).Switch!.Title);
        Assert.Equal("No option serves all 12 months at a known cost", Of(Plan with { Workload = Plan.Workload with { Requirements = new Requirements { DataStaysInside = true }, RequestsPerMonth = 1_000_000 } }).Faces[0].Title);
    }

    [Fact]
    public void Title_of_a_bad_start_month_names_the_month_that_pays()
    {
        var late = Of(Plan with { Horizon = Plan.Horizon with { SwitchMonth = 10 } }).Switch!;

        Assert.Equal("No switch pays when begun in 2027-10: to Fleet from 2026-12 would save $56,800 in present value over 12 months", late.Title);
    }

    [Fact]
    public void Lines_begin_at_nothing_and_show_what_is_paid_once_as_a_step()
    {
        var fleet = Of(Plan).Faces[0].Series[1];
        Assert.Equal([(0, 0), (0, 20_000), (1, 23_600), (2, 27_200)], fleet.Points.Take(4));
        Assert.Equal((12, 63_200), fleet.Points[^1]);
    }

    [Fact]
    public void Machines_are_a_step_in_cash_and_none_in_cost()
    {
        var view = Of(Horizons.Of(12, 1_000, Horizons.Sized(PurchaseKinds.Owned)));
        Assert.Equal([(0, 0), (1, 972)], view.Faces[0].Series[0].Points.Take(2));
        Assert.Equal([(0, 0), (0, 36_000), (1, 36_072)], view.Faces[1].Series[0].Points.Take(3));
        Assert.Equal((12, 11_664), view.Faces[1].Series[0].Points[^1]);
    }

    [Fact]
    public void Sentences_say_when_to_begin_what_it_brings_and_when_it_is_paid_back()
    {
        var move = Assert.Single(Of(Plan).Switch!.Moves);
        Assert.Equal(
            ["Begun in 2026-12, the switch saves $56,800 in present value over 12 months at 0 % a year.", "No other start month is worth more."], move.Sentences.Take(2));
        Assert.Equal("It is paid back in 2027-03, 3.1 months after it begins.", move.Sentences[3]);
        Assert.Equal(new ChartCrossing(3.125, 0, "paid back in 2027-03"), Assert.Single(Of(Plan).Switch!.Paybacks));

        var late = Assert.Single(Of(Plan with { Horizon = Plan.Horizon with { SwitchMonth = 10 } }).Switch!.Moves).Sentences;
        Assert.Equal("Begun in 2027-10, the switch loses $7,200 in present value over 12 months at 0 % a year.", late[0]); // 2 × 6,400 − 20,000
        Assert.Equal("The best month to begin is 2026-12: it saves $56,800.", late[1]);
        Assert.Equal("It is not paid back within the horizon.", late[3]);
    }

    [Fact]
    public async Task Tab_shows_first_month_ongoing_and_year_one_in_cost_and_in_cash()
    {
        var html = await RenderAsync(Of(Plan));
        foreach (var amount in new[] { "$23,600.00", "$3,600.00", "$63,200.00", "$120,000.00" })
            Assert.Contains(amount, html, StringComparison.Ordinal);
        Assert.Contains("Switch to API: This option is in place.", html, StringComparison.Ordinal);
        Assert.Contains("2027-11", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cash_is_a_click_away()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<HorizonPanel>(("View", Of(Horizons.Of(12, 1_000, Horizons.Sized(PurchaseKinds.Owned)))));
        Assert.DoesNotContain("$36,072.00", await renderer.HtmlAsync(), StringComparison.Ordinal);
        await renderer.ClickAsync("aria-pressed", "false");
        var html = await renderer.HtmlAsync();
        Assert.Contains("$36,072.00", html, StringComparison.Ordinal);
        Assert.Contains("$72.00", html, StringComparison.Ordinal); // the ongoing month, without what is bought
    }

    [Fact]
    public async Task Print_sums_years_instead_of_listing_months_and_has_nothing_to_click()
    {
        var html = await RenderAsync(Of(Plan with { Horizon = Plan.Horizon with { Months = 18 } }), print: true);
        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
        Assert.Contains("Cost and cash year by year", html, StringComparison.Ordinal);
        // 20,000 + 12 × 3,600; 6 × 3,600; both.
        foreach (var text in new[] { "2026-12 to 2027-11", "$63,200.00", "2027-12 to 2028-05", "$21,600.00", "$84,800.00" })
            Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.DoesNotContain("2027-03</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_tells_cash_apart_where_it_is_not_the_cost()
    {
        var html = await RenderAsync(Of(Horizons.Of(24, 1_000, Horizons.Sized(PurchaseKinds.Owned))), print: true);
        Assert.Contains("Cost year by year", html, StringComparison.Ordinal);
        Assert.Contains("Cash year by year", html, StringComparison.Ordinal);
        // 900 of depreciation and 72 of power a month; in cash 36,000 for the machine and 12 × 72.
        Assert.Contains("$11,664.00", html, StringComparison.Ordinal);
        Assert.Contains("$36,864.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_without_a_start_month_are_numbered()
    {
        var view = Of(Plan with { StartMonth = "" });
        Assert.StartsWith("Begun in month 0,", view.Switch!.Moves[0].Sentences[0], StringComparison.Ordinal);
        Assert.Contains("Month by month", await RenderAsync(view), StringComparison.Ordinal);
    }

    [Fact]
    public void File_holds_every_month_of_every_option_in_usd()
    {
        var file = Of(Plan with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 20) } }).File;
        Assert.Equal(1 + (2 * 12), file.Count);
        Assert.Equal(["Fleet", "0", "2026-12", "1000", "23600", "23600", "20000", "0"], file[13]);
    }

    [Fact]
    public async Task Amounts_are_shown_in_the_scenarios_currency()
    {
        var view = Of(Plan with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 20) } });
        Assert.Equal("Least cost over 12 months: Fleet, €31,600", view.Faces[0].Title);
        Assert.Contains("€11,800.00", await RenderAsync(view), StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_answer_of_older_formulas_is_not_redrawn()
    {
        var view = AnswerModel.From(Plan, Documents.Catalog, Engine.Evaluate(Plan, Documents.Catalog) with { EngineVersion = "0.9" }).Horizon;
        Assert.Empty(view.Faces);
        Assert.Contains("0.9", Assert.Single(view.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Season_begins_with_twelve_equal_months_that_can_be_set_one_by_one()
    {
        var form = new ScenarioForm(new ScenarioEditor(Plan, Documents.Catalog, TimeProvider.System), () => { });
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<WithForm<HorizonInputs>>(("Form", form));
        form.Set("workload.seasonality", new decimal[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 });
        form.Set("workload.seasonality[11]", 2.5m);
        Assert.Equal([1, 2.5m], form.Draft.Workload.Seasonality!.Skip(10));
        Assert.Contains("in-workload-seasonality-11", await renderer.RenderAsync<WithForm<HorizonInputs>>(("Form", form)), StringComparison.Ordinal);
    }
}
