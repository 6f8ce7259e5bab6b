using Planner.Data.Actuals;
using Planner.Domain;
using Planner.Domain.Actuals;
using Planner.Tests.Domain.Actuals;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Actuals;
using Xunit;

namespace Planner.Tests.Web.Actuals;

/// <summary>Plan against actual as the page words it.</summary>
public sealed class ActualsViewTests
{
    [Fact]
    public void The_latest_month_is_told_with_its_plan_and_error()
    {
        // $7,200 in September; ten of 31 days of October at $300 are $9,300.
        var view = View([.. Measured.Days(new(2026, 9, 1), new(2026, 9, 30), 240), .. Measured.Days(new(2026, 10, 1), new(2026, 10, 10), 300)]);
        Assert.Equal(("2026-10", "10 of 31 days", null), (view.Latest, view.Rows[0].Covered, view.Rows[1].Covered));
        Assert.Equal(new ActualsTile("Cost", "$9,300.00", "plan $7,500.00, +24 %"), view.Tiles[0]);
        Assert.Equal("Cost of 2026-10: $9,300.00, 24 % above the plan", view.Title);
        Assert.Equal(new ActualsTile("Forecast error of cost", "—", "A mean takes 3 whole months; 1 is known."), view.Tiles[^1]);
        var cost = view.Rows[1].Cells[0];
        Assert.Equal(("$7,200.00", "$7,500.00", "−4 %", null), (cost.Actual, cost.Plan, cost.Error, cost.Reason));
        Assert.Equal("2026-10", view.Rows[0].Month);
        Assert.Equal("measured × days ÷ covered", view.Rows[0].Cells[0].ActualWorking!.Formula);
        Assert.Same(cost.ActualWorking, view.WorkingOf(ActualsView.KeyOf("2026-09", ActualMeasures.Cost, planned: false)));
        Assert.Same(cost.PlanWorking, view.WorkingOf("2026-09.cost.plan"));
        Assert.Null(view.WorkingOf("2026-08.cost"));
        Assert.Null(view.WorkingOf(null));
    }

    [Fact]
    public void A_line_breaks_off_where_a_month_is_not_known()
    {
        var view = View([.. Measured.Days(new(2026, 8, 1), new(2026, 8, 31), null), .. Measured.Days(new(2026, 9, 1), new(2026, 9, 30), 240)]);
        Assert.Equal(["Plan", "Actual"], view.Series.Select(series => series.Name));
        // August is before the start, and its cost is not known.
        Assert.Equal([(1.0, 7_500.0), (2, 7_500)], view.Series[0].Points);
        Assert.Equal([(1.0, 7_200.0), (2, 7_200)], view.Series[1].Points);
        Assert.Equal(("—", "—"), (view.Rows[1].Cells[0].Actual, view.Rows[1].Cells[0].Plan));
        Assert.Null(view.Rows[1].Cells[0].ActualWorking);
    }

    [Fact]
    public void The_file_has_every_figure_unrounded_and_leaves_out_what_is_not_known()
    {
        var view = View([.. Measured.Days(new(2026, 9, 1), new(2026, 9, 10), 1)]);
        Assert.Equal(["Month", "Covered", "cost plan, USD/month", "cost actual, USD/month", "cost error, share"], view.File[0].Take(5));
        Assert.Equal(["2026-09", "November's log: 10 of 30 days", "7500", "30", "-0.996"], view.File[1].Take(5));
        Assert.Equal(view.File[0].Count, view.File[1].Count);
        Assert.Equal("", view.File[1][3 + (3 * ActualMeasures.All.ToList().IndexOf(ActualMeasures.Utilization))]);
    }

    [Fact]
    public void A_percentile_above_the_last_bucket_says_so()
    {
        var figure = new ActualFigure(0.5, null, "p95", []) { IsAbove = true };
        Assert.Equal("above 500 ms", ActualsView.Write(ActualMeasures.TtftP95, figure, DisplayCurrency.Usd));
    }

    [Fact]
    public void Nothing_measured_is_no_view() =>
        Assert.Null(ActualsView.Of(PlanAgainstActual.Of(Measured.Chat(Documents.Api()), Documents.Catalog, "api", new ActualSources(null, [])), ActualMeasures.Cost, DisplayCurrency.Usd));

    [Fact]
    public void Addresses_are_read_line_by_line_and_what_is_none_is_told()
    {
        var (draft, problems) = new FleetForm(" A ", FleetTargetKinds.Metrics, "http://10.0.0.5:8000/metrics\n\nhttp://10.0.0.6:8000\nnowhere", "{job=\"x\"}", 2, 5).Read("self");
        Assert.Equal((2, "A", null, 5), (draft.Addresses.Count, draft.Name, draft.Selector, draft.IntervalMinutes));
        Assert.Equal("addresses[2]", Assert.Single(problems).Path);
    }

    [Fact]
    public void The_address_keeps_what_is_looked_at()
    {
        var state = new ActualsState("self", ActualMeasures.Utilization, 7);
        Assert.Equal("/scenarios/a/actuals?option=self&by=utilization&usage=7", state.Write("a"));
        Assert.Equal(state, ActualsState.Read(new Uri("http://x" + state.Write("a"))));
        Assert.Equal(ActualMeasures.Cost, ActualsState.Read(new Uri("http://x/scenarios/a/actuals?by=nonsense")).Measure);
    }

    [Fact]
    public void The_address_keeps_the_open_working_and_form()
    {
        var state = new ActualsState("self", ActualMeasures.Cost, null) { Figure = "2026-10.cost.plan", Fleet = ActualsState.NewFleet };
        Assert.Equal("/scenarios/a/actuals?option=self&figure=2026-10.cost.plan&fleet=new", state.Write("a"));
        Assert.Equal(state, ActualsState.Read(new Uri("http://x" + state.Write("a"))));
    }

    private static ActualsView View(IEnumerable<Planner.Domain.Usage.UsageDay> days) =>
        ActualsView.Of(PlanAgainstActual.Of(Measured.Chat(Documents.Api()), Documents.Catalog, "api", Measured.Usage(days)), ActualMeasures.Cost, DisplayCurrency.Usd)!;
}
